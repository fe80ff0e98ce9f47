"""What the hits of a page stand for where the query asked for groups."""

from __future__ import annotations

from collections.abc import Callable

from search.copies.lineage import Telling, original
from search.copies.pairs import shared
from search.copies.shingles import shingled
from search.engines.columns import Columns
from search.engines.docsets import DocSet, Ids
from search.engines.groups import KIND
from search.model import Copy, Group

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


def _group(columns: Columns, doc: int, ids: Ids, text_of: TextOf) -> Group | None:
    if len(ids) < 2:
        return None
    others = [other for other in ids[: _MOST + 1].tolist() if other != doc]
    copies = tuple(_copy(columns, doc, other, text_of) for other in others[:_MOST])
    likely = original(_tellings(columns, doc))
    return Group(KIND, len(ids), copies, likely.id, likely.why)


def _copy(columns: Columns, doc: int, other: int, text_of: TextOf) -> Copy:
    outlet = columns["source_label"].value_of(other)
    source, label = outlet if outlet else (None, None)
    percent = columns.groups.shared(doc, other)
    if percent is None:
        one, two = shingled(text_of(doc)), shingled(text_of(other))
        percent = round(100 * float(shared(one, two).of_one.mean()))
    return Copy(columns.id_of(other), source, label, percent / 100)


def _tellings(columns: Columns, doc: int) -> list[Telling]:
    """Return what tells of each article of a group whether it is the original."""
    labels = columns.groups.labels(doc)
    first = columns.first[labels.docs].tolist()
    ids = map(columns.id_of, labels.docs.tolist())
    return [*map(Telling, labels.named.tolist(), first, labels.words.tolist(), ids)]
