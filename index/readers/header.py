"""The first line of a table: its columns, and what stands between them."""

from __future__ import annotations

_DELIMITERS = ",;\t|"


def delimiter(header: str) -> str:
    """Return what separates the cells of the table below ``header``.

    >>> delimiter("path;url;date"), delimiter("text")
    (';', ',')
    """
    return max(_DELIMITERS, key=header.count)


def columns(header: str) -> tuple[str, ...]:
    """Return the names in ``header``, which may be longer than a line, in lower case.

    >>> columns('"Path";URL\\rquay.html;')
    ('path', 'url')
    """
    line = next(iter(header.splitlines()), "").lower()
    return tuple(cell.strip(" \t\"'") for cell in line.split(delimiter(line)))
