"""A page saved as MHTML: a mail message whose parts are the page and its pictures."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from index.decoding import decode
from index.readers import html
from index.readers.content import without_pictures
from search.errors import BadPage

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read(data: bytes) -> html.SavedPage:
    """Return the page in the archive ``data``, with its address and time of saving.

    Raises:
        BadPage: there is no page in it.
    """
    try:
        message = message_from_bytes(data)
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
