"""Which of some articles are copies, by comparing each with each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.copies.lineage import DATELINE, NAMED, Telling
from search.copies.pairs import WORDS, are_close, is_copy, shared
from search.copies.shingles import Shingled, shingled
from search.copies.windows import windows
from search.engines.columnar.grouping.candidates import FEWEST, SHARE
from search.engines.labels import Labels, SharesByGroup, Table
from search.folding import fold
from search.model import Article, Kind


def groups_of(articles: Sequence[Article]) -> dict[str, int]:
    """Return the number of the group of each article that has copies, by its id."""
    found: dict[str, int] = {}
    for members in _families(articles):
        first, last = np.array([_period(x) for x in members]).T
        for number in set(cuts := windows(first, last).tolist()):
            left = [x for x, cut in zip(members, cuts, strict=True) if cut == number]
            for group in _families(left):
                if len(group) > 1:
                    name = len(set(found.values()))
                    found |= {article.id: name for article in group}
    return found


def _families(articles: Sequence[Article]) -> list[list[Article]]:
    """Return those that are copies of each other, or of a chain of copies."""
    families = list(range(len(articles)))
    for a, one in enumerate(articles):
        for b, other in enumerate(articles[:a]):
            if families[a] != families[b] and _are_copies(one, other):
                merged = (families[a], families[b])
                families = [min(merged) if f in merged else f for f in families]
    return [
        [x for x, f in zip(articles, families, strict=True) if f == family]
        for family in sorted(set(families))
    ]


def labels_of(articles: Sequence[Article]) -> tuple[Labels, Table]:
    """Return the same as an engine keeps it."""
    groups = groups_of(articles)
    docs = [n for n, article in enumerate(articles) if article.id in groups]
    names = [groups[articles[n].id] for n in docs]
    texts: list[dict[str, Article]] = [{} for _ in range(len(set(names)))]
    places = []
    for n, name in zip(docs, names, strict=True):
        texts[name].setdefault(_text(articles[n]), articles[n])
        places.append([*texts[name]].index(_text(articles[n])))
    tellings = [telling(articles[n]) for n in docs]
    labels = Labels(
        np.array(docs, np.int64),
        np.array(names, np.int64),
        np.array(places, np.int64),
        np.array([one.words for one in tellings], np.int64),
        np.array([one.named for one in tellings], np.int64),
    )
    shares = SharesByGroup.of(
        [
            np.array(
                [[percent(a, b) for b in some.values()] for a in some.values()],
                np.uint8,
            )
            for some in texts
        ]
    )
    return labels, Table(np.arange(len(texts)), shares)


def percent(one: Article, other: Article) -> int:
    """Return what percentage of the words of ``one`` the ``other`` has, rounded."""
    if _text(one) == _text(other):
        return 100
    kept = shared(shingled(one.text), shingled(other.text)).of_one
    return int((200 * int(kept.sum()) + len(kept)) // (2 * len(kept)))


def telling(article: Article) -> Telling:
    """Return what tells whether ``article`` is the original."""
    named = 0 if article.agency is None else NAMED
    if article.agency is not None and article.agency.method == "dateline":
        named = DATELINE
    words = shingled(article.text).words
    return Telling(named, *_period(article), words, article.id)


def _are_copies(one: Article, other: Article) -> bool:
    if not are_close(_period(one), _period(other)):
        return False
    if _text(one) == _text(other):
        return bool(_text(one))
    both = one.kind is other.kind is Kind.ARTICLE
    return both and _would_meet(one, other) and is_copy(*map(_shingled, (one, other)))


def _would_meet(one: Article, other: Article) -> bool:
    """Return whether an index would compare two articles: by what is sampled of them.

    It is not, once in 2,000 pairs that share no more than they need.
    """
    a, b = (set(_shingled(each).sampled.tolist()) for each in (one, other))
    fewer = 1 + min(len(a), len(b))  # with the number of the whole text
    return len(a & b) >= max(FEWEST, SHARE * fewer)


def _shingled(article: Article) -> Shingled:
    return shingled(article.text)


def _text(article: Article) -> str:
    """Return the words of an article, with those of the headline where they are few."""
    words = fold(article.text).split()
    if words and len(words) < WORDS and article.title:
        return " ".join([*fold(article.title).split(), "/", *words])
    return " ".join(words)


def _period(article: Article) -> tuple[int, int]:
    days = article.published
    return (days.first.toordinal(), days.last.toordinal()) if days else (0, 0)
