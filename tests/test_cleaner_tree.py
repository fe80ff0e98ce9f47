"""The tree of a page has what is read of it, and nothing else."""

from __future__ import annotations

import pytest
from bs4 import Tag

from index.cleaner.piecing import layout
from index.cleaner.tree import parse, walk


def texts(markup: str) -> list[str]:
    return [piece.text for piece in layout(walk(parse(markup))).pieces]


def first(name: str, markup: str) -> Tag:
    found = parse(markup).find(name)
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize(
    "dropped",
    [
        "<style>p { color: red }</style>",
        "<script>document.write('x')</script>",
        "<script type=text/template><p>x</p></script>",
        "<!-- x -->",
        "<svg><g><path d='M0 0'/></g></svg>",
    ],
)
def test_what_nobody_reads_leaves_no_text_in_the_tree(dropped: str) -> None:
    assert first("p", f"<p>A{dropped}B</p>").get_text() == "AB"


def test_json_ld_stays_in_the_tree() -> None:
    script = first("script", '<script type="application/ld+json">{"@id": 1}</script>')
    assert script.string == '{"@id": 1}'


def test_text_after_a_script_is_read_again() -> None:
    assert texts("<p>A</p><script>x</script><p>B</p>") == ["A", "B"]


def test_a_drawing_s_title_is_in_it() -> None:
    drawing = first("svg", "<a href=/><svg><g><title>Herald</title></g></svg></a>")
    assert drawing.get_text() == "Herald"


def test_only_attributes_that_are_read_are_kept() -> None:
    tag = first("p", "<p class=lead onclick=x data-n=1 id=a>A</p>")
    assert tag.attrs == {"class": "lead", "id": "a"}
