"""The nouns: what the way in produces and the way out shows.

All values are frozen. An :class:`Article` goes in through a ``Writer``; a
:class:`Query` and a :class:`SearchResult` go through a ``Searcher``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NamedTuple

from search.copies.lineage import Reason
from search.periods import period


class Kind(StrEnum):
    """What sort of page it was; only ``ARTICLE`` is in default results."""

    ARTICLE = "article"
    LISTING = "listing"
    ERROR = "error"
    WALL = "wall"  # a consent page, a bot check, a login or a paywall without a story


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Source:
    """The outlet: ``value`` is its registrable domain, else a slug of ``label``.

    ``method`` says how it is known: ``jsonld``, ``og:site_name``, ``url-host``,
    ``front-matter``, ``sidecar``, ``manifest``, ``row``, ``folder``, ``self-naming``,
    or ``manual`` where somebody set it by hand.
    """

    value: str
    label: str
    method: str


@dataclass(frozen=True, slots=True)
class Agency:
    """The news agency a text is from; ``method`` is where it says so: ``dateline``,
    ``byline``, ``credit`` or ``row``, or ``manual``. A mere mention sets none.
    """

    value: str
    method: str


@dataclass(frozen=True, slots=True)
class Said:
    """A name its page gives an article's section or publisher, and how it is known."""

    value: str
    method: str


@dataclass(frozen=True, slots=True)
class Methods:
    """How an article's title, authors and language are known; None where they are not.

    ``title`` is ``h1``, ``jsonld``, ``meta``, ``title``, ``heading`` or ``text``;
    ``authors`` is ``jsonld``, ``meta``, ``byline`` or ``signature``, a name without
    *By*; ``lang`` is ``html-lang``, ``meta`` or ``text``, its own statistics. Each may
    also be how it was given: ``row``, ``front-matter``, ``sidecar``, ``manifest``.
    """

    title: str | None = None
    authors: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """When the article was published, as far as known.

    ``value`` is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` and names a day that exists.
    """

    value: str
    method: str

    @property
    def precision(self) -> Precision:
        """Return how much of the date is known."""
        return {4: Precision.YEAR, 7: Precision.MONTH}.get(
            len(self.value), Precision.DAY
        )

    @property
    def first(self) -> date:
        """Return the first day of the period the value names."""
        return period(self.value)[0]

    @property
    def last(self) -> date:
        """Return the last day of the period the value names."""
        return period(self.value)[1]


@dataclass(frozen=True, slots=True)
class Place:
    """A place an article names.

    ``id`` is a GeoNames id in decimal, or ``x:name`` where a row brought a place the
    gazetteer does not know. ``path`` is the ids from the country down to ``id``
    itself. ``spans`` are half-open character offsets into the article's ``text``, in
    order; ``as_written`` the distinct spellings, in order of appearance, of title and
    text. ``dateline`` marks the place the text opens with. ``weight`` is the share of
    what speaks for the article's places, from 0 to 1, that speaks for this one; 1
    where nobody weighed them. ``method`` is ``text`` where it was found there,
    ``outlet`` where only what the outlet's other articles tell leads from the text to
    this one, else how it was given: ``row``, ``sidecar``, ``manual`` and so on.
    """

    id: str
    label: str
    path: tuple[str, ...]
    lat: float | None = None
    lon: float | None = None
    as_written: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    dateline: bool = False
    weight: float = 1.0
    method: str = "text"


@dataclass(frozen=True, slots=True)
class Removed:
    """A block of page chrome the cleaner took out, and the name of the rule that did.

    ``after`` is how many paragraphs of the article stand before it.
    """

    text: str
    rule: str
    after: int = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """A place where an article's words were damaged: the page has ``was`` there.

    ``start`` and ``end`` are half-open character offsets into ``field``, ``title`` or
    ``text``, as it is now.
    """

    field: str
    start: int
    end: int
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The cleaned text of one page with its metadata; an engine's document.

    ``text`` is paragraphs separated by one blank line. ``url`` is the page's own
    address; ``path`` where it was read, below its root. ``saved`` is when the page
    was saved, as far as known (UTC); ``digest`` the SHA-256 of the file's bytes.
    ``repairs`` tell, in order, how its words stood on the page where they were damaged.
    ``publisher`` is who publishes the outlet, where the page names one; it is often the
    owner of many.
    """

    id: str
    text: str
    title: str | None = None
    kind: Kind = Kind.ARTICLE
    url: str | None = None
    path: str | None = None
    source: Source | None = None
    agency: Agency | None = None
    published: Published | None = None
    authors: tuple[str, ...] = ()
    lang: str | None = None
    places: tuple[Place, ...] = ()
    removed: tuple[Removed, ...] = ()
    repairs: tuple[Repair, ...] = ()
    saved: datetime | None = None
    digest: str | None = None
    section: Said | None = None
    publisher: Said | None = None
    methods: Methods = Methods()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the paragraphs of ``text``."""
        return tuple(self.text.split("\n\n")) if self.text else ()


