"""The site as a WSGI application."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

from flask import Flask

from search.engine import Searcher
from search.engines import open_searcher
from search.histories import Histories
from search.settings import Settings
from web import (
    access,
    compare,
    document,
    faults,
    health,
    pages,
    problems,
    security,
    wording,
)
from web.answering import Answer
from web.api import places as api_places
from web.api import views as api
from web.corpus import CorpusPage
from web.feeds import views as feeds
from web.places import views as places
from web.places.addresses import of_place
from web.places.desk import PlacesDesk
from web.upkeep import Caretaker
from web.watch import metrics
from web.watch.board import Board
from web.watch.requests import watch
from web.watch.searches import NotedSearcher

YEAR = 31_536_000  # seconds

_STATIC = ("compare.css", "dateline.css", "dateline.js", "doc.css", "places.css")


def create_app(
    settings: Settings, searcher: Searcher | None = None, board: Board | None = None
) -> Flask:
    """Return the site over the index of ``settings``, or over ``searcher``.

    The index is opened by the first request that needs it, in the process that
    answers it, so that a site may start before its index exists. Requests are
    counted on ``board``, where several processes share one.
    """
    board = board or Board()
    app = Flask("web", root_path=str(Path(__file__).parent))
    app.response_class = Answer
    app.url_map.merge_slashes = False  # else //search answers with its Host header
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR  # addresses change with content
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    watch(app, settings, board)
    app.extensions["board"] = board
    app.extensions["settings"] = settings
    app.extensions["searcher"] = NotedSearcher(_opener(settings, searcher), board)
    app.extensions["caretaker"] = Caretaker(None if searcher else settings.index)
    app.extensions["histories"] = Histories(settings.index)
    app.extensions["corpus"] = CorpusPage(app.extensions["searcher"])
    app.extensions["places"] = PlacesDesk(app.extensions["searcher"])
    app.jinja_env.globals["files"] = _addresses(app)
    app.jinja_env.filters.update(wording.FILTERS)
    app.jinja_env.filters["place_url"] = of_place
    for door in (
        *(pages, document, compare, places, api, api_places),
        *(feeds, problems, health, metrics),
    ):
        app.register_blueprint(door.blueprint)
    faults.handle(app)
    security.guard(app, settings)
    access.close(app, access.Keys(settings.access) if settings.access else None)
    return app


def _opener(settings: Settings, searcher: Searcher | None) -> Callable[[], Searcher]:
    if searcher is not None:
        return lambda: searcher
    return partial(open_searcher, settings.index, names=settings.names)


def _addresses(app: Flask) -> dict[str, str]:
    """Return by name where styles and scripts are; what changes gets another one."""
    folder = Path(app.static_folder or "")
    found = {name: (folder / name).read_bytes() for name in _STATIC}
    return {
        name: f"/static/{name}?v={sha256(content).hexdigest()[:12]}"
        for name, content in found.items()
    }
