"""A file to its pages: picks the reader, adds what was said of the file outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from index.decoding import decode
from index.file_types import ARCHIVES, ROWS, TEXT, kind_of
from index.page import Form, Given, RawPage, Unread
from index.readers import beside, html, mhtml, mirror, rows, tables, text
from index.readers.content import Content, content, stream, without_pictures
from index.walk import Found
from search.errors import BadPage


def read(found: Found, root: str) -> Iterator[RawPage | Unread]:
    """Yield the pages in ``found``, one in memory at a time; ``root`` names its root.

    A sidecar that cannot be read is yielded as an ``Unread`` of its own, beside the
    page.

    Raises:
        BadPage: the file as a whole cannot be read; the message is the reason.
    """
    said = beside.said_of(found)
    yield from said.unread
    kind = kind_of(found.name)
    if kind in ROWS:
        reader = tables.read if kind == ".csv" else rows.read
        with stream(found.path) as lines:
            yield from reader(lines, root, found.name, found.path, said.given)
        return
    inside = content(found.path)
    if kind in TEXT:
        yield _text(inside, found, root, said.given)
    elif kind in ARCHIVES:
        yield _html(mhtml.read(inside.data), inside, found, root, said.given)
    else:
        yield _html(html.read(_page(inside.data)), inside, found, root, said.given)


def _page(data: bytes) -> str:
    return decode(without_pictures(data))


def _text(
    inside: Content, found: Found, root: str, given: tuple[Given, ...]
) -> RawPage:
    written = text.read(_page(inside.data))
    said = (*written.given, *given)
    url, method = _given_url(said)
    return RawPage(
        root=root,
        name=found.name,
        path=found.path,
        form=Form.TEXT,
        content=written.content,
        digest=inside.digest,
        url=url,
        url_method=method,
        saved=_given_time(said),
        given=said,
    )


def _html(
    saved: html.SavedPage,
    inside: Content,
    found: Found,
    root: str,
    given: tuple[Given, ...],
) -> RawPage:
    if not saved.content.strip():
        raise BadPage("is empty")
    page = RawPage(
        root=root,
        name=found.name,
        path=found.path,
        form=Form.HTML,
        content=saved.content,
        digest=inside.digest,
        url=saved.url,
        url_method=saved.method,
        saved=saved.saved or _given_time(given),
        given=given,
    )
    return page if page.url else _addressed(page)


def _addressed(page: RawPage) -> RawPage:
    # What a person wrote beside a page is better evidence than the folder it lies in.
    url, method = _given_url(page.given)
    if url:
        return replace(page, url=url, url_method=method)
    place = mirror.address(page.root, page.name)
    if place is None:
        return page
    return replace(
        page,
        url=place.url,
        url_method=place.method,
        saved=page.saved or place.saved,
    )


def _given_url(given: tuple[Given, ...]) -> tuple[str | None, str | None]:
    return next(((said.url, said.method) for said in given if said.url), (None, None))


def _given_time(given: tuple[Given, ...]) -> datetime | None:
    return next((said.saved for said in given if said.saved), None)
