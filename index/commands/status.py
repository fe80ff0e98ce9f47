"""``dateline status``."""

from __future__ import annotations

import json

import click

from index import shown
from index import status as of
from search.console import Configure, on_index
from search.engines import open_searcher, state_of


@click.command()
@on_index
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def status(configure: Configure, *, index: str | None, as_json: bool) -> None:
    """Show what the index holds: pages, size, roots, the last run and its failures."""
    settings = configure(index=index)
    searcher = open_searcher(settings.index, names=settings.names)
    try:
        found = of.status(searcher, state_of(settings.index))
    finally:
        searcher.close()
    if as_json:
        click.echo(json.dumps({"index": settings.index, **found}))
        return
    for line in (f"index       {settings.index}", *shown.status(found)):
        click.echo(line)
