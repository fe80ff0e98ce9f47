"""One value for an outlet that some pages name by its domain and others by its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from index.metadata.source import slug
from search.model import Source


class Outlets:
    """The domains of a collection by the names that their own pages give them."""

    def __init__(self, names: Iterable[tuple[str, str]] = ()) -> None:
        found: dict[str, set[str]] = defaultdict(set)
        for value, label in names:
            if is_domain(value) and label not in ("", value):
                found[bare(label)].add(value)
        self._domains = {
            name: next(iter(domains))
            for name, domains in found.items()
            if len(domains) == 1
        }

    def domain(self, name: str | None) -> str | None:
        """Return the one domain that goes by ``name``, as :func:`named_by` has it.

        None where there is none, or more than one.
        """
        return self._domains.get(name) if name else None


def is_domain(value: str) -> bool:
    """Return whether a source's value is a domain: a slug has no dot."""
    return "." in value


def bare(label: str) -> str:
    """Return a label as names are compared.

    >>> bare("The Harbour Post"), bare("harbour post")
    ('harbour-post', 'harbour-post')
    """
    return slug(label).removeprefix("the-")


def named_by(source: Source | None) -> str | None:
    """Return the name by which its domain may be found, None where that is known."""
    return bare(source.label) if source and not is_domain(source.value) else None
