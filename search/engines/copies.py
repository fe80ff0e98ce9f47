"""What the hits of a page stand for where the query asked for groups."""

from __future__ import annotations

from search.engines import order
from search.engines.columns import Columns
from search.engines.docsets import DocSet, Ids
from search.engines.groups import KIND
from search.engines.order import Scored
from search.model import Copy, Group, Query

_MOST = 20  # copies a hit names


def of_hits(
    query: Query, columns: Columns, found: Scored, docs: DocSet, shown: Ids
) -> tuple[Group | None, ...]:
    """Return the group of each hit ``shown`` among ``docs``, which match.

    None for a hit without copies there. Costs what the members of these groups cost.
    """
    groups = columns.groups
    members = groups.members(docs, shown)
    ordered = order.ordered(query, columns, found, members)
    return tuple(
        _group(columns, doc, ids)
        for doc, ids in zip(shown.tolist(), groups.split(ordered, shown), strict=True)
    )


def _group(columns: Columns, doc: int, ids: Ids) -> Group | None:
    if len(ids) < 2:
        return None
    others = [other for other in ids[: _MOST + 1].tolist() if other != doc]
    copies = tuple(_copy(columns, other) for other in others[:_MOST])
    return Group(KIND, len(ids), copies)


def _copy(columns: Columns, doc: int) -> Copy:
    outlet = columns["source_label"].value_of(doc)
    source, label = outlet if outlet else (None, None)
    return Copy(columns.id_of(doc), source, label, 1.0)
