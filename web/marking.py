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
    pieces: list[Markup] = []
    end = 0
    for number, (start, stop) in enumerate(ranges, first or 0):
        if not end <= start < stop <= len(text):
            continue
        name = Markup(' id="m{}"').format(number) if first is not None else Markup("")
        pieces += (
            escape(text[end:start]),
            Markup("<mark{}>{}</mark>").format(name, text[start:stop]),
        )
        end = stop
    return Markup("").join((*pieces, escape(text[end:])))
