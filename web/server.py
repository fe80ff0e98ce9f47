"""The site under gunicorn, in this process and on the application object itself.

gunicorn's own command puts the working folder on the import path and runs a
``gunicorn.conf.py`` it finds there; people serve from among scraped files. Nothing of
that is reached here, nor are its variables such as ``GUNICORN_CMD_ARGS``.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

from search.errors import BadSetting, DatelineError
from search.settings import Settings
from web import hosting
from web.access import Keys
from web.app import create_app
from web.watch import logs

_WAITING = 2048  # connections


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Answer requests until SIGTERM or SIGINT; ``ready`` is told the site's URL.

    Raises:
        BadSetting: the address is none of this machine's, or the file of keys is not
            as it must be.
        DatelineError: the port is taken or may not be used.
    """
    if settings.access is not None:
        Keys(settings.access).schemes()
    logs.speak(settings)
    _Site(settings, _listening(settings.bind), ready).run()


class _Site(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    """The application as gunicorn runs it, on a socket that listens already."""

    def __init__(
        self, settings: Settings, listener: socket.socket, ready: Callable[[str], None]
    ) -> None:
        self._settings = settings
        self._url = _url(listener.getsockname())
        self._descriptor = listener.detach()  # gunicorn's from now on, to close too
        self._ready = ready
        super().__init__()

    def load_config(self) -> None:
        """Set what this site runs with; gunicorn's defaults hold for the rest."""
        choices = {
            **hosting.choices(self._settings),
            "bind": f"fd://{self._descriptor}",
            "when_ready": self._tell,
        }
        for name, value in choices.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application; called once in each worker."""
        board = hosting.board(self._settings.workers)
        return create_app(self._settings, board=board)

    def _tell(self, server: Any) -> None:  # noqa: ARG002 - gunicorn passes itself
        self._ready(self._url)


def _url(address: tuple[Any, ...]) -> str:
    """Return the URL of the site at a socket's address."""
    host, port = address[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listening(bind: str) -> socket.socket:
    """Return a socket that listens on ``bind``, which is ``HOST:PORT``."""
    host, _, port = bind.rpartition(":")
    try:
        found = socket.getaddrinfo(
            host.strip("[]"),
            int(port),
            type=socket.SOCK_STREAM,
            flags=socket.AI_PASSIVE,
        )
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSetting(f"--bind {bind}: {reason}") from error
    family, _, _, _, address = found[0]
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_WAITING)
    except OSError as error:
        listener.close()
        raise DatelineError(f"cannot listen on {bind}: {error.strerror}") from error
    return listener
