"""Counts and maps of places that are kept while one state of the index answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from search.address import url
from search.engine import Searcher
from search.model import Query
from web.chips import from_start
from web.kept import Kept
from web.places.figure import Figure
from web.places.listing import Asked, drawn
from web.places.named import Named

_QUESTIONS = 8  # whose places are kept: a thousand of them take half a megabyte
_MAPS = 40


@dataclass(frozen=True, slots=True)
class _Key:
    """An address by which a question is known, and the question."""

    said: str
    asked: Asked = field(compare=False)


class PlacesDesk:
    """The places of the last few questions, each counted once a state.

    What the deadline cut short is counted again, and drawn again.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._named = Kept[_Key, Named](
            searcher, self._count, _QUESTIONS, lambda named: named.counts.complete
        )
        self._drawn = Kept[_Key, Figure | None](searcher, self._draw, _MAPS)

    def named(self, asked: Asked) -> Named:
        """Return the places of what is asked for, those of the state that answers."""
        query = from_start(asked.query)
        return self._named.of(_Key(f"{asked.prefix}\0{url('', query)}", asked))

    def drawn(self, asked: Asked, named: Named) -> Figure | None:
        """Return the map of what is asked for, whose places are ``named``."""
        if not named.counts.complete:
            return drawn(asked, named)
        where = f"{asked.within}\0{asked.flat}\0{asked.prefix}"
        said = f"{where}\0{url('', from_start(asked.query))}"
        return self._drawn.of(_Key(said, asked))

    def _count(self, key: _Key) -> Named:
        query: Query = replace(key.asked.query, facet_prefix=key.asked.prefix)
        return Named(self._searcher.places(query))

    def _draw(self, key: _Key) -> Figure | None:
        return drawn(key.asked, self.named(key.asked))
