"""``dateline search``."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click

from search import printed
from search.address import whole
from search.console import Command, Configure, bold, faint, on_index, say
from search.engine import Searcher
from search.engines import open_searcher
from search.model import Query
from search.wire import answers
from search.wire.encoding import encoded
from web.parameters import PARAMETERS, Parameter
from web.params import to_query

_NARROWEST, _WIDEST = 40, 100  # columns that text is wrapped to


def _api_options(command: Command) -> Command:
    """Add an option of the same name for each parameter of the API but ``q``."""
    for parameter in reversed([*PARAMETERS.values()]):
        if parameter.name != "q":
            command = _option(parameter)(command)
    return command


def _option(parameter: Parameter) -> Any:
    # --facet-size reads better, --per-page is what --limit is called elsewhere.
    names = [f"--{parameter.name.replace('_', '-')}", parameter.name]
    if parameter.name == "per_page":
        names.insert(0, "--limit")
    schema = parameter.schema
    about = parameter.about.replace("`", "")
    if "default" in schema:
        about += f"  [default: {schema['default']}]"
    return click.option(
        *names,
        multiple=parameter.many,
        metavar="|".join(schema["enum"])
        if "enum" in schema
        else _METAVARS[schema["type"]],
        help=about,
        hidden=parameter.name.startswith("exclude_"),
    )


_METAVARS = {"string": "TEXT", "integer": "NUMBER"}


class _Asking(click.Command):
    """A command whose argument may begin with a minus, if it comes after ``--``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name.startswith("--"):
                raise
            raise click.UsageError(
                "a QUERY that begins with - comes last and after --, as in"
                " `dateline search -- -strike`",
                ctx,
            ) from error


@click.command(cls=_Asking, no_args_is_help=True)
@click.argument("query")
@_api_options
@click.option("--all", "every", is_flag=True, help="Every hit, not one page of them.")
@click.option("--json", "form", flag_value="json", help="The API's object.")
@click.option("--jsonl", "form", flag_value="jsonl", help="A hit a line, as JSON.")
@click.option("--csv", "form", flag_value="csv", help="A hit a line, as a table.")
@on_index
@click.pass_obj
def search(
    configure: Configure,
    /,
    query: str,
    form: str | None,
    index: str | None,
    *,
    every: bool,
    **given: Any,
) -> None:
    """Show the articles that match QUERY, the best first.

    \b
    dateline search 'harbour storm'            both words
    dateline search '"harbour master" OR pilot -strike'
    dateline search storm --source 'The Courier' --from 2018-08
    dateline search '' --facet source --json   everything, newest first
    dateline search storm --all --csv          every hit as a table

    Each filter has a twin that leaves out: --exclude-source, --exclude-place and so on.
    """
    if every and form not in {"jsonl", "csv"}:
        raise click.UsageError("--all needs --jsonl or --csv")
    settings = configure(index=index)
    values = {
        name: list(value) if isinstance(value, tuple) else [value]
        for name, value in {"q": query, **given}.items()
        if value
    }
    asked = to_query(values)
    searcher = open_searcher(settings.index, names=settings.names)
    try:
        lines = _all if every else _page
        for line in lines(searcher, asked, form):
            click.echo(line)
    finally:
        searcher.close()


def _page(searcher: Searcher, query: Query, form: str | None) -> Iterator[str]:
    """Yield the lines that show one page of hits."""
    began = time.perf_counter()
    result = searcher.search(query)
    took = (time.perf_counter() - began) * 1000
    if form == "csv":
        yield from printed.table(result.hits)
    elif form == "jsonl":
        yield from (encoded(answers.hit(hit)).decode() for hit in result.hits)
    elif form == "json":
        yield encoded(answers.answer(query, result, took)).decode()
    else:
        yield from printed.people(result, _look())


def _all(searcher: Searcher, query: Query, form: str | None) -> Iterator[str]:
    """Yield a line for every hit, as they are read; exit code 1 if some are missing."""
    found = searcher.export(whole(query))
    if form == "csv":
        yield from printed.table(found.hits)
    else:
        yield from (encoded(answers.hit(hit)).decode() for hit in found.hits)
    if not found.complete:
        say("this took too long: only a part of the index was searched")
        raise click.exceptions.Exit(1)


def _match(text: str) -> str:
    return click.style(text, bold=True, fg="yellow")


def _look() -> printed.Look:
    look = printed.Look(strong=bold, faint=faint, match=_match)
    if not sys.stdout.isatty():
        return look
    columns = shutil.get_terminal_size().columns
    return replace(look, width=min(max(columns, _NARROWEST), _WIDEST))
