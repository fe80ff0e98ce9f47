"""One article: to read, to cite, and the saved page it was made from."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    render_template,
    request,
)
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from search import address
from search.address import url
from search.errors import BadQuery, NoOriginal, NotFound
from search.model import Article, Marks, Query
from search.originals import Original, Originals
from search.wire.documents import removed_share
from web import asking, citations, freshness, params, permalinks
from web.copies import Copies, listed
from web.history import history
from web.neighbours import neighbours
from web.parameters import Parameter
from web.reading import Paragraph, reading
from web.wording import heading

blueprint = Blueprint("document", __name__)

_REMOVED = Parameter(
    "removed",
    "Whether to show what was removed.",
    {"type": "string", "enum": ["show", "hide"], "default": "hide"},
    "show",
)
_NO_NAME = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class _Lack:
    """What is answered where an original cannot be shown."""

    status: int
    title: str
    detail: str


_LACKS = {
    "unknown": _Lack(404, "Where the saved page lies is not known", "Nothing was "
     "written down of where this article was read, or its folder was forgotten."),
    "piped": _Lack(404, "There is no saved page", "This article came through standard "
     "input, as a row of a stream that was not kept."),
    "row": _Lack(404, "This row cannot be shown by itself", "The article is a row of a "
     "file with many rows. Only rows of JSON lines in UTF-8 are shown alone."),
    "too-large": _Lack(404, "The saved page is too large to show", "Files are shown up "
     "to 64 MiB, rows of 8 MiB at the most and in the first 64 MiB of their file."),
    "gone": _Lack(410, "The saved page is gone", "No file is there any more. The text "
     "was kept when it was indexed; the next run takes the article out."),
    "changed": _Lack(409, "The saved page has changed", "The file there now is not the "
     "one this article was made from: its SHA-256 is another. It is not shown as "
     "evidence for what it is not; the next run reads it anew."),
    "linked": _Lack(409, "A link was put in the place of the saved page", "Links are "
     "not followed: what they lead to may be no page of this collection."),
    "unreadable": _Lack(403, "The saved page may not be read", "The file is there, but "
     "the site has no right to read it. Whoever runs the site can give it one."),
    "other-version": _Lack(503, "Where the saved page lies cannot be read", "The index "
     "was made by another version of Dateline. Whoever runs the site can run `dateline "
     "reindex --full`."),
    "busy": _Lack(503, "The saved page cannot be looked up just now", "A run is "
     "writing down where pages lie. Try again in a moment."),
}  # fmt: skip


@blueprint.record_once
def _add(state: BlueprintSetupState) -> None:
    locator = state.app.extensions["settings"].index
    state.app.extensions["originals"] = Originals(locator)


@blueprint.get("/doc/<id>")
def document(id: str) -> ResponseReturnValue:
    """One article; with a query its matches are marked."""
    asked_of = f"{request.full_path}\0{asking.versions(id)}"
    etag = freshness.tag(asking.searcher().info(), asked_of)
    if same := freshness.unchanged(etag):
        return same
    given = dict(asking.given((*params.NAMES, _REMOVED.name, "quote")))
    opened = params.chosen(given, _REMOVED) == "show"
    given.pop(_REMOVED.name, None)
    quoted = given.pop("quote", [])
    query = params.to_query(given)
    searcher = asking.searcher()
    article = asking.article(id)
    marks = _marks(article, query)
    read = reading(article, heading(article), marks)
    told = history(article)
    found = marks.title or marks.text or not query.text.strip()
    in_text = bool(found or told.earlier)
    here = url(address.document(article.id), query)
    asked = query != Query()
    cited = _cited(quoted, read.paragraphs)
    page = render_template(
        "doc.html",
        article=article,
        reading=read,
        removed_share=removed_share(article),
        in_text=in_text,
        opened=opened or not in_text,
        here=here,
        more=f"{here}{'&' if asked else '?'}",
        back=url("/search", query) if asked else None,
        around=neighbours(query, id, searcher) if asked else None,
        cited=cited,
        citation=citations.shown(article, cited.number if cited else None),
        live=permalinks.live,
        history=told,
        copies=_copies(article),
        text=query.text,
        scope=query.scope,
    )
    response = make_response(page)
    response.headers["ETag"] = etag
    return response


@blueprint.get("/doc/<id>.ris")
def ris(id: str) -> ResponseReturnValue:
    """The article's citation for reference managers."""
    asking.given(())
    article = asking.article(id)
    kind = "application/x-research-info-systems"
    return _file(citations.ris(article), article, kind, "ris")


@blueprint.get("/doc/<id>.bib")
def bibtex(id: str) -> ResponseReturnValue:
    """The article's citation for BibTeX."""
    asking.given(())
    article = asking.article(id)
    return _file(citations.bibtex(article), article, "application/x-bibtex", "bib")


@blueprint.get("/doc/<id>/original")
def original(id: str) -> ResponseReturnValue:
    """The saved page as it was read, as text; a page that says why where it is not."""
    asking.given(())
    article = asking.article(id)
    try:
        found = _originals().open(article)
    except NoOriginal as lack:
        return _lacking(article, lack)
    return _streamed(found, article)


def _marks(article: Article, query: Query) -> Marks:
    """Return what ``query`` matches, which for an earlier version is not known."""
    try:
        return asking.searcher().marks(article.id, query)
    except NotFound:
        return Marks()


def _copies(article: Article) -> Copies | None:
    """Return the copies of ``article``, of which an earlier version has none."""
    group = asking.copies(article)
    if group is None:
        return None
    own = asking.page_of(article.id)
    return listed(own, group, len(group.copies), address.document)


def _streamed(found: Original, article: Article) -> Response:
    kind = f"text/plain; charset={found.charset}"
    response = Response(found.pieces, content_type=kind)
    response.call_on_close(found.close)
    response.content_length = found.size
    response.headers["Content-Disposition"] = f'inline; filename="{_name(article)}.txt"'
    if found.digest:
        digest = base64.b64encode(bytes.fromhex(found.digest)).decode("ascii")
        response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    return response


def _lacking(article: Article, lack: NoOriginal) -> ResponseReturnValue:
    said = _LACKS[lack.why]
    page = render_template("doc_original.html", article=article, lack=said)
    return page, said.status, {"Retry-After": "5"} if lack.why == "busy" else {}


def _file(text: str, article: Article, kind: str, suffix: str) -> ResponseReturnValue:
    return text, {
        "Content-Type": f"{kind}; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{_name(article)}.{suffix}"',
    }


def _cited(given: Sequence[str], paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """Return the paragraph to cite, None where none is asked for.

    Raises:
        BadQuery: it is not the number of one.
    """
    if not any(given):
        return None
    value = given[0] if len(given) == 1 else ", ".join(given)
    number = int(value) if re.fullmatch(r"[0-9]{1,6}", value) else 0
    if not 1 <= number <= len(paragraphs):
        raise BadQuery(
            f"quote must be the number of a paragraph, 1 to {len(paragraphs)}",
            parameter="quote",
            value=value,
            reason="not-a-paragraph",
        )
    return paragraphs[number - 1]


def _name(article: Article) -> str:
    """Return a name for a file of ``article``; a program's ids may be any text."""
    return _NO_NAME.sub("-", article.id)[:64] or "article"


def _originals() -> Originals:
    return cast("Originals", current_app.extensions["originals"])
