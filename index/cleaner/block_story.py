"""What stands between the headline and a piece, as numbers: does its story go on?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from index.cleaner import container
from index.cleaner.boosted import Matrix
from index.cleaner.pieces import articles_of, sort_of

if TYPE_CHECKING:
    from index.cleaner.block_features import Evidence

_COUNTED = ("byline", "timestamp", "share", "related")
NAMES = (
    "headlines since",
    "h1 since",
    "other articles",
    *(f"{rule} since" for rule in _COUNTED),
    "body",
    "bodies",
    "in title's article",
    "articles of page",
    "headlines of page",
    "prose since headline",
    "like headline",
)


def features(told: Evidence, title: int | None) -> Matrix:
    """Return one row of ``NAMES`` for each piece; ``title`` is the headline's place."""
    page, pieces = told.page, told.pieces
    sorts = [sort_of(page, piece) for piece in pieces]
    articles = articles_of(page)
    prose = [container.is_prose(piece) for piece in pieces]
    headline = None if title is None else sorts[title]
    home = -1 if title is None else articles[pieces[title].element]
    holders = {articles[p.element] for p, is_prose in zip(pieces, prose, strict=True)
               if is_prose} - {0}  # fmt: skip
    headlines = sum(sort == headline for sort in sorts)
    since, others, seen = 0, set[int](), Counter[str]()
    bodies: dict[tuple[str, ...], list[int]] = {}
    rows = []
    for number, piece in enumerate(pieces):
        element = page.elements[piece.element]
        body = bodies.setdefault(sorts[number][3:], [])
        if prose[number]:
            others |= {articles[piece.element]} - {0, home}
            if element.parent not in body:
                body.append(element.parent)
        like = sorts[number] == headline
        if title is not None and number > title:
            seen.update(headlines=int(like), h1=int(piece.tag == "h1"))
        if like or piece.tag == "h1":
            since = 0
        rule = told.rules[piece.element] or piece.rule or told.wordings[number]
        seen[rule or ""] += 1
        at = body.index(element.parent) if element.parent in body else len(body)
        rows.append(
            [
                seen["headlines"],
                seen["h1"],
                len(others),
                *(seen[name] for name in _COUNTED),
                at,
                len(body),
                articles[piece.element] == home,
                len(holders),
                headlines,
                since,
                like,
            ]
        )
        since += len(piece.text) * prose[number]
    return np.array(rows, dtype=np.float32)
