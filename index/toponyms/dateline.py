"""The place and day a news text opens with."""

from __future__ import annotations

import re

# A name, perhaps what it lies in, a day or an agency, and a dash: all on one line.
_DATELINE = re.compile(
    r"\s*(?P<place>[^\W\d_](?:[^\W\d_]|[ .'’\-]){1,40}?)"
    r"(?P<more>,[^\n()\u2013\u2014]{2,40}?)?"
    r"(?P<agency> ?\([^()\n]{2,40}\))? ?"
    r"(?:--|[\u2013\u2014]|-(?= ))"
)
_DAY = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE
)


def opening(text: str, start: int) -> int | None:
    """Return where the place of the dateline at ``start`` begins; None without one.

    >>> opening("ODESSA, Feb 26 - Ships sailed.", 0)
    0
    """
    match = _DATELINE.match(text, start)
    if match is None:
        return None
    place, more = match["place"], match["more"] or ""
    if place.isupper() or match["agency"] or (place[0].isupper() and _DAY.search(more)):
        return match.start("place")
    return None
