"""Where the time of one answer of Dateline's goes, by stage."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib import import_module
from statistics import fmean
from typing import Any
from unittest.mock import patch

from bench.engines.asks import Ask
from bench.engines.peer import Opened

# A stage is the time inside these functions; what is left of an answer is matching,
# filtering and ordering.
STAGES = {
    "parse": ("search.engines.answering", "read"),
    "facets": ("search.engines.answering", "_facets"),
    "hits and snippets": ("search.engines.hits", "of_page"),
}
REST = "match, filter, order"


def stages(
    engine: Opened, classes: Mapping[str, list[Ask]]
) -> dict[str, dict[str, float]]:
    """Return by class the mean CPU milliseconds of each stage of a whole answer."""
    found: dict[str, dict[str, float]] = {}
    spent: Counter[str] = Counter()
    with _watched(spent):
        for kind, asks in classes.items():
            taken: list[dict[str, float]] = []
            for ask in asks:
                spent.clear()
                begun = time.thread_time()
                engine.full(ask)
                whole = time.thread_time() - begun
                parts = {name: spent[name] for name in STAGES}
                taken.append({**parts, REST: whole - sum(parts.values())})
            if taken:
                found[kind] = {
                    name: fmean(parts[name] for parts in taken) * 1000
                    for name in (*STAGES, REST)
                }
    return found


@contextmanager
def _watched(spent: Counter[str]) -> Iterator[None]:
    """Count the time of the stages into ``spent`` for as long as this lasts."""
    with ExitStack() as stack:
        for name, (module, function) in STAGES.items():
            found = getattr(import_module(module), function)
            watched = _timed(found, name, spent)
            stack.enter_context(patch(f"{module}.{function}", watched))
        yield


def _timed(
    function: Callable[..., Any], name: str, spent: Counter[str]
) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        begun = time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            # A counter of seconds: its values are floats.
            spent[name] += time.thread_time() - begun  # type: ignore[assignment]

    return timed
