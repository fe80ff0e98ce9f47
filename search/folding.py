"""One way to fold a spelling, so that names compare equal everywhere."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose, as English-language news writes them.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        # Apostrophes as typists, typesetters and transliterators write them.
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "ʻ": "'",
        "ʿ": "'",
        "ʾ": "'",
        "`": "'",
        "´": "'",
        "′": "'",
        "＇": "'",
    }
)


_HALVES = re.compile("[\ud800-\udfff]")  # surrogates; no character, and not UTF-8


_PARTS = re.compile(r"\w+")
# Where marks that combine with a letter are, and Hangul; no dash or quotation mark is.
_COMBINING = re.compile("[\u0300-\u1fff\u20d0-\u20ff\u2c00-\U0010ffff]")


def parts(text: str) -> str:
    """Return the words of ``text``, folded, with one space between.

    >>> parts("The São-Paulo  Times")
    'the sao paulo times'
    """
    return " ".join(_PARTS.findall(fold(text)))


def begins(name: str, start: str) -> bool:
    """Return whether some word of ``name`` begins with ``start``, folded.

    Several words of ``start`` must follow one another; one without words fits nothing.

    >>> begins("The São Paulo Times", "sao p")
    True
    """
    wanted = parts(start)
    return bool(wanted) and f" {wanted}" in f" {parts(name)}"


def whole(text: str) -> str:
    """Return ``text`` with the halves of characters in it replaced by U+FFFD."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def fold(text: str) -> str:
    """Return ``text`` in lower case without diacritics, apostrophes made straight.

    Idempotent. Scripts keep their letters; Hangul stays composed.

    >>> fold("Łódź, Sana’a, São Tomé")
    "lodz, sana'a, sao tome"
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    # Spacing accents such as ´ decompose into a space: they are apostrophes first.
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    if _COMBINING.search(decomposed):
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
        decomposed = unicodedata.normalize("NFC", bare)
    return decomposed.casefold().translate(_LETTERS)


def own_id(name: str) -> str:
    """Return the id of a place that GeoNames lacks; "" for a name of nothing.

    >>> own_id(' The "Wren"  Rock')
    'x:the wren rock'
    """
    # A query has no way to say a quotation mark.
    folded = " ".join(fold(whole(name)).replace('"', " ").split())
    return folded and f"x:{folded}"
