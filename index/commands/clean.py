"""``dateline clean``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from index import shown
from index.cleaned import cleaned
from index.commands import jobs as processes
from index.progress import Progress
from index.way import STAGES, count
from search.console import SOME_FAILED, bold, coloured, faint


@click.command(no_args_is_help=True)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, readable=False),
)
@click.option("--json", "as_json", is_flag=True, help="JSON lines, also on a terminal.")
@click.option("--explain", is_flag=True, help="Show every block and what decided.")
@processes.option
@click.pass_context
def clean(
    context: click.Context,
    paths: tuple[Path, ...],
    *,
    as_json: bool,
    explain: bool,
    jobs: int | None,
) -> None:
    """Show what remains of saved pages when their chrome is gone.

    No index is needed.

    \b
    dateline clean page.html                what a reader sees of it
    dateline clean --explain page.html      why each block was kept or removed
    dateline clean pages/ > clean.jsonl     a page a line, as JSON
    """
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"{path}: no such file or folder")
    failed = False
    readable = not as_json and sys.stdout.isatty()
    workers = processes.number(jobs)
    with Progress("clean", lambda: count(paths)) as progress:
        for page in cleaned(
            paths, STAGES, workers=workers, explain=explain, step=progress.step
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
