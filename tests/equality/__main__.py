"""Hunt for queries the indexes do not agree about: ``python -m tests.equality``.

Prints one JSON line a corpus and number of segments, with the seed that repeats it;
exits with 1 where a query was answered otherwise. Articles of $DATELINE_DATA, a folder
of saved pages, are asked about as well where it is set.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.equality import corpora
from tests.equality.asking import Asker
from tests.equality.corpora import Corpus
from tests.equality.judging import Judge

PARTS = (1, 3, 10)

_RARE = 10  # one query in so many is none of the language's
_SHARES = {
    "small": 0.3, "newspaper": 0.25, "uneven": 0.2, "zipf": 0.1, "sample": 0.1,
    "long": 0.05,
}  # fmt: skip


def main() -> None:
    """Ask as many queries as are asked for, a share about each corpus."""
    parser = argparse.ArgumentParser(prog="tests.equality", description=__doc__)
    parser.add_argument("corpora", nargs="*", help=", ".join([*_SHARES, "saved"]))
    parser.add_argument("--queries", type=int, default=6_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    asked = parser.parse_args()
    faults = 0
    for name, make in _makers().items():
        if asked.corpora and name not in asked.corpora:
            continue
        number = round(asked.queries * _SHARES.get(name, 0.1) / len(PARTS))
        for parts in PARTS:
            faults += _hunt(name, make, parts, number, asked.seed)
    sys.exit(1 if faults else 0)


def _makers() -> dict[str, Callable[[Random], Corpus]]:
    found: dict[str, Callable[[Random], Corpus]] = {
        "small": lambda random: corpora.small(random, 40),
        "newspaper": lambda random: corpora.newspaper(random, 60),
        "uneven": lambda random: corpora.uneven(random, 2_000),
        "zipf": lambda random: corpora.zipf(random, 3_000),
        "sample": corpora.bundled,
        "long": lambda random: corpora.long(random, 12),
    }
    data = os.environ.get("DATELINE_DATA")
    if data:
        found["saved"] = lambda random: corpora.saved(random, Path(data))
    return found


def _hunt(
    name: str, make: Callable[[Random], Corpus], parts: int, number: int, seed: int
) -> int:
    """Ask about one corpus; print what came of it and return how many faults."""
    random = Random(f"{seed} {name} {parts}")
    cut, failed, asked = 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(make(random), parts, Path(folder))
        asker = Asker(random, judge.corpus.schema, judge.words())
        while asked < number:
            tree = asker.tree() if random.randrange(_RARE) else asker.rare()
            if judge.is_cut(tree):
                cut += 1
                continue
            asked += 1
            for fault in judge.faults(tree):
                failed += 1
                sys.stderr.write(f"{tree!r}\n    {fault}\n")
    figures = {
        "corpus": name,
        "documents": len(judge.corpus.documents),
        "deleted": len(judge.corpus.deleted),
        "segments": parts,
        "queries": asked,
        "over_budget": cut,
        "faults": failed,
        "seed": seed,
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    return failed


if __name__ == "__main__":
    main()
