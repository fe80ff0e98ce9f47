"""The tables of this folder as one: what a text of any language may open with or say.

A language is a file ``CODE.toml``, and another file is another language. Each of its
entries is a list, parted by semicolons, in small letters:

- ``labels``, ``comments``, ``counters``, ``ago``, ``rails``: whole lines; ``#`` stands
  for a number;
- ``pointers``, ``newsletter``, ``paywall``, ``notices``, ``stamps``: what a line of
  that sort opens with, and no sentence of a report does;
- ``leads``, ``credits``, ``home``, ``biographies``: the same, where a colon or an arrow
  follows, or nothing;
- ``bylines``: the same, where a colon and names follow, ``by`` where names follow at
  once; ``joining`` are words that may stand between names;
- ``asks``: what opens an appeal to the reader, which it is if it also has a word of
  ``mail`` or ``membership``, whose ending is left open by ``*``, and none of ``said``;
- ``copyright``, ``captions``: what stands anywhere in such a line, or at its end;
- ``months``, ``dates``: the words dates and times are written with;
- ``absent``, ``walls``: what a page opens with that is an error or a wall.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Letters that are written in more ways than one, and marks that may be left out.
_SAME = str.maketrans(
    {"’": "'", "ʼ": "'", "ı": "i", "\u0307": "", "ё": "е", "\u00a0": " "}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "\u0640": "", "\u200f": "", "：": ":"}
    | dict.fromkeys(map(chr, range(0x64B, 0x653)), "")
)
_IDEOGRAPHS = "\u3040-\u30ff\u4e00-\u9fff"
# The first word; where no spaces are set, the first character.
_FIRST = re.compile(rf"[\W_]{{0,4}}([{_IDEOGRAPHS}]|[^\W\d_]{{1,40}})")
_BARE = str.maketrans(dict.fromkeys(':|•·>»«›‹–—()[]【】“”"…*▶►→!?！？', " "))
_NUMBER = re.compile(r"\d[\d.,]{0,12}")
_WHOLE = {  # and the rule of each; of a line in several the last
    "rails": "label",
    "labels": "label",
    "counters": "counter",
    "ago": "timestamp",
    "comments": "comments",
}
_OPENING = (
    *("pointers", "newsletter", "paywall", "notices", "stamps", "biographies"),
    *("credits", "leads", "bylines", "by", "home", "asks"),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a text opens with: the phrase, its meaning, its language."""

    phrase: str
    meaning: str
    language: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All languages: the rules of whole lines, and what stands in others.

    ``openings`` and ``copyright`` are found by their first word. ``dates`` and
    ``months`` are sets of languages as bits, by word. ``words`` are those of each
    language for each other meaning.
    """

    whole: Mapping[str, str]
    rails: frozenset[str]
    openings: Mapping[str, tuple[Opening, ...]]
    copyright: Mapping[str, tuple[str, ...]]
    captions: frozenset[str]
    credits: frozenset[str]
    dates: Mapping[str, int]
    months: Mapping[str, int]
    words: Mapping[tuple[str, str], frozenset[str]]
    refusals: Mapping[str, tuple[str, ...]]


def folded(text: str) -> str:
    """Return ``text`` as the tables are written.

    >>> folded("PAYLAŞIN") == folded("paylaşın")
    True
    """
    return text.lower().translate(_SAME)


def first_word(text: str) -> tuple[str, int]:
    """Return the folded first word of ``text`` and where it begins, or "" and 0."""
    found = _FIRST.match(text)
    return (folded(found[1]), found.start(1)) if found else ("", 0)


def bared(line: str) -> str:
    """Return the words of a folded ``line``, with a mark for each number.

    >>> bared("kommentare (12)")
    'kommentare #'
    """
    return " ".join(_NUMBER.sub("#", line).translate(_BARE).split())


@cache
def tables() -> Tables:
    """Return the tables of all languages; they are read once."""
    lists = dict(_files())
    return Tables(
        whole={
            bared(line): rule
            for name, rule in _WHOLE.items()
            for line in _all(lists, name)
        },
        rails=frozenset(_all(lists, "rails")),
        openings=_openings(lists),
        dates=_by_word(lists, "dates", "months"),
        months=_by_word(lists, "months"),
        words={
            (language, name): frozenset(entries.get(name, ()))
            for language, entries in lists.items()
            for name in ("mail", "membership", "said", "joining")
        },
        copyright=_by_first(_all(lists, "copyright")),
        captions=frozenset(_all(lists, "captions")),
        credits=frozenset(_all(lists, "credits")),
        refusals={
            name: tuple(sorted(set(_all(lists, name)))) for name in ("absent", "walls")
        },
    )


def _files() -> Iterator[tuple[str, dict[str, list[str]]]]:
    folder = files("index.cleaner.languages")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            entries = tomllib.loads(file.read_text(encoding="utf-8"))
            yield (
                file.name.removesuffix(".toml"),
                {name: _split(text) for name, text in entries.items()},
            )


def _split(entries: str) -> list[str]:
    parts = (" ".join(part.split()) for part in entries.split(";"))
    return [folded(part) for part in parts if part]


def _all(lists: Mapping[str, Mapping[str, list[str]]], name: str) -> Iterator[str]:
    for entries in lists.values():
        yield from entries.get(name, ())


def _openings(
    lists: Mapping[str, Mapping[str, list[str]]],
) -> dict[str, tuple[Opening, ...]]:
    """Return openings by first word; of those of one word the longest comes first."""
    found: dict[str, list[Opening]] = {}
    for language, entries in lists.items():
        for meaning in _OPENING:
            for phrase in entries.get(meaning, ()):
                word, start = first_word(phrase)
                opening = Opening(phrase[start:], meaning, language)
                found.setdefault(word, []).append(opening)
    return {
        word: tuple(sorted(those, key=lambda opening: -len(opening.phrase)))
        for word, those in found.items()
    }


def _by_first(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        word, start = first_word(phrase)
        found[word] = (*found.get(word, ()), phrase[start:])
    return found


def _by_word(
    lists: Mapping[str, Mapping[str, list[str]]], *names: str
) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, entries in enumerate(lists.values()):
        for name in names:
            for word in entries.get(name, ()):
                found[word] = found.get(word, 0) | 1 << number
    return found
