# ruff: noqa: PLC0415 - imports inside functions, for the reason just below
"""The command. Each subcommand parses, calls one function and prints what it returns.

What a subcommand needs is imported inside it: ``dateline --help`` answers at once, and
the web process loads neither the cleaner nor its parser.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from errno import ENOENT
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from search.errors import DatelineError, NoIndex
from search.fields import FACETS
from search.settings import Settings, load

if TYPE_CHECKING:
    from index.pipeline import Outcome, Task
    from search.engine import Searcher

Command = TypeVar("Command", bound=Callable[..., None])

SOME_FAILED = 3
INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command and leave with its exit code; the one place errors end at."""
    try:
        code = dateline.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted; what was committed stays, and the next run goes on from it")
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
        _say(str(error))
    elif isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        _say(f"{place}{error.strerror}")
    else:
        _say(f"unexpected {type(error).__name__}: {error} (--debug shows more)")


def _debugging() -> bool:
    context = click.get_current_context(silent=True)
    asked = context is not None and context.find_root().params.get("debug")
    return (
        bool(asked) or "--debug" in sys.argv or os.environ.get("DATELINE_DEBUG") == "1"
    )


def _say(message: str) -> None:
    text = f"dateline: {' '.join(message.split())}"
    click.echo(text.encode("utf-8", "backslashreplace"), err=True)


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's
    if wanted:
        # Reading the installed metadata costs more than all the rest of --help.
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"dateline {version('dateline')}")
        except PackageNotFoundError:
            click.echo("dateline, from a checkout that is not installed")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
    context.obj = config
    if os.environ.get("NO_COLOR"):
        context.color = False


def _settings(context: click.Context, **flags: Any) -> Settings:
    """Return the settings of this command."""
    return load(os.environ, context.obj, **flags)


def _on_index(command: Command) -> Command:
    """Add the option that every command using an index takes."""
    return click.option(
        "--index",
        metavar="LOCATOR",
        help="The index.  [default: ./dateline-index; env: DATELINE_INDEX]",
    )(command)


_JOBS = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="How many processes clean pages.  [default: one a core]",
)


def _jobs(given: int | None) -> int:
    if given is None and hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))  # of all cores those we may use
    return given or os.cpu_count() or 1


@dateline.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@_on_index
@click.option("--full", is_flag=True, help="Build anew beside the index, then swap.")
@click.option("--prune", is_flag=True, help="Delete even if over a tenth vanished.")
@click.option(
    "--forget",
    multiple=True,
    metavar="ROOT",
    type=click.Path(path_type=Path),
    help="Drop a root and its pages.",
)
@_JOBS
@click.option("--part", metavar="I/N", help="Take the I-th of N shares of the files.")
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would be done.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where a line for every page goes.  [default: beside the index]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_context
def reindex(
    context: click.Context,
    paths: tuple[Path, ...],
    *,
    index: str | None,
    full: bool,
    prune: bool,
    forget: tuple[Path, ...],
    jobs: int | None,
    part: str | None,
    dry_run: bool,
    report: Path | None,
    as_json: bool,
) -> None:
    """Bring the index up to date with the pages at or below each PATH.

    \b
    dateline reindex ~/saved-pages          new, changed and vanished pages
    dateline reindex                        all paths given so far
    dateline reindex - < articles.jsonl     articles as JSON lines
    dateline reindex --full                 everything anew

    A page whose file vanished is deleted; more than a tenth of a root only with
    --prune. Exit code 3: done, but some pages could not be read.
    """
    # The cleaner and its parser are needed here only.
    from index.pipeline import Task
    from index.readers.rows import read
    from index.roots import part_of

    settings = _settings(context, index=index)
    stdin = Path("-") in paths
    task = Task(
        paths=tuple(path for path in paths if path != Path("-")),
        rows=read(sys.stdin.buffer, "stdin") if stdin else None,
        forget=forget,
        part=part_of(part or "1/1"),
        prune=prune,
        workers=_jobs(jobs),
        report=report or (None if dry_run else _beside(settings.index)),
        apart=_own(settings.index, report),
    )
    outcome = _reindex(settings, task, full=full, dry_run=dry_run)
    _summarise(outcome, task, as_json=as_json, dry_run=dry_run)
    if outcome.faults:
        for fault in outcome.faults[1:]:
            _say(str(fault))
        raise outcome.faults[0]
    context.exit(SOME_FAILED if outcome.failures else 0)


