"""The hits of a query as an Atom feed (RFC 4287): a query as a subscription.

They are those published last, not those that were added last: an index knows when an
article was published, and not when it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from search.address import document, following, preceding, url
from search.model import Hit, Query, SearchResult, Sort
from search.wire.parts import moment, web_address
from web import wording

MIMETYPE = "application/atom+xml"
PATH = "/search.atom"

_NAMESPACE = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG_AGO = datetime(
    1970, 1, 1, tzinfo=UTC
)  # for what nothing dates, not even a commit
_NOTHING: Mapping[str, datetime] = MappingProxyType({})
_ORDERS = {
    Sort.NEWEST: "by date of publication, the latest first",
    Sort.OLDEST: "by date of publication, the earliest first",
    Sort.RELEVANCE: "the most relevant first",
    Sort.SOURCE: "by source",
}


def feed(
    query: Query,
    result: SearchResult,
    origin: str,
    saved: Mapping[str, datetime] = _NOTHING,
) -> bytes:
    """Return ``result`` as a feed; ``origin`` goes before every address of this site.

    An entry is updated when its article was published: that is when it is news. One
    that is undated is when it was ``saved``, by id, else when the index was built. The
    same query and the same article have the same id for ever.
    """
    times = {hit.id: _when(hit, result, saved) for hit in result.hits}
    root = Element("feed", {"xmlns": _NAMESPACE})
    _text(root, "id", _id(url(PATH, query)))
    _text(root, "title", _title(query))
    _text(root, "subtitle", _subtitle(query, result))
    _text(root, "updated", moment(_updated(times, result)) or "")
    _text(SubElement(root, "author"), "name", "Dateline")
    for rel, there, kind in _links(query, result):
        SubElement(root, "link", rel=rel, type=kind, href=f"{origin}{there}")
    for hit in result.hits:
        _entry(root, query, hit, origin, times[hit.id])
    said: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return said


def _links(query: Query, result: SearchResult) -> Iterator[tuple[str, str, str]]:
    yield "self", url(PATH, query), MIMETYPE
    yield "alternate", url("/search", query), "text/html"
    for rel, other in (
        ("next", following(query, result)),
        ("previous", preceding(query)),
    ):
        if other is not None:
            yield rel, url(PATH, other), MIMETYPE


def _entry(
    root: Element, query: Query, hit: Hit, origin: str, updated: datetime
) -> None:
    entry = SubElement(root, "entry")
    if hit.lang:
        entry.set(f"{{{_XML}}}lang", _clean(hit.lang))
    _text(entry, "id", _id(document(hit.id)))
    _text(entry, "title", hit.title or hit.lead or "Untitled")
    _text(entry, "updated", moment(updated) or "")
    if hit.published is not None:
        _text(entry, "published", moment(updated) or "")
    for name in hit.authors or ((hit.source.label,) if hit.source else ()):
        _text(SubElement(entry, "author"), "name", name)
    here = url(document(hit.id), Query(text=query.text))
    SubElement(entry, "link", rel="alternate", type="text/html", href=f"{origin}{here}")
    original = web_address(hit.url)
    if original is not None:
        SubElement(entry, "link", rel="via", href=_clean(original))
    if hit.source is not None:
        labels = {"term": hit.source.value, "label": hit.source.label}
        SubElement(entry, "category", {n: _clean(v) for n, v in labels.items()})
    _text(entry, "summary", " ".join(s.text for s in hit.snippets) or hit.lead)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _title(query: Query) -> str:
    asked = " ".join(query.text.split())
    return f"Dateline: {asked}" if asked else "Dateline: what was published last"


def _subtitle(query: Query, result: SearchResult) -> str:
    found = wording.counted(result.total, wording.what(query))
    return f"{found} in Dateline, {_ORDERS[query.order]}"


def _updated(times: Mapping[str, datetime], result: SearchResult) -> datetime:
    """Return the time of the newest entry, but none after the index was built."""
    built = result.index.built
    newest = max(times.values(), default=built or _LONG_AGO)
    return min(newest, built) if built else newest


def _when(hit: Hit, result: SearchResult, saved: Mapping[str, datetime]) -> datetime:
    if hit.published is None:
        return saved.get(hit.id) or result.index.built or _LONG_AGO
    return datetime.combine(hit.published.first, time(), UTC)


def _id(address: str) -> str:
    return uuid5(NAMESPACE_URL, f"dateline:{address}").urn
