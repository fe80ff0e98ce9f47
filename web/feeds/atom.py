"""The newest hits of a query as an Atom feed (RFC 4287): a query as a subscription."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from search.address import following, preceding, url
from search.model import Hit, Query, SearchResult
from search.wire.answers import moment, web_address

MIMETYPE = "application/atom+xml"
PATH = "/search.atom"

_NAMESPACE = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # for what has no date at all


def feed(query: Query, result: SearchResult, origin: str) -> bytes:
    """Return ``result`` as a feed; ``origin`` goes before every address of this site.

    An entry is updated when its article was published: that is when it is news. The
    same query and the same article have the same id for ever.
    """
    root = Element("feed", {"xmlns": _NAMESPACE})
    _text(root, "id", _id(url(PATH, query)))
    _text(root, "title", _title(query))
    _text(root, "subtitle", f"{result.total:,} articles in Dateline")
    _text(root, "updated", moment(_updated(result)) or "")
    _text(SubElement(root, "author"), "name", "Dateline")
    for rel, there, kind in _links(query, result):
        SubElement(root, "link", rel=rel, type=kind, href=f"{origin}{there}")
    for hit in result.hits:
        _entry(root, query, hit, origin)
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


def _entry(root: Element, query: Query, hit: Hit, origin: str) -> None:
    entry = SubElement(root, "entry")
    if hit.lang:
        entry.set(f"{{{_XML}}}lang", _clean(hit.lang))
    _text(entry, "id", _id(f"/doc/{hit.id}"))
    _text(entry, "title", hit.title or hit.lead or "Untitled")
    _text(entry, "updated", moment(_when(hit)) or "")
    if hit.published is not None:
        _text(entry, "published", moment(_when(hit)) or "")
    for name in hit.authors or ((hit.source.label,) if hit.source else ()):
        _text(SubElement(entry, "author"), "name", name)
    here = url(f"/doc/{hit.id}", Query(text=query.text))
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
    return f"Dateline: {asked}" if asked else "Dateline: the newest articles"


def _updated(result: SearchResult) -> datetime:
    """Return when the newest entry was published, else when the index was built."""
    dated = [_when(hit) for hit in result.hits if hit.published]
    return max(dated, default=result.index.built or _LONG_AGO)


def _when(hit: Hit) -> datetime:
    if hit.published is None:
        return _LONG_AGO
    return datetime.combine(hit.published.first, time(), UTC)


def _id(address: str) -> str:
    return uuid5(NAMESPACE_URL, f"dateline:{address}").urn
