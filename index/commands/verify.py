"""``dateline verify``."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from search.console import Configure, on_index, say
from search.engines import verify as verified
from search.errors import IndexUnusable


@click.command()
@on_index
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def verify(configure: Configure, *, index: str | None, as_json: bool) -> None:
    """Read the whole index and say what of it is damaged.

    It may run while the site answers and while a run writes. Exit code 5: something
    is damaged, and the message names what mends it.
    """
    settings = configure(index=index)
    found = verified(settings.index)
    if as_json:
        click.echo(json.dumps({"index": settings.index, **asdict(found)}))
    for fault in found.faults:
        say(f"{fault.file}: {fault.reason}")
    if found.faults:
        raise IndexUnusable(found.remedy)
    if not as_json:
        click.echo(f"{found.files} files, {found.bytes:,} bytes: all as written")
