"""What is left of a name when all that transliterators disagree about is taken away."""

from __future__ import annotations

import re
from functools import lru_cache

from search.gazetteer import key

# The article of Arabic, its sun-letter forms among them, as a word of its own.
ARTICLES = frozenset(
    re.findall(
        r"\w+", "al el ul ar er as es ash esh at et ath az ez an en ad ed adh edh"
    )
)
_UNITS = {
    "tch": "č",
    "dzh": "j",
    "sch": "s",
    "kh": "x",
    "sh": "s",
    "ch": "č",
    "th": "t",
    "dh": "d",
    "gh": "g",
    "ph": "f",
    "zh": "j",
    "dj": "j",
    "ts": "c",
    "tz": "c",
    "q": "k",
    "ck": "k",
    "c": "k",
}
_UNIT = re.compile("|".join(sorted(_UNITS, key=len, reverse=True)))
_DOUBLED = re.compile(r"(.)\1")
# Long vowels are written with y and w; an h ends a name or stays mute there.
_VOWELS = re.compile(r"[aeiou]|(?<=.)[yw]|(?<=[aeiou])h\b")
_FUSED_ARTICLE = re.compile(r"^(?:al|el)(?=b[ou]|[bcdfghjkmnpqrstvwxyz]{2})")


@lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> str:
    """Return the consonants of a name in Latin letters, empty where there are none.

    Articles are dropped, digraphs are units, doubled letters single, and words run
    together: spellings of one town agree, and so do, rarely, two towns of a country.

    >>> skeleton("Khan Sheikhoun") == skeleton("Khān Shaykhūn")
    True
    >>> skeleton("Abu Gharib") == skeleton("Bou-Ghraib")
    True
    """
    words = key(name).split()
    kept = [w for w in words if w not in ARTICLES] or words
    return "".join(_bare(word) for word in kept if word.isascii())


def without_article(name: str) -> str | None:
    """Return the key of ``name`` without the article it begins with, else None.

    >>> without_article("al-Bab")
    'bab'
    """
    first, _, rest = key(name).partition(" ")
    if rest and (first in ARTICLES or first == "the"):
        return rest
    return None


def _bare(word: str) -> str:
    word = _FUSED_ARTICLE.sub("", word)
    word = _DOUBLED.sub(r"\1", word)
    return _VOWELS.sub("", _UNIT.sub(lambda unit: _UNITS[unit[0]], word))
