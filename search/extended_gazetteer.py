"""The gazetteer with places and spellings of a user's own."""

from __future__ import annotations

from functools import lru_cache

import marisa_trie

from search.gazetteer import Gazetteer, GazetteerPlace, Sense, gazetteer
from search.gazetteer import key as key_of
from search.own_places import OwnPlaces


class ExtendedGazetteer(Gazetteer):
    """A gazetteer that knows a user's places too; of a name theirs come first.

    Its data are mapped, as ever; what is its own is some 200 bytes a name.

    Raises:
        GazetteerMissing: the installation lacks the gazetteer's data.
    """

    def __init__(self, own: OwnPlaces) -> None:
        super().__init__()
        self.own = own
        self._trie = marisa_trie.Trie(own.names)
        known, spelled = self.senses, self.spellings
        self.senses = lru_cache(maxsize=1 << 14)(
            lambda name: self._with_own(name, known(name))
        )
        self.spellings = lru_cache(maxsize=1 << 11)(
            lambda place: self._all_spellings(place, spelled(place))
        )

    def place(self, id: str) -> GazetteerPlace | None:
        """Return the place with this id, None where there is none."""
        return self.own.places.get(id) or super().place(id)

    def named(self, name: str) -> tuple[str, ...]:
        """Return the ids of the places called ``name``, the user's first."""
        own = self.own.names.get(key_of(name), ())
        return (*own, *(known for known in super().named(name) if known not in own))

    def prefixes(self, text: str) -> list[str]:
        """Return the keys of names with which ``text``, a key, begins, short first."""
        own = self._trie.prefixes(text)
        known = super().prefixes(text)
        return sorted({*own, *known}, key=len) if own else known

    def _with_own(self, name: str, known: tuple[Sense, ...]) -> tuple[Sense, ...]:
        ids = self.own.names.get(name, ())
        own = [Sense(place, weak=False) for place in map(self.place, ids) if place]
        return (*own, *(sense for sense in known if sense.place.id not in ids))

    def _all_spellings(self, place: str, known: tuple[str, ...]) -> tuple[str, ...]:
        own = (name for name, ids in self.own.names.items() if place in ids)
        return (*dict.fromkeys((*known, *own)),)


def extended(own: OwnPlaces) -> Gazetteer:
    """Return the gazetteer that knows ``own`` too; the one of all where that is none.

    Raises:
        GazetteerMissing: the installation lacks the gazetteer's data.
    """
    return ExtendedGazetteer(own) if own.names else gazetteer()
