"""Labels for training: which blocks of a page are the gold text's."""

from __future__ import annotations

from tools.alignment import Match, matches

FIRST = "The crossing stays closed until the pier has been inspected."
LAST = "Divers will look at the other supports on Thursday morning."


def kept(texts: list[str], gold: str) -> list[bool]:
    found = matches(texts, gold)
    return [match.share >= 0.5 and match.is_in_order for match in found]


def test_blocks_of_the_gold_match_and_others_do_not() -> None:
    assert kept([FIRST, "Sign up for our letter today.", LAST], f"{FIRST}\n{LAST}") == [
        True,
        False,
        True,
    ]


def test_a_repeat_out_of_order_does_not_match() -> None:
    assert kept([LAST, FIRST, LAST], f"{FIRST}\n{LAST}") == [False, True, True]


def test_a_short_block_matches_where_the_gold_leaves_room_for_it() -> None:
    blocks = ["Divers", FIRST, "What next", LAST, "pier"]
    gold = f"{FIRST}\nWhat next\n{LAST}"
    assert kept(blocks, gold) == [False, True, True, True, False]


def test_a_block_without_words_matches_nothing() -> None:
    assert matches(["***"], FIRST) == [Match(0.0, is_in_order=False)]
