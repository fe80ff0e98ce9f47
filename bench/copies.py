"""Measure how well copies are found, and at what cost: ``python -m bench.copies``.

Two parts, all of it invented text. *Labelled*: pairs of 16 kinds of which it is known
whether they are copies (``bench/reprints/labelled.py``), all in one index; precision,
recall and F1 of "both are in one group", by kind, and the same for each pair alone.
*Planted*: ``--articles`` articles in which wire stories were printed
(``bench/reprints/planted.py``), indexed in batches of 10,000; recall over all pairs of
prints of a story that share at least .30 of the shingles and 60 words of the shorter,
precision over all pairs that are in one group; CPU of sketches and of grouping, memory,
bytes of the index, and what a query costs with groups as a ratio to one without.
``--check`` fails where the floors are not held.

Left out: languages without spaces; pages, and so what a cleaner leaves in or takes out;
two forms that many have printed, of which one pair taken for copies joins all.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from unittest.mock import patch

from bench import floors
from bench.reprints import prose
from bench.reprints.labelled import Pair, pairs
from bench.reprints.planted import Planted, planted
from search.copies.pairs import are_close, is_copy
from search.copies.shingles import shingled
from search.engine import Searcher
from search.engines import open_build, open_searcher
from search.engines.columnar import segment_writer, writer
from search.engines.columnar.container import Container
from search.engines.columnar.grouping.regroup import regrouped
from search.engines.columnar.sketches import sketch_of
from search.model import Article, Query, Sort

_BATCH = 10_000


def main() -> None:
    """Print the figures as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=20, help="pairs of each kind")
    parser.add_argument("--articles", type=int, default=0)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    figures = _labelled(options.each, options.seed)
    print(json.dumps(figures))
    if options.articles:
        found = _planted(options.articles, options.queries, options.seed)
        print(json.dumps(found))
        figures |= found
    if options.check and (below := floors.missed(_numbers(figures))):
        sys.exit("\n".join(below))


def _numbers(figures: dict[str, object]) -> dict[str, float]:
    return {k: v for k, v in figures.items() if isinstance(v, int | float)}


# Pairs


def _labelled(each: int, seed: int) -> dict[str, object]:
    made = list(pairs(each, seed))
    with TemporaryDirectory() as folder:
        index = str(Path(folder) / "index")
        _index(index, (article for pair in made for article in (pair.one, pair.other)))
        groups = _groups(open_searcher(index))
    said = [groups[p.one.id] == groups[p.other.id] for p in made]
    judged = list(zip(made, said, strict=True))
    wrong = Counter(pair.kind for pair, yes in judged if yes != pair.copies)
    partner = {p.one.id: p.other.id for p in made}
    partner |= {other: one for one, other in partner.items()}
    met = [ids for ids in _by_group(groups).values() if len(ids) > 1]
    strangers = sum(partner[a] != b for ids in met for a, b in combinations(ids, 2))
    return {
        "pairs": len(made),
        **_scores("copies_labelled", made, said),
        **_scores("copies_alone", made, [_alone(pair) for pair in made]),
        "wrong_by_kind": dict(wrong),
        "strangers_grouped": strangers,
    }


def _alone(pair: Pair) -> bool:
    """Return what is said of a pair where there is nothing else."""
    days = [
        (a.published.first.toordinal(), a.published.last.toordinal())
        for a in (pair.one, pair.other)
        if a.published
    ]
    one, other = shingled(pair.one.text), shingled(pair.other.text)
    return are_close(days[0], days[1]) and is_copy(one, other)


def _scores(name: str, made: list[Pair], said: list[bool]) -> dict[str, object]:
    right = sum(pair.copies and yes for pair, yes in zip(made, said, strict=True))
    precision = right / max(1, sum(said))
    recall = right / max(1, sum(pair.copies for pair in made))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    values = {"precision": precision, "recall": recall, "f1": f1}
    return {f"{name}_{k}_pct": round(100 * v, 1) for k, v in values.items()}


# A collection


def _planted(number: int, queries: int, seed: int) -> dict[str, object]:
    with TemporaryDirectory() as folder:
        index = str(Path(folder) / "index")
        stories: dict[str, int | None] = {}
        texts: dict[str, str] = {}
        spent: defaultdict[str, float] = defaultdict(float)
        with _timed(spent):
            _index(index, _noted(planted(number, seed), stories, texts))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        searcher = open_searcher(index)
        sizes = _sizes(Path(index))
        return {
            "articles": number,
            **_found(_groups(searcher), stories, texts),
            "sketch_cpu_ms_an_article": round(1e3 * spent["sketch"] / number, 3),
            "group_cpu_ms_an_article": round(1e3 * spent["group"] / number, 3),
            "index_cpu_ms_an_article": round(1e3 * spent["all"] / number, 3),
            "sketch_bytes_an_article": round(sizes["k"] / number, 1),
            "group_bytes_an_article": round(sizes["groups"] / number, 1),
            "index_growth_pct": round(
                100 * (sizes["k"] + sizes["groups"]) / (sizes["all"] - sizes["k"]), 1
            ),
            "peak_rss_mb": round(peak),
            **_query_cost(searcher, queries, seed),
        }


