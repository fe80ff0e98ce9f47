"""Answers and articles as JSON-able objects: what the API sends, the command prints.

Identifiers of places are numbers where they are GeoNames ids, text elsewhere. Links
are relative to the site. Nothing that is not http or https is given as an address.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from search.address import filters, following, url
from search.model import (
    Agency,
    Article,
    Bucket,
    Copy,
    Expansion,
    Facet,
    Group,
    Hit,
    IndexInfo,
    Place,
    Published,
    Query,
    Removed,
    SearchResult,
    Snippet,
    Source,
)

API = "/api/search"
PAGE = "/search"


def answer(query: Query, result: SearchResult, took_ms: float) -> dict[str, Any]:
    """Return the API's object for ``result``; ``took_ms`` is in milliseconds."""
    return {
        "query": _query(query, result),
        "total": result.total,
        "total_relation": result.total_relation,
        "groups": result.groups,
        "in_chrome": result.in_chrome,
        "took_ms": round(took_ms, 1),
        "page": query.page,
        "per_page": query.per_page,
        "pages": ceil(result.listed / query.per_page),
        "cursor": result.cursor,
        "hits": [_hit(hit) for hit in result.hits],
        "facets": {facet.name: _facet(facet) for facet in result.facets},
        "suggestions": [],
        "index": _index(result.index),
        "links": _links(query, result),
    }


def document(article: Article) -> dict[str, Any]:
    """Return the API's object for one whole article, without its removed blocks."""
    return {
        "id": article.id,
        "url": f"/doc/{article.id}",
        "original": web_address(article.url),
        "kind": str(article.kind),
        "title": article.title,
        "source": _source(article.source),
        "agency": _agency(article.agency),
        "published": _published(article.published),
        "authors": list(article.authors),
        "lang": article.lang,
        "places": [_located(place) for place in article.places],
        "text": article.text,
        "removed": {
            "blocks": len(article.removed),
            "share": removed_share(article),
            "url": f"/api/doc/{article.id}/removed",
        },
        "saved": _moment(article.saved),
        "path": article.path,
        "sha256": article.digest,
    }


def removed(article: Article) -> dict[str, Any]:
    """Return the blocks the cleaner took out of ``article``, in page order."""
    return {
        "id": article.id,
        "url": f"/doc/{article.id}",
        "removed": [_removed(block) for block in article.removed],
    }


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


def _query(query: Query, result: SearchResult) -> dict[str, Any]:
    return {
        "q": query.text,
        "in": str(query.scope),
        "read_as": result.read_as,
        "filters": _by_name(filters(query)),
        "sort": str(query.order),
        "expanded": [_expansion(expansion) for expansion in result.expansions],
        "warnings": list(result.warnings),
    }


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in pairs:
        if name in ("from", "to"):
            said[name] = value
        else:
            said.setdefault(name, []).append(value)
    return said


def _expansion(expansion: Expansion) -> dict[str, Any]:
    return {
        "term": expansion.term,
        "kind": expansion.kind,
        "place": _place_id(expansion.place),
        "label": expansion.label,
        "aliases": list(expansion.also),
        "alone": expansion.alone,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "url": f"/doc/{hit.id}",
        "original": web_address(hit.url),
        "score": round(hit.score, 4),
        "kind": str(hit.kind),
        "title": hit.title,
        "title_ranges": [list(span) for span in hit.title_ranges],
        "lead": hit.lead,
        "source": _source(hit.source),
        "agency": _agency(hit.agency),
        "published": _published(hit.published),
        "authors": list(hit.authors),
        "lang": hit.lang,
        "places": [_place(place) for place in hit.places],
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
        "matches": hit.matches,
        "removed": {
            "blocks": hit.removed_blocks,
            "share": round(hit.removed_share, 3),
        },
        "group": _group(hit.group),
    }


def _group(group: Group | None) -> dict[str, Any] | None:
    if group is None:
        return None
    return {
        "kind": group.kind,
        "size": group.size,
        "copies": [_copy(copy) for copy in group.copies],
    }


def _copy(copy: Copy) -> dict[str, Any]:
    known = {"value": copy.source, "label": copy.label}
    return {
        "id": copy.id,
        "source": known if copy.source is not None else None,
        "shared": round(copy.shared, 3),
    }


def _source(source: Source | None) -> dict[str, str] | None:
    if source is None:
        return None
    return {"value": source.value, "label": source.label, "method": source.method}


def _agency(agency: Agency | None) -> dict[str, str] | None:
    if agency is None:
        return None
    return {"value": agency.value, "method": agency.method}


def _published(published: Published | None) -> dict[str, str] | None:
    if published is None:
        return None
    return {
        "value": published.value,
        "precision": str(published.precision),
        "method": published.method,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "id": _place_id(place.id),
        "label": place.label,
        "path": [_place_id(above) for above in place.path],
        "as_written": list(place.as_written),
        "lat": place.lat,
        "lon": place.lon,
    }


def _located(place: Place) -> dict[str, Any]:
    return {
        **_place(place),
        "spans": [list(span) for span in place.spans],
        "dateline": place.dateline,
    }


def _place_id(id: str | None) -> int | str | None:
    # A filter's value may be any text; no id of GeoNames has over ten digits.
    is_geonames = id is not None and id.isascii() and id.isdigit() and len(id) < 19
    return int(id) if id is not None and is_geonames else id


def _snippet(snippet: Snippet) -> dict[str, Any]:
    return {
        "field": snippet.field,
        "paragraph": snippet.paragraph,
        "text": snippet.text,
        "ranges": [list(span) for span in snippet.ranges],
    }


def _facet(facet: Facet) -> dict[str, Any]:
    said: dict[str, Any] = {
        "exact": True,
        "total_values": facet.total,
        "values": [_bucket(facet.name, bucket) for bucket in facet.buckets],
        "missing": facet.missing,
    }
    if facet.interval is not None:
        said["interval"] = str(facet.interval)
    return said


def _bucket(facet: str, bucket: Bucket) -> dict[str, Any]:
    said: dict[str, Any] = {
        "value": bucket.value,
        "label": bucket.label,
        "count": bucket.count,
        "selected": bucket.selected,
        "excluded": bucket.excluded,
    }
    if facet == "place":
        said["value"] = _place_id(bucket.value)
        said |= {"parent": _place_id(bucket.parent), "level": bucket.level}
    if bucket.last is not None:
        said["to"] = bucket.last
    return said


def _removed(block: Removed) -> dict[str, Any]:
    return {"text": block.text, "rule": block.rule, "after": block.after}


def _index(info: IndexInfo) -> dict[str, Any]:
    return {
        "generation": info.generation,
        "documents": info.documents,
        "built": _moment(info.built),
    }


def _moment(moment: datetime | None) -> str | None:
    """Return ``moment`` in UTC; one without a zone is UTC already."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _links(query: Query, result: SearchResult) -> dict[str, str | None]:
    after = following(query, result)
    return {
        "self": url(API, query),
        "next": url(API, after) if after else None,
        "html": url(PAGE, query),
    }
