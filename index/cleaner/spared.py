"""What the block model doubts by itself, and what it stands among bears out.

Each function keeps more of the pieces; both are linear in their number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import fmean

from index.cleaner import container, wording
from index.cleaner.block_features import Evidence
from index.cleaner.pieces import Layout, Piece

Verdicts = list[str | None]

_SENTENCE = 0.25  # a chance that is enough for a sentence that goes on where it stands
_LISTED = 0.5  # a mean chance that is enough for a list, and for one inside the text
_ENCLOSED = 0.35
_BOTH = 2  # sides
_BESIDE = 0.4  # a chance that is enough among paragraphs
_PARAGRAPHS = 2  # of running text that are kept; fewer make no body
_LEARNED = "en"
_LINKED = 0.25  # of its characters; more is a teaser
_LINE_LINKED = 0.5  # of those of a line among paragraphs
_OPEN = frozenset((None, "block-model", "outside", "link-list"))
_ITEMS = frozenset(("li", "td", "th", "dt", "dd"))
_LISTS = frozenset(("ul", "ol", "dl", "table"))


def keep(told: Evidence, chances: dict[int, float], verdicts: Verdicts) -> None:
    """Keep lists as a whole, and what goes on where kept text stands."""
    _lists(told, chances, verdicts)
    _sentences(told, chances, verdicts)
    _among_paragraphs(told, chances, verdicts)


def _lists(told: Evidence, chances: dict[int, float], verdicts: Verdicts) -> None:
    """Keep lists and tables whose items are likely enough together."""
    items: dict[int, list[int]] = defaultdict(list)
    for at, (number, piece) in enumerate(zip(told.asked, told.pieces, strict=True)):
        if piece.tag in _ITEMS and verdicts[number] in _OPEN:
            items[_list_of(told.page, piece)].append(at)
    items.pop(0, None)
    for places in items.values():
        first, last = places[0], places[-1]
        numbers = [told.asked[at] for at in places]
        around = *told.asked[first - 1 : first], *told.asked[last + 1 : last + 2]
        kept = [number for number in around if verdicts[number] is None]
        least = _ENCLOSED if len(kept) == _BOTH else _LISTED
        if fmean(chances[number] for number in numbers) > least:
            for number in numbers:
                verdicts[number] = None


def _list_of(page: Layout, piece: Piece) -> int:
    """Return the innermost list or table that holds a piece, 0 for none."""
    index = piece.element
    while index > 0 and page.elements[index].name not in _LISTS:
        index = page.elements[index].parent
    return index


def _sentences(told: Evidence, chances: dict[int, float], verdicts: Verdicts) -> None:
    """Keep a plain sentence right below kept text of its tag, in the same box.

    What stands in other boxes between the two says nothing. On a page in a language
    that the model has not learned a sentence needs no company.
    """
    page, last = told.page, dict[int, str | None]()
    is_foreign = not (told.head.lang or _LEARNED).lower().startswith(_LEARNED)
    for number, piece in zip(told.asked, told.pieces, strict=True):
        box = page.elements[piece.element].parent
        if (
            verdicts[number] == "block-model"
            and chances[number] > _SENTENCE
            and (is_foreign or last.get(box) == piece.tag)
            and piece.density < _LINKED
            and wording.is_sentence(piece.text)
        ):
            verdicts[number] = None
        last[box] = piece.tag if verdicts[number] is None else None


def _among_paragraphs(
    told: Evidence, chances: dict[int, float], verdicts: Verdicts
) -> None:
    """Keep what is fairly likely in the box and of the tag of kept running text."""
    boxes = [told.page.elements[piece.element].parent for piece in told.pieces]
    asked = list(zip(told.asked, told.pieces, boxes, strict=True))
    paragraphs = Counter(
        (box, piece.tag)
        for number, piece, box in asked
        if verdicts[number] is None and container.is_prose(piece)
    )
    for number, piece, box in asked:
        if (
            verdicts[number] == "block-model"
            and chances[number] > _BESIDE
            and piece.density < _LINE_LINKED
            and paragraphs[box, piece.tag] >= _PARAGRAPHS
        ):
            verdicts[number] = None
