"""What the block model doubts by itself, and what it stands among bears out."""

from __future__ import annotations

from index.cleaner import spared
from index.cleaner.evidence import gather
from index.cleaner.head import read
from index.cleaner.piecing import layout
from index.cleaner.tree import parse, walk

STORY = "The harbour reopened on Monday after a storm, and the ferries ran again."
ITEMS = "<ul><li>Ada Roe, 41<li>Bo Lind, 39<li>Cy Moss, 17</ul>"
TABLE = "<table><tr><td>Ada Roe<td>41<tr><td>Bo Lind<td>39</table>"


def removed(body: str, chances: list[float]) -> list[int]:
    """Return which pieces still go, of which the model doubts those below a half."""
    soup = parse(f"<main>{body}</main>")
    told = gather(layout(walk(soup)), read(soup), None)
    verdicts = [None if chance > 0.5 else "block-model" for chance in chances]
    spared.keep(told, dict(enumerate(chances)), verdicts)
    return [number for number, verdict in enumerate(verdicts) if verdict]


def test_a_list_is_kept_as_a_whole() -> None:
    assert removed(f"{ITEMS}<p>{STORY}", [0.7, 0.4, 0.5, 0.1]) == [3]


def test_a_list_inside_the_text_needs_less() -> None:
    doubts = [0.4, 0.4, 0.4]
    assert removed(f"<p>{STORY}{ITEMS}<p>{STORY}", [0.9, *doubts, 0.9]) == []
    assert removed(f"<p>{STORY}{ITEMS}<p>{STORY}", [0.9, *doubts, 0.1]) == [1, 2, 3, 4]


def test_the_cells_of_a_table_are_kept_as_a_whole() -> None:
    assert removed(f"{TABLE}<p>{STORY}", [0.9, 0.3, 0.9, 0.3, 0.1]) == [4]


def test_a_list_that_is_doubted_throughout_is_left_to_the_model() -> None:
    assert removed(f"{ITEMS}<p>{STORY}", [0.6, 0.2, 0.2, 0.1]) == [1, 2, 3]


def test_a_sentence_goes_on_where_kept_text_stands() -> None:
    assert removed(f"<p>{STORY}<p class=last>{STORY}", [0.9, 0.3]) == []
    assert removed(f"<p>{STORY}<p class=last>Three ferries", [0.9, 0.3]) == [1]


def test_what_stands_in_another_box_between_says_nothing() -> None:
    box = "<div><div><b>Tickets</b></div></div>"
    assert removed(f"<p>{STORY}{box}<p>{STORY}", [0.9, 0.1, 0.3]) == [1]


def test_a_sentence_in_another_box_is_left_to_the_model() -> None:
    assert removed(f"<p>{STORY}<div><p>{STORY}</div>", [0.9, 0.3]) == [1]


def test_a_line_among_paragraphs_of_its_box_needs_less() -> None:
    body = f"<p>{STORY}<p>{STORY}<p>Tickets at the quay"
    assert removed(body, [0.9, 0.9, 0.45]) == []
    assert removed(body, [0.9, 0.9, 0.35]) == [2]
    assert removed(f"<p>{STORY}<p>Tickets at the quay", [0.9, 0.45]) == [1]
