"""Lines to paragraphs, where a text was wrapped by hand or by a machine."""

from __future__ import annotations

from collections.abc import Sequence

from index.cleaner import wording

_NARROWEST, _WIDEST = 45, 100  # characters of a wrapped line, as dumps have them


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Return one string a paragraph; lines are re-joined only if clearly wrapped."""
    if not is_wrapped(lines):
        return [line.strip() for line in lines if line.strip()]
    width = _width(lines)
    made: list[str] = []
    open_ = False
    for line in lines:
        text = line.strip()
        if not text:
            open_ = False
            continue
        starts = not open_ or (line[:2].isspace() and not line.strip() == line)
        if starts and not (open_ and not line[:2].isspace()):
            made.append(text)
        else:
            made[-1] = f"{made[-1]} {text}"
        open_ = len(line.rstrip()) > 0.6 * width
    return made


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
        for above, below in zip(lines, lines[1:], strict=False)
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
