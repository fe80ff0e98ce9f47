"""Matched words as markup: escaped first, marked afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

Ranges = Iterable[tuple[int, int]]


def marked(text: str, ranges: Ranges, first: int | None = None) -> Markup:
    """Return ``text`` escaped, with a mark around each range.

    Marks have the ids ``m1``, ``m2`` … from ``first`` on, where it is given. Ranges
    out of order or out of the text are left out.

    >>> marked("a < b", [(4, 5)])
    Markup('a &lt; <mark>b</mark>')
    """
    pieces: list[str] = []
    end = 0
    for number, (start, stop) in enumerate(ranges, first or 0):
        if not end <= start < stop <= len(text):
            continue
        name = f' id="m{number}"' if first is not None else ""
        before, match = escape(text[end:start]), escape(text[start:stop])
        pieces += (before, f"<mark{name}>{match}</mark>")
        end = stop
    return Markup("".join((*pieces, escape(text[end:]))))  # noqa: S704 - each is escaped
