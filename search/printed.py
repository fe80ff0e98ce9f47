"""An answer as text: for people at a terminal, and as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from search.fields import FACETS
from search.model import Group, Hit, SearchResult

Style = Callable[[str], str]

COLUMNS = (
    *("id", "score", "title", "source", "agency", "date", "lang", "authors"),
    *("places", "url", "snippet", "copies"),
)

# Saved pages may hold escape sequences that would command the terminal.
_CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000\ue001]+"
)
# Where a match begins and ends until lines are made; private, and taken out of texts.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MATCH = re.compile(f"(?s){_OPEN}(.*?){_CLOSE}")
_WORDS = re.compile(r"\S+(?: \S+)*")  # without line breaks and indents
# What a spreadsheet would take for a formula; some look past spaces, some take wide
# letters for narrow ones.
_SIGN = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(rf"[\t\r\n]|\s*{_SIGN}")
# One that divides lines at semicolons or tabs ends a cell there, in quotes or not.
_DIVIDERS = frozenset(";\t\r\n")
_BEFORE = re.compile(rf'(?<![;\s"])[;\s"]++(?={_SIGN})')


@dataclass(frozen=True, slots=True)
class Look:
    """How lines look: headings, what is beside the point, matches, and other text.

    ``width`` is where lines end, in columns; None leaves them as long as they are.
    """

    strong: Style = str
    faint: Style = str
    match: Style = str
    text: Style = str
    width: int | None = None


def people(result: SearchResult, look: Look) -> Iterator[str]:
    """Yield the lines that show ``result``."""
    yield look.strong(_total(result))
    if result.read_as:
        yield look.faint(f"read as: {plain(result.read_as)}")
    for expansion in result.expansions:
        also = ", ".join(plain(spelling) for spelling in expansion.also)
        yield look.faint(f"{plain(expansion.term)}: also searched {also}")
    for offer in result.offers:
        asked = f"{plain(offer.term)}: for the place search {plain(offer.instead)}"
        yield look.faint(asked)
    for warning in result.warnings:
        yield look.faint(f"note: {plain(warning)}")
    if result.in_chrome:
        pages = _count(result.in_chrome, "article has", "articles have")
        yield look.faint(f"{pages} it in removed page furniture; search in:chrome")
    for hit in result.hits:
        yield ""
        yield from _hit(hit, look)
    for facet in result.facets:
        yield ""
        yield look.strong(FACETS[facet.name].label)
        yield from (f"{b.count:>7,}  {plain(b.label)}" for b in facet.buckets)
        if facet.total > len(facet.buckets):
            yield look.faint(f"         of {facet.total:,} values")


def table(hits: Iterable[Hit]) -> Iterator[str]:
    """Yield a header and a line of comma-separated cells for each hit."""
    yield _line(COLUMNS)
    for hit in hits:
        yield _line(_cells(hit))


def plain(text: str) -> str:
    """Return ``text`` on one line, without what would steer a terminal.

    >>> plain("a\\x1b[2J\\nb")
    'a [2J b'
    """
    return _CONTROLS.sub(" ", text)


def marked(
    text: str, ranges: Iterable[tuple[int, int]], look: Look, *, indent: str = ""
) -> str:
    """Return ``text`` with its ``ranges`` as matches, in lines of the look's width.

    >>> marked("the flood came", [(4, 9)], Look(match=str.upper, width=10))
    'the FLOOD\\ncame'
    """
    parts, end = [], 0
    for start, stop in ranges:
        found = plain(text[start:stop])
        parts += [plain(text[end:start]), f"{_OPEN}{found}{_CLOSE}"]
        end = stop
    parts.append(plain(text[end:]))
    lines = _lines("".join(parts).split(" "), look.width, indent)
    shown = "\n".join(f"{indent}{line}" for line in lines)
    pieces = _MATCH.split(shown)  # what did not match, what did, and so on
    for at, piece in enumerate(pieces):
        style = look.match if at % 2 else look.text
        pieces[at] = _WORDS.sub(partial(_styled, style), piece)
    return "".join(pieces)


def _styled(style: Style, found: re.Match[str]) -> str:
    return style(found[0])


def _lines(words: Iterable[str], width: int | None, indent: str) -> Iterator[str]:
    """Yield ``words`` in lines; what opens and closes a match takes no room."""
    line, left = "", 0
    for word in words:
        size = len(word) - word.count(_OPEN) - word.count(_CLOSE)
        if line and width is not None and left <= size:
            yield line
            line = ""
        if not line:
            left = (width or 0) - len(indent)
        line = f"{line} {word}" if line else word
        left -= size + (line != word)
    yield line


def _total(result: SearchResult) -> str:
    least = "at least " if result.total_relation == "gte" else ""
    total = least + _count(result.total, "article", "articles")
    if result.groups is not None:
        total = f"{total} in {_count(result.groups, 'group', 'groups')}"
    shown = len(result.hits)
    if shown == result.listed:
        return total
    return f"{total}, {shown} shown; --page and --limit show others"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _hit(hit: Hit, look: Look) -> Iterator[str]:
    heading = replace(look, text=look.strong)
    if hit.title is None:
        yield marked(hit.lead, (), look)
    else:
        yield marked(hit.title, hit.title_ranges, heading)
    source = plain(hit.source.label) if hit.source else "unknown source"
    parts = [source, hit.published.value if hit.published else "undated"]
    if hit.agency:
        parts.append(plain(hit.agency.value))
    yield look.faint(" · ".join((*parts, hit.id)))
    for snippet in hit.snippets:
        if snippet.field != "title":
            yield marked(snippet.text, snippet.ranges, look, indent="    ")
    if hit.group:
        yield look.faint(f"    and {_copies(hit.group)}")


def _copies(group: Group) -> str:
    """Return how many copies there are, and whose the first of them are.

    With each comes how much of the text it has.
    """
    labels = [
        f"{plain(copy.label or 'unknown source')} ({round(100 * copy.shared)} %)"
        for copy in group.copies
    ]
    return f"{_count(group.size - 1, 'copy', 'copies')}: {', '.join(labels)}"


def _cells(hit: Hit) -> tuple[str, ...]:
    return (
        *(hit.id, f"{hit.score:.4f}", hit.title or ""),
        hit.source.label if hit.source else "",
        hit.agency.value if hit.agency else "",
        hit.published.value if hit.published else "",
        *(hit.lang or "", "; ".join(hit.authors)),
        "; ".join(place.label for place in hit.places),
        *(hit.url or "", " ".join(snippet.text for snippet in hit.snippets)),
        str(hit.group.size) if hit.group else "",
    )


def _harmless(cell: str) -> str:
    """Return ``cell`` with an apostrophe before what would become a formula."""
    apart = _BEFORE.sub(_divided, cell)
    return f"'{apart}" if _FORMULA.match(apart) else apart


def _divided(found: re.Match[str]) -> str:
    return found[0] if _DIVIDERS.isdisjoint(found[0]) else f"{found[0]}'"


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    quoted = [_harmless(cell) for cell in cells]
    # With no line ending of its own it would leave those in a cell unquoted.
    csv.writer(out, lineterminator="\r\n").writerow(quoted)
    return out.getvalue().removesuffix("\r\n")
