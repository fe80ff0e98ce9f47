"""From a cleaned page to an article: every value with how it is known."""

from __future__ import annotations

from datetime import UTC, datetime

from index.identity import address, id_at
from index.metadata import story
from index.metadata.agency import agency_of
from index.metadata.authors import authors_of, signed_by
from index.metadata.dates import published
from index.metadata.language import language_of
from index.metadata.source import source_of
from index.metadata.surroundings import publisher_of, section_of
from index.metadata.titles import title_of
from index.page import CleanPage, RawPage
from search.model import Article, Methods


def describe(raw: RawPage, page: CleanPage) -> Article:
    """Return the article on ``page`` with all that is known of it; no places yet.

    What is not known is None or empty. A date later than tomorrow is no date.
    """
    own = address(raw, page.head)
    url = own.url if own else None
    things = story.told(page.head, page.title, url)
    signed = signed_by(raw, page, things)
    source = source_of(raw, page, url)
    title, lang = title_of(raw, page, source), language_of(raw, page)
    authors = authors_of(signed.names)
    return Article(
        id=id_at(raw, own),
        text=page.text,
        title=title.value if title else None,
        kind=page.kind,
        url=url,
        path=raw.name,
        source=source,
        agency=agency_of(raw, page, signed.names),
        published=published(raw, page, url, datetime.now(UTC).date(), things),
        authors=authors,
        lang=lang.value if lang else None,
        removed=page.removed,
        saved=raw.saved,
        digest=raw.digest,
        section=section_of(things, page.head.meta),
        publisher=publisher_of(things, page.head.meta),
        methods=Methods(
            title=title.method if title else None,
            authors=signed.method if authors else None,
            lang=lang.method if lang else None,
        ),
    )
