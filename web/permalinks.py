"""Addresses of a passage: here, and on the live page as a text fragment."""

from __future__ import annotations

from urllib.parse import quote

from search.wire.parts import web_address

_WHOLE = 12  # words; a longer passage is named by its ends
_END = 5  # words of an end
_WORD = 40  # characters; what is longer is a script without spaces


def live(address: str | None, passage: str) -> str | None:
    """Return where ``passage`` is on the live page; None without an http address.

    The page need not have it any more: a browser that does not find it shows the top.

    >>> live("https://a.example/b", "A storm, they say")
    'https://a.example/b#:~:text=A%20storm%2C%20they%20say'
    """
    page = web_address(address)
    if page is None:
        return None
    words = passage.split()
    if not words:
        return page
    if len(words) <= _WHOLE and max(map(len, words)) <= _WORD:
        said = _encoded(words)
    else:
        said = f"{_encoded(words[:_END])},{_encoded(words[-_END:], last=True)}"
    return f"{page}{'' if '#' in page else '#'}:~:text={said}"


def _encoded(words: list[str], *, last: bool = False) -> str:
    cut = slice(-_WORD, None) if last else slice(_WORD)
    text = " ".join(word[cut] for word in words)
    # A hyphen would mark a prefix of what is looked for.
    return quote(text, safe="", errors="replace").replace("-", "%2D")
