"""Answers and articles in the shapes of the API, which the command prints too.

Identifiers of places are numbers where they are GeoNames ids, text elsewhere. Links
are relative to the site. Nothing that is not http or https is given as an address.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from math import ceil
from urllib.parse import urlsplit

from msgspec import UNSET

from search import model
from search.address import filters, following, url, whole
from search.model import Article, Query, SearchResult
from search.wire import shapes

API = "/api/search"
PAGE = "/search"
ATOM = "/search.atom"
CSV = "/search.csv"


def answer(query: Query, result: SearchResult, took_ms: float) -> shapes.Answer:
    """Return the API's object for ``result``; ``took_ms`` is in milliseconds."""
    return shapes.Answer(
        query=asked(query, result),
        total=result.total,
        total_relation="eq" if result.total_relation == "eq" else "gte",
        groups=result.groups,
        in_chrome=result.in_chrome,
        took_ms=round(took_ms, 1),
        page=query.page,
        per_page=query.per_page,
        pages=ceil(result.listed / query.per_page) if query.per_page else 0,
        cursor=result.cursor,
        hits=tuple([hit(found) for found in result.hits]),
        facets={found.name: facet(found, result) for found in result.facets},
        suggestions=(),
        index=state(result.index),
        links=_links(query, result),
    )


def asked(query: Query, result: SearchResult) -> shapes.Asked:
    """Return what was asked, and how ``result`` says it was understood."""
    return shapes.Asked(
        q=query.text,
        scope=query.scope,
        read_as=result.read_as,
        filters=_by_name(filters(query)),
        sort=query.order,
        expanded=tuple(map(_expansion, result.expansions)),
        warnings=result.warnings,
    )


def hit(found: model.Hit) -> shapes.Hit:
    """Return one hit."""
    return shapes.Hit(
        id=found.id,
        url=f"/doc/{found.id}",
        original=web_address(found.url),
        score=round(found.score, 4),
        kind=found.kind,
        title=found.title,
        title_ranges=found.title_ranges,
        lead=found.lead,
        source=_source(found.source),
        agency=_agency(found.agency),
        published=_published(found.published),
        authors=found.authors,
        lang=found.lang,
        places=tuple([_place(place) for place in found.places]),
        snippets=tuple([_snippet(snippet) for snippet in found.snippets]),
        matches=found.matches,
        removed=shapes.RemovedShare(
            blocks=found.removed_blocks, share=round(found.removed_share, 3)
        ),
        group=_group(found.group),
    )


def facet(found: model.Facet, result: SearchResult) -> shapes.Facet:
    """Return one facet of ``result``."""
    bucket = _place_bucket if found.name == "place" else _bucket
    return shapes.Facet(
        exact=result.total_relation == "eq",
        total_values=found.total,
        values=tuple([bucket(one) for one in found.buckets]),
        missing=found.missing,
        interval=UNSET if found.interval is None else found.interval,
    )


def state(info: model.IndexInfo) -> shapes.State:
    """Return which state of the index an answer is from."""
    return shapes.State(
        generation=info.generation, documents=info.documents, built=moment(info.built)
    )


def facet_answer(query: Query, name: str, result: SearchResult) -> shapes.FacetAnswer:
    """Return what ``query``, which asks for the facet ``name`` alone, found in it."""
    (found,) = result.facets
    return shapes.FacetAnswer(
        query=asked(query, result),
        facet=name,
        prefix=query.facet_prefix,
        total=result.total,
        values=facet(found, result),
        index=state(result.index),
    )


def status(whole: SearchResult) -> shapes.Status:
    """Return what a collection holds; ``whole`` counts every facet of all articles."""
    found = {one.name: one for one in whole.facets}

    def different(name: str) -> int:
        return found[name].total - bool(found[name].missing)

    info = whole.index
    return shapes.Status(
        status="ok",
        index=shapes.IndexStatus(
            generation=info.generation,
            documents=info.documents,
            built=moment(info.built),
            segments=info.segments,
            bytes=info.bytes,
        ),
        kinds={bucket.value: bucket.count for bucket in found["kind"].buckets},
        sources=different("source"),
        places=different("place"),
        agencies=different("agency"),
        languages=different("lang"),
        authors=different("author"),
        undated=found["date"].missing,
    )


def document(article: Article) -> shapes.Document:
    """Return one whole article, without its removed blocks."""
    return shapes.Document(
        id=article.id,
        url=f"/doc/{article.id}",
        original=web_address(article.url),
        kind=article.kind,
        title=article.title,
        source=_source(article.source),
        agency=_agency(article.agency),
        published=_published(article.published),
        authors=article.authors,
        lang=article.lang,
        places=tuple(map(_located, article.places)),
        text=article.text,
        removed=shapes.RemovedSummary(
            blocks=len(article.removed),
            share=removed_share(article),
            url=f"/api/doc/{article.id}/removed",
        ),
        saved=moment(article.saved),
        path=article.path,
        sha256=article.digest,
    )


