"""From a page's markup to its blocks: what is settled, the block model, rules."""

from __future__ import annotations

import re

from index.cleaner import (
    block_model,
    bounds,
    container,
    decks,
    evidence,
    front,
    head,
    kind,
    neighbours,
    phrases,
    spared,
    tables,
    title,
    wording,
)
from index.cleaner.block_features import Evidence
from index.cleaner.pieces import HEADINGS, Piece
from index.cleaner.piecing import layout
from index.cleaner.tree import parse, walk
from index.page import Block, CleanPage, RawPage
from search.errors import BadPage

# Chances above which a piece is kept: where nothing speaks against it, where a mark or
# a link does, and where its own wording or a row of links does; measured with
# bench/clean.py.
_LIKELY, _LIKELIER, _LIKELIEST = 0.5, 0.6, 0.7
_OWN = 0.1  # enough for a correction: it is of the article's own words
# What is no article's text though it may be all there is.
_NO_TEXT = container.STRONG | {"code", "symbol"}
_WORD = re.compile(r"\w")  # a line of underscores stands between parts of a story
_LISTED = frozenset(("link", "link-list", "outside"))
_OTHERS = frozenset(("rail", "appended-article"))  # other articles


def clean(raw: RawPage) -> CleanPage:
    """Return the article of a page in HTML; cost is linear in its size.

    Raises:
        BadPage: the page has no text at all, or more than is cleaned.
    """
    soup = parse(raw.content)
    said = head.read(soup)
    page = layout(walk(soup))
    if not page.pieces:
        raise BadPage("no readable text on the page")
    bounds.check_text(sum(len(piece.text) for piece in page.pieces), len(page.pieces))
    named = next((given.title for given in raw.given if given.title), None)
    told = evidence.gather(page, said, named)
    chances = dict(zip(told.asked, block_model.chances(told).tolist(), strict=True))
    verdicts = judge(told, chances)
    headline = named or told.headline
    blocks = tuple(
        Block(
            piece.text,
            verdict is None,
            verdict or _kept_as(piece),
            round(1 - chances[number], 3) if number in chances else None,
        )
        for number, (piece, verdict) in enumerate(
            zip(page.pieces, verdicts, strict=True)
        )
    )
    return CleanPage(
        kind=kind.kind_of(said, headline, blocks, front.links(page, verdicts)),
        title=headline,
        blocks=blocks,
        head=said,
    )


def judge(told: Evidence, chances: dict[int, float]) -> list[str | None]:
    """Return for each piece the rule that removes it, None where it stays."""
    ruled = dict(zip(told.asked, told.wordings, strict=True))
    verdicts = [
        _removed_by(told, piece, ruled.get(number), chances.get(number, 0.0))
        for number, piece in enumerate(told.page.pieces)
    ]
    spared.keep(told, chances, verdicts)
    tables.keep(told, verdicts)
    decks.keep(told, verdicts)
    _drop_headline(told, verdicts)
    neighbours.judge(told, verdicts)
    _restore(told, verdicts)
    return verdicts


def _removed_by(
    told: Evidence, piece: Piece, worded: str | None, chance: float
) -> str | None:
    mark = told.rules[piece.element] or piece.rule
    if not mark and not _WORD.search(piece.text):
        return "symbol"
    against = mark or worded or _as_link(piece)
    least = _LIKELIER if against else _LIKELY
    if not mark and (worded or (against and phrases.SET_OFF.search(piece.text))):
        least = _LIKELIEST
    if phrases.CORRECTED.match(piece.text):
        least = _OWN
    if chance > least:
        return None
    if against:
        return against
    if piece.tag == "h1" and title.is_repeated(piece.text, told.headline):
        return "headline"
    return "block-model" if told.inside[piece.element] else "outside"


def _as_link(piece: Piece) -> str | None:
    bare = len(phrases.SET_OFF.sub("", piece.text))
    if piece.linked <= 0.8 * bare or piece.tag in HEADINGS:
        return None
    if len(piece.text) >= 40 and wording.is_sentence(piece.text):
        return None
    return "link-list" if piece.tag == "li" else "link"


def _kept_as(piece: Piece) -> str:
    if piece.tag in HEADINGS:
        return "subheading"
    return {"li": "list", "blockquote": "quotation"}.get(piece.tag, "body")


def _drop_headline(told: Evidence, verdicts: list[str | None]) -> None:
    """Remove the headline repeated on top of the body.

    Where the page was given another title, its own headline stays in the text.
    """
    if not told.headline:
        return
    if told.named and not title.same_words(told.named, told.headline):
        if told.place is not None:
            verdicts[told.asked[told.place]] = None
        return
    kept = [n for n, verdict in enumerate(verdicts) if verdict is None][:4]
    for number in kept:
        if title.same_words(told.page.pieces[number].text, told.headline):
            verdicts[number] = "headline"


def _restore(told: Evidence, verdicts: list[str | None]) -> None:
    """Keep what softer rules removed, where nothing else is left: running text, or
    without that what only the model doubts, without a headline whatever is in words.
    """
    if None in verdicts:
        return
    prose = [
        number
        for number, piece in enumerate(told.page.pieces)
        if verdicts[number] not in _NO_TEXT | _OTHERS and container.is_prose(piece)
    ]
    rest = [n for n, v in enumerate(verdicts) if v not in _NO_TEXT | _LISTED]
    if told.headline:
        rest = [n for n in rest if verdicts[n] == "block-model"]
    for number in prose or rest:
        verdicts[number] = None
