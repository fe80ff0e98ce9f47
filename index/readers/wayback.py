"""What the Wayback Machine does to a page it serves, undone.

It rewrites every address to ``/web/20171120070000/http://…`` with 4 to 14 digits of
the capture's time (UTC) and perhaps two letters and an underscore for the type of
the resource, and puts scripts and a toolbar between comments of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_WRAPPED = re.compile(
    # A mirror on disk has one slash after the inner scheme, for a folder has no name.
    r"(?:(?:https?:)?//(?:web\.|www\.)?archive\.org)?/web/(\d{4,14})(?:[a-z]{2}_)?/"
    r"(https?):/{1,2}",
    re.IGNORECASE,
)
_SCRIPT_ARGUMENTS = re.compile(
    r"""__wm\.(?:wombat|init)\(\s{0,9}["'](https?:[^"'\s]{4,2000})["']\s{0,9},"""
    r"""\s{0,9}["'](\d{4,14})["']"""
)
_ARCHIVED_ON = re.compile(
    r"FILE ARCHIVED ON (\d\d:\d\d:\d\d) ([A-Z][a-z]{2} \d{1,2}, \d{4}) AND RETRIEVED"
)
_FURNITURE = (
    ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->"),
    ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "</div><!-- END WAYBACK"),
)
_HEAD = 262_144  # characters; the archive's scripts stand in the page's head
_REWRITE_END = "<!-- End Wayback Rewrite JS Include -->"
_MARKS = ("web.archive.org/", "WAYBACK TOOLBAR INSERT", "/_static/js/bundle-playback")


@dataclass(frozen=True, slots=True)
class Capture:
    """The address of the page as it was, and when it was captured (UTC)."""

    url: str
    taken: datetime | None


def unwrap(url: str) -> Capture | None:
    """Return the capture that ``url`` shows, or None if it shows none.

    >>> unwrap("https://web.archive.org/web/20171120/http://example.com/a").url
    'http://example.com/a'
    """
    found = _WRAPPED.match(url)
    if not found:
        return None
    return Capture(f"{found[2].lower()}://{url[found.end() :]}", _time(found[1]))


def is_served(content: str) -> bool:
    """Return whether the Wayback Machine has put its marks into ``content``."""
    return any(mark in content for mark in _MARKS) and bool(
        "WAYBACK TOOLBAR INSERT" in content
        or _REWRITE_END in content
        or _ARCHIVED_ON.search(content)
    )


def undo(content: str) -> str:
    """Return ``content`` with its own addresses and without the archive's furniture."""
    end = content.find(_REWRITE_END)
    if end >= 0:
        content = _without_scripts(content, end)
    for begin, close in _FURNITURE:
        content = _cut(content, begin, close)
    return _WRAPPED.sub(lambda found: f"{found[2]}://", content)


def capture(content: str) -> Capture | None:
    """Return what the archive's own scripts and comments say of the page."""
    said = _SCRIPT_ARGUMENTS.search(content[:_HEAD])
    archived = _ARCHIVED_ON.search(content)
    taken = _stamp(f"{archived[2]} {archived[1]}") if archived else None
    if said:
        return Capture(said[1], _time(said[2]) or taken)
    return Capture("", taken) if taken else None


def _without_scripts(content: str, end: int) -> str:
    head = content[:end].lower().find("<head")
    begin = content.find(">", head) + 1 if head >= 0 else 0
    inserted = content[begin:end]
    # Only what the archive put there goes: a page's own elements may stand between.
    if "archive.org" not in inserted and "/_static/" not in inserted:
        return content
    return content[:begin] + content[end + len(_REWRITE_END) :]


def _cut(content: str, begin: str, close: str) -> str:
    start = content.find(begin)
    end = content.find(close, start)
    return (
        content
        if min(start, end) < 0
        else content[:start] + content[end + len(close) :]
    )


def _time(digits: str) -> datetime | None:
    # Shorter stamps leave out the small units; a year alone names no moment.
    if len(digits) < 8:
        return None
    try:
        return datetime.strptime(digits.ljust(14, "0")[:14] + "+0000", "%Y%m%d%H%M%S%z")
    except ValueError:
        return None


def _stamp(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%b %d, %Y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
