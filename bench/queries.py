"""Measure indexing and search: ``python -m bench.queries ROWS.jsonl[.gz]``.

ROWS holds articles as JSON rows: id, title, body or text, date, source, agency, places
(taken as ids as they are), lang. They become articles without cleaning and without
recognition of places, in batches of ``--batch``; their index is made in a temporary
folder, or in ``--index`` where it is kept. Queries are made from the index's own words,
by how many articles have them, with a fixed seed; each class asks ``--queries`` of
them, one class after the other in turns, after one round that is not counted. A query
asks for ten hits with snippets, three facets and the total.

One JSON line: CPU seconds and articles a second of indexing, bytes, CPU ms of opening,
then for each class p50 and p95 in CPU ms and the median number of hits. Left out:
HTTP, cold caches, several threads, and the memory of it all.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from search.engine import Searcher
from search.engines import open_build, open_searcher
from search.language.analyzers import EXACT
from search.model import Agency, Article, Place, Published, Query, Scope, Source
from search.periods import period

SEED = 1987
FACETS = ("source", "date", "place")
# Shares of all articles that have the word, from and to.
BANDS = {
    "rare": (0.0, 0.0005),
    "mid": (0.005, 0.02),
    "common": (0.08, 0.25),
    "very_common": (0.4, 1.0),
}


def main() -> None:
    """Print the figures as one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--batch", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--limit", type=int, help="read so many rows only")
    options = parser.parse_args()
    articles = list(islice(_articles(options.rows), options.limit))
    with TemporaryDirectory() as folder:
        locator = str(options.index or Path(folder) / "index")
        figures = _index(locator, articles, options.batch)
        begun = time.process_time()
        searcher = open_searcher(locator)
        figures["open_cpu_ms"] = _ms(time.process_time() - begun)
        figures["index_bytes"] = searcher.search(Query()).index.bytes
        figures["classes"] = _ask(searcher, _classes(articles, options.queries))
        searcher.close()
    print(json.dumps(figures))


def _index(locator: str, articles: list[Article], batch: int) -> dict[str, Any]:
    begun = time.process_time()
    with open_build(locator, full=True) as build:
        for start in range(0, len(articles), batch):
            with build.writer() as writer:
                for article in articles[start : start + batch]:
                    writer.add(article)
    spent = time.process_time() - begun
    return {
        "articles": len(articles),
        "text_bytes": sum(len(article.text.encode()) for article in articles),
        "index_cpu_s": round(spent, 2),
        "articles_per_cpu_s": round(len(articles) / spent, 1),
    }


def _ask(searcher: Searcher, classes: dict[str, list[Query]]) -> dict[str, Any]:
    """Return the figures of each class; classes take turns, query by query."""
    spent: dict[str, list[float]] = {name: [] for name in classes}
    hits: dict[str, list[int]] = {name: [] for name in classes}
    for counted in (False, True):
        for turn in range(max(map(len, classes.values()))):
            for name, queries in classes.items():
                begun = time.process_time()
                result = searcher.search(queries[turn % len(queries)])
                if counted:
                    spent[name].append(time.process_time() - begun)
                    hits[name].append(result.total)
    return {
        name: {
            "p50_cpu_ms": _ms(median(spent[name])),
            "p95_cpu_ms": _ms(quantiles(spent[name], n=20)[-1]),
            "hits": median(hits[name]),
        }
        for name in classes
    }


def _classes(articles: list[Article], number: int) -> dict[str, list[Query]]:
    chance = random.Random(SEED)
    words = _words(articles)
    bands = {
        name: [w for w, n in words if low * len(articles) < n <= high * len(articles)]
        for name, (low, high) in BANDS.items()
    }
    texts = [article.text.split() for article in articles if article.text]
    dated = [a.published.value for a in articles if a.published]
    sources = [a.source.value for a in articles if a.source]

    def some(band: str) -> str:
        return chance.choice(bands[band] or [word for word, _ in words])

    def phrase() -> str:
        found = chance.choice(texts)
        start = chance.randrange(max(1, len(found) - 1))
        return '"' + " ".join(found[start : start + 2]).replace('"', "") + '"'

    def word(band: str) -> Query:
        return replace(plain, text=some(band))

    plain = Query(facets=FACETS)
    makers: dict[str, Callable[[], Query]] = {
        **{band: partial(word, band) for band in BANDS},
        "and2": lambda: replace(plain, text=f"{some('common')} {some('common')}"),
        "or3": lambda: replace(
            plain, text=" OR ".join(some(b) for b in ("mid", "mid", "common"))
        ),
        "title": lambda: replace(plain, text=some("mid"), scope=Scope.TITLE),
        "phrase": lambda: replace(plain, text=phrase()),
        "prefix": lambda: replace(plain, text=some("mid")[:4] + "*"),
        "source_and_word": lambda: replace(
            plain, text=some("common"), sources=(chance.choice(sources or ["none"]),)
        ),
        "date_and_word": lambda: replace(
            plain, text=some("common"), dates=(chance.choice(dated or ["2000"]),)
        ),
        "all": lambda: plain,
        "source": lambda: replace(plain, sources=(chance.choice(sources or ["none"]),)),
    }
    return {name: [make() for _ in range(number)] for name, make in makers.items()}


def _words(articles: list[Article]) -> list[tuple[str, int]]:
    """Return plain words and how many articles have them, in order of the word."""
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update({t.text for t in EXACT(article.text)})
    return sorted((w, n) for w, n in counts.items() if len(w) > 3 and w.isalpha())


def _articles(path: Path) -> Iterator[Article]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            yield _article(json.loads(row))


def _article(row: dict[str, Any]) -> Article:
    source, places = row.get("source"), row.get("places") or ()
    return Article(
        id=str(row["id"]),
        title=row.get("title") or None,
        text=row.get("body") or row.get("text") or "",
        source=Source(source.lower().replace(" ", "-"), source, "row")
        if source
        else None,
        agency=Agency(row["agency"], "row") if row.get("agency") else None,
        published=_published(row.get("date")),
        lang=row.get("lang"),
        places=tuple(
            Place(str(p), str(p), (str(p),), as_written=(str(p),)) for p in places
        ),
    )


def _published(value: str | None) -> Published | None:
    try:
        period(value or "")
    except ValueError:
        return None
    return Published(value or "", "row")


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)


if __name__ == "__main__":
    main()
