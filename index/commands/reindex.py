"""``dateline reindex``."""

from __future__ import annotations

import json
import os
import sys
from errno import ENOENT
from functools import partial
from pathlib import Path

import click

from index import pipeline
from index.commands import jobs as processes
from index.ledger import FILE
from index.pipeline import Outcome, Task
from index.progress import Progress
from index.readers.rows import read
from index.rebuild import rebuild
from index.rehearsal import Rehearsal
from index.report import Muted, draft_of
from index.roots import missing, part_of
from index.way import count, knowing, roots
from search import own_places
from search.console import INTERRUPTED, SOME_FAILED, on_index, say
from search.engines import open_build, open_searcher, state_of
from search.errors import BadSetting, DatelineError, IndexUnusable, NoIndex
from search.settings import Settings


class Interrupted(DatelineError):
    """A run was stopped with Ctrl-C."""

    exit_code = INTERRUPTED


@click.command()
@click.argument(
    "paths",
    nargs=-1,
    metavar="[PATH]...",
    type=click.Path(path_type=Path, readable=False),
)
@on_index
@click.option("--full", is_flag=True, help="Build anew beside the index, then swap.")
@click.option("--prune", is_flag=True, help="Delete even if over a tenth vanished.")
@click.option(
    "--forget",
    multiple=True,
    metavar="ROOT",
    type=click.Path(path_type=Path, readable=False),
    help="Drop a root and its pages.",
)
@processes.option
@click.option(
    "--memory",
    metavar="MB",
    help="Changes held before they are written out.  [default: 224]",
)
@click.option("--part", metavar="I/N", help="Take the I-th of N shares of the files.")
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would be done.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False, readable=False),
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
    memory: str | None,
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
    settings = context.obj(index=index, memory=memory)
    share = part_of(part or "1/1")
    if full and share.of > 1:
        raise BadSetting(
            "--part: a full run takes all files; leave out --part, or --full"
        )
    default = None if dry_run else _beside(settings.index)
    stdin = Path("-") in paths
    own = own_places.load(settings.places)
    task = Task(
        paths=tuple(path for path in paths if path != Path("-")),
        rows=read(sys.stdin.buffer, "stdin") if stdin else None,
        forget=forget,
        part=share,
        prune=prune,
        workers=processes.number(jobs),
        report=report or default,
        report_else=None if report or not default else _inside(settings.index),
        apart=_own(settings.index, report),
        places=own,
    )
    try:
        outcome = _reindex(settings, task, full=full, dry_run=dry_run)
    except KeyboardInterrupt as error:
        raise Interrupted(
            "interrupted; the index is as it was"
            if full or dry_run
            else "interrupted; what was committed stays, the next run goes on from it"
        ) from error
    _summarise(outcome, as_json=as_json, dry_run=dry_run)
    for warning in outcome.warnings:
        say(warning)
    faults = list(outcome.faults)
    if outcome.unreported is not None:
        faults.insert(0, outcome.unreported)
        if outcome.report is not None:  # it is somewhere, which is no failure
            say(str(faults.pop(0)))
    if faults:
        for fault in faults[1:]:
            say(str(fault))
        raise faults[0]
    context.exit(SOME_FAILED if outcome.failures else 0)


def _reindex(settings: Settings, task: Task, *, full: bool, dry_run: bool) -> Outcome:
    """Return what a run did, or would do."""
    named = bool(task.paths) or task.rows is not None
    stages = knowing(task.places)
    previous = _previous(settings.index, anew=full and named)
    if previous is None and not named:
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
        else open_build(settings.index, full=full, memory=settings.memory)
    )
    with Progress("reindex", lambda: count(task.paths or roots(previous))) as progress:
        watcher = Muted(progress) if dry_run else progress
        if not full:
            return pipeline.reindex(build, task, stages, watcher)
        live = partial(open_searcher, settings.index, names=settings.names)
        return rebuild(build, previous, task, stages, watcher, live=live)


def _previous(locator: str, *, anew: bool) -> Path | None:
    """Return where the live index has its ledger, None where there is no index.

    ``anew`` does without: then it may not be there.

    Raises:
        IndexUnusable: the ledger is missing, or which index is live is not known.
    """
    try:
        state = state_of(locator)
    except IndexUnusable:
        if not anew:
            raise
        return Path(locator)
    if anew or state is None or (state / FILE).exists():
        return state
    raise IndexUnusable(
        f"the index in {Path(locator)} has lost {state / FILE}, without which new pages"
        " cannot be told from known ones; run"
        f" `dateline reindex --full PATH --index {Path(locator)}`, PATH being every"
        " folder it is of"
    )


def _summarise(outcome: Outcome, *, as_json: bool, dry_run: bool) -> None:
    tally = outcome.tally
    counts = {name: getattr(tally, name) for name in tally.__match_args__}
    if as_json:
        where = str(outcome.report) if outcome.report else None
        click.echo(json.dumps({**counts, "report": where, "dry_run": dry_run}))
    else:
        click.echo(f"would be {tally}" if dry_run else str(tally))


def _beside(locator: str) -> Path | None:
    """Return where the report of an index goes; beside a folder, or nowhere.

    Its suffix is none of a page's: the index may lie among the pages.
    """
    return None if "://" in locator else Path(f"{locator.rstrip('/')}.report.log")


def _inside(locator: str) -> Path:
    """Return where the report goes if nothing can be written beside the index."""
    return Path(locator, "report.log")


def _own(locator: str, report: Path | None) -> tuple[Path, ...]:
    """Return the files of ours that a run may come across."""
    places = (None if "://" in locator else Path(locator), report, _beside(locator))
    known = [place for place in places if place is not None]
    return (*known, *map(draft_of, known))
