"""Answers in the shapes of the API, which the command prints too.

Links are relative to the site.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from msgspec import UNSET

from search import model
from search.address import document, filters, following, url, whole
from search.model import Query, SearchResult
from search.wire import parts, shapes

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
        suggestions=tuple(map(_suggestion, result.offers)),
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
        url=document(found.id),
        original=parts.web_address(found.url),
        score=round(found.score, 4),
        kind=found.kind,
        title=found.title,
        title_ranges=found.title_ranges,
        lead=found.lead,
        source=parts.source(found.source),
        agency=parts.agency(found.agency),
        published=parts.published(found.published),
        authors=found.authors,
        lang=found.lang,
        places=tuple([parts.place(place) for place in found.places]),
        snippets=tuple([_snippet(snippet) for snippet in found.snippets]),
        matches=found.matches,
        removed=parts.RemovedShare(
            blocks=found.removed_blocks, share=round(found.removed_share, 3)
        ),
        group=None if found.group is None else group(found.group),
    )


def group(found: model.Group) -> shapes.Group:
    """Return what a hit, or an article, stands for."""
    return shapes.Group(
        kind=found.kind,
        size=found.size,
        outlets=found.outlets,
        unsourced=found.unsourced,
        shared=found.shared,
        copies=tuple(map(_copy, found.copies)),
        original=None
        if found.original is None
        else shapes.Origin(id=found.original, why=found.why),
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
        generation=info.generation,
        documents=info.documents,
        built=parts.moment(info.built),
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
        place=None if expansion.place is None else parts.place_id(expansion.place),
        label=expansion.label,
        aliases=expansion.also,
        alone=expansion.alone,
    )


def _suggestion(offer: model.Offer) -> shapes.Suggestion:
    return shapes.Suggestion(
        q=offer.instead,
        term=offer.term,
        place=parts.place_id(offer.place),
        label=offer.label,
        within=offer.within,
        reason=offer.doubt,  # type: ignore[arg-type]  # one of the four
    )


def _copy(copy: model.Copy) -> shapes.Copy:
    known = None
    if copy.source is not None:
        known = shapes.CopySource(value=copy.source, label=copy.label)
    return shapes.Copy(
        id=copy.id, source=known, shared=round(copy.shared, 3), date=copy.date
    )


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
        value=parts.place_id(bucket.value),
        label=bucket.label,
        count=bucket.count,
        selected=bucket.selected,
        excluded=bucket.excluded,
        parent=None if bucket.parent is None else parts.place_id(bucket.parent),
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
