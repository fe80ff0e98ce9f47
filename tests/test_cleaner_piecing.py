"""What the one pass over a page's tree tells of each piece."""

from __future__ import annotations

import pytest

from index.cleaner import block_names
from index.cleaner.evidence import gather
from index.cleaner.head import read
from index.cleaner.pieces import Piece
from index.cleaner.piecing import layout
from index.cleaner.tree import parse, walk

CARD = (
    "<span class=who><img src=a.jpg><a href=/roe>Ada Roe</a>"
    "<a href=/1>Ferry stays in port</a> <a href=/2>Pier to be mended</a></span>"
)
QUOTE = "We would rather lose a week of trade than one passenger."


def pieces(body: str) -> list[Piece]:
    return layout(walk(parse(f"<body>{body}"))).pieces


def test_a_card_in_a_paragraph_is_a_piece_of_its_own() -> None:
    card, paragraph = pieces(f"<p>The mayor, Ada Roe, {CARD} spoke on Monday.")
    assert card.rule == "related"
    assert paragraph.text == "The mayor, Ada Roe, spoke on Monday."
    assert paragraph.linked == paragraph.links == 0


def test_a_picture_beside_words_is_no_card() -> None:
    (paragraph,) = pieces(f"<p>Said {CARD.replace('</a></span>', '</a> yes</span>')}")
    assert paragraph.links == 3


def test_links_alone_are_no_card() -> None:
    (paragraph,) = pieces(f"<p>Said {CARD.replace('<img src=a.jpg>', '')} on Monday.")
    assert paragraph.links == 3


def test_a_quotation_to_pass_on_is_no_link() -> None:
    passed_on = '<a href="https://twitter.com/share?text=We+would">{}</a>'
    (quotation,) = pieces(f"<p>{passed_on.format(QUOTE)}")
    (button,) = pieces(f"<p>{passed_on.format('Tweet')}")
    assert (quotation.density, button.density) == (0, 1)


def test_a_piece_knows_the_pictures_above_its_first_word() -> None:
    first, second = pieces("<img src=a.jpg><p>One<img src=b.jpg> two.<p>Three.")
    assert (first.pictures, second.pictures) == (1, 2)


def test_a_piece_is_italic_where_all_of_it_is() -> None:
    whole, part = pieces("<p><em>All</em> <i>of it</i>.<p><em>Some</em> of it.")
    assert not whole.italic
    assert not part.italic
    assert pieces("<p><em>All</em> <i>of it.</i>")[0].italic


def test_a_piece_ends_in_a_link_where_its_last_words_are_one() -> None:
    last, first = pieces("<p>Read <a href=/a>on</a><p><a href=/a>Ada Roe</a> writes.")
    assert (last.ends_in_link, first.ends_in_link) == (True, False)


def test_a_life_at_the_end_names_author_and_site() -> None:
    soup = parse(
        '<meta name=author content="Ada Roe"><meta property="og:site_name" '
        f'content="Skerry Sheet"><p>{QUOTE}<p>Ada Roe writes for the Skerry Sheet.'
    )
    told = gather(layout(walk(soup)), read(soup), None)
    story, life = block_names.features(told).tolist()
    assert story == [0, 0, 0, 0]
    assert life == pytest.approx([2 / 6, 2, 1, 2 / 7])
