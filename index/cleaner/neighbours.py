"""Pieces of a page that what became of their neighbours gives away.

Each function sets more of the verdicts: the rule that removes a piece, None while it
is kept. All are linear in the number of pieces.
"""

from __future__ import annotations

from collections import Counter

from index.cleaner import container, phrases, title, wording
from index.cleaner.block_features import Evidence
from index.cleaner.pieces import HEADINGS, Layout, Piece, around, articles_of, sort_of

_APPEALS = frozenset(("newsletter", "paywall", "site-notice"))
_LABEL = 80  # characters; what heads a list or a box is no longer
_FINE = 0.4  # of the kept text; where more is in small print, the size says nothing
_STORY = 200  # characters kept; an article shorter than that is not over
_LINKED = 0.5  # of its characters; a heading that leads elsewhere opens no article


def judge(told: Evidence, verdicts: list[str | None]) -> None:
    """Set the verdicts that follow from those already there."""
    page = told.page
    _appended(told, verdicts)
    _side_by_side(told, verdicts)
    _appeals(page, verdicts)
    _rails(page, verdicts)
    _list_headings(page, verdicts)
    _small_print(page, verdicts)
    _loose_headings(page, verdicts)


def _appended(told: Evidence, verdicts: list[str | None]) -> None:
    """Remove the articles below a second headline, in the classes of the first.

    One without classes opens another article only in an element of its own.
    """
    page, pieces = told.page, told.pieces
    place = told.place
    if place is None:
        return
    headline, kept = pieces[place], 0
    articles = articles_of(page)
    own = articles[headline.element]
    plain = not page.elements[headline.element].label
    if plain and not (own and headline.tag == "h1"):
        return  # subheadings may have the same tag as the headline
    for number, piece in zip(told.asked[place + 1 :], pieces[place + 1 :], strict=True):
        if (
            kept >= _STORY
            and sort_of(page, piece) == sort_of(page, headline)
            and piece.density < _LINKED
            and not (plain and articles[piece.element] in (own, 0))
            and not title.same_words(piece.text, headline.text)
        ):
            verdicts[number:] = [v or "appended-article" for v in verdicts[number:]]
            return
        if verdicts[number] is None:
            kept += len(piece.text)


def _side_by_side(told: Evidence, verdicts: list[str | None]) -> None:
    """Remove the articles that stand side by side below a rail's heading."""
    page, pieces = told.page, told.pieces
    heading = next((n for n, piece in enumerate(pieces) if _heads_rail(piece)), None)
    if heading is None:
        return
    articles = articles_of(page)
    headline = None if told.place is None else pieces[told.place]
    own = around(page, headline)
    below = [
        (articles[piece.element], number)
        for number, piece in zip(told.asked[heading:], pieces[heading:], strict=True)
        if verdicts[number] is None and articles[piece.element] not in own | {0}
    ]
    boxes = Counter(page.elements[article].parent for article in {a for a, _ in below})
    for article, number in below:
        if boxes[page.elements[article].parent] > 1:
            verdicts[number] = "rail"


def _heads_rail(piece: Piece) -> bool:
    if len(piece.text) >= _LABEL or not (piece.bold or piece.tag in HEADINGS):
        return False
    return wording.is_rail(piece.text) and not piece.text.endswith("?")


def _appeals(page: Layout, verdicts: list[str | None]) -> None:
    """Remove, by its rule, a label right above an appeal in the same box."""
    boxes = _boxes_with_prose(page, verdicts)
    for number in range(len(verdicts) - 1, 0, -1):
        above = page.pieces[number - 1]
        box = page.elements[page.pieces[number].element].parent
        if (
            verdicts[number] in _APPEALS
            and verdicts[number - 1] in (None, "block-model")
            and page.elements[above.element].parent == box
            and box not in boxes
            and _is_label(above)
        ):
            verdicts[number - 1] = verdicts[number]


def _boxes_with_prose(page: Layout, verdicts: list[str | None]) -> frozenset[int]:
    """Return the elements right above those that hold kept running text."""
    return frozenset(
        page.elements[piece.element].parent
        for piece, verdict in zip(page.pieces, verdicts, strict=True)
        if verdict is None and container.is_prose(piece)
    )


def _is_label(piece: Piece) -> bool:
    return len(piece.text) < _LABEL and not wording.is_sentence(piece.text)


def _rails(page: Layout, verdicts: list[str | None]) -> None:
    """Remove a heading such as "Most read" with the teasers below it."""
    in_rail = False
    for number, piece in enumerate(page.pieces):
        if verdicts[number] is not None:
            continue
        if _heads_rail(piece):
            in_rail = True
        elif wording.is_sentence(piece.text) and piece.density < 0.5:
            in_rail = False
        if in_rail:
            verdicts[number] = "rail"


def _list_headings(page: Layout, verdicts: list[str | None]) -> None:
    """Remove what heads a list of links, all of them removed."""
    for number, piece in enumerate(page.pieces):
        heads = piece.tag in HEADINGS or piece.text.endswith(":")
        if not heads or verdicts[number] is not None or len(piece.text) >= _LABEL:
            continue
        if verdicts[number + 1 : number + 3] == ["link-list", "link-list"]:
            verdicts[number] = "rail"


def _small_print(page: Layout, verdicts: list[str | None]) -> None:
    """Remove small print above the text and below it, but not who contributed."""
    kept = [n for n, verdict in enumerate(verdicts) if verdict is None]
    small = [n for n in kept if page.pieces[n].small]
    size = sum(len(page.pieces[n].text) for n in kept)
    if sum(len(page.pieces[n].text) for n in small) > _FINE * size:
        return
    large = (n for n in kept if not page.pieces[n].small)
    prose = [n for n in large if container.is_prose(page.pieces[n])]
    for number in small if prose else ():
        contributed = phrases.CONTRIBUTED.match(page.pieces[number].text)
        if not prose[0] < number < prose[-1] and not contributed:
            verdicts[number] = "small-print"


def _loose_headings(page: Layout, verdicts: list[str | None]) -> None:
    """Remove headings that nothing kept follows: those of rails and of the end."""
    follows = False
    for number in range(len(verdicts) - 1, -1, -1):
        piece = page.pieces[number]
        if piece.tag in HEADINGS and verdicts[number] is None:
            if not follows:
                verdicts[number] = "loose-heading"
        elif verdicts[number] is None:
            follows = True
