"""A run: from the files below the roots to what changed in the index.

    walk ─ unchanged? ─▶ workers: read, clean, describe, locate ─▶ versions ─▶ batches

Results are taken in path order, so that a run is the same however many workers it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index import own_places, report
from index.batches import Batches
from index.chrome.collection import Collection
from index.corrections.overlay import Overlay
from index.corrections.reading import Reading
from index.departures import Departures
from index.harvest import Harvest
from index.ledger import FILE, Ledger
from index.page import RawPage, Unread
from index.priors.placing import Placing
from index.records import FAILED, Page
from index.report import Draft, Line, Tally, Watcher
from index.roots import Ground, Missing, Part, ground, missing
from index.stages import Job, Preparing, Sheaf, Stages, Work
from index.versions import Versions
from index.workers import LIMIT, Pool
from search.engine import Build
from search.errors import DatelineError, TooManyVanished
from search.own_places import NONE, OwnPlaces

ALL = Part()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a run is asked to do.

    No ``paths`` and no ``rows`` mean all known roots, unless there is only something
    to ``forget``. ``rows`` come from standard input. ``workers`` processes clean, each
    page at the most ``limit`` seconds. ``report`` is where its lines go, or where that
    cannot be ``report_else``. Files at or below ``apart`` are no pages: the index may
    lie among them. ``places`` are the user's own: where they have changed since the
    last run, pages that did not change are read again too.
    """

    paths: tuple[Path, ...] = ()
    rows: Iterable[RawPage | Unread] | None = None
    forget: tuple[Path, ...] = ()
    part: Part = ALL
    prune: bool = False
    workers: int = 1
    limit: float = LIMIT
    report: Path | None = None
    report_else: Path | None = None
    apart: tuple[Path, ...] = ()
    places: OwnPlaces = NONE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did; ``faults`` are what it could not do beside failed pages.

    ``report`` is where its report is, ``unreported`` why it is not where it should be.
    ``warnings`` tell what a successful run left out.
    """

    tally: Tally
    failures: tuple[Line, ...] = ()
    faults: tuple[DatelineError, ...] = ()
    report: Path | None = None
    unreported: DatelineError | None = None
    warnings: tuple[str, ...] = ()


def reindex(build: Build, task: Task, stages: Stages, watcher: Watcher) -> Outcome:
    """Bring the index that ``build`` changes up to date with ``task``.

    Raises:
        IndexLocked: another run is writing.
        IndexUnusable: the index or its ledger is damaged.
        BadRoot: a root to forget is not known.
        BadSetting: the report cannot be written where it should go.
    """
    with build, Ledger(build.state / FILE) as ledger:
        return run(build, ledger, task, stages, watcher)


def run(
    build: Build, ledger: Ledger, task: Task, stages: Stages, watcher: Watcher
) -> Outcome:
    """Do ``task`` with a build that is open already, and with its ledger."""
    forgotten = own_places.follow(task.places, build.state, ledger)
    with ExitStack() as stack:
        draft = stack.enter_context(Draft(task.report, task.report_else))
        batches = stack.enter_context(Batches(build, ledger, watcher.committed))
        pool = stack.enter_context(
            Pool[Job, Sheaf](
                Preparing(stages), task.workers, limit=task.limit, load=stages.load
            )
        )
        each = _Run(build, ledger, batches, pool, task, stages=stages, watcher=watcher)
        outcome = each.go(draft)
    return replace(outcome, warnings=(*forgotten, *outcome.warnings))


class _Run:
    """One run; its methods are its steps."""

    def __init__(
        self,
        build: Build,
        ledger: Ledger,
        batches: Batches,
        pool: Pool[Job, Sheaf],
        task: Task,
        *,
        stages: Stages,
        watcher: Watcher,
    ) -> None:
        self._ledger = ledger
        self._batches = batches
        self._pool = pool
        self._task = task
        self._watcher = watcher
        self._started = datetime.now(UTC)
        self._run = ledger.run.begin(self._started.isoformat(timespec="seconds"))
        self._corrections = Reading(ledger)
        self._overlay = Overlay(build, batches, ledger, stages.locate)
        self._collection = Collection(
            self._overlay, ledger.knowledge, ledger.witnesses, ledger.earlier, stages
        )
        self._placing = Placing(self._overlay, ledger, stages)
        versions = Versions(ledger, self._collection, self._run)
        self._harvest = Harvest(ledger, versions, stages, watcher, self._run)
        self._departures = Departures(ledger, versions, task.part)
        self._faults: list[DatelineError] = []
        self._broken: set[Path] = set()

    def go(self, draft: Draft) -> Outcome:
        """Return what the run did, once it is in the report too."""
        task = self._task
        self._batches.recover()
        for path in task.forget:
            self._departures.forget(path)
        grounds = self._grounds()
        self._corrections.take(grounds)
        self._do(self._work(grounds))
        if task.rows is not None:
            self._do(self._harvest.rows(task.rows, self._started.timestamp()))
        self._fill_vacancies()
        self._delete_vanished(grounds)
        self._fill_vacancies()
        self._keep_earlier()
        self._collection.settle()
        self._overlay.settle()
        self._placing.settle()
        return self._finish(draft)

    def _grounds(self) -> list[Ground]:
        """Return what to walk; what cannot be is a fault."""
        task = self._task
        if not task.paths and (task.rows is not None or task.forget):
            return []
        grounds, faults = ground(self._ledger, task.paths, task.apart)
        for fault in faults:
            self._miss(fault)
        return grounds

    def _work(self, grounds: list[Ground]) -> Iterator[Work]:
        for each in grounds:
            try:
                yield from self._harvest.below(each, self._task.part)
            except OSError as error:
                self._miss(missing(each.root.path, error))
                self._broken.add(each.root.path)

    def _miss(self, fault: Missing) -> None:
        """Note a root that cannot be walked; who gets the faults says it."""
        path = str(fault.path)
        self._faults.append(fault)
        self._harvest.told.add(path)
        self._ledger.run.note(path, None, FAILED, fault.reason)

    def _do(self, work: Iterable[Work]) -> None:
        self._harvest.do(self._pool, work, self._batches.commit_if_due)

    def _delete_vanished(self, grounds: list[Ground]) -> None:
        """Delete what vanished below sound roots, or nothing where it is too much."""
        gone: list[Page] = []
        for each in grounds:
            if each.only is not None or each.root.path in self._broken:
                continue
            try:
                gone += self._departures.vanished(each, guard=not self._task.prune)
            except TooManyVanished as fault:
                self._faults.append(fault)
        if not any(isinstance(fault, TooManyVanished) for fault in self._faults):
            self._departures.delete(gone)

    def _fill_vacancies(self) -> None:
        """Have the next file with an id read where the one that held it is gone."""
        while heirs := list(self._departures.heirs()):
            self._do(work for heir in heirs for work in self._reread(heir))
            for heir in heirs:
                self._departures.settle(heir)

    def _keep_earlier(self) -> None:
        """Have the earlier versions kept that are not, and no others."""
        self._do(self._harvest.earlier(self._ledger.earlier.wanted()))
        self._ledger.earlier.sweep()

    def _reread(self, heir: Page) -> Iterator[Work]:
        try:
            yield from self._harvest.reread(heir)
        except Exception:  # noqa: BLE001 - it does not step in, and that is settled next
            return

    def _finish(self, draft: Draft) -> Outcome:
        """Commit and report."""
        warnings = self._corrections.warnings(whole=self._task.part == ALL)
        self._batches.commit()
        tally, failures = report.write(self._ledger, self._run, draft)
        for line in failures:
            if line.path not in self._harvest.told:
                self._watcher.failed(line.path, str(line.reason))
        self._ledger.run.keep_failures(
            (line.path, str(line.reason)) for line in failures
        )
        ended = datetime.now(UTC).isoformat(timespec="seconds")
        self._ledger.run.finish(self._run, ended, asdict(tally))
        return Outcome(
            tally,
            failures=tuple(failures),
            faults=tuple(self._faults),
            report=draft.place,
            unreported=draft.fault,
            warnings=warnings,
        )
