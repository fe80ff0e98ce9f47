"""A text file: lines, perhaps below a front matter of ``key: value`` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.page import Given
from index.readers.saying import given_from

_FENCE = "---"
_BLOCK = re.compile(r"[|>][-+1-9]{0,2}(?:\s+#.*)?")
_MAX_LINES = 60  # of front matter; a rule drawn in a text is not its end


@dataclass(frozen=True, slots=True)
class WrittenText:
    """The lines below the front matter, and what that says of them."""

    content: str
    given: tuple[Given, ...] = ()


def read(content: str) -> WrittenText:
    """Return the text in ``content`` and what its front matter says, if it has one.

    Front matter stands at the top between two ``---`` lines, one ``key: value`` a
    line; lists as ``[a, b]`` or as ``- a`` lines, long values on indented lines below
    their key, as they stand after ``|`` and folded after ``>``. Without a key that is
    known it is text.
    """
    lines = content.split("\n")
    if lines[0].rstrip() != _FENCE:
        return WrittenText(content)
    stripped = [line.rstrip() for line in lines[1:_MAX_LINES]]
    if _FENCE not in stripped:
        return WrittenText(content)
    end = stripped.index(_FENCE) + 1
    given = given_from(_pairs(lines[1:end]), "front-matter")
    if given == Given("front-matter"):
        return WrittenText(content)
    return WrittenText("\n".join(lines[end + 1 :]), (given,))


def _pairs(lines: list[str]) -> dict[str, object]:
    pairs: dict[str, object] = {}
    below: list[str] = []
    for line in reversed(lines):  # a key comes after what stands below it
        key, colon, value = line.partition(":")
        if not line.strip() or line[0].isspace() or line.startswith("- "):
            below.insert(0, line.strip())
        elif not line.startswith("#"):
            if colon:
                pairs[key.strip().lower()] = _value(value.strip(), below)
            below = []
    return pairs


def _value(text: str, below: list[str]) -> str | list[str]:
    """Return the value that begins with ``text`` and goes on in the lines ``below``."""
    if _BLOCK.fullmatch(text):
        return ("\n".join(below) if text[0] == "|" else _folded(below)).strip()
    if not text:
        return [_plain(line[2:]) for line in below if line.startswith("- ")]
    text = _folded([text, *below]).strip()
    if text.startswith("[") and text.endswith("]"):
        return [_plain(item) for item in text[1:-1].split(",") if item.strip()]
    return _plain(text)


def _folded(lines: list[str]) -> str:
    """Return ``lines`` as one, broken where one is empty."""
    return "\n".join(" ".join(p.split("\n")) for p in "\n".join(lines).split("\n\n"))


def _plain(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text
