"""From a page's markup to its blocks: the container, then rule by rule."""

from __future__ import annotations

from index.cleaner import (
    bounds,
    container,
    front,
    head,
    kind,
    marks,
    neighbours,
    phrases,
    title,
    wording,
)
from index.cleaner.pieces import HEADINGS, Layout, Piece, layout
from index.cleaner.tree import parse, walk
from index.page import Block, CleanPage, RawPage
from search.errors import BadPage

_LEAST = 200  # characters of prose; with less, softer marks are doubted
_STORY = 1_000  # characters of prose; with less, a menu or a hidden box is just that
# What to believe instead, and how much prose must come of it.
_DOUBTS = ((container.STRONG, 0), (container.STRONG - {"navigation"}, _STORY))
# Marks that sites also put on paragraphs: a paywall's fold, a post's wrapper.
_SOFT = frozenset(("paywall", "meta", "timestamp", "tags", "print-only"))
# What is no article's text though it may be all there is.
_NO_TEXT = container.STRONG | {"code", "symbol"}
_LISTED = frozenset(("link", "link-list", "outside"))


def clean(raw: RawPage) -> CleanPage:
    """Return the article of a page in HTML; cost is linear in its size.

    Raises:
        BadPage: the page has no text at all.
    """
    soup = parse(raw.content)
    said = head.read(soup)
    page = layout(walk(soup))
    if not page.pieces:
        raise BadPage("no readable text on the page")
    bounds.check_text(sum(len(piece.text) for piece in page.pieces), len(page.pieces))
    rules, inside = _containers(page)
    named = next((given.title for given in raw.given if given.title), None)
    headline = named or title.headline(
        said,
        [piece.text for piece in page.pieces if container.is_prose(piece)],
        _headings_above(page, rules, inside),
    )
    verdicts = _decide(page, headline, rules, inside)
    blocks = tuple(
        Block(piece.text, verdict is None, verdict or _kept_as(piece))
        for piece, verdict in zip(page.pieces, verdicts, strict=True)
    )
    return CleanPage(
        kind=kind.kind_of(said, headline, blocks, front.links(page, verdicts)),
        title=headline,
        blocks=blocks,
        head=said,
    )


def _decide(
    page: Layout, headline: str | None, rules: list[str | None], inside: list[bool]
) -> list[str | None]:
    """Return for each piece the rule that removes it, None where it stays."""
    verdicts = [
        _removed_by(piece, rules[piece.element], headline, inside=inside[piece.element])
        for piece in page.pieces
    ]
    _repair_deck(page, verdicts)
    _drop_headline(page, headline, verdicts)
    neighbours.judge(page, verdicts)
    _restore(page, headline, verdicts)
    return verdicts


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


def _removed_by(
    piece: Piece, rule: str | None, headline: str | None, *, inside: bool
) -> str | None:
    mark = rule or piece.rule
    if mark and not (mark in _SOFT and inside and _is_report(piece)):
        return mark
    if not inside:
        return "outside"
    if piece.tag == "h1" and title.is_repeated(piece.text, headline):
        return "headline"
    said = wording.rule_of(piece.text)
    if said:
        return said
    if _is_link(piece):
        return "link-list" if piece.tag == "li" else "link"
    if not any(map(str.isalnum, piece.text)):
        return "symbol"
    return None


def _is_report(piece: Piece) -> bool:
    """Tell whether a piece is so plainly running text that a soft mark must err."""
    return len(piece.text) > 150 and piece.density < 0.3 and container.is_prose(piece)


def _is_link(piece: Piece) -> bool:
    bare = len(phrases.SET_OFF.sub("", piece.text))
    if piece.linked <= 0.8 * bare or piece.tag in HEADINGS:
        return False
    return len(piece.text) < 40 or not wording.is_sentence(piece.text)


def _kept_as(piece: Piece) -> str:
    if piece.tag in HEADINGS:
        return "subheading"
    return {"li": "list", "blockquote": "quotation"}.get(piece.tag, "body")


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


def _repair_deck(page: Layout, verdicts: list[str | None]) -> None:
    """Keep the deck between the headline and the body, outside the container."""
    first = next((n for n, verdict in enumerate(verdicts) if verdict is None), None)
    if first is None:
        return
    for number in range(max(0, first - 25), first):
        piece = page.pieces[number]
        element = page.elements[piece.element]
        parent = page.elements[max(0, element.parent)]
        if (
            verdicts[number] == "outside"
            and 30 < len(piece.text) < 500
            and piece.density < 0.3
            and (marks.is_deck(element.label) or marks.is_deck(parent.label))
            and wording.rule_of(piece.text) is None
        ):
            verdicts[number] = None


def _drop_headline(
    page: Layout, headline: str | None, verdicts: list[str | None]
) -> None:
    """Remove the headline repeated on top of the body."""
    if not headline:
        return
    kept = [n for n, verdict in enumerate(verdicts) if verdict is None][:4]
    for number in kept:
        if title.same_words(page.pieces[number].text, headline):
            verdicts[number] = "headline"


def _restore(page: Layout, headline: str | None, verdicts: list[str | None]) -> None:
    """Keep what softer rules removed, where nothing else is left: running text, or
    without that and without a headline, whatever is in words.
    """
    if None in verdicts:
        return
    prose = [
        number
        for number, piece in enumerate(page.pieces)
        if verdicts[number] not in _NO_TEXT and container.is_prose(piece)
    ]
    rest = [n for n, v in enumerate(verdicts) if v not in _NO_TEXT | _LISTED]
    for number in prose or ([] if headline else rest):
        verdicts[number] = None
