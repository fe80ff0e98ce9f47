"""Which words expand, and why: ``python -m bench.expansions ROWS.jsonl[.gz]``.

ROWS holds articles as JSON rows, of which id, title, body and date are indexed as
``dateline reindex`` does; ``--index`` keeps the index, or takes the one that is there.
Of the words that articles have in title or text, in lower case, the ``--words``
commonest are taken that the gazetteer has as a name of a place.

A line for each: how many articles the search for the word finds, the place, the share
of them that mean it, and how many more it finds with the place's other spellings; or,
where it is searched as a word only, why, and whether the place is offered. The last
line is JSON: words by reason, hits added, and how many of five words that must never
expand do not. Exits with 1 where a figure is below its floor.

Left out: phrases, words in other scripts, and whether an article found by the word
alone means the place.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from whoosh.query import Term

from bench.floors import missed
from bench.watching import Silent
from index.pipeline import Task, reindex
from index.way import STAGES
from search.engines import open_build
from search.engines.columnar.state import ColumnarState, open_state
from search.engines.deadline import Deadline
from search.engines.folder import Folder
from search.gazetteer import gazetteer, key
from search.language.analyzers import EXACT
from search.language.senses import Sense, sense_of
from search.language.terms import written

NEVER = ("nice", "reading", "turkey", "mobile", "washington")
_INDEXED = ("id", "title", "body", "date")
_LATER = 3_600.0  # seconds; no deadline cuts a count short


@dataclass(frozen=True, slots=True)
class Line:
    """What a search for ``word`` finds, and what its place adds to that."""

    word: str
    found: int
    sense: Sense | None
    added: int = 0

    @property
    def why(self) -> str:
        """Return the reason it does not expand, "expands" where it does."""
        if self.sense is None:
            return "no-place"
        return str(self.sense.doubt or "expands")


def main() -> None:
    """Print the table and the summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--words", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    rows = list(_rows(options.rows))
    with TemporaryDirectory() as folder:
        index = options.index or Path(folder, "index")
        if not index.exists():
            _index(rows, Path(folder, "rows.jsonl"), str(index), options.jobs)
        state = open_state(Folder(index), None).until(Deadline(_LATER))
        words = _words(rows)[: options.words]
        lines = [_line(word, state) for word in words]
        never = [_line(word, state) for word in NEVER]
    for line in lines:
        print(_told(line))
    figures = _figures(lines, never)
    print(json.dumps(figures))
    faults = missed({"expansions_never_kept": figures["expansions_never_kept"]})
    sys.exit("\n".join(faults) or 0)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _index(rows: list[dict[str, Any]], path: Path, index: str, jobs: int) -> None:
    """Index what of ``rows`` says nothing of places; ``path`` is where they go."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            told = {name: row[name] for name in _INDEXED if name in row}
            file.write(json.dumps(told) + "\n")
    task = Task(paths=(path,), workers=jobs)
    reindex(open_build(index), task, STAGES, Silent())


def _words(rows: list[dict[str, Any]]) -> list[str]:
    """Return the words of ``rows`` that name places, the commonest first."""
    counts: Counter[str] = Counter()
    for row in rows:
        text = f"{row.get('title') or ''}\n\n{row.get('body') or ''}"
        counts.update({token.text for token in EXACT(text)})
    order = sorted(counts, key=lambda word: (-counts[word], word))
    return [word for word in order if gazetteer().senses(key(word))]


def _line(word: str, state: ColumnarState) -> Line:
    sense = sense_of(word, state)
    found = state.match(written("text", word)).docs
    if sense is None or sense.doubt:
        return Line(word, found.count, sense)
    added = state.match(Term("named", sense.place)).docs - found
    return Line(word, found.count, sense, added.count)


def _told(line: Line) -> str:
    sense = line.sense
    if sense is None:
        return f"{line.word:14} {line.found:6} {line.why}"
    told = (
        f"{line.word:14} {line.found:6} {line.why:16} {sense.label} {sense.share:.2f}"
    )
    if sense.doubt:
        return told + (" offered" if sense.offered else "")
    return f"{told} adds {line.added}: {', '.join(sense.also)}"


def _figures(lines: list[Line], never: list[Line]) -> dict[str, Any]:
    return {
        "words": len(lines),
        "by_reason": dict(Counter(line.why for line in lines).most_common()),
        "added_hits": sum(line.added for line in lines),
        "expansions_never_kept": sum(line.why != "expands" for line in never),
        "never": {line.word: line.why for line in never},
    }


if __name__ == "__main__":
    main()
