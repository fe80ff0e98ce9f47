"""``dateline search``."""

from __future__ import annotations

import time
from typing import Any

import click

from search import printed
from search.console import Command, Configure, faint, on_index
from search.engines import open_searcher
from search.fields import FACETS
from search.model import Query, SearchResult
from search.wire import answers
from search.wire.encoding import encoded
from web.params import to_query

_ONE_VALUE = (
    (("--from", "from"), "First day, as 2017, 2017-11 or 2017-11-19."),
    (("--to", "to"), "Last day, likewise."),
    (("--in", "in"), "Look in all, title, body, byline or chrome."),
    (("--sort", "sort"), "By relevance, newest, oldest or source."),
    (("--group", "group"), "copy: one hit for articles with the same text."),
    (("--facet-size", "facet_size"), "How many values of a facet.  [default: 10]"),
    (("--interval", "interval"), "Dates by day, week, month or year."),
    (("--page", "page"), "Which page of hits.  [default: 1]"),
    (("--limit", "--per-page", "per_page"), "Hits a page.  [default: 10; most: 100]"),
    (("--cursor", "cursor"), "Go on after the hits of an earlier answer."),
)


def _api_options(command: Command) -> Command:
    """Add an option of the same name for each parameter of the API but ``q``."""
    for facet in FACETS.values():
        name = facet.name.replace("_", "-")
        for option, text in (
            (f"--exclude-{name}", f"Leave these out by {facet.label.lower()}."),
            (f"--{name}", f"{facet.label}; repeat for any of several."),
        ):
            command = click.option(option, multiple=True, help=text)(command)
    for names, text in reversed(_ONE_VALUE):
        command = click.option(*names, help=text)(command)
    return click.option("--facet", multiple=True, help="Count the values of a field.")(
        command
    )


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
    **given: Any,
) -> None:
    """Show the articles that match QUERY, the best first.

    \b
    dateline search 'harbour storm'            both words
    dateline search '"harbour master" OR pilot -strike'
    dateline search storm --source 'The Courier' --from 2018-08
    dateline search '' --facet source --json   everything, newest first
    """
    settings = configure(index=index)
    values = {
        name: list(value) if isinstance(value, tuple) else [value]
        for name, value in {"q": query, **given}.items()
        if value
    }
    asked = to_query(values)
    searcher = open_searcher(settings.index, names=settings.names)
    try:
        began = time.perf_counter()
        result = searcher.search(asked)
        took = (time.perf_counter() - began) * 1000
    finally:
        searcher.close()
    _show(asked, result, took, form)


def _show(asked: Query, result: SearchResult, took: float, form: str | None) -> None:
    """Print ``result``, found in ``took`` milliseconds."""
    if form == "csv":
        lines = printed.table(result.hits)
    elif form is not None:
        answer = answers.answer(asked, result, took)
        shown = answer.hits if form == "jsonl" else [answer]
        lines = (encoded(said).decode() for said in shown)
    else:
        lines = printed.people(result, bold=_match, faint=faint)
    for line in lines:
        click.echo(line)


def _match(text: str) -> str:
    return click.style(text, bold=True, fg="yellow")