def _noted(
    made: Iterable[Planted], stories: dict[str, int | None], texts: dict[str, str]
) -> Iterator[Article]:
    for one in made:
        stories[one.article.id] = one.story
        if one.story is not None:
            texts[one.article.id] = one.article.text
        yield one.article


def _found(
    groups: dict[str, object], stories: dict[str, int | None], texts: dict[str, str]
) -> dict[str, object]:
    prints: defaultdict[int, list[str]] = defaultdict(list)
    for id_, story in stories.items():
        if story is not None:
            prints[story].append(id_)
    wanted = met = 0
    for ids in prints.values():
        for a, b in combinations(ids, 2):
            if _shares_enough(texts[a], texts[b]):
                wanted += 1
                met += groups[a] == groups[b]
    right = said = 0
    for ids in _by_group(groups).values():
        for a, b in combinations(ids, 2):
            said += 1
            right += stories[a] is not None and stories[a] == stories[b]
    return {
        "planted_pairs": wanted,
        "grouped_pairs": said,
        "copies_planted_recall_pct": round(100 * met / max(1, wanted), 2),
        "copies_planted_precision_pct": round(100 * right / max(1, said), 2),
    }


def _shares_enough(one: str, other: str) -> bool:
    """Return whether two texts share what copies share, counted without numbers."""
    words = [text.lower().replace(".", " ").split() for text in (one, other)]
    a, b = ({tuple(w[i : i + 5]) for i in range(len(w) - 4)} for w in words)
    both = a & b
    return len(both) >= 56 and len(both) >= 0.3 * min(len(a), len(b))


def _index(index: str, articles: Iterable[Article]) -> None:
    with open_build(index, full=True) as build:
        for some in _batched(articles):
            with build.writer() as batch:
                for article in some:
                    batch.add(article)


def _batched(articles: Iterable[Article]) -> Iterator[list[Article]]:
    some: list[Article] = []
    for article in articles:
        some.append(article)
        if len(some) == _BATCH:
            yield some
            some = []
    if some:
        yield some


def _groups(searcher: Searcher) -> dict[str, object]:
    """Return a name for the group of each article: its own, where it has none."""
    state = searcher._current()  # type: ignore[attr-defined]  # noqa: SLF001
    groups = state.columns.groups
    found: dict[str, object] = {}
    for doc in state.live.ids.tolist():
        name, code = state.columns.id_of(doc), int(groups.codes[doc])
        found[name] = code if code < groups.size else name
    return found


def _by_group(groups: dict[str, object]) -> dict[object, list[str]]:
    found: defaultdict[object, list[str]] = defaultdict(list)
    for id_, group in groups.items():
        found[group].append(id_)
    return found


def _sizes(index: Path) -> Counter[str]:
    """Return the bytes of sketches, of groups, and of all segments."""
    found: Counter[str] = Counter()
    for path in index.glob("g*/*.seg"):
        container = Container.open(path)
        found["all"] += container.size
        for name in container.names:
            if name.startswith("k/"):
                found["k"] += container.array(name).nbytes
    found["groups"] = sum(path.stat().st_size for path in index.glob("g*/groups-*"))
    return found


@contextmanager
def _timed(spent: defaultdict[str, float]) -> Iterator[None]:
    """Count the CPU seconds of sketches, of grouping and of all inside the block."""

    def timed(name: str, work):  # type: ignore[no-untyped-def]  # of any function
        def run(*args):  # type: ignore[no-untyped-def]
            began = time.process_time()
            try:
                return work(*args)
            finally:
                spent[name] += time.process_time() - began

        return run

    sketch = timed("sketch", sketch_of)
    group = timed("group", regrouped)
    with (
        patch.object(segment_writer, "sketch_of", sketch),
        patch.object(writer, "regrouped", group),
    ):
        began = time.process_time()
        yield
        spent["all"] += time.process_time() - began


def _query_cost(searcher: Searcher, number: int, seed: int) -> dict[str, object]:
    """Return what queries of one and two words cost, with and without groups."""
    random = Random(seed)
    times: dict[str | None, list[float]] = {None: [], "copy": []}
    for turn in range(number):
        words = " ".join(prose.word(random) for _ in range(1 + turn % 2))
        sort = Sort.NEWEST if turn % 3 == 0 else None
        for group in (None, "copy") if turn % 2 else ("copy", None):
            query = Query(text=words, group=group, sort=sort, facets=("source", "date"))
            searcher.search(query)
            began = time.process_time()
            searcher.search(query)
            times[group].append(time.process_time() - began)
    pairs_ = zip(times["copy"], times[None], strict=True)
    return {
        "query_ms_p50": round(1e3 * median(times[None]), 2),
        "grouped_query_ms_p50": round(1e3 * median(times["copy"]), 2),
        "grouped_query_ratio_sum": round(sum(times["copy"]) / sum(times[None]), 3),
        "grouped_query_ratio_p50": round(median(a / b for a, b in pairs_), 3),
    }


if __name__ == "__main__":
    main()
