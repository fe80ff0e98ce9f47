"""What a collection holds, in the shape of the API."""

from __future__ import annotations

from typing import Literal

from search.model import SearchResult
from search.wire.parts import Count, Moment, Shape, moment


class IndexStatus(Shape, frozen=True):
    """The state that answers; `bytes` is the size of its files."""

    generation: str
    documents: Count
    built: Moment | None
    segments: Count
    bytes: Count


class Status(Shape, frozen=True):
    """What the collection holds now. `kinds` counts pages by what they are.

    `sources`, `places`, `agencies`, `languages` and `authors` are how many different
    ones its articles have, `undated` how many articles have no date.
    """

    status: Literal["ok"]
    index: IndexStatus
    kinds: dict[str, Count]
    sources: Count
    places: Count
    agencies: Count
    languages: Count
    authors: Count
    undated: Count


def status(whole: SearchResult) -> Status:
    """Return what a collection holds; ``whole`` counts every facet of all articles."""
    found = {one.name: one for one in whole.facets}

    def different(name: str) -> int:
        return found[name].total - bool(found[name].missing)

    info = whole.index
    return Status(
        status="ok",
        index=IndexStatus(
            generation=info.generation,
            documents=info.documents,
            built=moment(info.built),
            segments=info.segments,
            bytes=info.bytes,
        ),
        kinds={bucket.value: bucket.count for bucket in found["kind"].buckets},
        sources=different("source"),
        places=different("place"),
        agencies=different("agency"),
        languages=different("lang"),
        authors=different("author"),
        undated=found["date"].missing,
    )
