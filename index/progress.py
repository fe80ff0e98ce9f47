"""How a run or a long command shows on a terminal that it is getting on."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Self

import click

_SOON = 1.0  # seconds; what ends sooner needs no bar


class Progress:
    """Messages on stderr, and a bar where that is a terminal; a context manager.

    ``total`` counts the files to come; it is asked only when there is a bar to draw.
    """

    def __init__(self, label: str, total: Callable[[], int]) -> None:
        self._label = label
        self._total = total
        self._shown = sys.stderr.isatty()
        self._began = time.monotonic()
        self._done = 0
        self._stack = ExitStack()
        self._advance: Callable[[int], None] | None = None

    def step(self) -> None:
        """Note that another file is done with."""
        self._done += 1
        if self._advance is not None:
            self._advance(1)
        elif self._shown and time.monotonic() - self._began > _SOON:
            length = max(self._total(), self._done)
            bar = click.progressbar(length=length, label=self._label, file=sys.stderr)
            self._advance = self._stack.enter_context(bar).update
            self._advance(self._done)

    def failed(self, path: str, reason: str) -> None:
        """Say that a page could not be read."""
        self._say(f"{path}: {reason}")

    def committed(self, articles: int) -> None:
        """Say how many changes are durable by now."""
        self._say(f"committed {articles}")

    def _say(self, message: str) -> None:
        if self._advance is not None:
            click.echo(file=sys.stderr)  # leaves the bar as it stands on its own line
        text = " ".join(message.split())
        click.echo(text.encode("utf-8", "backslashreplace"), file=sys.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, trace)
