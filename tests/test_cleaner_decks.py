"""The lines under a headline: which of them the cleaner keeps."""

from __future__ import annotations

import pytest

from index.cleaner import decks
from index.cleaner.block_features import Evidence
from index.cleaner.evidence import gather
from index.cleaner.head import read
from index.cleaner.pieces import layout
from index.cleaner.tree import parse, walk

DECK = "Divers will look at nine more supports on Thursday before a boat sails"
STORY = "The harbour reopened on Monday after a storm, and the ferries ran again. "


def kept(above: str, rule: str | None, described: str = "") -> bool:
    """Tell whether the deck stays that ``rule`` would remove."""
    soup = parse(
        f'<meta name=description content="{described}"><h1>Ferry stays in port</h1>'
        f"{above}<p>{STORY * 5}"
    )
    said, page = read(soup), layout(walk(soup))
    told: Evidence = gather(page, said, None)
    verdicts: list[str | None] = [None] * len(page.pieces)
    verdicts[:2] = ["headline", rule]
    decks.keep(told, verdicts)
    return verdicts[1] is None


@pytest.mark.parametrize(
    "deck",
    [
        f"<p class=standfirst>{DECK}</p>",
        f"<div class=article-deck><p>{DECK}</p></div>",
    ],
)
@pytest.mark.parametrize("rule", ["outside", "block-model"])
def test_what_names_itself_a_deck_is_kept(deck: str, rule: str) -> None:
    assert kept(deck, rule)


def test_a_deck_among_buttons_is_kept() -> None:
    assert kept(f"<div class=share><p class=strapline>{DECK}</p></div>", "share")


def test_a_line_beside_a_deck_among_buttons_is_not() -> None:
    assert not kept(f"<div class=deck><p>{DECK}</p></div>", "share")


def test_the_description_shown_below_the_headline_is_a_deck() -> None:
    assert kept(f"<p>{DECK}</p>", "outside", described=DECK)
    assert not kept(f"<p>{DECK}</p>", "outside", described=STORY)


@pytest.mark.parametrize(
    "picture",
    [
        f"<div class=deck><p class=photo-text>{DECK}</p></div>",
        f"<div class=lede-image><p class=text>{DECK}</p></div>",
    ],
)
def test_what_is_said_of_a_picture_is_no_deck(picture: str) -> None:
    assert not kept(picture, "block-model")
