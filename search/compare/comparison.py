"""Articles side by side: their paragraphs, what differs, who was first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from search.compare import facts
from search.compare.facts import Fact
from search.compare.paragraphs import aligned
from search.compare.runs import Paragraph, Part, compared
from search.compare.words import keys, words
from search.copies.lineage import DATELINE, NAMED, Original, Telling, original
from search.copies.pairs import shared
from search.copies.shingles import Shingled, shingled
from search.model import Article
from search.versions import parted

MOST_FACTS = 60  # of a kind that are listed
MOST_WORDS = 20_000  # of a text that are compared, and the rest of a paragraph

RowKind = Literal["same", "changed", "only_one", "only_other"]
FactKind = Literal["numbers", "names", "attributions"]

_READ: dict[FactKind, Callable[[str], Iterator[Fact]]] = {
    "numbers": facts.numbers,
    "names": facts.names,
    "attributions": facts.attributions,
}


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

    ``one_shared`` is the share of the words of ``one`` that stand in a row of five or
    more that ``other`` has; ``other_shared`` the same of ``other``.
    """

    one: str
    other: str
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

    ``order`` are their ids by day of publication, undated ones last; that of
    ``versions`` of one article by when they were saved. ``original`` is
    the one that the others were most likely made from, None where no two share enough
    of their text to be copies. ``differences`` are at most 60 of a kind, in the order
    of the texts; ``more`` counts those left out. ``whole`` is False where a text has
    over 20,000 words, and the paragraphs after those are left out.
    """

    articles: tuple[Article, ...]
    against: tuple[Against, ...]
    order: tuple[str, ...]
    original: Original | None
    differences: tuple[Difference, ...]
    more: int
    whole: bool = True
    versions: bool = False


def comparison(articles: Sequence[Article]) -> Comparison:
    """Return two articles or more side by side; 5 ms for two of 500 words.

    Costs what they are long; a second for two of 20,000 words.
    """
    texts = [shingled(article.text) for article in articles]
    read = [_paragraphs(article) for article in articles]
    against = tuple(
        _against(articles, read, texts, at) for at in range(1, len(articles))
    )
    differences: list[Difference] = []
    more = 0
    for kind in _READ:
        found = list(_differences(kind, articles))
        differences += found[:MOST_FACTS]
        more += len(found) - len(found[:MOST_FACTS])
    versions = len({parted(article.id)[0] for article in articles}) == 1
    alike = not versions and any(
        max(one.one_shared, one.other_shared) >= _ALIKE for one in against
    )
    return Comparison(
        tuple(articles),
        against,
        tuple(one.id for one in sorted(articles, key=_saved if versions else _when)),
        _original(articles, texts) if alike else None,
        tuple(differences),
        more,
        all(map(_is_whole, articles, read)),
        versions,
    )


_ALIKE = 0.3  # of a text; less is no copy


def _against(
    articles: Sequence[Article],
    read: Sequence[Sequence[Paragraph]],
    texts: Sequence[Shingled],
    at: int,
) -> Against:
    one, other = read[0], read[at]
    both = shared(texts[0], texts[at])
    lined = aligned(
        [keys(some.words) for some in one], [keys(some.words) for some in other]
    )
    rows = []
    for row in lined:
        left, right = [one[i] for i in row.one], [other[i] for i in row.other]
        parts = compared(left, right)
        rows.append(Row(_kind(*parts), *parts, row.moved))
    return Against(
        articles[0].id,
        articles[at].id,
        tuple(rows),
        _share(both.of_one.tolist()),
        _share(both.of_other.tolist()),
    )


def _kind(one: Sequence[Part], other: Sequence[Part]) -> RowKind:
    if not one:
        return "only_other"
    if not other:
        return "only_one"
    runs = [run.kind for part in (*one, *other) for run in part.runs]
    return "same" if all(kind == "same" for kind in runs) else "changed"


def _paragraphs(article: Article) -> list[Paragraph]:
    """Return the paragraphs that hold words, as far as they are compared."""
    found: list[Paragraph] = []
    count = 0
    for number, text in enumerate(article.paragraphs, 1):
        if text.strip():
            found.append(Paragraph(number, text, tuple(words(text))))
            count += len(found[-1].words)
            if count > MOST_WORDS:
                break
    return found


def _is_whole(article: Article, read: Sequence[Paragraph]) -> bool:
    rest = article.paragraphs[read[-1].number :] if read else ()
    return not any(text.strip() for text in rest)


def _share(kept: Sequence[bool]) -> float:
    return round(sum(kept) / max(1, len(kept)), 2)


def _when(article: Article) -> tuple[bool, int, str]:
    day = article.published.first.toordinal() if article.published else 0
    return (not day, day, article.id)


def _saved(article: Article) -> tuple[bool, int, str]:
    microseconds = round(article.saved.timestamp() * 1e6) if article.saved else 0
    return (not article.saved, microseconds, article.id)


def _original(articles: Sequence[Article], texts: Sequence[Shingled]) -> Original:
    tellings = []
    for article, text in zip(articles, texts, strict=True):
        agency = article.agency
        named = 0 if agency is None else NAMED
        if agency is not None and agency.method == "dateline":
            named = DATELINE
        first = article.published.first.toordinal() if article.published else 0
        tellings.append(Telling(named, first, text.words, article.id))
    return original(tellings)


def _differences(kind: FactKind, articles: Sequence[Article]) -> Iterator[Difference]:
    """Yield what is stated, in one article or more but not in all."""
    stated = [_by_key(_READ[kind](article.text)) for article in articles]
    for key in dict.fromkeys(key for some in stated for key in some):
        found = [some.get(key) for some in stated]
        if not all(found):
            yield Difference(
                kind,
                tuple(fact.text if fact else None for fact in found),
                tuple(fact.context if fact else None for fact in found),
            )


def _by_key(found: Iterable[Fact]) -> dict[str, Fact]:
    stated: dict[str, Fact] = {}
    for fact in islice(found, 10_000):
        stated.setdefault(fact.key, fact)
    return stated
