"""Columns of pairs: what is said of a value, and by how many documents."""

from __future__ import annotations

from search.engines.column import Column
from search.engines.docsets import DocSet


def counted(
    column: Column[tuple[str, str]], docs: DocSet
) -> list[tuple[tuple[str, str], int]]:
    """Return each pair that one of ``docs`` has, and how many have it."""
    counts = column.counts(docs)
    return [(pair, int(counts[i])) for i, pair in enumerate(column.values) if counts[i]]


def commonest(column: Column[tuple[str, str]], docs: DocSet) -> dict[str, str]:
    """Return what most of ``docs`` say of each value; the last of those that tie."""
    counts = column.counts(docs)
    order = counts.argsort(kind="stable")  # what is said of a value rises already
    known = order[counts[order].searchsorted(1) :]
    return dict(map(column.values.__getitem__, known.tolist()))
