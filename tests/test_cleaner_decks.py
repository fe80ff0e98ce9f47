"""The lines under a headline: which of them the cleaner keeps."""

from __future__ import annotations

import pytest

from index.cleaner import decks, markup
from index.cleaner.block_features import Evidence
from index.cleaner.evidence import gather
from index.cleaner.head import read
from index.cleaner.piecing import layout
from index.cleaner.tree import parse, walk

DECK = "Divers will look at nine more supports on Thursday before a boat sails"
STORY = "The harbour reopened on Monday after a storm, and the ferries ran again. "


def gathered(body: str, described: str = "") -> Evidence:
    soup = parse(
        f'<meta name=description content="{described}"><h1>Ferry stays in port</h1>'
        f"{body}"
    )
    return gather(layout(walk(soup)), read(soup), None)


def kept(above: str, rule: str | None, described: str = "") -> bool:
    """Tell whether the deck stays that ``rule`` would remove."""
    told = gathered(f"{above}<p>{STORY * 5}", described)
    verdicts: list[str | None] = [None] * len(told.page.pieces)
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


def test_a_deck_that_the_page_shows_twice_is_kept_once() -> None:
    told = gathered(f"<p class=deck>{DECK}<div class=deck>{DECK}</div><p>{STORY * 5}")
    verdicts: list[str | None] = ["headline", "outside", "block-model", None]
    decks.keep(told, verdicts)
    assert verdicts == ["headline", None, "block-model", None]


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


NOTE = "an earlier version of this story had the name of the pier wrong"


def test_a_correction_is_the_article_s_own() -> None:
    told = gathered(f"<p>{STORY * 5}<p>Correction, 4 May: {NOTE}.<p>And so: {NOTE}.")
    story, correction, other = told.asked[-3:]
    chances = {story: 0.9, correction: 0.2, other: 0.2}
    verdicts = markup.judge(told, chances)
    assert [verdicts[n] is None for n in told.asked[-3:]] == [True, True, False]


def test_no_other_article_stands_in_for_one_that_is_lost() -> None:
    card = f"<article class=card><p>{STORY * 2}</article>"
    body = f"<article><p>{STORY * 5}</article><h3>You may also like</h3>{card * 2}"
    told = gathered(body)
    story = told.asked[-4]
    verdicts = markup.judge(told, dict.fromkeys(told.asked, 0.9) | {story: 0.4})
    assert [verdicts[n] is None for n in told.asked[-4:]] == [True, False, False, False]
