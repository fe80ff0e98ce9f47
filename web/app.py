"""The site as a WSGI application."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path

from flask import Flask

from search.engine import Searcher
from search.engines import open_searcher
from search.settings import Settings
from web import api, faults, pages, security, wording
from web.corpus import CorpusPage
from web.opening import OpenedWhenNeeded

YEAR = 31_536_000  # seconds


def create_app(settings: Settings, searcher: Searcher | None = None) -> Flask:
    """Return the site over the index of ``settings``, or over ``searcher``.

    The index is opened by the first request that needs it, in the process that
    answers it, so that a site may start before its index exists.
    """
    app = Flask("web", root_path=str(Path(__file__).parent))
    app.url_map.merge_slashes = False  # else //search answers with its Host header
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR  # addresses change with content
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    opener = partial(open_searcher, settings.index, names=settings.names)
    app.extensions["searcher"] = searcher or OpenedWhenNeeded(opener)
    app.extensions["corpus"] = CorpusPage(app.extensions["searcher"])
    app.jinja_env.globals["style_version"] = _digest(app, "dateline.css")
    app.jinja_env.filters.update(wording.FILTERS)
    for blueprint in (pages.blueprint, api.blueprint):
        app.register_blueprint(blueprint)
    faults.handle(app)
    security.guard(app, settings)
    return app


def _digest(app: Flask, name: str) -> str:
    content = Path(app.static_folder or "", name).read_bytes()
    return sha256(content).hexdigest()[:12]
