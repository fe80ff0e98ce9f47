"""Articles side by side: what their texts share, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from search.address import MOST_COMPARED, comparison_of
from search.compare.comparison import (
    Against,
    Comparison,
    Difference,
    comparison,
)
from search.errors import BadQuery
from search.model import Article
from search.wire import comparison as wire
from search.wire.encoding import encoded
from web import asking, freshness, history, wording
from web.api.operations import COMPARE, JSON

blueprint = Blueprint("compare", __name__)

_WHY = {
    "dateline": "its dateline names an agency",
    "agency": "it names an agency",
    "earliest": "none of the others is earlier",
    "longest": "none of the others is longer",
}
_KINDS = {
    "numbers": "Figures that differ",
    "names": "Names that differ",
    "attributions": "Who is quoted, where that differs",
}


@dataclass(frozen=True, slots=True)
class Column:
    """An article as it is called here: by a letter, its outlet, and its day."""

    letter: str
    article: Article
    outlet: str
    day: str

    @property
    def name(self) -> str:
        """Return the letter with the outlet."""
        return f"{self.letter}, {self.outlet}"


@dataclass(frozen=True, slots=True)
class Section:
    """One article against another."""

    one: Column
    other: Column
    found: Against


@dataclass(frozen=True, slots=True)
class Page:
    """A comparison as the page shows it; ``why`` says what speaks for ``original``."""

    columns: tuple[Column, ...]
    order: tuple[Column, ...]
    original: Column | None
    why: str
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
    made = _page(comparison(list(map(_article, ids))))
    response = make_response(render_template("compare.html", page=made))
    response.headers["ETag"] = etag
    return response


@blueprint.get("/api/compare")
def api() -> ResponseReturnValue:
    """The same for programs."""
    ids, etag = _asked()
    if same := freshness.unchanged(etag):
        return same
    found = comparison(list(map(_article, ids)))
    headers = {"ETag": etag}
    said = encoded(wire.comparison(found))
    return Response(said, mimetype=JSON, headers=headers)


def _asked() -> tuple[tuple[str, ...], str]:
    """Return which articles are asked for, and the ETag of their comparison.

    Raises:
        BadQuery: they are not two to four different ones.
    """
    given = asking.given(COMPARE.names).get("ids", [])
    ids = [id_.strip() for value in given for id_ in value.split(",")]
    some = tuple(dict.fromkeys(id_ for id_ in ids if id_))
    if not 2 <= len(some) <= MOST_COMPARED:
        raise BadQuery(
            f"ids must name 2 to {MOST_COMPARED} different articles, as in ids=a,b",
            parameter="ids",
            value=",".join(given)[:200],
            reason="out-of-bounds",
        )
    versions = [asking.versions(id_) for id_ in some]
    asked = f"{request.full_path}\0{versions}"
    return some, freshness.tag(asking.searcher().info(), asked)


def _article(id: str) -> Article:
    """Return an article or a version, with the file's time where it was not told.

    Versions are compared in the order they were saved in, which that time stands for.
    """
    article = asking.article(id)
    version = history.version_of(article, asking.versions(id))
    return replace(article, saved=version.saved) if version else article


def _page(found: Comparison) -> Page:
    columns = tuple(map(_column, "ABCD", found.articles))
    by_id = {column.article.id: column for column in columns}
    likely = found.original
    tables = {
        label: tuple(one for one in found.differences if one.kind == kind)
        for kind, label in _KINDS.items()
    }
    return Page(
        columns,
        tuple(by_id[id_] for id_ in found.order),
        by_id[likely.id] if likely else None,
        wording.listed([_WHY[why] for why in likely.why])
        if likely and likely.why
        else "",
        tuple(
            Section(by_id[each.one], by_id[each.other], each) for each in found.against
        ),
        {label: some for label, some in tables.items() if some},
        found,
        comparison_of("/api/compare", _ids(columns)),
    )


def _ids(columns: Sequence[Column]) -> list[str]:
    return [column.article.id for column in columns]


def _column(letter: str, article: Article) -> Column:
    return Column(
        letter,
        article,
        article.source.label if article.source else "source unknown",
        _day(article),
    )


def _day(article: Article) -> str:
    version = history.version_of(article, asking.versions(article.id))
    if version is not None:
        return history.when(version)
    return wording.day(article.published) if article.published else "undated"