def removed(article: Article) -> shapes.RemovedBlocks:
    """Return the blocks the cleaner took out of ``article``, in page order."""
    return shapes.RemovedBlocks(
        id=article.id,
        url=f"/doc/{article.id}",
        removed=tuple(
            shapes.RemovedBlock(text=block.text, rule=block.rule, after=block.after)
            for block in article.removed
        ),
    )


def removed_share(article: Article) -> float:
    """Return the removed blocks' share of the page's characters, from 0 to 1."""
    gone = sum(len(block.text) for block in article.removed)
    return round(gone / (gone + len(article.text)), 3) if gone else 0.0


def web_address(address: str | None) -> str | None:
    """Return ``address`` if it is http or https and names a host, else None."""
    if address is None:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def moment(at: datetime | None) -> str | None:
    """Return a moment in UTC; one without a zone is UTC already."""
    if at is None:
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str | tuple[str, ...]]:
    said: dict[str, str | tuple[str, ...]] = {}
    for name, value in pairs:
        before = said.get(name, ())
        dated = name in ("from", "to")
        said[name] = value if dated or isinstance(before, str) else (*before, value)
    return said


def _expansion(expansion: model.Expansion) -> shapes.Expansion:
    return shapes.Expansion(
        term=expansion.term,
        kind="place" if expansion.kind == "place" else "name",
        place=None if expansion.place is None else place_id(expansion.place),
        label=expansion.label,
        aliases=expansion.also,
        alone=expansion.alone,
    )


def _group(group: model.Group | None) -> shapes.Group | None:
    if group is None:
        return None
    copies = tuple(map(_copy, group.copies))
    return shapes.Group(kind=group.kind, size=group.size, copies=copies)


def _copy(copy: model.Copy) -> shapes.Copy:
    known = None
    if copy.source is not None:
        known = shapes.CopySource(value=copy.source, label=copy.label)
    return shapes.Copy(id=copy.id, source=known, shared=round(copy.shared, 3))


def _source(source: model.Source | None) -> shapes.Source | None:
    if source is None:
        return None
    return shapes.Source(value=source.value, label=source.label, method=source.method)


def _agency(agency: model.Agency | None) -> shapes.Agency | None:
    if agency is None:
        return None
    return shapes.Agency(value=agency.value, method=agency.method)


def _published(published: model.Published | None) -> shapes.Published | None:
    if published is None:
        return None
    return shapes.Published(
        value=published.value, precision=published.precision, method=published.method
    )


def _place(place: model.Place) -> shapes.Place:
    return shapes.Place(
        id=place_id(place.id),
        label=place.label,
        path=tuple([place_id(above) for above in place.path]),
        as_written=place.as_written,
        lat=place.lat,
        lon=place.lon,
    )


def _located(place: model.Place) -> shapes.LocatedPlace:
    return shapes.LocatedPlace(
        id=place_id(place.id),
        label=place.label,
        path=tuple(map(place_id, place.path)),
        as_written=place.as_written,
        lat=place.lat,
        lon=place.lon,
        spans=place.spans,
        dateline=place.dateline,
    )


def place_id(id: str) -> int | str:
    """Return a GeoNames id as a number, any other as it is."""
    # A filter's value may be any text; no id of GeoNames has over ten digits.
    return int(id) if id.isascii() and id.isdigit() and len(id) < 19 else id


def _snippet(snippet: model.Snippet) -> shapes.Snippet:
    return shapes.Snippet(
        field=snippet.field,  # type: ignore[arg-type]  # one of the four
        paragraph=snippet.paragraph,
        text=snippet.text,
        ranges=snippet.ranges,
    )


def _bucket(bucket: model.Bucket) -> shapes.Bucket:
    return shapes.Bucket(
        value=bucket.value,
        label=bucket.label,
        count=bucket.count,
        selected=bucket.selected,
        excluded=bucket.excluded,
        to=UNSET if bucket.last is None else bucket.last,
    )


def _place_bucket(bucket: model.Bucket) -> shapes.Bucket:
    return shapes.Bucket(
        value=place_id(bucket.value),
        label=bucket.label,
        count=bucket.count,
        selected=bucket.selected,
        excluded=bucket.excluded,
        parent=None if bucket.parent is None else place_id(bucket.parent),
        level=bucket.level,
    )


def _links(query: Query, result: SearchResult) -> shapes.Links:
    after = following(query, result)
    here, everything = url("", query), url("", whole(query))
    return shapes.Links(
        self=API + here,
        next=url(API, after) if after else None,
        html=PAGE + here,
        atom=ATOM + everything,
        csv=CSV + everything,
    )
