"""Tables of results stay whole where kept text stands around them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.cleaner import tables
from index.cleaner.evidence import gather
from index.cleaner.head import read
from index.cleaner.piecing import layout
from index.cleaner.tree import parse, walk

STORY = "<p>The harbour reopened on Monday, and the ferries ran again on time.</p>"
VOTES = [("Party", "Seats"), ("Harbour List", "11"), ("Union", "9"), ("None", "2")]
WEEKS = [("Mon", "Tue"), ("Dawn", "Dusk"), ("Ebb", "Flood"), ("Calm", "Storm")]
LINKS = [tuple(f"<a href=/{cell}>{cell}</a>" for cell in row) for row in VOTES]


def table(rows: Sequence[tuple[str, ...]], caption: str = "") -> str:
    cells = ["<tr>" + "".join(f"<td>{cell}" for cell in row) for row in rows]
    return f"<table>{caption}{''.join(cells)}</table>"


def removed(body: str, doubted: set[str]) -> set[str]:
    """Return what still goes, where the model keeps all but what is ``doubted``."""
    soup = parse(f"<main>{body}</main>")
    told = gather(layout(walk(soup)), read(soup), None)
    verdicts = [
        told.rules[piece.element] or ("block-model" if piece.text in doubted else None)
        for piece in told.page.pieces
    ]
    tables.keep(told, verdicts)
    gone = zip(told.page.pieces, verdicts, strict=True)
    return {piece.text for piece, verdict in gone if verdict}


CELLS = {cell for row in VOTES for cell in row}


@pytest.mark.parametrize(
    "body",
    [
        f"{STORY}{table(VOTES)}{STORY}",
        f"{STORY}{STORY}{table(VOTES)}",
        f"{STORY}{STORY}<figure><div>{table(VOTES)}</div></figure>",
        f"{STORY}{STORY}{table([*VOTES, ('Turnout', '%')])}",
    ],
)
def test_a_table_that_gives_figures_among_paragraphs_is_kept(body: str) -> None:
    assert removed(body, {*CELLS, "Turnout", "%"}) == set()


@pytest.mark.parametrize(
    "body",
    [
        f"{table(VOTES)}{STORY}{STORY}",
        f"<div>{STORY}{STORY}</div><div><div><div><div>{table(VOTES)}",
        f"{STORY}{table(VOTES[:2])}{STORY}",
        f"{STORY}{table(LINKS)}{STORY}",
        f"{STORY}<div class=related-stories>{table(VOTES)}</div>{STORY}",
    ],
)
def test_a_table_elsewhere_or_of_another_sort_is_left_to_the_model(body: str) -> None:
    assert CELLS >= removed(body, CELLS) >= {"Harbour List", "11"}


def test_a_table_without_figures_is_left_to_the_model() -> None:
    cells = {cell for row in WEEKS for cell in row}
    assert removed(f"{STORY}{table(WEEKS)}{STORY}", cells) == cells


def test_a_torn_table_is_kept_or_removed_by_most_of_its_cells() -> None:
    assert removed(f"{table(WEEKS)}{STORY}", {"Mon", "Ebb", "Storm"}) == set()
    torn = {"Mon", "Tue", "Dawn", "Dusk", "Ebb"}
    assert removed(f"{table(WEEKS)}{STORY}", torn) >= {"Flood", "Calm", "Storm"}


def test_a_table_keeps_its_caption() -> None:
    titled = table(VOTES, "<caption>Seats by party</caption>")
    assert removed(f"{STORY}{titled}{STORY}", CELLS) == set()


def test_a_table_with_running_text_lays_out_the_page() -> None:
    page = f"{STORY}<table><tr><td>Menu<td>1<tr><td>{STORY}<td>2<tr><td>Map<td>3"
    assert removed(f"{page}</table>{STORY}", {"Menu", "Map"}) == {"Menu", "Map"}
