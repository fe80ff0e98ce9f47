"""``/metrics``: the board's sums and the processes' state, as Prometheus reads them.

Who may ask is whoever sits on this machine, or has a key where the site has keys:
:func:`is_local` says what counts as this machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import cast

from flask import Blueprint, Response, abort, current_app, request

from search.engine import Searcher
from search.errors import DatelineError
from search.model import IndexInfo
from web.hosts import is_loopback
from web.watch.board import EDGES, Board

blueprint = Blueprint("watch", __name__)

_TYPES = {
    "dateline_requests_total": ("counter", "Answers, by route and status."),
    "dateline_request_seconds": ("histogram", "From request to last byte, by route."),
    "dateline_stage_seconds": ("histogram", "Time in a stage of an answer."),
    "dateline_searches_total": ("counter", "Searches, by whether they found some."),
    "dateline_hits_total": ("counter", "Hits that searches found, together."),
    "dateline_index_opened_total": ("counter", "States of the index met by a worker."),
    "dateline_index_failures_total": ("counter", "Answers for which it was unusable."),
    "dateline_index_ready": ("gauge", "Whether the index can be asked."),
    "dateline_index_generation": ("gauge", "The state that answers."),
    "dateline_index_documents": ("gauge", "Pages of every kind in it."),
    "dateline_index_bytes": ("gauge", "Size of its files."),
    "dateline_index_built_timestamp_seconds": ("gauge", "When it was committed."),
    "dateline_workers": ("gauge", "Processes that answer."),
    "dateline_worker_resident_bytes": ("gauge", "Memory, with what is shared."),
    "dateline_worker_private_bytes": ("gauge", "Memory without mapped files."),
    "dateline_worker_descriptors": ("gauge", "Open files and connections."),
}
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Everything counted, in Prometheus' text format."""
    if not current_app.extensions["keys"] and not is_local():
        abort(404)
    board = cast("Board", current_app.extensions["board"])
    series = board.totals() | _processes(board) | _index()
    text = "\n".join((*lines(series), ""))
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def is_local() -> bool:
    """Return whether the request comes from this machine and through no proxy.

    Its peer and its Host are loopback and it has no header that a proxy adds. One that
    adds none and changes the Host cannot be told from a person at the machine.
    """
    host = request.host.rpartition(":")[0] or request.host
    return (
        is_loopback(request.remote_addr or "")
        and is_loopback(host)
        and not any(name in request.headers for name in _PASSED_ON)
    )


def lines(series: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Yield the lines of the text format for ``series``, families in order."""
    family = ""
    for name in sorted(series, key=lambda name: (name.partition("{")[0], name)):
        before, family = family, name.partition("{")[0]
        kind, meaning = _TYPES.get(family, ("untyped", ""))
        if family != before:
            yield f"# HELP {family} {meaning}"
            yield f"# TYPE {family} {kind}"
        if kind == "histogram":
            yield from _histogram(family, name.partition("{")[2], series[name])
        else:
            yield f"{name} {_number(series[name][0])}"


def _histogram(family: str, rest: str, values: Sequence[float]) -> Iterator[str]:
    labels = rest.rstrip("}")
    *counts, total = values
    sums = list(accumulate(counts))
    for edge, below in zip((*map(str, EDGES), "+Inf"), sums, strict=True):
        yield f'{family}_bucket{{{labels},le="{edge}"}} {_number(below)}'
    yield f"{family}_sum{{{labels}}} {total:.6f}"
    yield f"{family}_count{{{labels}}} {_number(sums[-1])}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _processes(board: Board) -> dict[str, tuple[float, ...]]:
    """Return memory and descriptors of each process, as the kernel has them.

    Worker 0 is the process that started the others, where there is one.
    """
    found: dict[str, tuple[float, ...]] = {}
    alive = 0
    for row, process in board.processes().items():
        place = Path(f"/proc/{process}")
        try:
            resident, shared = map(int, (place / "statm").read_text().split()[1:3])
            descriptors = len(os.listdir(place / "fd"))  # noqa: PTH208 - names only
        except OSError:  # it has just ended, or there is no /proc here
            continue
        alive += 1
        page, label = os.sysconf("SC_PAGE_SIZE"), f'{{worker="{row}"}}'
        found[f"dateline_worker_resident_bytes{label}"] = (resident * page,)
        found[f"dateline_worker_private_bytes{label}"] = ((resident - shared) * page,)
        found[f"dateline_worker_descriptors{label}"] = (descriptors,)
    return {**found, "dateline_workers": (alive,)}


def _index() -> dict[str, tuple[float, ...]]:
    """Return what the state that answers in this process is."""
    searcher = cast("Searcher", current_app.extensions["searcher"])
    try:
        info = searcher.info()
    except DatelineError:
        return {"dateline_index_ready": (0,)}
    return {"dateline_index_ready": (1,), **_facts(info)}


def _facts(info: IndexInfo) -> dict[str, tuple[float, ...]]:
    facts: dict[str, float] = {"documents": info.documents, "bytes": info.bytes}
    if info.generation.isdigit():
        facts["generation"] = int(info.generation)
    if info.built is not None:
        facts["built_timestamp_seconds"] = info.built.timestamp()
    return {f"dateline_index_{name}": (value,) for name, value in facts.items()}
