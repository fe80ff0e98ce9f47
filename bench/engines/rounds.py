"""Asks several engines the same queries in turns, and compares what they say."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import fmean, geometric_mean, median, quantiles
from typing import Any

from bench.engines.asks import Ask
from bench.engines.peer import Answer, Opened

WARM_UP = 3  # asks of each class that come first and are not counted


@dataclass(slots=True)
class Timed:
    """CPU seconds by class and engine, and what the engines did not agree on.

    ``totals`` are those of the first engine. ``disagreements`` maps a class and
    engine to asks whose total, or listed sources, differ from the first engine's.
    """

    spent: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    totals: dict[str, list[int]] = field(default_factory=dict)
    disagreements: dict[str, dict[str, list[str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spread:
    """CPU milliseconds of a class."""

    number: int
    p50: float
    p95: float
    p99: float
    mean: float

    @classmethod
    def of(cls, seconds: list[float]) -> Spread:
        """Return the spread of what was measured, one value at the least."""
        ms = [value * 1000 for value in seconds]
        cuts = quantiles(ms, n=100, method="inclusive") if len(ms) > 1 else ms * 99
        return cls(len(ms), median(ms), cuts[94], cuts[98], fmean(ms))


def full(
    engines: Mapping[str, Opened],
    classes: Mapping[str, list[Ask]],
    rounds: Mapping[str, int | None],
) -> Timed:
    """Time whole answers; ``rounds`` bounds the asks of a class by engine."""
    timed = Timed()

    def said(name: str, kind: str, ask: Ask, answer: Answer, first: Answer) -> None:
        if answer is first:
            timed.totals.setdefault(kind, []).append(answer.total)
        elif difference := _difference(first, answer):
            here = timed.disagreements.setdefault(kind, {}).setdefault(name, [])
            here.append(
                f"{' '.join(ask.words) or ask.source or ask.page}: {difference}"
            )

    asking = {name: engine.full for name, engine in engines.items()}
    timed.spent = _in_turns(asking, classes, rounds, said)
    return timed


def top(
    engines: Mapping[str, Opened],
    classes: Mapping[str, list[Ask]],
    rounds: Mapping[str, int | None],
) -> Timed:
    """Time the ten hits alone."""
    asking = {name: engine.top for name, engine in engines.items()}
    return Timed(_in_turns(asking, classes, rounds, lambda *_: None))


def ratios(
    spent: Mapping[str, Mapping[str, list[float]]], name: str, to: str
) -> tuple[dict[str, float], dict[str, float]]:
    """Return by class how often longer ``name`` takes: of medians, and of means.

    Where one was asked less, only what both were asked counts.
    """
    medians, means = {}, {}
    for kind, engines in spent.items():
        if engines.get(name) and engines.get(to):
            number = min(len(engines[name]), len(engines[to]))
            ours, theirs = engines[name][:number], engines[to][:number]
            medians[kind] = median(ours) / median(theirs)
            means[kind] = fmean(ours) / fmean(theirs)
    return medians, means


def overall(found: Mapping[str, float]) -> float | None:
    """Return the geometric mean over the classes."""
    return geometric_mean(found.values()) if found else None


def _in_turns(
    asking: Mapping[str, Callable[[Ask], Any]],
    classes: Mapping[str, list[Ask]],
    rounds: Mapping[str, int | None],
    said: Callable[[str, str, Ask, Any, Any], None],
) -> dict[str, dict[str, list[float]]]:
    """Ask query by query: classes take turns, and in each the engines, rotated."""
    spent: dict[str, dict[str, list[float]]] = {kind: {} for kind in classes}
    # What is known before the first query is no garbage of the engines'.
    gc.collect()
    gc.freeze()
    names = list(asking)
    for turn in range(max(map(len, classes.values()), default=0)):
        order = names[turn % len(names) :] + names[: turn % len(names)]
        counted = turn - WARM_UP
        for kind, asks in classes.items():
            if turn >= len(asks):
                continue
            answers = {}
            for name in order:
                most = rounds.get(name)
                if most is not None and counted >= most:
                    continue
                begun = time.process_time()
                answers[name] = asking[name](asks[turn])
                took = time.process_time() - begun
                if counted >= 0:
                    spent[kind].setdefault(name, []).append(took)
            for name in names if counted >= 0 else ():
                if name in answers:
                    said(name, kind, asks[turn], answers[name], answers[names[0]])
    gc.unfreeze()
    return spent


def _difference(first: Answer, other: Answer) -> str:
    """Return how ``other`` differs in its total or in counts of listed sources."""
    if first.total != other.total:
        return f"{other.total} for {first.total}"
    both = first.sources.keys() & other.sources.keys()
    wrong = sorted(s for s in both if first.sources[s] != other.sources[s])
    return f"counts of {', '.join(wrong)}" if wrong else ""
