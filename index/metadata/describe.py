"""From a cleaned page to an article: every value with how it is known."""

from __future__ import annotations

from datetime import UTC, datetime

from index.identity import address, id_at
from index.metadata import story
from index.metadata.agency import agency_of
from index.metadata.authors import authors_of, signed_by
from index.metadata.dates import published
from index.metadata.language import language_of
from index.metadata.source import slug, source_of
from index.metadata.surroundings import publisher_of, section_of
from index.page import CleanPage, RawPage
from search.model import Article, Source


def describe(raw: RawPage, page: CleanPage) -> Article:
    """Return the article on ``page`` with all that is known of it; no places yet.

    What is not known is None or empty. A date later than tomorrow is no date.
    """
    own = address(raw, page.head)
    url = own.url if own else None
    things = story.told(page.head, page.title, url)
    signed = signed_by(raw, page, things)
    source = source_of(raw, page, url)
    return Article(
        id=id_at(raw, own),
        text=page.text,
        title=_title(raw, page, source),
        kind=page.kind,
        url=url,
        path=raw.name,
        source=source,
        agency=agency_of(raw, page, signed),
        published=published(raw, page, url, datetime.now(UTC).date(), things),
        authors=authors_of(signed),
        lang=language_of(raw, page),
        removed=page.removed,
        saved=raw.saved,
        digest=raw.digest,
        section=section_of(things, page.head.meta),
        publisher=publisher_of(things, page.head.meta),
    )


def _title(raw: RawPage, page: CleanPage, source: Source | None) -> str | None:
    """Return the headline, or None where all there is names the outlet."""
    names = {slug(source.label), source.value} if source else set()
    said = (page.title, *(given.title for given in raw.given))
    return next((name for name in said if name and slug(name) not in names), None)
