"""The way out where nothing is found: what to ask instead, each with what it finds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from search.address import url
from search.engine import Searcher
from search.model import Hit, Query, Scope, SearchResult, Sort
from web import wording
from web.chips import Chip, bare, from_start

_Asked = list[tuple[str, Query]]

_MOST_TRIED = 6  # filters dropped one by one, and words counted alone
_LOOKED_AT = 20  # hits whose words are looked at for one
_MOST_MENDED = 2  # words that are looked up for a slip of the keyboard

# A word or a phrase with what belongs to it: a sign, a field, a distance.
_PIECE = re.compile(r'[-+]?(?:\w+:)?"[^"]*"(?:~\d*)?|\S+')
_SIGNS = frozenset(("AND", "OR", "NOT"))
_WORD = re.compile(r"[^\W\d_]{4,}")  # fuzzy words have four letters at the least


@dataclass(frozen=True, slots=True)
class Step:
    """Another question, ``said`` in words, and how many hits it has.

    ``outside`` says that those are outside the limits of the first one.
    """

    said: str
    url: str
    total: int
    noun: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps, nearest to the question first; each of them finds something.

    ``words`` are the pieces of the text alone, those that find nothing among them.
    They are counted within the limits, and without where that finds nothing.
    ``fewer`` leave out a limit, and the last of them may leave out all.
    """

    mended: tuple[Step, ...]
    words: tuple[Step, ...]
    either: Step | None
    fewer: tuple[Step, ...]
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
    within, without, either, less, none = _counted(
        searcher,
        _alone(query, pieces),
        _alone(bare(query), pieces) if made else [],
        _either(query, pieces),
        [*_one_less(query, made)],
        [*_none(query, made)],
    )
    words = _words(within, without)
    unknown = [step.said for step in words if not step.total]
    return Ladder(
        mended=tuple(_mended(query, unknown if words else pieces, searcher)),
        words=words,
        either=next(filter(_finds, either), None),
        fewer=_fewer(made, less, none),
        in_chrome=chrome,
    )


def _counted(searcher: Searcher, *asked: _Asked) -> Iterator[list[Step]]:
    """Yield the steps of each list of questions; all are counted at once."""
    totals = iter(searcher.totals([other for some in asked for _, other in some]))
    for some in asked:
        yield [
            Step(said, url("/search", other), next(totals) or 0, wording.what(other))
            for said, other in some
        ]


def _words(within: Sequence[Step], without: Sequence[Step]) -> tuple[Step, ...]:
    words = []
    for step, free in zip_longest(within, without):
        outside = free is not None and not step.total and free.total
        words.append(replace(free, outside=True) if outside else step)
    return tuple(words)


def _fewer(
    made: Sequence[Chip], less: Sequence[Step], none: Sequence[Step]
) -> tuple[Step, ...]:
    found = sorted(filter(_finds, less), key=lambda step: -step.total)
    if not found or len(made) > 1:
        found += [*filter(_finds, none)][:1]
    return tuple(found)


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


def _alone(query: Query, pieces: Sequence[str]) -> _Asked:
    if len(pieces) < 2:
        return []
    return [(said, from_start(query, text=said)) for said in pieces[:_MOST_TRIED]]


def _either(query: Query, pieces: Sequence[str]) -> _Asked:
    if len(pieces) < 2:
        return []
    said = " OR ".join(pieces[:_MOST_TRIED])
    return [(said, from_start(query, text=said))]


def _one_less(query: Query, made: Sequence[Chip]) -> Iterator[tuple[str, Query]]:
    for chip in made[:_MOST_TRIED]:
        yield f"{chip.label.lower()} {chip.value}", from_start(chip.without)
    if query.kinds == Query().kinds:
        yield "limit to articles", from_start(query, kinds=())


def _none(query: Query, made: Sequence[Chip]) -> Iterator[tuple[str, Query]]:
    """Yield the text without limits, for those that find nothing only together."""
    if len(made) > 1:
        yield "any limit", bare(query)
    if made:
        yield "any limit", replace(bare(query), kinds=())


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
