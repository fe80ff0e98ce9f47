"""The articles that every engine is given: JSON rows, plain or gzipped."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from search.model import Article, Place, Published, Source

NO_SOURCE = "wire"  # of rows that name none


@dataclass(frozen=True, slots=True)
class Row:
    """One article as read; ``published`` is None where the row has no whole day.

    The time of a day, which some rows have, is not kept.
    """

    id: str
    title: str
    body: str
    source: str
    places: tuple[str, ...]
    published: date | None

    @property
    def day(self) -> int:
        """Return the proleptic ordinal of the day, 0 where it is unknown."""
        return self.published.toordinal() if self.published else 0

    @property
    def month(self) -> int:
        """Return the months since the year 0, 0 where the day is unknown."""
        day = self.published
        return day.year * 12 + day.month - 1 if day else 0


def rows(path: Path, limit: int | None = None) -> Iterator[Row]:
    """Yield the first ``limit`` rows of a file, one in memory at a time."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, limit):
            yield _row(json.loads(line))


def article(row: Row) -> Article:
    """Return the article a row stands for; a place's name is its id."""
    return Article(
        id=row.id,
        title=row.title or None,
        text=row.body,
        source=Source(row.source, row.source, "row"),
        published=Published(row.published.isoformat(), "row")
        if row.published
        else None,
        places=tuple(Place(p, p, (p,), as_written=(p,)) for p in row.places),
    )


def _row(values: dict[str, Any]) -> Row:
    try:
        published = date.fromisoformat((values.get("date") or "")[:10])
    except ValueError:
        published = None
    return Row(
        id=str(values["id"]),
        title=values.get("title") or "",
        body=values.get("body") or values.get("text") or "",
        source=values.get("source") or NO_SOURCE,
        places=tuple(dict.fromkeys(values.get("places") or ())),
        published=published,
    )
