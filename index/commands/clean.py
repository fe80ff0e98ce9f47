"""``dateline clean``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from index import shown
from index.chrome.shelf import Shelf
from index.cleaned import cleaned
from index.commands import jobs as processes
from index.ledger import FILE, Ledger
from index.progress import Progress
from index.way import STAGES, count
from search.console import SOME_FAILED, bold, coloured, faint
from search.engines import state_of
from search.errors import NoIndex


@click.command(no_args_is_help=True)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, readable=False),
)
@click.option("--json", "as_json", is_flag=True, help="JSON lines, also on a terminal.")
@click.option("--explain", is_flag=True, help="Show every block and what decided.")
@click.option(
    "--index",
    metavar="LOCATOR",
    help="Take out what this index knows to recur, too.  [default: none is used]",
)
@processes.option
@click.pass_context
def clean(
    context: click.Context,
    paths: tuple[Path, ...],
    *,
    index: str | None,
    as_json: bool,
    explain: bool,
    jobs: int | None,
) -> None:
    """Show what remains of saved pages when their chrome is gone.

    No index is needed. One that has pages of the same outlets knows more: what recurs
    in them is no part of the article.

    \b
    dateline clean page.html                what a reader sees of it
    dateline clean --explain page.html      why each block was kept or removed
    dateline clean pages/ > clean.jsonl     a page a line, as JSON

    Exit code 3: done, but some pages could not be read.
    """
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"{path}: no such file or folder")
    known = None if index is None else _known(index)
    failed = False
    readable = not as_json and sys.stdout.isatty()
    workers = processes.number(jobs)
    with Progress("clean", lambda: count(paths)) as progress:
        for page in cleaned(
            paths,
            STAGES,
            workers=workers,
            explain=explain,
            step=progress.step,
            known=known,
        ):
            if page.record is None:
                failed = True
                progress.failed(page.path, str(page.reason))
            elif readable:
                styles = {"kept": coloured("green"), "cut": coloured("red")}
                for line in shown.page(page.record, bold=bold, faint=faint, **styles):
                    click.echo(line)
            else:
                click.echo(json.dumps(page.record))
    context.exit(SOME_FAILED if failed else 0)


def _known(locator: str) -> Shelf:
    """Return what the index at ``locator`` has learned.

    Raises:
        NoIndex: there is none.
        IndexUnusable: it is damaged or of another version.
    """
    state = state_of(locator)
    if state is None or not (state / FILE).exists():
        raise NoIndex(
            f"there is no index at {locator}; make it with"
            f" `dateline reindex PATH --index {locator}`, or leave out --index"
        )
    with Ledger(state / FILE, read_only=True):
        return Shelf(state)
