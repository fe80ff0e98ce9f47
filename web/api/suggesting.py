"""What is typed, completed to queries that find something: OpenSearch suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import msgspec

from search.address import url
from search.engine import Searcher
from search.folding import begins, parts
from search.model import Bucket, Query

MOST = 10  # suggestions
_WORDS = 6
_VALUES = 3  # outlets, and places
_TYPED = re.compile(r"(?s)(?P<before>(?:.*\s)?[-(]*)(?P<last>[^\W_]+)$")
_LONGEST = 512  # characters of a query


@dataclass(frozen=True, slots=True)
class Suggestions:
    """``[typed, queries, how many articles each finds, where]`` as JSON.

    ``complete`` is False where the time was too short to count some of them.
    """

    body: bytes
    complete: bool


def suggestions(typed: str, searcher: Searcher) -> Suggestions:
    """Return the queries that ``typed`` may become.

    Outlets and places of which a name begins as ``typed`` come before queries whose
    last word is completed. Each finds at least one article.
    """
    queries = list(islice(dict.fromkeys(_queries(typed, searcher)), 2 * MOST))
    asked = [Query(text=text) for text in queries]
    totals = searcher.totals(asked) if asked else ()
    found = [pair for pair in zip(queries, totals, strict=True) if pair[1]][:MOST]
    said = [
        typed,
        [text for text, _ in found],
        [_counted(total) for _, total in found],
        [url("/search", Query(text=text)) for text, _ in found],
    ]
    return Suggestions(msgspec.json.encode(said), complete=None not in totals)


def _queries(typed: str, searcher: Searcher) -> Iterator[str]:
    text = " ".join(typed.split())
    if not parts(text):
        return
    asked = Query(
        facets=("source", "place"),
        facet_prefix=text,
        facet_size=_VALUES,
        per_page=0,
        snippets=0,
    )
    sources, places = searcher.search(asked).facets
    yield from (f"source:{_quoted(one)}" for one in sources.buckets if _is_known(one))
    yield from (_place(one, text) for one in places.buckets if _is_known(one))
    last = _TYPED.match(typed)
    if last is None or typed.count('"') % 2:
        return
    for word in searcher.words(last["last"], _WORDS):
        completed = f"{last['before']}{word}"
        if len(completed) <= _LONGEST:
            yield completed


def _is_known(bucket: Bucket) -> bool:
    return bucket.value not in {"unknown", "none"}


def _place(bucket: Bucket, typed: str) -> str:
    """Return the place's name if that is what is typed, else the place by its name."""
    quoted = _quoted(bucket)
    return quoted if begins(bucket.label, typed) else f"place:{quoted}"


def _quoted(bucket: Bucket) -> str:
    label = " ".join(bucket.label.replace('"', " ").split())
    return label.lower() if label.isalnum() else f'"{label}"'


def _counted(total: int | None) -> str:
    return f"{total or 0:,} {'article' if total == 1 else 'articles'}"
