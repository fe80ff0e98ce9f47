"""The lines between the headline and the body that tell what the article is about."""

from __future__ import annotations

from index.cleaner import block_marks, marks, wording
from index.cleaner.block_features import Evidence
from index.cleaner.pieces import Piece

_REACH = 25  # pieces above the body
_SHORTEST, _LONGEST = 30, 500  # characters
_LINKED = 0.3  # of its characters; more is a teaser
_DESCRIBED = 0.8  # of its runs of words; so much of a description is one
_DOUBTED = frozenset(("outside", "block-model"))
# Marks of what decks share a box with: buttons, bylines, sections.
_AROUND = frozenset(("aside", "byline", "meta", "related", "share"))


def keep(told: Evidence, verdicts: list[str | None]) -> None:
    """Keep what names itself a deck, and the page's description below the headline.

    One that the page shows again, or that its text opens with, is kept once.
    """
    page = told.page
    first = next((n for n, verdict in enumerate(verdicts) if verdict is None), None)
    if first is None:
        return
    said = block_marks.described(told.head)
    headline = first if told.place is None else told.asked[told.place]
    shown = {tuple(block_marks.words(page.pieces[first].text))}
    for number in range(max(0, first - _REACH), first):
        piece, verdict = page.pieces[number], verdicts[number]
        if verdict not in _DOUBTED | _AROUND or not _may_be(piece):
            continue
        element = page.elements[piece.element]
        above = page.elements[max(0, element.parent)].label
        named = marks.is_deck(element.label)
        around = marks.is_deck(above) and not marks.is_picture(above)
        told_so = number > headline and _repeats(piece, said)
        kept = named or (verdict in _DOUBTED and (around or told_so))
        own = tuple(block_marks.words(piece.text))
        if kept and own not in shown and not marks.is_picture(element.label):
            shown.add(own)
            verdicts[number] = None


def _may_be(piece: Piece) -> bool:
    if not _SHORTEST < len(piece.text) < _LONGEST or piece.density >= _LINKED:
        return False
    return wording.rule_of(piece.text) is None


def _repeats(piece: Piece, said: block_marks.Runs) -> bool:
    own = block_marks.words(piece.text)
    return block_marks.share(own, said) >= _DESCRIBED
