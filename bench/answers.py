"""Measure the API and the site in process: ``python -m bench.answers INDEX``.

Requests go through Flask's test client, so that routing, parameters, the search, its
facets and the writing of the answer count, and HTTP over a socket does not. Words come
from the index, the commonest for each of a fixed list of beginnings; each class of
request asks for all of them, in turns, after a round that is not counted.

One JSON line: for each class p50 and p95 of a request in CPU ms, and the median size of
an answer in bytes. Left out: sockets, other threads, cold caches.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

from flask.testing import FlaskClient

from search.engine import Searcher
from search.engines import open_searcher
from search.settings import Settings
from web.app import create_app

_BEGINNINGS = ("co", "pr", "st", "in", "ma", "tr", "ba", "re", "se", "di")
_EACH = 6  # words
_FACETS = "facet=source,date,place"

Request = Callable[[FlaskClient, str], Any]


def _get(path: str) -> Request:
    return lambda client, word: client.get(path.format(word=word))


def _known(path: str) -> Request:
    """Return a request that sends the ETag of the same request before."""
    etags: dict[str, str] = {}

    def ask(client: FlaskClient, word: str) -> Any:
        asked = path.format(word=word)
        sent = {"If-None-Match": etags[asked]} if asked in etags else {}
        answer = client.get(asked, headers=sent)
        etags.setdefault(asked, answer.headers.get("ETag", ""))
        return answer

    return ask


CLASSES: dict[str, Request] = {
    "nothing": _get("/healthz"),
    "api_search": _get(f"/api/search?q={{word}}&{_FACETS}"),
    "api_search_no_facets": _get("/api/search?q={word}"),
    "api_not_modified": _known(f"/api/search?q={{word}}&{_FACETS}"),
    "api_facet": _get("/api/facets/place?q={word}&prefix=s"),
    "api_suggest": _get("/api/suggest?q={word}"),
    "atom": _get("/search.atom?q={word}"),
    "page": _get("/search?q={word}"),
    "places": _get("/places"),
    "places_of_search": _get("/places?q={word}"),
    "place": _get("/place/6252001"),
    "api_places": _get("/api/places?q={word}"),
    "api_place": _get("/api/places/6252001"),
    "page_not_modified": _known("/search?q={word}"),
}


def main() -> None:
    """Print the figures as one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    searcher = open_searcher(options.index)
    client = create_app(Settings(), searcher).test_client()
    figures = measure(client, words(searcher), options.rounds)
    documents = searcher.info().documents
    searcher.close()
    print(json.dumps({"documents": documents, "classes": figures}))


def words(searcher: Searcher) -> list[str]:
    """Return words of the index, from very common to less."""
    return [word for start in _BEGINNINGS for word in searcher.words(start, _EACH)]


def measure(client: FlaskClient, asked: list[str], rounds: int) -> dict[str, Any]:
    """Return the figures of each class."""
    spent: dict[str, list[float]] = {name: [] for name in CLASSES}
    sizes: dict[str, list[int]] = {name: [] for name in CLASSES}
    for turn in range(rounds + 1):
        for word in asked:
            for name, ask in CLASSES.items():
                begun = time.process_time()
                answer = ask(client, word)
                body = answer.data
                took = time.process_time() - begun
                if answer.status_code not in {200, 304}:
                    raise SystemExit(f"{name}: {answer.status} for {word}")
                if turn:
                    spent[name].append(took * 1000)
                    sizes[name].append(len(body))
    return {
        name: {
            "p50_cpu_ms": round(median(spent[name]), 2),
            "p95_cpu_ms": round(quantiles(spent[name], n=20)[-1], 2),
            "bytes": int(median(sizes[name])),
        }
        for name in CLASSES
    }


if __name__ == "__main__":
    main()
