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


_DECKS = 3  # short paragraphs that may stand before the dateline
_DECK = 250  # characters


def opening(text: str, start: int) -> int | None:
    """Return where the dateline's place begins; None where there is no dateline.

    The text begins at ``start``, perhaps with a deck or two.

    >>> opening("ODESSA, Feb 26 - Ships sailed.", 0)
    0
    """
    for _ in range(_DECKS + 1):
        if (found := _opening(text, start)) is not None:
            return found
        end = text.find("\n\n", start)
        if end < 0 or end - start > _DECK:
            return None
        start = end + 2
    return None


def _opening(text: str, start: int) -> int | None:
    match = _DATELINE.match(text, start)
    if match is None:
        return None
    place, more = match["place"], match["more"] or ""
    if place.isupper() or match["agency"] or (place[0].isupper() and _DAY.search(more)):
        return match.start("place")
    return None
