"""The way out where nothing is found: what to ask instead, each with what it finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from search.address import url
from search.engine import Searcher
from search.model import Hit, Query, Scope, SearchResult, Sort
from web import wording
from web.chips import Chip, from_start

_MOST_TRIED = 6  # filters dropped one by one, and words counted alone
_LOOKED_AT = 20  # hits whose words are looked at for one
_MOST_MENDED = 2  # words that are looked up for a slip of the keyboard

# A word or a phrase with what belongs to it: a sign, a field, a distance.
_PIECE = re.compile(r'[-+]?(?:\w+:)?"[^"]*"(?:~\d*)?|\S+')
_SIGNS = frozenset(("AND", "OR", "NOT"))
_WORD = re.compile(r"[^\W\d_]{4,}")  # fuzzy words have four letters at the least


@dataclass(frozen=True, slots=True)
class Step:
    """Another question, ``said`` in words, and how many hits it has."""

    said: str
    url: str
    total: int
    noun: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps, nearest to the question first; each of them finds something.

    ``words`` are the pieces of the text alone, those that find nothing among them.
    """

    mended: tuple[Step, ...]
    words: tuple[Step, ...]
    either: Step | None
    dropped: tuple[Step, ...]
    in_chrome: Step | None


def ladder(
    query: Query, result: SearchResult, made: Sequence[Chip], searcher: Searcher
) -> Ladder | None:
    """Return the way out of an answer without hits; None where it has some.

    An answer that took too long for its own question is asked no more.
    """
    if result.total:
        return None
    chrome = _in_chrome(query, result)
    if result.total_relation == "gte":
        return Ladder((), (), None, (), chrome)
    pieces = _pieces(query.text)
    asked = [
        *_alone(query, pieces),
        *_either(query, pieces),
        *_fewer(query, made),
    ]
    totals = searcher.totals([other for _, other in asked])
    steps = [
        Step(said, url("/search", other), total or 0, wording.what(other))
        for (said, other), total in zip(asked, totals, strict=True)
    ]
    alone = len(_alone(query, pieces))
    words, rest = steps[:alone], steps[alone:]
    either = rest.pop(0) if alone else None
    unknown = [step.said for step in words if not step.total]
    return Ladder(
        mended=tuple(_mended(query, unknown if words else pieces, searcher)),
        words=tuple(words),
        either=either if either and either.total else None,
        dropped=tuple(sorted(filter(_finds, rest), key=lambda step: -step.total)),
        in_chrome=chrome,
    )


def _finds(step: Step) -> bool:
    return step.total > 0


def _in_chrome(query: Query, result: SearchResult) -> Step | None:
    if not result.in_chrome:
        return None
    there = from_start(query, scope=Scope.CHROME)
    return Step("", url("/search", there), result.in_chrome, wording.what(query))


def _pieces(text: str) -> list[str]:
    """Return the words and phrases of ``text``; none where it has a form of its own."""
    found = _PIECE.findall(text)
    if any(piece in _SIGNS or piece[0] in "()-+" for piece in found):
        return []
    return [*dict.fromkeys(found)]


def _alone(query: Query, pieces: Sequence[str]) -> list[tuple[str, Query]]:
    if len(pieces) < 2:
        return []
    return [(said, from_start(query, text=said)) for said in pieces[:_MOST_TRIED]]


def _either(query: Query, pieces: Sequence[str]) -> list[tuple[str, Query]]:
    if len(pieces) < 2:
        return []
    said = " OR ".join(pieces[:_MOST_TRIED])
    return [(said, from_start(query, text=said))]


def _fewer(query: Query, made: Sequence[Chip]) -> Iterator[tuple[str, Query]]:
    for chip in made[:_MOST_TRIED]:
        yield f"{chip.label.lower()} {chip.value}", from_start(chip.without)
    if query.kinds == Query().kinds:
        yield "limit to articles", from_start(query, kinds=())


def _mended(query: Query, pieces: Sequence[str], searcher: Searcher) -> Iterator[Step]:
    """Yield the text with a word spelled as articles spell one near it."""
    for piece in pieces[:_MOST_MENDED]:
        if not _WORD.fullmatch(piece):
            continue
        near = _near(query, piece, searcher)
        if near is None:
            continue
        whole = re.sub(rf"(?<!\w){re.escape(piece)}(?!\w)", near, query.text)
        texts = dict.fromkeys((whole, near))
        asked = [from_start(query, text=text) for text in texts]
        for other, total in zip(asked, searcher.totals(asked), strict=True):
            if total:
                at = url("/search", other)
                yield Step(other.text, at, total, wording.what(other))
                break


def _near(query: Query, word: str, searcher: Searcher) -> str | None:
    """Return the word most like ``word`` that hits have, a letter or two from it."""
    near = Query(text=f"{word}~2", sort=Sort.RELEVANCE, per_page=_LOOKED_AT)
    hits = searcher.search(replace(near, kinds=query.kinds)).hits
    counts = Counter(found for hit in hits for found in {*_marked_words(hit)})
    del counts[word.lower()]
    alike = SequenceMatcher(b=word.lower())

    def likeness(found: str) -> tuple[float, int, str]:
        alike.set_seq1(found)
        return alike.ratio(), counts[found], found

    return max(counts, key=likeness, default=None)


def _marked_words(hit: Hit) -> Iterator[str]:
    pieces = [(hit.title or "", hit.title_ranges)]
    pieces += [(piece.text, piece.ranges) for piece in hit.snippets]
    for text, ranges in pieces:
        yield from (text[start:end].lower() for start, end in ranges)
