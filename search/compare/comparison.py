"""Articles side by side: their paragraphs, what differs, who was first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from search.compare import facts, kin
from search.compare.facts import Fact
from search.compare.kin import Copies, Order
from search.compare.paragraphs import aligned
from search.compare.runs import Paragraph, Part, compared
from search.compare.texts import Text, compared_of
from search.compare.words import keys
from search.copies.pairs import shared
from search.copies.percent import percent
from search.copies.shingles import Mask
from search.model import Article

MOST_FACTS = 60  # of a kind that are listed

RowKind = Literal["same", "changed", "only_one", "only_other"]
FactKind = Literal["numbers", "names", "attributions"]


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs that belong together, and what became of them.

    ``moved`` says that the other article has them in another place.
    """

    kind: RowKind
    one: tuple[Part, ...]
    other: tuple[Part, ...]
    moved: bool


@dataclass(frozen=True, slots=True)
class Against:
    """One article against another: rows, in which each paragraph of both stands once.

    ``headline`` is the row of their headlines, whose paragraph is 0; None where neither
    has one. ``one_shared`` is the share of the words of ``one`` that stand in a row of
    five or more (ten characters of Chinese or Japanese, 24 of Thai, Lao, Khmer or
    Burmese) that ``other`` has, in whole percent, of all of both texts;
    ``other_shared`` the same of ``other``.
    """

    one: str
    other: str
    headline: Row | None
    rows: tuple[Row, ...]
    one_shared: float
    other_shared: float


@dataclass(frozen=True, slots=True)
class Difference:
    """What not all articles state: as each writes it, by its place among them.

    None stands for one that does not; ``contexts`` are what stands around it.
    """

    kind: FactKind
    texts: tuple[str | None, ...]
    contexts: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several articles side by side: the first against each of the others.

    ``order`` is that of publication; of ``versions`` of one article, of when they were
    saved. ``copies`` are the sets of those that are copies, none among versions.
    ``differences`` are at most 60 of a kind, in the order of the texts; ``more`` counts
    those left out. ``whole`` is False where a text is longer than what is compared:
    10,000 words, of which a paragraph counts as ten at the least, and 100,000
    characters.
    """

    articles: tuple[Article, ...]
    against: tuple[Against, ...]
    order: Order
    copies: tuple[Copies, ...]
    differences: tuple[Difference, ...]
    more: int
    whole: bool = True
    versions: bool = False


def comparison(articles: Sequence[Article], *, versions: bool = False) -> Comparison:
    """Return two articles or more side by side; 8 ms for two of 500 words.

    ``versions`` says that all are of one page. Costs what they are long: a second for
    four of 10,000 words, and a second more for a million characters without spaces.
    """
    texts = [compared_of(article) for article in articles]
    differences: list[Difference] = []
    more = 0
    for kind, rows in facts.differing([text.said for text in texts]).items():
        found = [_difference(kind, row) for row in rows[:MOST_FACTS]]
        differences += found
        more += len(rows) - len(found)
    return Comparison(
        tuple(articles),
        tuple(_against(texts[0], other) for other in texts[1:]),
        kin.by_saving(articles) if versions else kin.by_day(articles),
        () if versions else kin.copies(texts),
        tuple(differences),
        more,
        all(text.whole for text in texts),
        versions,
    )


def _against(one: Text, other: Text) -> Against:
    both = shared(one.shingled, other.shingled)
    lined = aligned(
        *([keys(some.words) for some in x.paragraphs] for x in (one, other))
    )
    rows = [
        _row(
            [one.paragraphs[at] for at in row.one],
            [other.paragraphs[at] for at in row.other],
            moved=row.moved,
        )
        for row in lined
    ]
    headlines = [[x.headline] if x.headline else [] for x in (one, other)]
    return Against(
        one.article.id,
        other.article.id,
        _row(*headlines) if any(headlines) else None,
        tuple(rows),
        _share(both.of_one),
        _share(both.of_other),
    )


def _row(
    one: Sequence[Paragraph], other: Sequence[Paragraph], *, moved: bool = False
) -> Row:
    parts = compared(one, other)
    return Row(_kind(*parts), *parts, moved)


def _kind(one: Sequence[Part], other: Sequence[Part]) -> RowKind:
    if not one:
        return "only_other"
    if not other:
        return "only_one"
    runs = [run.kind for part in (*one, *other) for run in part.runs]
    return "same" if all(kind == "same" for kind in runs) else "changed"


def _share(kept: Mask) -> float:
    return percent(int(kept.sum()), len(kept)) / 100


def _difference(kind: FactKind, row: Sequence[Fact | None]) -> Difference:
    return Difference(
        kind,
        tuple(fact.text if fact else None for fact in row),
        tuple(fact.context if fact else None for fact in row),
    )