class Scope(StrEnum):
    """The part of an article a query's plain words are looked for in."""

    ALL = "all"
    TITLE = "title"
    BODY = "body"
    BYLINE = "byline"
    CHROME = "chrome"


class Sort(StrEnum):
    """The order of hits; undated ones come last in both date orders."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    SOURCE = "source"


class Interval(StrEnum):
    """The width of a bucket of the ``date`` facet; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The question: query text, filters, and what to return.

    Values of one facet are OR, different facets are AND. A filter takes a value or a
    label; ``search/fields.py`` names the value that stands for unknown. An empty
    ``kinds`` means every kind; the default gives way to a text that names kinds
    itself. ``since`` and ``until`` are inclusive and match where the periods overlap;
    undated articles then drop out, and all do where ``until`` comes first. ``dates``
    are ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, ``A..B`` of two of them or ``undated``.
    ``exclude`` maps a facet's name to the values left out. ``sort`` None is newest
    first for an empty text, else relevance. ``interval`` None picks one that gives a
    readable histogram. ``group`` is None or ``copy``, which makes one hit of articles
    that share their text: the first in the order asked for; pages then count groups.
    ``cursor``, from a result, overrides ``page``. ``snippets`` is how many a hit
    may have at the most. ``facet_prefix`` limits facets to values of which a name has
    a word that begins so, folded, and dates to those that begin so. ``facet_page``
    goes on with the values after the first ``facet_size``; dates have but one page.
    """

    text: str = ""
    scope: Scope = Scope.ALL
    sources: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = (Kind.ARTICLE,)
    dates: tuple[str, ...] = ()
    exclude: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    since: date | None = None
    until: date | None = None
    facets: tuple[str, ...] = ()
    facet_size: int = 10
    interval: Interval | None = None
    sort: Sort | None = None
    group: str | None = None
    page: int = 1
    per_page: int = 10
    cursor: str | None = None
    snippets: int = 3
    facet_prefix: str = ""
    facet_page: int = 1

    @property
    def order(self) -> Sort:
        """Return the order asked for, or the one that suits the text."""
        if self.sort is not None:
            return self.sort
        return Sort.RELEVANCE if self.text.strip() else Sort.NEWEST


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of an article around matched terms.

    ``ranges`` are half-open ``(start, end)`` character offsets into ``text``, in
    order and without overlap. Markup is the front end's business. ``field`` is
    ``title``, ``body``, ``byline`` or ``chrome``; ``paragraph`` counts from 1 in a
    body and is None elsewhere. An ellipsis at an end says that text was cut there.
    """

    field: str
    text: str
    ranges: tuple[tuple[int, int], ...] = ()
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything in one article that a query's text matched.

    ``title`` are half-open ``(start, end)`` character offsets into ``Article.title``,
    ``text`` into ``Article.text``; in order, without overlap, and none of them
    reaches from one paragraph into the next. ``removed`` are those into the text of
    each block of ``Article.removed``, and empty where chrome was not asked for.
    """

    title: tuple[tuple[int, int], ...] = ()
    text: tuple[tuple[int, int], ...] = ()
    removed: tuple[tuple[tuple[int, int], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article of a hit's group.

    ``source`` is the outlet's value, ``label`` its name there, both None where it is
    unknown. ``shared`` is how much of the hit's text it has, from 0 to 1: the words
    that stand in a row of five or more that it has too (ten characters of Chinese or
    Japanese, 24 of Thai, Lao, Khmer or Burmese). ``date`` is ``YYYY``, ``YYYY-MM`` or
    ``YYYY-MM-DD``, None where it is undated.
    """

    id: str
    source: str | None
    label: str | None
    shared: float
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The articles a hit stands for.

    ``kind`` is ``copy``: their cleaned texts are the same, or much of the shorter is in
    the other. ``size`` counts those among the matches, the hit included; ``copies``
    are the others in the order asked for, at most 20. ``original`` is the id of the
    article that the others were most likely made from, whether it matches or not, and
    ``why`` what speaks for it: ``dateline``, ``agency``, ``earliest``, ``longest``;
    None where nothing does.
    ``outlets`` counts the outlets of all who are counted in ``size``, without the hit's
    own; ``unsourced`` those but the hit of which the outlet is not known. ``shared`` is
    the least and the most of the hit's text that any of them has, None where that is
    not known of all.
    """

    kind: Literal["copy"]
    size: int
    copies: tuple[Copy, ...]
    original: str | None
    why: tuple[Reason, ...] = ()
    outlets: int = 0
    unsourced: int = 0
    shared: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article that matched.

    ``lead`` is the article's first sentence, which stands in for a missing title.
    ``matches`` counts the matched places in title and text; ``title_ranges`` marks
    them in the title. ``removed_blocks`` counts the blocks the cleaner took out and
    ``removed_share`` their share of the page's characters. ``group`` is None where the
    query did not ask for groups, or none of the matches is a copy of it.
    """

    id: str
    score: float
    title: str | None
    lead: str
    kind: Kind
    url: str | None
    source: Source | None
    agency: Agency | None
    published: Published | None
    authors: tuple[str, ...]
    lang: str | None
    places: tuple[Place, ...]
    snippets: tuple[Snippet, ...] = ()
    title_ranges: tuple[tuple[int, int], ...] = ()
    matches: int = 0
    removed_blocks: int = 0
    removed_share: float = 0.0
    group: Group | None = None


