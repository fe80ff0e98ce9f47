"""Articles side by side: what their texts share, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from search.address import MOST_COMPARED, compared_in, comparison_of
from search.compare import kin
from search.compare.comparison import (
    Against,
    Comparison,
    Difference,
    comparison,
)
from search.compare.texts import MOST_CHARACTERS, MOST_WORDS
from search.errors import BadQuery, NotAmong, NotFound
from search.model import Article, Kind
from search.wire import comparison as wire
from search.wire.encoding import encoded
from web import asking, copies, freshness, history, wording
from web.api.operations import COMPARE, JSON

blueprint = Blueprint("compare", __name__)

_KINDS = {
    "numbers": "Figures that differ",
    "names": "Names that differ",
    "attributions": "Who is quoted, where that differs",
}


@dataclass(frozen=True, slots=True)
class Column:
    """An article as it is called here: by a letter, its outlet, and its day.

    ``saved`` says when a version was saved, None where its id names none.
    """

    letter: str
    article: Article
    outlet: str
    day: str
    saved: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """One article against another."""

    one: Column
    other: Column
    found: Against


@dataclass(frozen=True, slots=True)
class Page:
    """A comparison as the page shows it; ``order`` and ``copies`` are in sentences."""

    columns: tuple[Column, ...]
    order: str
    copies: str
    sections: tuple[Section, ...]
    tables: Mapping[str, tuple[Difference, ...]]
    found: Comparison
    api: str


@blueprint.get("/compare")
def page() -> ResponseReturnValue:
    """Articles side by side."""
    ids, etag = _asked()
    if same := freshness.unchanged(etag):
        return same
    made = _page(_compared(ids))
    shown = render_template(
        "compare.html", page=made, most=MOST_WORDS, most_characters=MOST_CHARACTERS
    )
    response = make_response(shown)
    response.headers["ETag"] = etag
    return response


@blueprint.get("/api/compare")
def api() -> ResponseReturnValue:
    """The same for programs."""
    ids, etag = _asked()
    if same := freshness.unchanged(etag):
        return same
    headers = {"ETag": etag}
    said = encoded(wire.comparison(_compared(ids)))
    return Response(said, mimetype=JSON, headers=headers)


def _asked() -> tuple[tuple[str, ...], str]:
    """Return which articles are asked for, and the ETag of their comparison.

    Raises:
        BadQuery: they are not two to four different ones, by their names.
    """
    given = asking.given(COMPARE.names).get("ids", [])
    some = compared_in(given)
    if not 2 <= len(some) <= MOST_COMPARED:
        raise _refused(given)
    versions = [asking.versions(id_) for id_ in some]
    asked = f"{request.full_path}\0{versions}"
    return some, freshness.tag(asking.searcher().info(), asked)


def _refused(given: Sequence[str]) -> BadQuery:
    return BadQuery(
        f"ids must name 2 to {MOST_COMPARED} different articles, as in ids=a,b",
        parameter="ids",
        value=",".join(given)[:200],
        reason="out-of-bounds",
    )


def _compared(ids: Sequence[str]) -> Comparison:
    """Return the comparison of articles and versions.

    Raises:
        BadQuery: the ids are all names of one.
        NotAmong: there is none of a name.
    """
    different: dict[str, Article] = {}
    pages = set()
    for article in map(_named, ids):
        version, page_id = asking.version_of(article), asking.page_of(article.id)
        pages.add(page_id)
        if version is None:
            different.setdefault(page_id, article)
        else:  # versions stand in the order of a time that may be the file's alone
            dated = replace(article, saved=version.saved)
            different.setdefault(version.full_id, dated)
    if len(different) < 2:
        raise _refused(ids)
    return comparison([*different.values()], versions=len(pages) == 1)


def _named(id: str) -> Article:
    try:
        return asking.article(id)
    except NotFound as lack:
        raise NotAmong(
            f"No article has the id {id[:200]}. It may have been removed from the "
            "collection."
        ) from lack


def _page(found: Comparison) -> Page:
    columns = tuple(
        _column(letter, article, among_versions=found.versions)
        for letter, article in zip("ABCD", found.articles, strict=False)
    )
    by_id = {column.article.id: column for column in columns}
    tables = {
        label: tuple(one for one in found.differences if one.kind == kind)
        for kind, label in _KINDS.items()
    }
    return Page(
        columns,
        _order(found, by_id),
        " ".join(_copies(found, by_id)),
        tuple(
            Section(by_id[each.one], by_id[each.other], each) for each in found.against
        ),
        {label: some for label, some in tables.items() if some},
        found,
        comparison_of("/api/compare", by_id),
    )


def _column(letter: str, article: Article, *, among_versions: bool) -> Column:
    version = asking.version_of(article)
    named = version and (among_versions or version.full_id == article.id)
    return Column(
        letter,
        article,
        article.source.label if article.source else "source unknown",
        wording.day(article.published) if article.published else "undated",
        history.when(version) if version and named else None,
    )


def _order(found: Comparison, columns: Mapping[str, Column]) -> str:
    """Return in which order they were published, or saved, as far as that is known."""
    order = found.order
    listed = [columns[id_] for id_ in order.ids if id_ not in order.without_day]
    rest = [columns[id_] for id_ in order.without_day]
    if found.versions:
        steps = [f"{one.letter} ({one.saved or one.day})" for one in listed]
        return f"Saved in this order: {', then '.join(steps)}."
    steps = [
        f"{wording.listed([one.letter for one in some])} ({day})"
        for day, some in groupby(listed, lambda one: one.day)
    ]
    said = f"Published in this order: {', then '.join(steps)}. " if steps else ""
    if len(steps) == 1:
        said = f"Published: {steps[0]}. "
    vague = wording.listed([f"{one.letter} ({one.day})" for one in rest])
    return f"{said}The day is not known of {vague}." if rest else said.strip()


def _copies(found: Comparison, columns: Mapping[str, Column]) -> Iterator[str]:
    """Yield sentences on who is a copy, and of whom."""
    if found.versions:
        yield "The page of one address, as it was each time."
        return
    for some in found.copies:
        letters = wording.listed([columns[id_].letter for id_ in some.ids])
        yield f"{letters} are copies; {_first_of(some, columns)}."
    met = {id_ for some in found.copies for id_ in some.ids}
    alone = [one.letter for id_, one in columns.items() if id_ not in met]
    if not met:
        why_not = "they share too little, are of days apart, or fill in one form"
        yield f"No two are copies: {why_not}."
        if any(one.article.kind is not Kind.ARTICLE for one in columns.values()):
            yield "A page that is no article is a copy only of one with the same text."
    elif alone:
        is_ = "is" if len(alone) == 1 else "are"
        none = "a copy of none of the others"
        yield f"{wording.listed(alone)} {is_} {none}."


def _first_of(found: kin.Copies, columns: Mapping[str, Column]) -> str:
    """Return which of some copies is the likely original, and why."""
    likely = found.original
    if likely is None:
        return "nothing tells which is the original"
    first = columns[likely.id].letter
    return f"most likely the original: {first}, since {copies.why(likely.why)}"