def _reindex(settings: Settings, task: Task, *, full: bool, dry_run: bool) -> Outcome:
    """Return what a run did, or would do."""
    # As above: the way in stays out of every other command.
    from index import pipeline
    from index.progress import Progress
    from index.rebuild import rebuild
    from index.rehearsal import Rehearsal
    from index.report import Muted
    from index.roots import missing
    from index.way import STAGES, count, roots
    from search.engines import open_build, open_searcher, state_of

    previous = state_of(settings.index)
    if previous is None and not task.paths and task.rows is None:
        raise NoIndex(
            f"there is no index at {settings.index}; name the pages to index:"
            " dateline reindex PATH"
        )
    if previous is None and task.paths and not any(p.exists() for p in task.paths):
        # A mistyped path must not leave an empty index behind.
        raise missing(task.paths[0], FileNotFoundError(ENOENT, os.strerror(ENOENT)))
    build = (
        Rehearsal(None if full else previous)
        if dry_run
        else open_build(settings.index, full=full)
    )
    with ExitStack() as stack:
        progress = stack.enter_context(
            Progress("reindex", lambda: count(task.paths or roots(previous)))
        )
        watcher = Muted(progress) if dry_run else progress
        if not full:
            return pipeline.reindex(build, task, STAGES, watcher)

        @cache
        def live() -> Searcher:
            searcher = open_searcher(settings.index, names=settings.names)
            stack.callback(searcher.close)
            return searcher

        return rebuild(
            build,
            previous,
            task,
            STAGES,
            watcher,
            article=lambda name: live().get(name),
        )


def _summarise(outcome: Outcome, task: Task, *, as_json: bool, dry_run: bool) -> None:
    tally = outcome.tally
    counts = {name: getattr(tally, name) for name in tally.__match_args__}
    if as_json:
        where = str(task.report) if task.report else None
        click.echo(json.dumps({**counts, "report": where, "dry_run": dry_run}))
    else:
        click.echo(f"would be {tally}" if dry_run else str(tally))


def _beside(locator: str) -> Path | None:
    """Return where the report of an index goes; beside a folder, or nowhere.

    Its suffix is none of a page's: the index may lie among the pages.
    """
    return None if "://" in locator else Path(f"{locator.rstrip('/')}.report.log")


def _own(locator: str, report: Path | None) -> tuple[Path, ...]:
    """Return the files of ours that a run may come across."""
    places = (None if "://" in locator else Path(locator), report, _beside(locator))
    return tuple(place for place in places if place is not None)


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


_ONE_VALUE = (
    (("--from", "from"), "First day, as 2017, 2017-11 or 2017-11-19."),
    (("--to", "to"), "Last day, likewise."),
    (("--in", "in"), "Look in all, title, body, byline or chrome."),
    (("--sort", "sort"), "By relevance, newest, oldest or source."),
    (("--group", "group"), "How to group hits."),
    (("--facet-size", "facet_size"), "How many values of a facet.  [default: 10]"),
    (("--interval", "interval"), "Dates by day, week, month or year."),
    (("--page", "page"), "Which page of hits.  [default: 1]"),
    (("--limit", "--per-page", "per_page"), "Hits a page.  [default: 10; most: 100]"),
    (("--cursor", "cursor"), "Go on after the hits of an earlier answer."),
)


