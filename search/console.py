"""What the commands of both doors share: an option, a voice, and styles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from search.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

# Exit codes beside those of search/errors.py.
SOME_FAILED = 3  # done, but some pages could not be read
INTERRUPTED = 130

# Returns the settings with a command's flags over environment and file.
Configure = Callable[..., Settings]


def on_index(command: Command) -> Command:
    """Add the option that every command using an index takes."""
    return click.option(
        "--index",
        metavar="LOCATOR",
        help="The index.  [default: ./dateline-index; env: DATELINE_INDEX]",
    )(command)


def say(message: str) -> None:
    """Write ``message`` to stderr as one line, whatever it holds."""
    text = f"dateline: {' '.join(message.split())}"
    click.echo(text.encode("utf-8", "backslashreplace"), err=True)


def bold(text: str) -> str:
    """Return ``text`` in bold."""
    return click.style(text, bold=True)


def faint(text: str) -> str:
    """Return ``text`` dimmed."""
    return click.style(text, dim=True)


def coloured(colour: str) -> Callable[[str], str]:
    """Return what puts a text in ``colour``."""
    return lambda text: click.style(text, fg=colour)
