"""What is known of a page before its pieces are judged: containers, headline, marks."""

from __future__ import annotations

from collections.abc import Sequence

from index.cleaner import container, headlines, marks, title, wording
from index.cleaner.block_features import Evidence
from index.cleaner.pieces import Layout, Piece
from index.page import Head

_LEAST = 200  # characters of prose; with less, softer marks are doubted
_STORY = 1_000  # characters of prose; with less, a menu or a hidden box is just that
# What to believe instead, and how much prose must come of it.
_DOUBTS = ((container.STRONG, 0), (container.STRONG - {"navigation"}, _STORY))
# Marks that settle what becomes of a piece; of the others, the model has its say.
_SETTLED = container.STRONG | {
    "form",
    "control",
    "cookie-notice",
    "gallery-control",
    "print-only",
}
_LONGEST = 400  # characters of a headline
_MOST = 4_000  # pieces put in question; the largest of 900 news pages has 1,900


def gather(page: Layout, said: Head, named: str | None) -> Evidence:
    """Return what is known of ``page``; ``named`` is its title, where one was given."""
    rules, inside = _containers(page)
    prose = [piece.text for piece in page.pieces if container.is_prose(piece)]
    headline = headlines.headline(said, prose, _headings_above(page, rules, inside))
    asked = [
        number
        for number, piece in enumerate(page.pieces)
        if (rules[piece.element] or piece.rule) not in _SETTLED
    ][:_MOST]
    pieces = [page.pieces[number] for number in asked]
    return Evidence(
        page=page,
        head=said,
        headline=headline,
        named=named,
        rules=rules,
        inside=inside,
        asked=asked,
        pieces=pieces,
        wordings=[wording.rule_of(piece.text) for piece in pieces],
        place=_place_of(headline, pieces),
    )


def _place_of(headline: str | None, pieces: Sequence[Piece]) -> int | None:
    for number, piece in enumerate(pieces):
        if len(piece.text) < _LONGEST and title.same_words(piece.text, headline or ""):
            return number
    return next((n for n, piece in enumerate(pieces) if piece.tag == "h1"), None)


def _containers(page: Layout) -> tuple[list[str | None], list[bool]]:
    """Return each element's rule and whether it is in the article.

    Where that leaves next to nothing, softer marks are doubted, then menus that hold
    a story; where most of the article is hidden, as behind a paywall's fold or until a
    script has run, what is hidden counts.
    """
    rules = container.effective(page)
    inside = container.choose(page, rules)
    prose = _prose_in(page, rules, inside)
    for trusted, least in _DOUBTS if prose < _LEAST else ():
        softer = container.effective(page, trusted=trusted)
        wider = container.choose(page, softer)
        if _prose_in(page, softer, wider) > max(2 * prose, least):
            return softer, wider
    if prose >= _hidden_prose(page, rules):
        return rules, inside
    shown = container.effective(page, doubted={"hidden"})
    whole = container.choose(page, shown)
    if _prose_in(page, shown, whole) > max(2 * prose, 0 if prose else _STORY):
        both = [a and b for a, b in zip(inside, whole, strict=True)]
        if _prose_in(page, rules, both) >= prose / 2:
            return shown, whole
    return rules, inside


def _headings_above(
    page: Layout, rules: list[str | None], inside: list[bool]
) -> list[str]:
    """Return the second-level headings above the story, the nearest first."""
    found: list[str] = []
    for piece in page.pieces:
        if rules[piece.element] or piece.rule or wording.rule_of(piece.text):
            continue
        if inside[piece.element] and container.is_prose(piece):
            return found[::-1]
        label = page.elements[piece.element].label
        if piece.tag == "h2" and not piece.linked and not marks.is_deck(label):
            found.append(piece.text)
    return []


def _prose_in(page: Layout, rules: list[str | None], inside: list[bool]) -> int:
    return sum(
        len(piece.text)
        for piece in page.pieces
        if inside[piece.element]
        and not rules[piece.element]
        and container.is_prose(piece)
    )


def _hidden_prose(page: Layout, rules: list[str | None]) -> int:
    return sum(
        len(piece.text)
        for piece in page.pieces
        if rules[piece.element] == "hidden" and container.is_prose(piece)
    )
