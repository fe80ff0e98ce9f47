"""The copies of an article as they are listed: whose, of when, how much of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.address import comparison
from search.copies.lineage import Reason
from search.model import Copy, Group
from web import wording

_WHY: dict[Reason, str] = {
    "dateline": "its dateline names an agency",
    "agency": "it names an agency",
    "earliest": "none with a date is earlier",
    "longest": "none is longer",
}


@dataclass(frozen=True, slots=True)
class Sister:
    """A copy: its outlet and day, where it is read, how much of the text it has.

    ``compare`` is where both are side by side. ``original`` says that the others were
    most likely made from it.
    """

    label: str
    url: str
    day: str
    shared: str
    compare: str
    original: bool


@dataclass(frozen=True, slots=True)
class Copies:
    """What an article stands for: how many outlets ``said`` in words, and some of them.

    ``others`` counts those that are not among ``sisters``. ``is_original`` says that
    the article is the likely original; ``original`` is where that is read if it is
    neither the article nor among ``sisters``; ``why`` is what speaks for it in words.
    Where nothing does, there is no original.
    """

    said: str
    sisters: tuple[Sister, ...]
    others: int
    compare: str
    is_original: bool
    original: str | None
    why: str


def listed(id: str, group: Group, most: int, url: Callable[[str], str]) -> Copies:
    """Return the copies of the article ``id``, at most so many of them by name.

    ``url`` gives the address where an article is read.
    """
    some = group.copies[:most]
    first = group.original
    named = [copy.id for copy in some]
    return Copies(
        wording.copies(group),
        tuple([_sister(id, copy, url(copy.id), first) for copy in some]),
        group.size - 1 - len(some),
        comparison(dict.fromkeys((id, *([first] if first else ()), *named))),
        first == id,
        None if first is None or first in (id, *named) else url(first),
        why(group.why),
    )


def why(reasons: Sequence[Reason]) -> str:
    """Return what speaks for an original: its dateline names an agency and ...

    Empty where nothing does.
    """
    return wording.listed([_WHY[reason] for reason in reasons])


def _sister(id: str, copy: Copy, url: str, original: str | None) -> Sister:
    return Sister(
        copy.label or "Source unknown",
        url,
        wording.date(copy.date) if copy.date else "undated",
        wording.share(copy.shared),
        comparison((id, copy.id)),
        copy.id == original,
    )
