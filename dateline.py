"""The command: its settings, its errors, and which module holds each subcommand.

A subcommand lives beside its door and is imported when it is asked for: ``dateline
--help`` answers at once, and the web process loads neither the cleaner nor its parser.
"""

from __future__ import annotations

import os
import sys
import traceback
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NoReturn, cast

import click

from search.console import INTERRUPTED, say
from search.errors import DatelineError
from search.settings import load

# Module and summary, which is the first line of the subcommand's own help.
_COMMANDS = {
    "reindex": (
        "index.commands.reindex",
        "Bring the index up to date with the pages at or below each PATH.",
    ),
    "search": (
        "web.commands.search",
        "Show the articles that match QUERY, the best first.",
    ),
    "serve": ("web.commands.serve", "Open the site until you press Ctrl-C."),
    "clean": (
        "index.commands.clean",
        "Show what remains of saved pages when their chrome is gone.",
    ),
    "annotate": (
        "index.commands.annotate",
        "Find the places in texts: JSON lines from standard input, answered in order.",
    ),
    "status": (
        "index.commands.status",
        "Show what the index holds: pages, size, roots, the last run and its failures.",
    ),
    "verify": (
        "index.commands.verify",
        "Read the whole index and say what of it is damaged.",
    ),
}


def main() -> NoReturn:
    """Run the command and leave with its exit code; the one place errors end at."""
    try:
        code = dateline.main(prog_name="dateline", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        code = INTERRUPTED
    except DatelineError as error:
        _explain(error)
        code = error.exit_code
    except Exception as error:  # noqa: BLE001 - the door: a line, not a traceback
        _explain(error)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _explain(error: Exception) -> None:
    """Say in one line what went wrong, or all of it where that was asked for."""
    if _debugging():
        traceback.print_exception(error)
    if isinstance(error, DatelineError):
        say(str(error))
    elif isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        say(f"{place}{error.strerror}")
    else:
        say(f"unexpected {type(error).__name__}: {error} (--debug shows more)")


def _debugging() -> bool:
    context = click.get_current_context(silent=True)
    asked = context is not None and context.find_root().params.get("debug")
    return (
        bool(asked) or "--debug" in sys.argv or os.environ.get("DATELINE_DEBUG") == "1"
    )


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's
    if wanted:
        # Reading the installed metadata costs more than all the rest of --help.
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

        try:
            click.echo(f"dateline {version('dateline')}")
        except PackageNotFoundError:
            click.echo("dateline, from a checkout that is not installed")
        context.exit()


class _Doors(click.Group):
    """The subcommands of both doors, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        return cast("click.Command", getattr(import_module(module), cmd_name))

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's
        formatter: click.HelpFormatter,
    ) -> None:
        rows = [(name, summary) for name, (_, summary) in _COMMANDS.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=_Doors, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    help="Settings file (TOML); none is read unless named.  [env: DATELINE_CONFIG]",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Show the version and exit.",
)
@click.pass_context
def dateline(context: click.Context, config: Path | None, *, debug: bool) -> None:  # noqa: ARG001 - read by _debugging
    """Full-text search for saved news pages.

    \b
    dateline reindex ~/saved-pages     make or update the index
    dateline search 'flood -coast'     look something up
    dateline serve                     open the site on http://127.0.0.1:8000
    """
    context.obj = partial(load, os.environ, config)
    if os.environ.get("NO_COLOR"):
        context.color = False


if __name__ == "__main__":
    main()
