"""Annotation that learns from all its input where each outlet's articles play.

A first round reads a sample of each outlet's articles and answers them by what they
tell of each other; a second one answers the rest by what the sample told. Every article
is read once, and the answers do not depend on the number of workers.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from index import annotating
from index.annotating import Answer, Asked, Job, Line
from index.page import Unread
from index.spool import Spool
from index.toponyms import finding
from index.toponyms.finding import Reading
from index.toponyms.locate import located
from index.toponyms.priors import LEAST, SAMPLE, Prior, Testimony
from index.workers import Pool
from search.gazetteer import Gazetteer

_MOST = 1 << 20  # bytes of them, which one worker reads
_NOT_YET = _NONE = -1


@dataclass(frozen=True, slots=True)
class Sample:
    """Articles of one outlet, by their lines."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """The answers to a sample, and what it tells of the outlet's other articles."""

    answers: tuple[Answer, ...]
    prior: Prior | None


Workers = Pool[Job | Sample, Answer | Learned]


class Annotating:
    """Reads all of ``lines``, then yields an answer for each that is not blank.

    All workers share ``source``.
    """

    def __init__(
        self,
        lines: Iterable[tuple[int, str | Unread]],
        workers: int,
        source: Gazetteer,
    ) -> None:
        self._workers = workers
        self._source = source
        self._stack = ExitStack()
        self._lines = self._stack.enter_context(Spool())
        self._early = self._stack.enter_context(Spool())
        self._numbers = array("q")
        self._refused: dict[int, Answer] = {}
        self._names: dict[str, int] = {}  # of outlets, in order of appearance
        self._outlets = array("q")  # of each line, by number
        for number, line in lines:
            job = annotating.job_of(number, line)
            if job is not None:
                self._keep(job)

    def __len__(self) -> int:
        return len(self._numbers)

    def answers(self, step: Callable[[int], None]) -> Iterator[Answer]:
        """Yield the answers in the order of the lines; once.

        ``step`` is told how many more articles are done with.
        """
        work = partial(_work, self._source)
        with self._stack, Workers(work, self._workers) as pool:
            where = array("q", [_NOT_YET]) * len(self)
            priors = self._learn(pool, where, step)
            rest = pool.map(self._rest(where, priors))
            for at, number in enumerate(self._numbers):
                if where[at] != _NOT_YET:
                    yield Answer(number, self._early[where[at]])
                    continue
                job, result = next(rest)
                step(1)
                if not isinstance(job, Sample) and not isinstance(result, Learned):
                    yield annotating.settled(job, result)

    def _keep(self, job: Job) -> None:
        at = len(self._numbers)
        self._numbers.append(job.number)
        self._lines.add(job.text or "")
        if isinstance(job, Answer):
            self._refused[at] = job
            outlet = None
        else:
            outlet = _outlet(job.text)
        number = self._names.setdefault(outlet, len(self._names)) if outlet else _NONE
        self._outlets.append(number)

    def _learn(
        self, pool: Workers, where: array[int], step: Callable[[int], None]
    ) -> dict[int, Prior]:
        """Return what the samples tell by outlet; keep the answers to them and note in
        ``where`` under which number.
        """
        by_outlet: defaultdict[int, array[int]] = defaultdict(lambda: array("q"))
        for at, outlet in enumerate(self._outlets):
            by_outlet[outlet].append(at)
        by_outlet.pop(_NONE, None)
        listed = [own for own in by_outlet.items() if len(own[1]) >= LEAST]
        priors: dict[int, Prior] = {}
        found = pool.map(self._sample(own) for _, own in listed)
        for (outlet, own), (_, result) in zip(listed, found, strict=True):
            if not isinstance(result, Learned):
                continue  # a worker was lost with it: its lines are tried one by one
            if result.prior is not None:
                priors[outlet] = result.prior
            for at, said in zip(_spread(own), result.answers, strict=False):
                if said.text is not None:
                    where[at] = self._early.add(said.text)
            step(len(result.answers))
        return priors

    def _sample(self, own: array[int]) -> Sample:
        lines: list[Line] = []
        size = 0
        for at in _spread(own):
            size += self._lines.size(at)
            if lines and size > _MOST:
                break
            lines.append(Line(self._numbers[at], self._lines[at]))
        return Sample(tuple(lines))

    def _rest(self, where: array[int], priors: dict[int, Prior]) -> Iterator[Job]:
        for at, number in enumerate(self._numbers):
            if where[at] == _NOT_YET:
                line = Line(number, self._lines[at], priors.get(self._outlets[at]))
                yield self._refused.get(at, line)


def _spread(own: array[int]) -> list[int]:
    """Return a sample of ``own``, evenly spaced."""
    every = max(1.0, len(own) / SAMPLE)
    return [own[int(nth * every)] for nth in range(min(SAMPLE, len(own)))]


def _outlet(line: str) -> str | None:
    if '"outlet"' not in line:
        return None
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None  # whoever answers the line says so
    outlet = row.get("outlet") if isinstance(row, dict) else None
    return outlet if isinstance(outlet, str) else None


def _work(source: Gazetteer, job: Job | Sample) -> Answer | Learned:
    if isinstance(job, Sample):
        return _learned(source, job)
    return annotating.answered(source, job)


def _learned(source: Gazetteer, sample: Sample) -> Learned:
    """Read a sample, learn from it and answer it; runs in the workers."""
    read = [_read(source, line) for line in sample.lines]
    sure = [
        () if isinstance(each, Answer) else located(each[1], source).sure
        for each in read
    ]
    told = [*map(Testimony.of, sure)]
    prior = Prior()
    for testimony, each in zip(told, read, strict=True):
        if not isinstance(each, Answer):
            prior.count(testimony)
    answers = []
    for line, each, own in zip(sample.lines, read, told, strict=True):
        if isinstance(each, Answer):
            answers.append(each)
            continue
        request, reading = each
        found = located(reading, source, prior.without(own))
        answers.append(annotating.answer(line, request, found, source))
    return Learned(tuple(answers), prior if prior.articles >= LEAST else None)


def _read(source: Gazetteer, line: Line) -> Answer | tuple[Asked, Reading]:
    try:
        request = annotating.asked(line.text)
        return request, finding.read(request.article, source)
    except Exception as error:  # noqa: BLE001 - one line must not end the command
        return annotating.failed(line, error)
