"""Lines to paragraphs, where a text was wrapped by hand or by a machine."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.cleaner import wording

_NARROWEST, _WIDEST = 45, 100  # characters of a wrapped line, as dumps have them
_FULL = 0.6  # of the width; a shorter line ends its paragraph


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Return one string a paragraph; lines are re-joined only if clearly wrapped.

    A blank line, an indented first line or a line that stops short ends a paragraph.
    The first line of all may be short, since the dateline before it was cut off.
    """
    if not is_wrapped(lines):
        return [line.strip() for line in lines if line.strip()]
    width = _width(lines)
    indents = any(line.strip() and not line[:1].isspace() for line in lines)
    made: list[str] = []
    marked = indents and any(line[:2].isspace() and line.strip() for line in lines)
    is_open, above = False, ""
    for line in lines:
        text = line.strip()
        starts = indents and line[:2].isspace()
        cut = len(made) == 1 and _goes_on(above, text, marked=marked)
        if text and not starts and (is_open or cut):
            made[-1] = f"{made[-1]} {text}"
        elif text:
            made.append(text)
        is_open = bool(text) and len(line.rstrip()) > _FULL * width
        above = text
    return made


def _goes_on(above: str, text: str, *, marked: bool) -> bool:
    """Tell whether ``text`` ends the sentence that ``above`` broke off.

    A capital may go on too where ``marked`` lines say what begins a paragraph.
    """
    return above[-1:].isalnum() and (marked or text[:1].islower())


def is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether a text is hard-wrapped: full lines that break off mid-sentence."""
    full = [line.rstrip() for line in lines if line.strip()]
    if len(full) < 3 or max(map(len, full)) > _WIDEST + 20:
        return False
    width = _width(lines)
    if not _NARROWEST <= width <= _WIDEST:
        return False
    pairs = [
        (above.rstrip(), below)
        for above, below in pairwise(lines)
        if above.strip() and below.strip()
    ]
    if len(pairs) < 2:
        return False
    broken = sum(
        len(above) > 0.75 * width and not wording.is_sentence(above)
        for above, _ in pairs
    )
    return broken >= 0.5 * len(pairs)


def _width(lines: Sequence[str]) -> int:
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
