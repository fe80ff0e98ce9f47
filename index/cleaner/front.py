"""Whether a page is a front: headlines that lead elsewhere, each with a teaser."""

from __future__ import annotations

from collections.abc import Sequence

from index.cleaner import container, wording
from index.cleaner.kind import Links
from index.cleaner.pieces import Layout, Piece

_SHORTEST, _LONGEST = 4, 30  # words of a headline
_LINKED = 0.6  # of a headline's characters; a date may stand beside the link
_FEW = 3  # headlines; with fewer, a page lists nothing
_LONG = 300  # characters; a teaser is no longer
_TEASED = 0.8  # of the running text stands right below headlines


def links(page: Layout, verdicts: Sequence[str | None]) -> Links:
    """Return what the page's links say of its kind."""
    return Links(
        share=sum(p.linked for p in page.pieces)
        / sum(len(p.text) for p in page.pieces),
        headlines=sum(map(_is_headline, page.pieces)),
        only_teasers=_only_teasers(page, verdicts),
    )


def _only_teasers(page: Layout, verdicts: Sequence[str | None]) -> bool:
    """Tell whether all that is kept is teasers, each below or behind its headline."""
    above: Piece | None = None
    prose = teasers = 0
    for piece, verdict in zip(page.pieces, verdicts, strict=True):
        below = above is not None and _is_headline(above)
        if verdict is None and (
            container.is_prose(piece)
            or _is_headed(piece)
            or (below and wording.is_sentence(piece.text) and not piece.linked)
        ):
            prose += 1
            teasers += below or _is_headed(piece)
            if len(piece.text) > _LONG:
                return False
        if verdict is None or piece.linked:
            above = piece
    return teasers >= _FEW and teasers >= _TEASED * prose


def _is_headline(piece: Piece) -> bool:
    return _is_long(piece.text) and piece.density > _LINKED


def _is_headed(piece: Piece) -> bool:
    """Tell whether a piece is a linked headline and, right behind it, a sentence."""
    headline, teaser = piece.text[: piece.linked], piece.text[piece.linked :]
    return (
        teaser[:1] == " "
        and teaser[1:2].isupper()
        and _is_long(headline)
        and not wording.is_sentence(headline.rstrip("?!"))
        and len(teaser.split()) >= _SHORTEST
        and wording.is_sentence(teaser)
    )


def _is_long(name: str) -> bool:
    return _SHORTEST <= len(name.split()) <= _LONGEST
