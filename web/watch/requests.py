"""Each request from its first line to its last byte: its id, its time, what it found.

Wrapped around the whole site, so that an answer without a view is watched like any
other. Nothing of a request's text is kept but its length, unless the operator asks.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from secrets import token_hex
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, before_render_template, g, request, template_rendered
from werkzeug.wsgi import ClosingIterator

from search import stopwatch
from search.model import SearchResult
from search.settings import Settings
from web.watch.board import Board
from web.watch.logs import REQUESTS

if TYPE_CHECKING:  # this module exists for type checkers only
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NO_ROUTE = "none"  # the route of what has no view

_KEY = "dateline.asked"
_GIVEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_REPORTED = ("parse", "search", "facets", "snippets", "render")


@dataclass(slots=True)
class Asked:
    """A request under way; ``seconds`` is the time of each stage so far."""

    id: str
    seconds: stopwatch.Seconds
    began: float = field(default_factory=perf_counter)
    route: str = NO_ROUTE
    text: str = ""
    status: int = 0
    found: SearchResult | None = None
    generation: str | None = None


def watch(app: Flask, settings: Settings, board: Board) -> None:
    """Count and log every request of ``app``; call it before other guards."""
    app.before_request(_note)
    before_render_template.connect(_rendering, app)
    template_rendered.connect(_rendered, app)
    site = _Watched(app.wsgi_app, settings, board)
    app.wsgi_app = site  # type: ignore[method-assign, assignment]


def request_id() -> str:
    """Return the id of the request under way."""
    return asked(request.environ).id


def asked(environ: WSGIEnvironment) -> Asked:
    """Return the request that a WSGI environment is of."""
    return cast("Asked", environ[_KEY])


def _extent(result: SearchResult) -> str:
    if result.total_relation != "eq":
        return "part"
    return "some" if result.total else "none"


def _note() -> None:
    """Note what a request asks for; in Flask, where the route is known."""
    under_way = asked(request.environ)
    if request.url_rule is not None:
        under_way.route = request.url_rule.rule
    under_way.text = " ".join(request.args.getlist("q"))


def _rendering(_: Flask, **__: Any) -> None:
    g.rendering = perf_counter()


def _rendered(_: Flask, **__: Any) -> None:
    seconds = asked(request.environ).seconds
    took = perf_counter() - g.rendering
    seconds["render"] = seconds.get("render", 0.0) + took


class _Watched:
    """The site, and what is noted of its answers."""

    def __init__(self, site: WSGIApplication, settings: Settings, board: Board) -> None:
        self._site = site
        self._board = board
        self._tells_text = settings.log_queries
        self._proxies = tuple(map(ip_network, settings.trusted_proxies))

    def __call__(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        under_way = Asked(self._id(environ), stopwatch.start())
        environ[_KEY] = under_way

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            under_way.status = int(status[:3])
            headers.append(("X-Request-ID", under_way.id))
            headers.append(("Server-Timing", _timing(under_way)))
            return start(status, headers, *rest)

        method = environ["REQUEST_METHOD"]
        end = partial(self._end, under_way, method if method in _METHODS else "other")
        return ClosingIterator(self._site(environ, started), end)

    def _id(self, environ: WSGIEnvironment) -> str:
        """Return the id a trusted proxy gave the request, else a new one."""
        given = str(environ.get("HTTP_X_REQUEST_ID", ""))
        if self._proxies and _GIVEN.fullmatch(given):
            peer = environ.get("REMOTE_ADDR", "")
            if _is_among(peer, self._proxies):
                return given
        return token_hex(8)

    def _end(self, under_way: Asked, method: str) -> None:
        seconds = perf_counter() - under_way.began
        row, route = self._board.row, under_way.route
        labels = f'{{route="{route}",status="{under_way.status}"}}'
        row.add(f"dateline_requests_total{labels}")
        row.observe(f'dateline_request_seconds{{route="{route}"}}', seconds)
        for name in _REPORTED:
            if name in under_way.seconds:
                stage = f'dateline_stage_seconds{{stage="{name}"}}'
                row.observe(stage, under_way.seconds[name])
        if under_way.found is not None and "/search" in route:
            row.add(f'dateline_searches_total{{found="{_extent(under_way.found)}"}}')
            row.add("dateline_hits_total", under_way.found.total)
        level = logging.ERROR if under_way.status >= 500 else logging.INFO
        if REQUESTS.isEnabledFor(level):
            REQUESTS.log(level, self._line(under_way, method, seconds))

    def _line(self, under_way: Asked, method: str, seconds: float) -> dict[str, Any]:
        said: dict[str, Any] = {
            "request": under_way.id,
            "method": method,
            "route": under_way.route,
            "status": under_way.status,
            "ms": round(seconds * 1000, 1),
            "q_length": len(under_way.text),
        }
        if under_way.found is not None:
            said["hits"] = under_way.found.total
        if under_way.generation is not None:
            said["generation"] = under_way.generation
        if self._tells_text and under_way.text:
            said["q"] = under_way.text[:1000]
        return {**said, "process": os.getpid()}


def _timing(under_way: Asked) -> str:
    """Return the value of Server-Timing; its durations are in milliseconds."""
    total = perf_counter() - under_way.began
    stages = {k: under_way.seconds[k] for k in _REPORTED if k in under_way.seconds}
    return ", ".join(
        f"{name};dur={seconds * 1000:.1f}"
        for name, seconds in {**stages, "total": total}.items()
    )


def _is_among(peer: str, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in networks)
