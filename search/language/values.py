"""The fields of a query that hold values, not words: ``source:``, ``date:``, …"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from whoosh.query import Not, NullQuery, Term

from search.fields import FACETS
from search.folding import whole
from search.language import days
from search.language.analyzers import WORDS
from search.language.budget import MAX_EXPANSIONS, MIN_PREFIX, Notes
from search.language.meaning import Meaning, either, quoted
from search.language.names import Names
from search.language.places import ids_of, label_of
from search.language.reading import Corpus
from search.language.schema import keyword
from search.language.terms import Tree, any_of, written
from search.model import Kind

_DAYS: dict[str, Callable[[str], Meaning]] = {
    "date": days.published,
    "after": days.after,
    "before": days.before,
}
_PLACES = {"place": "place is", "dateline": "dateline is"}
FIELDS = frozenset({"source", "agency", "lang", "author", "kind", *_PLACES, *_DAYS})


def values_of(facet: str, value: str, corpus: Corpus, names: Names) -> tuple[str, ...]:
    """Return the index's values of ``facet`` that a value, label or name stands for.

    A value counts before what is called like it, and other names of an agency where
    it has none; () where nothing does. A filter and a field mean the same by a name.
    """
    unknown = FACETS[facet].unknown
    if unknown is not None and keyword(value) in ("unknown", unknown):
        return (unknown,)
    if facet == "place":
        return ids_of(value, corpus)
    known = corpus.values_by_name(facet)
    found = known.get(keyword(value), ())
    if value in found:
        return (value,)
    if facet == "agency" and not found:
        others = names.others(WORDS.phrase(value))
        found = tuple(v for other in others for v in known.get(keyword(other), ()))
    return found


def meaning_of(
    field: str, value: str, corpus: Corpus, names: Names, notes: Notes
) -> Meaning | None:
    """Return what ``field:value`` means; None if it means nothing but words."""
    if not keyword(value):
        return None
    if field in FACETS and keyword(value) in ("unknown", FACETS[field].unknown):
        return Meaning(Term("unknown", field), f"{field} is not known")
    if field in FACETS and value.strip() == "*":
        return Meaning(Not(Term("unknown", field)), f"{field} is known")
    if field in _DAYS:
        return _days(field, value, notes)
    if field in _PLACES:
        return _place(field, value, corpus, notes)
    if field == "author":
        return _author(value)
    if value.endswith("*") and len(value) > MIN_PREFIX:
        return _beginning(field, value, corpus, notes)
    if field == "kind" and keyword(value) not in tuple(Kind):
        notes.warn(f"There is no kind {value}; kinds are {', '.join(Kind)}.")
    found = values_of(field, value, corpus, names) or (value,)
    return Meaning(_any(field, found), f"{field} is {quoted(value)}")


def _beginning(field: str, value: str, corpus: Corpus, notes: Notes) -> Meaning:
    """Return that a value of ``field``, or its label, begins like ``value``."""
    start = keyword(value[:-1])
    known = corpus.values_by_name(field).items()
    found = [v for name, values in known if name.startswith(start) for v in values]
    if len(found) > MAX_EXPANSIONS:
        notes.warn(f"{field}:{value} stands for more than {MAX_EXPANSIONS} values.")
    tree = _any(field, found[:MAX_EXPANSIONS] or [start])
    return Meaning(tree, f"{field} is {value}")


def _any(field: str, values: Iterable[str]) -> Tree:
    return any_of([Term(field, keyword(value)) for value in values])


def _days(field: str, value: str, notes: Notes) -> Meaning | None:
    """Return the meaning of a date; None, with a warning, where there is none."""
    try:
        return _DAYS[field](value.strip())
    except days.BadDay as error:
        notes.warn(f"{field}:{value} was read as words: {error}.")
        return None


def _place(field: str, value: str, corpus: Corpus, notes: Notes) -> Meaning:
    """Return that ``field`` has one of the places ``value`` stands for."""
    places = ids_of(value, corpus)
    if not places:
        is_one_word = len(value.split()) == 1
        hint = " A name of several words needs quotation marks." if is_one_word else ""
        notes.warn(f"No place {value} is known.{hint}")
        return Meaning(NullQuery, f"{_PLACES[field]} {quoted(value)}")
    labels = [label_of(place, corpus) for place in places]
    found = [
        Meaning(
            Term(field, whole(place)),
            # Namesakes are told apart by their ids.
            f"{_PLACES[field]} {quoted(label)}"
            + (f" [{place}]" if labels.count(label) > 1 else ""),
        )
        for place, label in zip(places, labels, strict=True)
    ]
    return either(found) or found[0]


def _author(value: str) -> Meaning | None:
    """Return that somebody of this name, or with these words in it, wrote it."""
    words = f"author is {quoted(value)}"
    name = Meaning(Term("author", keyword(value)), words)
    tree = written("byline", value)
    both = either([name, tree and Meaning(tree, f"byline has {quoted(value)}")])
    return both and Meaning(both.tree, words)
