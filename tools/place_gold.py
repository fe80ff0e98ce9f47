"""Gold toponyms, read and divided for cross-validation."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.place_scores import Toponym
from search.model import Article

SETS = ("lgl", "trnews", "geovirus")
_GROUPS = {"lgl": "outlet", "geovirus": "url"}  # what must not be in two folds


@dataclass(frozen=True, slots=True)
class Gold:
    """A document of a set with its toponyms, and the fold it belongs to."""

    name: str
    record: dict[str, Any]
    article: Article
    fold: int
    toponyms: tuple[Toponym, ...] = ()


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def gold(folder: Path, names: tuple[str, ...] = SETS, folds: int = 5) -> list[Gold]:
    """Return the documents of the sets called ``names``; the fold of one depends on
    its outlet, page or id alone.
    """
    return [
        Gold(
            name,
            record,
            article_of(record),
            _fold(name, record, folds),
            tuple(
                _toponym(place) for place in record["places"] if isinstance(place, dict)
            ),
        )
        for name in names
        for record in read(folder / f"{name}.jsonl.gz")
    ]


def article_of(record: dict[str, Any]) -> Article:
    """Return a gold document as the article it is."""
    text = record.get("text") or _told(record)
    return Article(id="0" * 16, title=record.get("title"), text=text)


def outlets(docs: list[Gold]) -> dict[str, list[Gold]]:
    """Return the documents by outlet, those without one left out."""
    found: defaultdict[str, list[Gold]] = defaultdict(list)
    for doc in docs:
        if doc.record.get("outlet"):
            found[f"{doc.name} {doc.record['outlet']}"].append(doc)
    return found


def _toponym(place: dict[str, Any]) -> Toponym:
    return Toponym(
        place["start"],
        place["end"],
        place.get("lat"),
        place.get("lon"),
        place.get("geonameid"),
        place.get("country"),
        optional=bool(place.get("optional")),
    )


def _told(record: dict[str, Any]) -> str:
    return f"{record.get('dateline') or ''} {record['body']}".strip()


def _fold(name: str, record: dict[str, Any], folds: int) -> int:
    group = record.get(_GROUPS.get(name, "id")) or record["id"]
    return zlib.crc32(group.encode()) % folds
