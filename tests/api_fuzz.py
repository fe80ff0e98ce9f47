"""The running app against its own description: ``python -m tests.api_fuzz``.

Schemathesis makes requests of the description, right ones and wrong ones, and checks
each answer: its status, media type, headers and shape, that what the description allows
is accepted, and that what it forbids is refused. No sockets are used.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.generation import GenerationMode

from search.periods import period, span
from tests.conftest import columnar
from tests.newsroom import ARTICLES, site
from web.api import openapi

SEED = 1987
_DEEPEST = 10_000  # hits


def failures(cases: int, seed: int = SEED) -> Iterator[str]:
    """Yield what is wrong, a text for each; ``cases`` are asked of each address."""
    said: dict[str, Any] = {
        "seed": seed,
        "generation": {"max-examples": cases, "database": "none"},
    }
    config = SchemathesisConfig.from_dict(said)
    with TemporaryDirectory() as folder:
        searcher = columnar(Path(folder) / "index", ARTICLES)
        schema = schemathesis.openapi.from_wsgi(
            openapi.PATH, site(searcher), config=config
        )
        schema.hook("filter_case")(_is_possible)
        for event in from_schema(schema).execute():
            yield from _failed(event)
        searcher.close()


def _is_possible(_: object, case: Any) -> bool:
    """Return whether nothing is wrong with a case but what its description says.

    No schema says that a day exists, that a page is within reach, that a cursor is one,
    that what stands between commas differs.
    """
    asked = case.query or {}
    mode = case.meta.generation.mode if case.meta else GenerationMode.POSITIVE
    if mode == GenerationMode.NEGATIVE:
        return not any(map(_is_less_than_it_seems, asked.values()))
    with suppress(TypeError, ValueError):
        depth = int(asked.get("page") or 1) * int(asked.get("per_page") or 10)
        if depth > _DEEPEST:
            return False
    ids = str(asked.get("ids", "")).split(",")
    if _is_less_than_it_seems(ids) and "ids" in asked:
        return False
    return not asked.get("cursor") and _are_days(asked)


def _is_less_than_it_seems(value: object) -> bool:
    """Return whether some of it counts as not given: blanks, and repetitions."""
    said = [str(one).strip() for one in (value if isinstance(value, list) else [value])]
    return "" in said or len({*said}) < len(said)


def _are_days(asked: dict[str, Any]) -> bool:
    try:
        ends = [period(asked[name]) for name in ("from", "to") if asked.get(name)]
        for name in ("date", "exclude_date"):
            for value in asked.get(name) or ():
                if value not in {"", "undated"}:
                    span(value)
    except (TypeError, ValueError):
        return False
    return len(ends) < 2 or ends[0][0] <= ends[1][1]


def _failed(event: Any) -> Iterator[str]:
    if isinstance(event, events.NonFatalError):
        yield f"it broke: {event.value}"
    if isinstance(event, events.FatalError):
        yield f"it broke: {event.exception}"
    if not isinstance(event, events.ScenarioFinished):
        return
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                why = re.sub(r"\s+", " ", str(check.failure_info.failure))
                yield f"{check.name}: {why} — {check.failure_info.code_sample}"


def main() -> None:
    """Print what is wrong; exit 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    found = [*failures(options.cases, options.seed)]
    for line in found or [f"no failure in {options.cases} cases an address"]:
        sys.stdout.write(f"{line}\n")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
