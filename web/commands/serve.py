"""``dateline serve``."""

from __future__ import annotations

from typing import Any

import click

from search.console import Configure, on_index, say
from web import server
from web.exposure import exposure


@click.command()
@on_index
@click.option("--bind", metavar="HOST:PORT", help="[default: 127.0.0.1:8000]")
@click.option("--workers", help="How many processes answer.  [default: 2]")
@click.option("--threads", help="Requests each answers at once.  [default: 16]")
@click.pass_obj
def serve(configure: Configure, /, **flags: Any) -> None:
    """Open the site until you press Ctrl-C.

    \b
    dateline serve                        http://127.0.0.1:8000, this machine only
    dateline serve --bind 0.0.0.0:8080    for the network, behind a proxy

    It follows the index: pages reindexed meanwhile appear within a second.
    """
    settings = configure(**flags)

    def ready(url: str) -> None:
        click.echo(f"Dateline serves {url}", err=True)
        if said := exposure(settings):
            say(said)

    server.serve(settings, ready)
