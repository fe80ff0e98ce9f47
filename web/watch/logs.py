"""Log lines as JSON objects on stderr, one a line, without what people ask.

An exception is told by its class and the lines it passed through, never by its text,
which may hold a query.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from errno import errorcode
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from search.settings import Settings

REQUESTS = logging.getLogger("dateline.web.requests")

_OURS = logging.getLogger("dateline")


def speak(settings: Settings) -> None:
    """Write what the site logs to stderr from now on.

    Requests are told where settings say so; where they say nothing, unless a person
    sits at the terminal.
    """
    told = settings.log_requests
    if told is None:
        told = not sys.stderr.isatty()
    handler = logging.StreamHandler()
    handler.setFormatter(Line())
    _OURS.handlers[:] = [handler]
    _OURS.propagate = False
    REQUESTS.setLevel(logging.INFO if told else logging.WARNING)


class Line(logging.Formatter):
    """A record as one line of JSON; a message that is a dict gives its own keys."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what a client sent cannot break it."""
        moment = datetime.fromtimestamp(record.created, UTC)
        said: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
        }
        if isinstance(record.msg, dict):
            said |= record.msg
        else:
            said["message"] = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            said |= _told(error)
        return json.dumps(said)


class Journal(Logger):  # type: ignore[misc]  # gunicorn is untyped
    """gunicorn's own messages as the same lines."""

    def setup(self, cfg: Any) -> None:
        """Do as the parent class does, and write JSON."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Line())


def _told(error: BaseException) -> dict[str, Any]:
    name = type(error).__name__
    if isinstance(error, OSError):
        name = f"{name} {errorcode.get(error.errno or 0, '')}".rstrip()
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames]
    return {"fault": name, "at": lines[-20:]}


def _short(path: str) -> str:
    return "/".join(Path(path).parts[-2:])