@dateline.command(no_args_is_help=True)
@click.argument("query")
@_api_options
@click.option("--json", "form", flag_value="json", help="The API's object.")
@click.option("--jsonl", "form", flag_value="jsonl", help="A hit a line, as JSON.")
@click.option("--csv", "form", flag_value="csv", help="A hit a line, as a table.")
@_on_index
@click.pass_context
def search(
    context: click.Context,
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
    # The engine takes a while to load; --help need not wait for it.
    from search.engines import open_searcher
    from web.params import to_query

    settings = _settings(context, index=index)
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


def _show(asked: Any, result: Any, took: float, form: str | None) -> None:
    """Print ``result``, found in ``took`` milliseconds."""
    from search import printed, wire  # with the engine's modules

    if form == "csv":
        lines = printed.table(result.hits)
    elif form is not None:
        answer = wire.answer(asked, result, took)
        lines = map(json.dumps, answer["hits"] if form == "jsonl" else [answer])
    else:
        lines = printed.people(
            result,
            bold=lambda text: click.style(text, bold=True, fg="yellow"),
            faint=_faint,
        )
    for line in lines:
        click.echo(line)


@dateline.command()
@_on_index
@click.option("--bind", metavar="HOST:PORT", help="[default: 127.0.0.1:8000]")
@click.option("--workers", help="How many processes answer.  [default: 2]")
@click.option("--threads", help="Requests each answers at once.  [default: 16]")
@click.pass_context
def serve(context: click.Context, /, **flags: Any) -> None:
    """Open the site until you press Ctrl-C.

    \b
    dateline serve                        http://127.0.0.1:8000, this machine only
    dateline serve --bind 0.0.0.0:8080    for the network, behind a proxy

    It follows the index: pages reindexed meanwhile appear within a second.
    """
    # Flask and gunicorn are for this command alone.
    from web.server import serve as run

    settings = _settings(context, **flags)
    run(settings, lambda url: click.echo(f"Dateline serves {url}", err=True))


@dateline.command(no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON lines, also on a terminal.")
@click.option("--explain", is_flag=True, help="Show every block and what decided.")
@_JOBS
@click.pass_context
def clean(
    context: click.Context,
    paths: tuple[Path, ...],
    *,
    as_json: bool,
    explain: bool,
    jobs: int | None,
) -> None:
    """Show what remains of saved pages when their chrome is gone; no index is needed.

    \b
    dateline clean page.html                what a reader sees of it
    dateline clean --explain page.html      why each block was kept or removed
    dateline clean pages/ > clean.jsonl     a page a line, as JSON
    """
    # The way in, as for reindex.
    from index import shown
    from index.cleaned import cleaned
    from index.progress import Progress
    from index.way import STAGES, count

    for path in paths:
        if not path.exists():
            raise click.UsageError(f"{path}: no such file or folder")
    failed = False
    readable = not as_json and sys.stdout.isatty()
    with Progress("clean", lambda: count(paths)) as progress:
        for page in cleaned(
            paths, STAGES, workers=_jobs(jobs), explain=explain, step=progress.step
        ):
            if page.record is None:
                failed = True
                progress.failed(page.path, str(page.reason))
            elif readable:
                styles = {"kept": _coloured("green"), "cut": _coloured("red")}
                for line in shown.page(page.record, bold=_bold, faint=_faint, **styles):
                    click.echo(line)
            else:
                click.echo(json.dumps(page.record))
    context.exit(SOME_FAILED if failed else 0)


@dateline.command()
@_on_index
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def status(context: click.Context, *, index: str | None, as_json: bool) -> None:
    """Show what the index holds: pages, size, roots, the last run and its failures."""
    # The engine takes a while to load; --help need not wait for it.
    from index import shown
    from index import status as of
    from search.engines import open_searcher, state_of

    settings = _settings(context, index=index)
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


def _bold(text: str) -> str:
    return click.style(text, bold=True)


def _coloured(colour: str) -> Callable[[str], str]:
    return lambda text: click.style(text, fg=colour)


def _faint(text: str) -> str:
    return click.style(text, dim=True)


if __name__ == "__main__":
    main()
