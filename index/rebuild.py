"""A run that builds the whole index anew, beside the live one.

Every known root is read again. What came through standard input cannot be, so its
articles are taken over as they are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from dataclasses import replace
from errno import ENOENT
from functools import cache
from itertools import groupby
from pathlib import Path

from index import own_places
from index.chrome.rows import Row
from index.corrections.tables import Placed, Standing
from index.ledger import FILE, Ledger
from index.pipeline import Outcome, Task, run
from index.records import STDIN, File, Page, Root, Stamp
from index.report import Muted, Watcher
from index.roots import missing
from index.stages import Stages
from search.engine import Build, Searcher
from search.errors import BadRoot, IndexUnusable, NotFound, TooManyVanished

# An index that loses more than a tenth of its articles is not swapped in unasked.
_SHARE = 10
_FORGOTTEN = (
    "the notes of the old index could not be read: what came through standard input"
    " is not in the new index, and must be given again; nor are folders not named here"
)


def rebuild(
    build: Build,
    previous: Path | None,
    task: Task,
    stages: Stages,
    watcher: Watcher,
    *,
    live: Callable[[], Searcher],
) -> Outcome:
    """Do ``task`` over all roots with a full ``build``, and swap its index in.

    ``previous`` is the live index's state, None where there is no index; ``live``
    opens that index. It is closed before the swap, which removes what nobody reads.
    Where its notes are gone and ``task`` names the roots, a warning says what that
    loses.

    Raises:
        BadRoot: a root is missing, so that its pages would be lost.
        TooManyVanished: the new index would have far fewer articles.
        IndexUnusable: the live index is damaged, and what only it holds would be lost.
    """
    known = _known(previous, task)
    roots = known.roots_without(task.forget)
    for path in (*(root.path for root in roots), *task.paths):
        if not path.exists():  # said before the work, which would be in vain
            raise missing(path, FileNotFoundError(ENOENT, os.strerror(ENOENT)))
    muted = Muted(watcher)
    with build, Ledger(build.state / FILE) as ledger:
        if previous is not None:
            own_places.inherit(previous, build.state)
        for root in roots:
            ledger.add_root(root)
        for folder, placed in groupby(known.corrections, key=lambda p: p.folder):
            ledger.corrections.put(folder, (each.row for each in placed))
        _take_over(build, ledger, known, live, lossy=task.prune)
        paths = (*(root.path for root in roots), *task.paths)
        if not paths and task.rows is None and not known.rows:
            raise BadRoot("no roots are known; name the folders to read")
        outcome = run(
            build, ledger, replace(task, paths=paths, forget=()), stages, muted
        )
        if outcome.faults:
            raise outcome.faults[0]
        lost = known.articles - ledger.count_current()
        if lost > known.articles / _SHARE and not task.prune:
            raise TooManyVanished(
                f"the new index would lack {lost} of {known.articles} articles, so it"
                " was not swapped in; run again with --prune to have it"
            )
    if muted.articles:
        watcher.committed(muted.articles)
    if not known.lost:
        return outcome
    return replace(outcome, warnings=(_FORGOTTEN, *outcome.warnings))


def _known(previous: Path | None, task: Task) -> _Known:
    """Return what the live index says, or nothing where the roots are named anew."""
    try:
        return _Known(previous)
    except IndexUnusable:
        if not task.paths:
            raise
        known = _Known(None)
        known.lost = True
        return known


class _Known:
    """What the ledger of the live index says, and how many articles it has.

    It says nothing where it is ``lost``.
    """

    def __init__(self, previous: Path | None) -> None:
        self.roots: tuple[Root, ...] = ()
        self.rows: tuple[Page, ...] = ()
        self.traits: dict[str, Row] = {}
        self.standing: dict[str, Standing] = {}
        self.witnesses: dict[str, tuple[object, ...]] = {}
        self.corrections: tuple[Placed, ...] = ()
        self.articles = 0
        self.lost = previous is not None and not (previous / FILE).exists()
        if previous is None or self.lost:
            return
        with Ledger(previous / FILE, read_only=True) as ledger:
            self.roots = ledger.roots()
            self.articles = ledger.count_current()
            self._sizes = {r.path: ledger.count_pages(r.path) for r in self.roots}
            file = ledger.file(STDIN)
            if file is not None:
                self.rows = tuple(p for p in ledger.pages(file.key) if p.current)
            found = (ledger.knowledge.row(str(page.id)) for page in self.rows)
            self.traits = {row.id: row for row in found if row is not None}
            stands = (ledger.standing.get(str(page.id)) for page in self.rows)
            self.standing = {each.id: each for each in stands if each is not None}
            for page in self.rows:
                if stored := ledger.witnesses.stored(str(page.id)):
                    self.witnesses[str(page.id)] = stored
            self.corrections = tuple(ledger.corrections.in_force())

    def roots_without(self, forgotten: Iterable[Path]) -> list[Root]:
        """Return the roots that are to be read again.

        Raises:
            BadRoot: one to forget is not known.
        """
        left = {root.path: root for root in self.roots}
        for path in forgotten:
            if left.pop(path.resolve(), None) is None:
                raise BadRoot(f"{path} is not a root of this index")
            self.articles -= self._sizes[path.resolve()]
        return list(left.values())


def _take_over(
    build: Build,
    ledger: Ledger,
    known: _Known,
    live: Callable[[], Searcher],
    *,
    lossy: bool,
) -> None:
    """Copy the articles of standard input from the live index.

    ``lossy`` leaves out those that cannot be read any more.
    """
    rows = known.rows
    if not rows:
        return
    key = ledger.put_file(File(STDIN, STDIN, str(STDIN), (), Stamp(0, 0)))
    with build.writer() as writer, ExitStack() as stack:
        held = cache(lambda: stack.enter_context(closing(live())))
        for page in rows:
            try:
                writer.add(held().get(str(page.id)))
            except (IndexUnusable, NotFound) as error:
                if not lossy:
                    raise IndexUnusable(
                        f"{len(rows)} articles from standard input are only in the live"
                        f" index, which cannot be read: {error}; run again with --prune"
                        " to build without them"
                    ) from error
            else:
                ledger.put_page(replace(page, file=key))
                if str(page.id) in known.traits:
                    ledger.knowledge.put(known.traits[str(page.id)])
                if str(page.id) in known.standing:
                    ledger.standing.put(known.standing[str(page.id)])
                if str(page.id) in known.witnesses:
                    ledger.witnesses.restore(known.witnesses[str(page.id)])
    ledger.commit()
