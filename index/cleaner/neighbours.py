"""Pieces of a page that what became of their neighbours gives away.

Each function sets more of the verdicts: the rule that removes a piece, None while it
is kept. All are linear in the number of pieces.
"""

from __future__ import annotations

from index.cleaner import container, phrases, wording
from index.cleaner.pieces import HEADINGS, Layout, Piece

_APPEALS = frozenset(("newsletter", "paywall", "site-notice"))
_LABEL = 80  # characters; what heads a list or a box is no longer
_FINE = 0.4  # of the kept text; where more is in small print, the size says nothing


def judge(page: Layout, verdicts: list[str | None]) -> None:
    """Set the verdicts that follow from those already there."""
    _appeals(page, verdicts)
    _rails(page, verdicts)
    _list_headings(page, verdicts)
    _small_print(page, verdicts)
    _loose_headings(page, verdicts)


def _appeals(page: Layout, verdicts: list[str | None]) -> None:
    """Remove a label right above an appeal to the reader, in the same box."""
    boxes = _boxes_with_prose(page, verdicts)
    for number in range(len(verdicts) - 1, 0, -1):
        above = page.pieces[number - 1]
        box = page.elements[page.pieces[number].element].parent
        if (
            verdicts[number] in _APPEALS
            and verdicts[number - 1] is None
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
        if len(piece.text) < _LABEL and wording.is_rail(piece.text):
            in_rail = piece.bold or piece.tag in HEADINGS
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
