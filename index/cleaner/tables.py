"""Tables, which are kept or removed whole: half a result is worse than none.

The block model knows few tables of news, and most of those are adverts for what they
compare. Results, standings and accounts it tore: it kept names and dropped votes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from index.cleaner import container
from index.cleaner.block_features import Evidence
from index.cleaner.pieces import Layout, Piece

Verdicts = list[str | None]

_ROWS = 3  # of a table that gives figures; of two one is the header
_FIGURES = 0.25  # of its cells
_LINKED = 0.5  # of its characters; more is a menu
_WRAPPERS = 3  # elements from a table up to the box of the paragraphs
_PARAGRAPHS = 2  # in that box


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with cells side by side: its element and the numbers of its pieces."""

    element: int
    numbers: Sequence[int]
    rows: int


def keep(told: Evidence, verdicts: Verdicts) -> None:
    """Keep tables that give figures among kept text; of the others decide by most.

    What a mark of its own removes stays removed. Linear in the number of pieces.
    """
    page = told.page
    tables = list(_tables(told))
    prose = [
        number
        for number, piece in enumerate(page.pieces)
        if tables and verdicts[number] is None and container.is_prose(piece)
    ]
    boxes = Counter(page.elements[page.pieces[n].element].parent for n in prose)
    for table in tables:
        first, last = table.numbers[0], table.numbers[-1]
        is_below = bool(prose) and prose[0] < first
        is_among = is_below and (last < prose[-1] or _is_boxed(page, table, boxes))
        most = fmean(verdicts[number] is None for number in table.numbers) > 0.5
        is_kept = most or (is_among and _gives_figures(page, table))
        for number in table.numbers:
            if is_kept:
                verdicts[number] = None
            elif verdicts[number] is None:
                verdicts[number] = "block-model"


def _tables(told: Evidence) -> Iterator[_Table]:
    """Yield the tables of the article that have no running text: others lay it out."""
    page = told.page
    if not any(element.name == "table" for element in page.elements):
        return
    innermost, row_of = _within(page, "table"), _within(page, "tr")
    found: dict[int, list[int]] = defaultdict(list)
    for number, piece in enumerate(page.pieces):
        table = innermost[piece.element]
        if told.inside[table] and _is_own(told, piece):
            found[table].append(number)
    found.pop(0, None)
    for table, numbers in found.items():
        rows = Counter(row_of[page.pieces[number].element] for number in numbers)
        side_by_side = sum(cells > 1 for cells in rows.values())
        if side_by_side < max(2, len(rows) / 2):
            continue
        if not any(container.is_prose(page.pieces[number]) for number in numbers):
            yield _Table(table, numbers, len(rows))


def _is_own(told: Evidence, piece: Piece) -> bool:
    """Return whether no mark speaks against a piece; a table's caption is none's."""
    rule = told.rules[piece.element] or piece.rule
    element = told.page.elements[piece.element]
    return not rule or (rule == element.name == "caption")


def _within(page: Layout, name: str) -> Sequence[int]:
    """Return the innermost element of that name that each element is in, 0 for none."""
    found = [0]
    for index, element in enumerate(page.elements[1:], start=1):
        found.append(index if element.name == name else found[element.parent])
    return found


def _is_boxed(page: Layout, table: _Table, paragraphs: Counter[int]) -> bool:
    """Return whether the table stands in a box of paragraphs, but for wrappers."""
    box = table.element
    for _ in range(_WRAPPERS):
        box = max(0, page.elements[box].parent)
        if paragraphs[box] >= _PARAGRAPHS:
            return True
    return False


def _gives_figures(page: Layout, table: _Table) -> bool:
    """Return whether the cells of enough rows are figures, and few of them links."""
    cells: list[Piece] = [page.pieces[number] for number in table.numbers]
    return (
        table.rows >= _ROWS
        and fmean(any(map(str.isdigit, cell.text)) for cell in cells) >= _FIGURES
        and fmean(cell.density for cell in cells) <= _LINKED
    )
