"""A text file: lines, perhaps below a front matter of ``key: value`` lines."""

from __future__ import annotations

from dataclasses import dataclass

from index.page import Given
from index.readers.beside import given_from

_FENCE = "---"
_MAX_LINES = 60  # of front matter; a rule drawn in a text is not its end


@dataclass(frozen=True, slots=True)
class WrittenText:
    """The lines below the front matter, and what that says of them."""

    content: str
    given: tuple[Given, ...] = ()


def read(content: str) -> WrittenText:
    """Return the text in ``content`` and what its front matter says, if it has one.

    Front matter stands at the top between two ``---`` lines, one ``key: value`` a
    line; lists as ``[a, b]`` or as ``- a`` lines. Without a key that is known
    it is text.
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
    items: list[str] = []
    for line in lines:
        key, colon, value = line.partition(":")
        if line.lstrip().startswith("- "):
            items.append(_plain(line.lstrip()[2:]))
        elif colon and key.strip() and not key[0].isspace():
            items = []
            pairs[key.strip().lower()] = _value(value.strip()) or items
    return pairs


def _value(text: str) -> str | list[str]:
    if text.startswith("[") and text.endswith("]"):
        return [_plain(item) for item in text[1:-1].split(",") if item.strip()]
    return _plain(text)


def _plain(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text
