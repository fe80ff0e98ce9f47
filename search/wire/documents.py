"""Whole articles, and what was removed from their pages, in the shapes of the API."""

from __future__ import annotations

from collections.abc import Sequence

from search import address, model
from search import versions as values
from search.model import Article, Kind
from search.wire.answers import group
from search.wire.parts import (
    Address,
    Agency,
    Count,
    Id,
    Methods,
    Moment,
    PlaceId,
    Published,
    RemovedShare,
    Said,
    Shape,
    Share,
    Source,
    Span,
    WebAddress,
    agency,
    methods,
    moment,
    place_id,
    published,
    said,
    source,
    web_address,
)
from search.wire.shapes import Group


class LocatedPlace(Shape, frozen=True):
    """A place an article names, and where: `spans` are places in its `text`.

    `dateline` marks the place the text opens with; `weight` is how much of what the
    article says of places is about this one. `method` is `text` where it was found
    there, else how it was given.
    """

    id: PlaceId
    label: str
    path: tuple[PlaceId, ...]
    as_written: tuple[str, ...]
    lat: float | None
    lon: float | None
    spans: tuple[Span, ...]
    weight: Share
    dateline: bool
    method: str


class Mended(Shape, frozen=True):
    """A place where an article's words were damaged, and what the page has there.

    `span` is a place in `field`, which is `title` or `text`.
    """

    field: str
    span: Span
    was: str


class Version(Shape, frozen=True):
    """What the page was when it was saved at one time; `id` names this version.

    `saved` is when, or where `told` is false the time of the file. `text` is equal
    where the texts are, and null for the `latest`, which is the article.
    """

    id: Id
    url: Address
    saved: Moment
    told: bool
    latest: bool
    text: str | None


class RemovedSummary(RemovedShare, frozen=True):
    """How much page chrome was removed, and where it can be read."""

    url: Address


class Document(Shape, frozen=True):
    """One whole article.

    `text` is paragraphs separated by a blank line; `repairs` tell where its words, or
    the title's, are not as the page has them, in order. `path` is where the page was
    read, `sha256` the digest of its bytes, `saved` when it was saved, as far as known.
    `versions`, the latest first, are of a page that was saved more than once: only the
    latest is searched, and has `copies`, the oldest first.
    """

    id: Id
    url: Address
    original: WebAddress | None
    kind: Kind
    title: str | None
    source: Source | None
    agency: Agency | None
    published: Published | None
    authors: tuple[str, ...]
    lang: str | None
    places: tuple[LocatedPlace, ...]
    text: str
    removed: RemovedSummary
    saved: Moment | None
    path: str | None
    sha256: str | None
    section: Said | None
    publisher: Said | None
    methods: Methods
    repairs: tuple[Mended, ...]
    versions: tuple[Version, ...]
    copies: Group | None


class RemovedBlock(Shape, frozen=True):
    """A block of page chrome, the rule that removed it, after how many paragraphs."""

    text: str
    rule: str
    after: Count


class RemovedBlocks(Shape, frozen=True):
    """What the cleaner took out of one page, in page order."""

    id: Id
    url: Address
    removed: tuple[RemovedBlock, ...]


def document(
    article: Article,
    versions: Sequence[values.Version] = (),
    copies: model.Group | None = None,
) -> Document:
    """Return one whole article with its versions and copies.

    Its removed blocks are left out.
    """
    return Document(
        id=article.id,
        url=address.document(article.id),
        original=web_address(article.url),
        kind=article.kind,
        title=article.title,
        source=source(article.source),
        agency=agency(article.agency),
        published=published(article.published),
        authors=article.authors,
        lang=article.lang,
        places=tuple(map(_located, article.places)),
        text=article.text,
        removed=RemovedSummary(
            blocks=len(article.removed),
            share=removed_share(article),
            url=f"/api{address.document(article.id)}/removed",
        ),
        saved=moment(article.saved),
        path=article.path,
        sha256=article.digest,
        section=said(article.section),
        publisher=said(article.publisher),
        methods=methods(article.methods),
        repairs=tuple(
            Mended(field=each.field, span=(each.start, each.end), was=each.was)
            for each in article.repairs
        ),
        versions=tuple(map(_version, versions)),
        copies=None if copies is None else group(copies),
    )


def removed(article: Article) -> RemovedBlocks:
    """Return the blocks the cleaner took out of ``article``, in page order."""
    return RemovedBlocks(
        id=article.id,
        url=address.document(article.id),
        removed=tuple(
            RemovedBlock(text=block.text, rule=block.rule, after=block.after)
            for block in article.removed
        ),
    )


def removed_share(article: Article) -> float:
    """Return the removed blocks' share of the page's characters, from 0 to 1."""
    gone = sum(len(block.text) for block in article.removed)
    return round(gone / (gone + len(article.text)), 3) if gone else 0.0


def _version(version: values.Version) -> Version:
    return Version(
        id=version.full_id,
        url=address.document(version.full_id),
        saved=moment(version.saved) or "",
        told=version.told,
        latest=version.latest,
        text=version.text or None,
    )


def _located(place: model.Place) -> LocatedPlace:
    return LocatedPlace(
        id=place_id(place.id),
        label=place.label,
        path=tuple(map(place_id, place.path)),
        as_written=place.as_written,
        lat=place.lat,
        lon=place.lon,
        spans=place.spans,
        weight=place.weight,
        dateline=place.dateline,
        method=place.method,
    )
