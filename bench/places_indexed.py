"""Places of LGL as an index has them: through a run, with and without outlets' priors.

Each article of LGL is a row with its outlet for a source; gold's places count where the
index has the article's text with the same characters, blanks aside: ``articles`` tells
of how many that is so. Of Reuters-21578, 4,000 articles of one outlet, only the cost is
told. Every tenth article comes in a second run; processor seconds are of either, of
this process and of its workers, the best of three.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.place_scores import Placed, Toponym
from bench.watching import Silent
from index.pipeline import Task, reindex
from index.stages import Stages
from index.toponyms.locate import OUTLET, Recognised, recognise
from index.toponyms.priors import Prior
from index.way import STAGES
from search.engines import open_build, open_searcher
from search.gazetteer import gazetteer
from search.model import Article, Query
from tools.place_gold import Gold, gold

LGL, REUTERS = "lgl", "reuters"
_MOST = 4_000
_TENTH = 10
_TIMES = 3


def indexed(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the figures without priors, and with them; with the weights that are
    shipped, which know LGL.
    """
    ways = {"without": replace(STAGES, recognise=_alone), "with": STAGES}
    recognise(Article(id="0" * 16, text="The ferry from Oslo to Kiel was late."))
    for name in (LGL, REUTERS):
        docs = gold(folder, (name,))[:_MOST]
        rows = [
            {way: _measured(docs, stages) for way, stages in ways.items()}
            for _ in range(_TIMES)
        ]
        for way in ways:
            measured = [row[way] for row in rows]
            best = {
                f"run_{nth}_cpu_s": round(min(m.seconds[nth - 1] for m in measured), 2)
                for nth in (1, 2)
            }
            said = {"set": f"{name}_indexed", "prior": way}
            yield {**said, **measured[0].figures, **best}


@dataclass(frozen=True, slots=True)
class _Measured:
    """The figures of an index, and the processor seconds of its runs."""

    figures: dict[str, float]
    seconds: list[float]


def _alone(article: Article, prior: Prior | None = None) -> Recognised:  # noqa: ARG001
    return recognise(article)


def _measured(docs: list[Gold], stages: Stages) -> _Measured:
    with TemporaryDirectory() as where:
        root, index = Path(where, "rows"), str(Path(where, "index"))
        root.mkdir()
        last = [doc for at, doc in enumerate(docs) if at % _TENTH == 0]
        first = [doc for at, doc in enumerate(docs) if at % _TENTH]
        seconds = []
        for name, part in (("first", first), ("last", last)):
            _write(root / f"{name}.jsonl", part)
            start = _seconds()
            reindex(open_build(index), Task(paths=(root,)), stages, Silent())
            seconds.append(_seconds() - start)
        return _Measured(_scored(_pairs(root, index, docs)), seconds)


def _scored(pairs: Iterator[tuple[Gold, Article]]) -> dict[str, float]:
    placed, articles, moved = Placed(), 0, 0
    for doc, article in pairs:
        if (found := _toponyms(doc, article)) is not None:
            articles += 1
            moved += any(place.method == OUTLET for place in article.places)
            placed.add(doc.toponyms, found, frozenset())
    figures: dict[str, float] = {"articles": articles, "placed_by_outlet": moved}
    if placed.located:
        figures["within_161_km_pct"] = round(100 * placed.within, 1)
        figures["end_to_end_f1_pct"] = round(100 * placed.end_to_end, 1)
    return figures


def _write(path: Path, docs: list[Gold]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for doc in docs:
            row = {
                "id": str(doc.record["id"]),
                "title": doc.article.title,
                "body": doc.article.text,
                "source": "Reuters" if doc.name == REUTERS else doc.record["outlet"],
            }
            file.write(json.dumps(row) + "\n")


def _pairs(root: Path, index: str, docs: list[Gold]) -> Iterator[tuple[Gold, Article]]:
    """Yield each document with its article, which knows its row."""
    by_id = {str(doc.record["id"]): doc for doc in docs}
    by_row = {
        f"{path.name}#{number}": by_id[json.loads(line)["id"]]
        for path in root.iterdir()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    }
    with closing(open_searcher(index)) as searcher:
        for hit in searcher.export(Query(kinds=())).hits:
            article = searcher.get(hit.id)
            yield by_row[str(article.path)], article


def _toponyms(doc: Gold, article: Article) -> list[Toponym] | None:
    """Return the article's places at gold's offsets, None where its text is another."""
    if "".join(doc.article.text.split()) != "".join(article.text.split()):
        return None
    at = [n for n, letter in enumerate(doc.article.text) if not letter.isspace()]
    before = list(accumulate((not c.isspace() for c in article.text), initial=0))
    found = []
    for place in article.places:
        known = gazetteer().place(place.id)
        for start, end in place.spans:
            found.append(
                Toponym(
                    at[before[start]],
                    at[before[end] - 1] + 1,
                    place.lat,
                    place.lon,
                    int(place.id) if place.id.isdecimal() else None,
                    known.country if known else None,
                )
            )
    return sorted(found, key=lambda each: each.span)


def _seconds() -> float:
    used = [
        resource.getrusage(who)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return sum(each.ru_utime + each.ru_stime for each in used)
