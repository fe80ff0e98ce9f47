"""What the hits of a page stand for where the query asked for groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date as day

import numpy as np

from search.copies.lineage import Telling, original
from search.copies.pairs import shared
from search.copies.shingles import shingled
from search.engines.columns import Columns
from search.engines.docsets import DocSet, Ids
from search.engines.groups import KIND
from search.model import Copy, Group
from search.periods import named

TextOf = Callable[[int], str]  # the text of a document

_MOST = 20  # copies a hit names


def of_hits(
    columns: Columns,
    docs: DocSet,
    shown: Ids,
    ordered: Callable[[Ids], Ids],
    text_of: TextOf,
) -> tuple[Group | None, ...]:
    """Return the group of each hit ``shown`` among ``docs``, which match.

    None for a hit without copies there. ``ordered`` puts documents in the order asked
    for. Costs what the members of these groups cost; texts are read only of groups of
    very many different ones.
    """
    groups = columns.groups
    members = groups.members(docs, shown)
    members = ordered(members)
    return tuple(
        _group(columns, doc, ids, text_of)
        for doc, ids in zip(shown.tolist(), groups.split(members, shown), strict=True)
    )


def of_article(columns: Columns, doc: int, text_of: TextOf) -> Group | None:
    """Return the group of a document among all that live; None where it has no copies.

    The copies come by the last day they may be of, and the undated last.
    """
    (found,) = of_hits(
        columns,
        columns.live,
        np.array([doc]),
        lambda ids: _oldest_first(columns, ids),
        text_of,
    )
    return found


def _oldest_first(columns: Columns, ids: Ids) -> Ids:
    first, last = columns.first[ids], columns.last[ids]
    order: Ids = ids[np.lexsort((columns.ids[ids], first, last, first == 0))]
    return order


def _group(columns: Columns, doc: int, ids: Ids, text_of: TextOf) -> Group | None:
    if len(ids) < 2:
        return None
    others = ids[ids != doc]
    copies = tuple(
        [_copy(columns, doc, other, text_of) for other in others[:_MOST].tolist()]
    )
    likely = original(_tellings(columns, doc))
    codes = columns["source"].first(others)
    known = codes < len(columns["source"].values)
    own = columns["source"].first(np.array([doc]))
    return Group(
        KIND,
        len(ids),
        copies,
        likely.id,
        likely.why,
        outlets=len(np.setdiff1d(codes[known], own)),
        unsourced=int(np.count_nonzero(~known)),
        shared=_range(columns, doc, others, copies),
    )


def _range(
    columns: Columns, doc: int, others: Ids, copies: Sequence[Copy]
) -> tuple[float, float] | None:
    """Return the least and most that one of ``others`` has, of whom some are named."""
    kept = columns.groups.range(doc, others)
    if kept is not None:
        return kept[0] / 100, kept[1] / 100
    if len(copies) < len(others):
        return None
    found = [copy.shared for copy in copies]
    return min(found), max(found)


def _copy(columns: Columns, doc: int, other: int, text_of: TextOf) -> Copy:
    outlet = columns["source_label"].value_of(other)
    source, label = outlet if outlet else (None, None)
    percent = columns.groups.shared(doc, other)
    if percent is None:
        one, two = shingled(text_of(doc)), shingled(text_of(other))
        percent = round(100 * float(shared(one, two).of_one.mean()))
    date = _date(int(columns.first[other]), int(columns.last[other]))
    return Copy(columns.id_of(other), source, label, percent / 100, date)


def _date(first: int, last: int) -> str | None:
    return named(day.fromordinal(first), day.fromordinal(last)) if first else None


def _tellings(columns: Columns, doc: int) -> list[Telling]:
    """Return what tells of each article of a group whether it is the original."""
    labels = columns.groups.labels(doc)
    first = columns.first[labels.docs].tolist()
    last = columns.last[labels.docs].tolist()
    ids = map(columns.id_of, labels.docs.tolist())
    words = labels.words.tolist()
    return [*map(Telling, labels.named.tolist(), first, last, words, ids)]
