"""``dateline annotate``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from index.annotating import Answer, annotated
from index.commands import jobs as processes
from index.feed import feed
from index.outlets import Annotating
from index.progress import Progress
from index.readers.lines import read
from search import own_places
from search.console import SOME_FAILED
from search.extended_gazetteer import extended


@click.command()
@click.option(
    "--no-prior",
    is_flag=True,
    help="Answer each line as it comes, without learning from the others.",
)
@processes.option
@click.pass_context
def annotate(context: click.Context, *, no_prior: bool, jobs: int | None) -> None:
    """Find the places in texts: JSON lines from standard input, answered in order.

    No index is needed; the setting "places" names a file of places of your own. A line
    is {"id", "title", "text", "outlet", "date"}, of which "id" and "text" are needed.
    The answer has the id as it was given, "places" with offsets into the text, and
    "countries", the ISO 3166 codes of what title and text are about.

    All input is read before the first answer: where an outlet's other articles play
    tells which of two places of one name it means, from five articles on.

    \b
    dateline annotate < articles.jsonl > places.jsonl

    Exit code 3: done, but some lines could not be read.
    """
    workers = processes.number(jobs)
    source = extended(own_places.load(context.obj().places))
    stdin = sys.stdin.buffer
    failed = False
    if no_prior:
        with Progress("annotate", lambda: 0) as progress:
            for answer in annotated(feed(stdin), workers, source):
                failed |= _print(answer, progress)
    else:
        work = Annotating(read(stdin), workers, source)
        with Progress("annotate", lambda: len(work)) as progress:
            for answer in _stepping(work, progress):
                failed |= _print(answer, progress)
    context.exit(SOME_FAILED if failed else 0)


def _stepping(work: Annotating, progress: Progress) -> Iterator[Answer]:
    def step(number: int) -> None:
        for _ in range(number):
            progress.step()

    yield from work.answers(step)


def _print(answer: Answer, progress: Progress) -> bool:
    """Print an answer, or say why there is none; return whether that is so."""
    if answer.text is None:
        progress.failed(f"line {answer.number}", str(answer.reason))
        return True
    click.echo(answer.text)
    return False
