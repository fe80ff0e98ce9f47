"""Articles side by side, in the shapes of the API."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from search.address import document
from search.compare import comparison as values
from search.compare import kin, runs
from search.model import Article
from search.wire.parts import (
    Address,
    Agency,
    Count,
    Id,
    Moment,
    Published,
    Shape,
    Share,
    Source,
    agency,
    moment,
    published,
    source,
)
from search.wire.shapes import Origin


class Compared(Shape, frozen=True):
    """One of the articles; its `text` is in `against`, paragraph by paragraph.

    `saved` is when its page was saved, as far as known; of a version at least the time
    of its file.
    """

    id: Id
    url: Address
    title: str | None
    source: Source | None
    agency: Agency | None
    published: Published | None
    saved: Moment | None
    lang: str | None


class Run(Shape, frozen=True):
    """A piece of a paragraph: `same` in the other, `changed` there, or `only` here."""

    kind: Literal["same", "changed", "only"]
    text: str


class Part(Shape, frozen=True):
    """A paragraph, counted from 1; the texts of its runs make its text."""

    paragraph: Annotated[int, Meta(ge=1)]
    runs: tuple[Run, ...]


class Row(Shape, frozen=True):
    """Paragraphs that belong together. `moved`: `other` has them in another place."""

    kind: Literal["same", "changed", "only_one", "only_other"]
    moved: bool
    one: tuple[Part, ...]
    other: tuple[Part, ...]


class Headline(Shape, frozen=True):
    """The headlines as runs, whose texts make them; empty for one that has none."""

    kind: Literal["same", "changed", "only_one", "only_other"]
    one: tuple[Run, ...]
    other: tuple[Run, ...]


class Against(Shape, frozen=True):
    """The first article against another; each paragraph of both is in one row.

    `one_shared` is the share of the words of `one` that stand in a row of five or more
    (ten characters of Chinese or Japanese, 24 of Thai, Lao, Khmer or Burmese) that
    `other` has too, `other_shared` that of the words of `other`. `headline` is null
    where neither has one.
    """

    one: Id
    other: Id
    one_shared: Share
    other_shared: Share
    headline: Headline | None
    rows: tuple[Row, ...]


class Stated(Shape, frozen=True):
    """How one of the articles writes it, and what stands around it."""

    text: str
    context: str


class Difference(Shape, frozen=True):
    """A figure, a name or a speaker that not all articles have, by article in order.

    It is null for an article that does not have it.
    """

    kind: Literal["numbers", "names", "attributions"]
    stated: tuple[Stated | None, ...]


class Copies(Shape, frozen=True):
    """Articles of which each is a copy of one of the others.

    `original` is the one that the others were most likely made from; null where nothing
    tells it.
    """

    ids: tuple[Id, ...]
    original: Origin | None


class Comparison(Shape, frozen=True):
    """Two to four articles, the first against each of the others.

    `order` are the ids by day of publication; those of `without_day`, of which the day
    is not known, stand last. `versions` says that all are versions of one article; they
    stand in the order they were saved in. Who is in none of the `copies` is a copy of
    none of the others; versions have no copies. `more` counts differences that are left
    out, after 60 of a kind. `complete` is false where a text has over 10,000 words, of
    which a paragraph counts as ten at the least, or over 100,000 characters: what comes
    after those is left out of all but the shares.
    """

    versions: bool
    articles: tuple[Compared, ...]
    order: tuple[Id, ...]
    without_day: tuple[Id, ...]
    copies: tuple[Copies, ...]
    against: tuple[Against, ...]
    differences: tuple[Difference, ...]
    more: Count
    complete: bool


def comparison(found: values.Comparison) -> Comparison:
    """Return a comparison as the API says it."""
    return Comparison(
        versions=found.versions,
        articles=tuple(map(_article, found.articles)),
        order=found.order.ids,
        without_day=found.order.without_day,
        copies=tuple(map(_copies, found.copies)),
        against=tuple(map(_against, found.against)),
        differences=tuple(map(_difference, found.differences)),
        more=found.more,
        complete=found.whole,
    )


def _copies(found: kin.Copies) -> Copies:
    likely = found.original
    return Copies(
        ids=found.ids,
        original=None if likely is None else Origin(id=likely.id, why=likely.why),
    )


def _article(article: Article) -> Compared:
    return Compared(
        id=article.id,
        url=document(article.id),
        title=article.title,
        source=source(article.source),
        agency=agency(article.agency),
        published=published(article.published),
        saved=moment(article.saved),
        lang=article.lang,
    )


def _against(found: values.Against) -> Against:
    return Against(
        one=found.one,
        other=found.other,
        one_shared=found.one_shared,
        other_shared=found.other_shared,
        headline=None if found.headline is None else _headline(found.headline),
        rows=tuple(
            Row(
                kind=row.kind,
                moved=row.moved,
                one=tuple(map(_part, row.one)),
                other=tuple(map(_part, row.other)),
            )
            for row in found.rows
        ),
    )


def _headline(row: values.Row) -> Headline:
    one, other = (
        tuple(run for part in side for run in _runs(part))
        for side in (row.one, row.other)
    )
    return Headline(kind=row.kind, one=one, other=other)


def _part(part: runs.Part) -> Part:
    return Part(paragraph=part.number, runs=_runs(part))


def _runs(part: runs.Part) -> tuple[Run, ...]:
    return tuple(Run(kind=run.kind, text=run.text) for run in part.runs)


def _difference(found: values.Difference) -> Difference:
    return Difference(
        kind=found.kind,
        stated=tuple(
            None if text is None else Stated(text=text, context=context or "")
            for text, context in zip(found.texts, found.contexts, strict=True)
        ),
    )