class Bucket(NamedTuple):
    """One value of a facet with the number of articles that ``value`` as filter finds.

    ``parent`` and ``level`` (0 for a country) are set for places; ``last`` is the
    last day of a date bucket. The value of a week is ``A..B``, its first to last day.
    A tuple, since an answer has hundreds of them.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment]  # instead of the method of tuples
    selected: bool = False
    excluded: bool = False
    parent: str | None = None
    level: int | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A field's values with their counts, ignoring the query's own selection of it.

    Most frequent first, ties by value; dates in order of time. ``missing`` articles
    have no value; they are also a bucket. ``total`` is how many values there are,
    of which at most ``facet_size`` are listed, and on the first page of them every
    selected one. Where the query
    has a ``facet_prefix``, only values it fits are listed, and ``total`` counts them.
    """

    name: str
    buckets: tuple[Bucket, ...]
    total: int
    missing: int = 0
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Expansion:
    """What was searched beside the words ``term`` the asker wrote.

    ``kind`` is ``place`` or ``name``; ``place`` is the place's id. ``also`` are the
    other spellings, commonest first. ``alone`` is the whole query text rewritten so
    that only the words as written are searched here; None where that would be longer
    than a text may be.
    """

    term: str
    kind: str
    also: tuple[str, ...]
    alone: str | None
    place: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that the words ``term`` may mean, which were searched as words only.

    ``within`` is what it lies in, empty for a country; ``doubt`` says in a word why the
    place was not searched; ``instead`` is the whole query text rewritten so that it is,
    in their stead.
    """

    term: str
    place: str
    label: str
    within: str
    doubt: str
    instead: str


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Which state of the index an answer is from.

    ``documents`` counts pages of every kind; ``built`` is when the state was
    committed, UTC; ``bytes`` is the size of its files, of this state alone.
    """

    generation: str
    documents: int
    built: datetime | None = None
    segments: int = 1
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The answer to a :class:`Query`.

    ``total`` counts matching articles, ``groups`` the groups they form where the query
    asked for groups; ``total_relation`` is ``gte`` where counting stopped at the
    deadline, else ``eq``. ``in_chrome``, set when nothing matched, counts articles
    whose removed page furniture does. ``cursor`` continues after the last hit and is
    None at the end. What is committed meanwhile moves no article it leaves as it was:
    none comes twice, none is left out. Where more than 64 words are scored, aliases
    among them, those at the end of a page may. ``read_as`` is the query as understood,
    in words.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    index: IndexInfo
    read_as: str = ""
    warnings: tuple[str, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    offers: tuple[Offer, ...] = ()
    total_relation: str = "eq"
    groups: int | None = None
    in_chrome: int | None = None
    cursor: str | None = None

    @property
    def listed(self) -> int:
        """Return how many hits all pages have together: groups where asked for."""
        return self.total if self.groups is None else self.groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Every hit of a query, in its order, of one state of an index.

    ``total`` counts matching articles; ``hits`` can be gone through once, and needs
    memory for a few at a time. ``complete`` is False where the deadline left a part of
    the index unsearched.
    """

    total: int
    hits: Iterator[Hit]
    index: IndexInfo
    complete: bool = True
