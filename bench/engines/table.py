"""The figures as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def table(head: Sequence[str], lines: Iterable[Sequence[Any]]) -> str:
    """Return a table, its first column to the left and all others to the right."""
    cells = [list(head), *([_cell(value) for value in line] for line in lines)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    aligned = (
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in cells
    )
    return "\n".join(line.rstrip() for line in aligned)


def times(figures: Mapping[str, Any], engines: Sequence[str]) -> str:
    """Return CPU ms and ratios of medians to tantivy by class, and overall ratios."""
    ratios = {n: figures["ratios"][n] for n in engines if n in figures["ratios"]}
    head = ["CPU ms, p50/p95/p99", "queries", "hits", *engines]
    head += [f"{name} : tantivy" for name in ratios]
    lines = [
        [
            kind,
            max(spread["number"] for spread in each.values()),
            figures["hits"].get(kind),
            *(_spread(each.get(name)) for name in engines),
            *(found["p50"].get(kind) for found in ratios.values()),
        ]
        for kind, each in figures["classes"].items()
        if each
    ]
    for name in ("geometric_p50", "geometric_mean") if ratios else ():
        overall = [found[name] for found in ratios.values()]
        said = "of medians" if name == "geometric_p50" else "of means"
        lines.append([f"geometric mean {said}", *[""] * (2 + len(engines)), *overall])
    return table(head, lines)


def columns(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """Return one line a figure and one column for each of the engines."""
    names = dict.fromkeys(name for each in figures.values() for name in each)
    lines = [[name, *(each.get(name) for each in figures.values())] for name in names]
    return table(["", *figures], lines)


def _spread(spread: Mapping[str, float] | None) -> str:
    if spread is None:
        return ""
    return " / ".join(_cell(spread[name]) for name in ("p50", "p95", "p99"))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    return (
        f"{value:.0f}"
        if value >= 100
        else f"{value:.3g}"
        if value >= 1
        else f"{value:.2f}"
    )
