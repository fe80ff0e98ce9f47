"""A saved HTML page: what the program that saved it wrote into it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from index.readers import wayback

_HEAD = 65_536  # characters; a saver's comment stands near the top
_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{1,4000})")
_SINGLEFILE = re.compile(r"<!--\s{0,9}Page saved with SingleFile\b([^>]{1,6000})-->")
_SINGLEFILE_URL = re.compile(r"^\s{0,9}url:\s{0,9}(\S{1,4000})", re.MULTILINE)
_SINGLEFILE_DATE = re.compile(
    r"^\s{0,9}saved date:\s{0,9}([^\n(]{10,80})", re.MULTILINE
)
_HTTRACK = re.compile(
    r"<!--\s{0,9}Mirrored from (\S{4,4000}) by HTTrack Website Copier/[^,>]{1,80},"
    r"\s{0,9}([^>]{10,60}?)\s{0,9}-->"
)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page without its wrapping, and what the wrapping said.

    ``saved`` is UTC. ``method`` says how ``url`` is known; both may be None.
    """

    content: str
    url: str | None = None
    method: str | None = None
    saved: datetime | None = None


def read(content: str) -> SavedPage:
    """Return the page in ``content`` with the address and time its saver recorded.

    SingleFile's comment, the browsers' ``saved from url`` and HTTrack's ``Mirrored
    from`` are read, in that order; addresses in the Wayback Machine become those of
    the pages captured.
    """
    head = content[:_HEAD]
    saved = _singlefile(head) or _saved_from(head) or _httrack(head) or SavedPage("")
    saved = archived(replace(saved, content=content))
    if not wayback.is_served(content):
        return saved
    said = wayback.capture(content)
    saved = replace(saved, content=wayback.undo(content))
    if said is None:
        return saved
    if said.url and saved.method != "wayback":
        saved = replace(saved, url=said.url, method="wayback", saved=said.taken)
    return replace(saved, saved=said.taken or saved.saved)


def archived(page: SavedPage) -> SavedPage:
    """Return ``page`` with the captured page's address, if its own is a capture's."""
    capture = wayback.unwrap(page.url) if page.url else None
    if capture is None:
        return page
    saved = capture.taken or page.saved
    return replace(page, url=capture.url, method="wayback", saved=saved)


def _singlefile(head: str) -> SavedPage | None:
    comment = _SINGLEFILE.search(head)
    if not comment:
        return None
    url = _SINGLEFILE_URL.search(comment[1])
    when = _SINGLEFILE_DATE.search(comment[1])
    saved = _browser_time(when[1].strip()) if when else None
    return SavedPage("", url[1] if url else None, "singlefile", saved)


def _saved_from(head: str) -> SavedPage | None:
    found = _SAVED_FROM.search(head)
    if not found:
        return None
    url = found[1].removesuffix("-->")
    return SavedPage("", url, "saved-from") if _is_web(url) else None


def _httrack(head: str) -> SavedPage | None:
    found = _HTTRACK.search(head)
    if not found:
        return None
    url = found[1] if _is_web(found[1]) else "http://" + found[1]
    return SavedPage("", url, "mirror-comment", _mail_time(found[2]))


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _browser_time(text: str) -> datetime | None:
    # As JavaScript prints a Date: Tue Nov 21 2017 10:00:00 GMT+0100
    for layout in ("%a %b %d %Y %H:%M:%S GMT%z", "%Y-%m-%dT%H:%M:%S.%f%z"):
        try:
            return datetime.strptime(text, layout).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def _mail_time(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
