"""What the hits of a page stand for where the query asked for groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date as day
from functools import lru_cache
from itertools import repeat

import numpy as np

from search.copies.lineage import Original, Telling, original
from search.copies.pairs import shared
from search.copies.percent import percent
from search.copies.shingles import shingled
from search.engines.columns import Columns
from search.engines.docsets import DocSet, Ids
from search.engines.groups import KIND
from search.model import Copy, Group
from search.periods import value_of

TextOf = Callable[[int], str]  # the text of a document

_MOST = 20  # copies a hit names
_KNOWN = 10_000  # groups of which the original is remembered


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
    listed = ids.tolist()
    own = listed.index(doc)
    others = [*listed[:own], *listed[own + 1 :]]
    named = others[:_MOST]
    percents = columns.groups.shared(doc, ids)
    if percents is None:
        percents = _worked_out(doc, named, text_of)
    else:
        del percents[own]
    likely = _original(columns, doc)
    sources = columns["source"]
    codes = sources.first(ids).tolist()
    unknown = len(sources.values)
    source = codes.pop(own)
    return Group(
        KIND,
        len(ids),
        tuple(map(_copy, repeat(columns), named, percents)),
        likely.id if likely else None,
        likely.why if likely else (),
        outlets=len({*codes} - {source, unknown}),
        unsourced=codes.count(unknown),
        # Of a group of very many texts, only those named are compared with it.
        shared=(min(percents) / 100, max(percents) / 100)
        if len(percents) == len(others)
        else None,
    )


def _worked_out(doc: int, others: Sequence[int], text_of: TextOf) -> list[int]:
    """Return what percentage of the text of ``doc`` each of ``others`` has."""
    own = shingled(text_of(doc))
    found = [shared(own, shingled(text_of(other))).of_one for other in others]
    return [percent(int(kept.sum()), len(kept)) for kept in found]


def _copy(columns: Columns, doc: int, percent: int) -> Copy:
    outlet = columns["source_label"].value_of(doc)
    source, label = outlet if outlet else (None, None)
    date = _date(int(columns.first[doc]), int(columns.last[doc]))
    return Copy(columns.id_of(doc), source, label, percent / 100, date)


@lru_cache(10_000)
def _date(first: int, last: int) -> str | None:
    return value_of(day.fromordinal(first), day.fromordinal(last)) if first else None


def _original(columns: Columns, doc: int) -> Original | None:
    """Return the likely original of the group of a document, worked out once."""
    code = int(columns.groups.codes[doc])
    known = columns.groups.originals
    if code not in known:
        if len(known) >= _KNOWN:
            known.clear()
        known[code] = original(_tellings(columns, doc))
    return known[code]


def _tellings(columns: Columns, doc: int) -> list[Telling]:
    """Return what tells of each article of a group whether it is the original."""
    labels = columns.groups.labels(doc)
    first = columns.first[labels.docs].tolist()
    last = columns.last[labels.docs].tolist()
    ids = map(columns.id_of, labels.docs.tolist())
    words = labels.words.tolist()
    return [*map(Telling, labels.named.tolist(), first, last, words, ids)]
