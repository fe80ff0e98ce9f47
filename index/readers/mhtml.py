"""A page saved as MHTML: a mail message whose parts are the page and its pictures."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from index.decoding import decode
from index.readers import html
from index.readers.content import PAGE_LIMIT, without_pictures
from search.errors import BadPage

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_BOUNDARY = re.compile(rb"""boundary\s{0,9}=\s{0,9}"?([^"\s;]{1,200})""", re.IGNORECASE)
_IS_PAGE = re.compile(rb"text/html|application/xhtml|multipart/", re.IGNORECASE)
_MAX_HEAD = 65_536  # bytes of headers
_PART_HEAD = 2_048  # bytes in which a part names its type
_MAX_PARTS = 100  # the page and its frames
_MAX_ENCODED = 3 * PAGE_LIMIT  # bytes; quoted-printable takes up to three for one
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read(data: bytes) -> html.SavedPage:
    """Return the page in the archive ``data``, with its address and time of saving.

    Raises:
        BadPage: there is no page in it.
    """
    try:
        message = message_from_bytes(_pages_only(data))
        part = _root(message)
        payload = part.get_payload(decode=True) if part else None
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise BadPage(f"damaged MHTML: {error}") from error
    if part is None or not isinstance(payload, bytes) or not payload.strip():
        raise BadPage("MHTML without a page in it")
    charset = part.get_param("charset")
    content = decode(
        without_pictures(payload), charset if isinstance(charset, str) else None
    )
    page = html.read(content)
    if page.url is None and (url := _address(message, part)):
        page = html.archived(html.SavedPage(page.content, url, "mhtml", page.saved))
    if page.saved is None:
        page = html.SavedPage(page.content, page.url, page.method, _date(message))
    return page


def _pages_only(data: bytes) -> bytes:
    """Return the message without its pictures: the mail parser is slow on them."""
    head = _HEAD_END.search(data, 0, _MAX_HEAD)
    if head is None:
        raise BadPage("MHTML with no end to its headers")
    boundary = _BOUNDARY.search(data, 0, head.end())
    if boundary is None:
        return _bounded(data)
    mark = b"--" + boundary[1]
    start = data.find(mark, head.end())
    kept = [data[: max(start, head.end())]]
    while start >= 0 and len(kept) <= _MAX_PARTS:
        end = data.find(b"\n" + mark, start + len(mark))
        part_head = data[start : min(start + _PART_HEAD, end if end > 0 else len(data))]
        if _IS_PAGE.search(part_head):
            kept.append(data[start : end + 1 if end > 0 else len(data)])
        start = end + 1 if end > 0 else -1
    return _bounded(b"".join((*kept, b"\n", mark, b"--\n")))


def _bounded(data: bytes) -> bytes:
    if len(data) > _MAX_ENCODED:
        raise BadPage(f"larger than {_MAX_ENCODED >> 20} MiB without its pictures")
    return data


def _root(message: Message) -> Message | None:
    pages = [
        part
        for part in message.walk()
        if part.get_content_type() in _PAGES and not part.is_multipart()
    ]
    start = message.get_param("start")
    wanted = _text(message, "Snapshot-Content-Location")
    for part in pages:
        if wanted and _text(part, "Content-Location") == wanted:
            return part
        if isinstance(start, str) and _text(part, "Content-ID") == start.strip():
            return part
    return pages[0] if pages else None


def _address(message: Message, part: Message) -> str | None:
    for url in (
        _text(message, "Snapshot-Content-Location"),
        _text(part, "Content-Location"),
        _text(message, "Content-Location"),
    ):
        if url and url.lower().startswith(("http://", "https://")):
            return url
    return None


def _date(message: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(_text(message, "Date") or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _text(message: Message, header: str) -> str | None:
    # A long address is folded over lines, and may be an object where it is not ASCII.
    value = message.get(header)
    return "".join(str(value).split()) if value and header != "Date" else value
