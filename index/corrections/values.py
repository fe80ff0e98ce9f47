"""An article with the values that stand over its page's own, and without them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlsplit

from index.corrections.correction import MANUAL, Correction
from index.metadata.agency import value_of
from index.metadata.source import slug
from index.readers.mirror import host_of, registrable
from index.stages import given_by
from search.model import Agency, Article, Place, Published, Source

_REPLACED = ("source", "published", "agency", "places")
Locate = Callable[[Article, tuple[str, ...]], Article]


def corrected(article: Article, said: Correction, locate: Locate) -> Article:
    """Return ``article`` with what a person says in place of what its page says."""
    changes: dict[str, Any] = {}
    if said.source is not None:
        changes["source"] = source_called(said.source)
    if said.date is not None:
        changes["published"] = Published(said.date, MANUAL) if said.date else None
    if said.agency is not None:
        name = value_of(said.agency) or said.agency
        changes["agency"] = Agency(name, MANUAL) if name else None
    if said.places is not None:
        located = locate(article, said.places) if said.places else None
        changes["places"] = given_by(MANUAL, located).places if located else ()
    return replace(article, **changes)


def at_home(article: Article, outlet: str | None) -> Article:
    """Return ``article`` with the domain ``outlet`` for its source's value, if any."""
    if outlet is None or article.source is None:
        return article
    return replace(article, source=replace(article.source, value=outlet))


def source_called(name: str) -> Source | None:
    """Return the source a person calls ``name``: an address, a domain or a name.

    >>> source_called("https://www.harbour-post.example/").value
    'harbour-post.example'
    """
    if not name:
        return None
    if host := host_of(_host(name)):
        domain = registrable(host) or host
        return Source(domain, domain, MANUAL)
    return Source(slug(name), name, MANUAL)


def _host(name: str) -> str:
    if "://" not in name:
        return name.partition("/")[0]
    try:
        return urlsplit(name).hostname or ""
    except ValueError:
        return ""  # it only looks like an address


def own_values(article: Article) -> dict[str, Any]:
    """Return the values of ``article`` that may be replaced, as JSON can hold them."""
    values: dict[str, Any] = {}
    for name in _REPLACED[:-1]:
        value = getattr(article, name)
        values[name] = None if value is None else asdict(value)
    values["places"] = [asdict(place) for place in article.places]
    return values


def replaced(article: Article, by: Article) -> dict[str, Any]:
    """Return those values of ``article`` that ``by`` has others for."""
    changed = [n for n in _REPLACED if getattr(article, n) != getattr(by, n)]
    values = own_values(article) if changed else {}
    return {name: values[name] for name in changed}


def restored(article: Article, values: dict[str, Any]) -> Article:
    """Return ``article`` with ``values``, which may be some of its own."""
    kinds = {"source": Source, "published": Published, "agency": Agency}
    changes: dict[str, Any] = {
        name: None if values[name] is None else kind(**values[name])
        for name, kind in kinds.items()
        if name in values
    }
    if "places" in values:
        changes["places"] = tuple(map(_place, values["places"]))
    return replace(article, **changes)


def _place(said: dict[str, Any]) -> Place:
    lists = {
        "path": tuple(said["path"]),
        "as_written": tuple(said["as_written"]),
        "spans": tuple((start, end) for start, end in said["spans"]),
    }
    return Place(**{**said, **lists})
