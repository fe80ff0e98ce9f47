"""spaCy's names, looked up in our gazetteer: whom recogniser and resolver must beat."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from bench.place_scores import Toponym
from search.gazetteer import gazetteer, key
from search.model import Article

_LABELS = frozenset(("GPE", "LOC", "FAC"))
_ARTICLE = re.compile(r"^[Tt]he ")
_SHARE = 0.3  # of the foremost country's mentions


class Peer:
    """A spaCy model by the name of its package; what it does not need is left out.

    Raises:
        ImportError: spaCy or the model is not installed.
    """

    def __init__(self, module: str) -> None:
        self._model: Any = import_module(module).load(
            disable=["tagger", "parser", "attribute_ruler", "lemmatizer"]
        )

    def annotated(self, article: Article) -> tuple[list[Toponym], frozenset[str]]:
        """Return its names of places that the gazetteer knows, each as the place most
        prominent among its namesakes, and the countries of the document.
        """
        found: list[Toponym] = []
        counts: dict[str, int] = {}
        for entity in self._model(article.text).ents:
            name = _ARTICLE.sub("", entity.text)  # gold's names have none
            cut = len(entity.text) - len(name)
            senses = gazetteer().senses(key(name))
            if entity.label_ not in _LABELS or not senses:
                continue
            place = senses[0].place
            number = int(place.id) if place.id.isdecimal() else None
            found.append(
                Toponym(
                    entity.start_char + cut, entity.end_char,
                    place.lat, place.lon, number, place.country,
                )
            )  # fmt: skip
            if place.country:
                counts[place.country] = counts.get(place.country, 0) + 1
        least = _SHARE * max(counts.values(), default=0)
        return found, frozenset(code for code, n in counts.items() if n >= least)
