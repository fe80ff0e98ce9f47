"""The description by which browsers add the site to their search engines."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

MIMETYPE = "application/opensearchdescription+xml"
PATH = "/opensearch.xml"

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_NAME = "Dateline"  # at most 16 characters
_SEARCH = "/search?q={searchTerms}"


def description(origin: str) -> bytes:
    """Return the description of the site at ``origin``; browsers need one with a host.

    https://github.com/dewitt/opensearch, draft 6 of 1.1.
    """
    root = Element("OpenSearchDescription", xmlns=_NAMESPACE)
    for name, text in (
        ("ShortName", _NAME),
        ("Description", "Search the saved news pages of this collection."),
        ("InputEncoding", "UTF-8"),
        ("OutputEncoding", "UTF-8"),
        ("Language", "*"),
    ):
        SubElement(root, name).text = text
    icon = SubElement(root, "Image", height="16", width="16", type="image/svg+xml")
    icon.text = f"{origin}/static/favicon.svg"
    for kind, template in (
        ("text/html", _SEARCH),
        ("application/atom+xml", "/search.atom?q={searchTerms}"),
        ("application/x-suggestions+json", "/api/suggest?q={searchTerms}"),
        ("application/json", "/api/search?q={searchTerms}"),
    ):
        SubElement(root, "Url", type=kind, template=f"{origin}{template}")
    SubElement(root, "Url", type=MIMETYPE, rel="self", template=f"{origin}{PATH}")
    SubElement(root, "Query", role="example", searchTerms="harbour")
    said: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return said
