"""The shapes of the API's answers; OpenAPI's schemas are made of them.

A docstring here is what users of the API read about the object.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from search.model import Interval, Kind, Scope, Sort
from search.wire.parts import (
    Address,
    Agency,
    Count,
    Id,
    Moment,
    Place,
    PlaceId,
    Published,
    RemovedShare,
    Shape,
    Share,
    Source,
    Span,
    WebAddress,
)


class Snippet(Shape, frozen=True):
    """A piece of an article around matches, as text and ranges, never as markup.

    `paragraph` counts from 1 in a body and is null elsewhere.
    """

    field: Literal["title", "body", "byline", "chrome"]
    paragraph: int | None
    text: str
    ranges: tuple[Span, ...]


class CopySource(Shape, frozen=True):
    """The outlet of a copy."""

    value: str
    label: str | None


class Copy(Shape, frozen=True):
    """Another article of a hit's group; `shared` is how much of the hit's text it has.

    It counts the words that stand in a row of five or more that it has too (ten
    characters of Chinese or Japanese, 24 of Thai, Lao, Khmer or Burmese). `date` is
    when it was published, as far as known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    """

    id: Id
    source: CopySource | None
    shared: Share
    date: str | None


class Origin(Shape, frozen=True):
    """The article that the others of a group were most likely made from, and why.

    It names an agency in its `dateline`, or elsewhere (`agency`), as not all of them
    do; it is known to be no later than the others that are dated, and earlier than one
    (`earliest`); none is longer, and one is shorter (`longest`). It may be none of the
    matches.
    """

    id: Id
    why: tuple[Literal["dateline", "agency", "earliest", "longest"], ...]


class Group(Shape, frozen=True):
    """The articles a hit stands for, itself included; at most 20 copies are listed.

    `outlets` counts the outlets of all its copies but for its own, `unsourced` the
    copies of which the outlet is not known. `shared` is the least and the most of the
    hit's text that any copy has; null for a group of very many texts, of which only
    those listed were compared with it. `original` is null where nothing tells it.
    """

    kind: Literal["copy"]
    size: Annotated[int, Meta(ge=2)]
    outlets: Count
    unsourced: Count
    shared: tuple[Share, Share] | None
    copies: tuple[Copy, ...]
    original: Origin | None


class Hit(Shape, frozen=True):
    """One article that matched.

    `title` is null where the page has no headline; `lead` is the first sentence, to be
    shown in its place. `matches` counts the matches in title and text.
    """

    id: Id
    url: Address
    original: WebAddress | None
    score: float
    kind: Kind
    title: str | None
    title_ranges: tuple[Span, ...]
    lead: str
    source: Source | None
    agency: Agency | None
    published: Published | None
    authors: tuple[str, ...]
    lang: str | None
    places: tuple[Place, ...]
    snippets: tuple[Snippet, ...]
    matches: Count
    removed: RemovedShare
    group: Group | None


class Expansion(Shape, frozen=True):
    """What was searched beside the words `term`: the other spellings of a name.

    `alone` is the query with only the words as written.
    """

    term: str
    kind: Literal["place", "name"]
    place: PlaceId | None
    label: str | None
    aliases: tuple[str, ...]
    alone: str | None


class Suggestion(Shape, frozen=True):
    """Another query that may be meant: `term` is also the name of the place `label`.

    `within` is what that lies in, empty for a country. `reason` says why the words were
    searched as words only: they are common vocabulary, a name of people, the name of
    another place too, or mostly mean something else here.
    """

    q: str
    term: str
    place: PlaceId
    label: str
    within: str
    reason: Literal["common-word", "name-of-people", "namesake", "something-else"]


class Asked(Shape, frozen=True, rename={"scope": "in"}):
    """The query as it was understood. `filters` is by the parameter's name."""

    q: str
    scope: Scope
    read_as: str
    filters: dict[str, str | tuple[str, ...]]
    sort: Sort
    expanded: tuple[Expansion, ...]
    warnings: tuple[str, ...]


class Bucket(Shape, frozen=True):
    """A value of a facet and how many articles have it.

    `parent` and `level` (0 for a country) are there for places, `to`, the last day, for
    periods. As a filter, `value` finds exactly `count` articles of these.
    """

    value: PlaceId
    label: str
    count: Count
    selected: bool
    excluded: bool
    parent: PlaceId | UnsetType | None = UNSET
    level: int | UnsetType | None = UNSET
    to: str | UnsetType = UNSET


class Facet(Shape, frozen=True):
    """A facet's values, the commonest first, dates in order of time.

    A facet's counts ignore the query's own selection in it. `missing` articles have no
    value; those are counted under `unknown`, `none` or `undated` too. `exact` is false
    where the deadline left a part of the index unsearched. Dates have an `interval`.
    """

    exact: bool
    total_values: Count
    values: tuple[Bucket, ...]
    missing: Count
    interval: Interval | UnsetType = UNSET


class State(Shape, frozen=True):
    """Which state of the index answered; an answer is never of two."""

    generation: str
    documents: Count
    built: Moment | None


class Links(Shape, frozen=True):
    """Where the same is as a page, a feed or a table, and where it goes on."""

    self: Address
    next: Address | None
    html: Address
    atom: Address
    csv: Address


class Answer(Shape, frozen=True):
    """One page of hits, and everything that was counted.

    `total` counts articles; `total_relation` is `gte` where the deadline ended the
    count. `groups` is null unless asked for. `in_chrome`, set where nothing was found,
    counts articles that have the words in removed page furniture. `cursor` goes on
    after the last hit. `suggestions` are other ways to ask: so far, for the places that
    words may mean; `/api/suggest` completes what is typed.
    """

    query: Asked
    total: Count
    total_relation: Literal["eq", "gte"]
    groups: Count | None
    in_chrome: Count | None
    took_ms: Annotated[float, Meta(ge=0)]
    page: Annotated[int, Meta(ge=1)]
    per_page: Count
    pages: Count
    cursor: str | None
    hits: tuple[Hit, ...]
    facets: dict[str, Facet]
    suggestions: tuple[Suggestion, ...]
    index: State
    links: Links


class FacetAnswer(Shape, frozen=True):
    """The values of one facet that begin as asked, among what the query finds."""

    query: Asked
    facet: str
    prefix: str
    total: Count
    values: Facet
    index: State


class Completeness(Shape, frozen=True):
    """The last line of an export. Without it, or if it says false, hits are missing."""

    complete: bool
    count: Count
