"""What the cleaner makes of files, without an index: the ``clean`` command's work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.chrome.shelf import Shelf, both_without
from index.file_types import ROWS, kind_of
from index.page import CleanPage, RawPage, Unread
from index.stages import ReadFile, ReadRow, Stages, failure, row_of
from index.walk import Found
from index.workers import Lost, Pool
from search.model import Article

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One page as the command prints it, or the reason why it cannot be."""

    path: str
    record: Record | None = None
    reason: str | None = None


def cleaned(
    paths: Iterable[Path],
    stages: Stages,
    *,
    workers: int,
    explain: bool,
    step: Callable[[], None],
    known: Shelf | None = None,
) -> Iterator[Cleaned]:
    """Yield the pages at or below ``paths`` in their order, files in path order.

    ``explain`` adds the blocks with what decided about each. ``step`` is called after
    each file or row. What is ``known`` of their sources is taken out as well.
    """
    work = _Work(stages, known, explain=explain)
    with Pool[_Order, list[Cleaned]](work, workers, load=stages.load) as pool:
        for order, result in pool.map(_orders(paths, stages)):
            if isinstance(result, Lost):
                yield Cleaned(order.path, reason=result.reason)
            else:
                yield from result
            step()


@dataclass(frozen=True, slots=True)
class _Order:
    """A page's path as found, and the job of reading it or why there is none."""

    path: str
    job: ReadFile | ReadRow | None = None
    reason: str | None = None


def _orders(paths: Iterable[Path], stages: Stages) -> Iterator[_Order]:
    for path in paths:
        try:
            yield from _below(path, stages)
        except OSError as error:
            yield _Order(str(path), reason=failure("", error).reason)


def _below(path: Path, stages: Stages) -> Iterator[_Order]:
    folder = path.is_dir()
    real = path.resolve()
    root = real.name if folder else real.parent.name
    for entry in stages.walk(path):
        where = str(path / entry.name) if folder else str(path)
        if isinstance(entry, Unread):
            yield _Order(where, reason=entry.reason)
        elif isinstance(entry, Found) and kind_of(entry.name) in ROWS:
            yield from _rows(where, entry, root, stages)
        elif isinstance(entry, Found):
            yield _Order(where, ReadFile(entry, root))
        elif not folder:
            yield _Order(where, reason=f"is not read: {entry.reason}")


def _rows(where: str, found: Found, root: str, stages: Stages) -> Iterator[_Order]:
    try:
        for raw in stages.read(found, root):
            path = where + row_of(raw.name, found.name)
            if isinstance(raw, Unread):
                yield _Order(path, reason=raw.reason)
            else:
                yield _Order(path, ReadRow(raw))
    except Exception as error:  # noqa: BLE001 - one file must not end the command
        yield _Order(where, reason=failure("", error).reason)


class _Work:
    """Cleans one page; runs in the workers."""

    def __init__(self, stages: Stages, known: Shelf | None, *, explain: bool) -> None:
        self._stages = stages
        self._known = known
        self._explain = explain

    def __call__(self, order: _Order) -> list[Cleaned]:
        if order.job is None:
            return [Cleaned(order.path, reason=order.reason)]
        if isinstance(order.job, ReadRow):
            return [self._page(order.path, order.job.raw)]
        found = order.job.found
        try:
            return [
                self._page(order.path + row_of(raw.name, found.name), raw)
                for raw in self._stages.read(found, order.job.root)
            ]
        except Exception as error:  # noqa: BLE001 - one page must not end the command
            return [Cleaned(order.path, reason=failure("", error).reason)]

    def _page(self, path: str, raw: RawPage | Unread) -> Cleaned:
        if isinstance(raw, Unread):
            return Cleaned(path, reason=raw.reason)
        try:
            page = self._stages.clean(raw)
            article = self._stages.describe(raw, page)
            if self._known is not None:
                recurring = self._known.condemned(raw, page, article)
                page, article = both_without(page, article, recurring)
        except Exception as error:  # noqa: BLE001 - one page must not end the command
            return Cleaned(path, reason=failure("", error).reason)
        record = _record(path, article)
        if self._explain:
            record["blocks"] = _blocks(page)
        return Cleaned(path, record)


def _record(path: str, article: Article) -> Record:
    return {
        "id": article.id,
        "path": path,
        "kind": article.kind.value,
        "title": article.title,
        "date": article.published.value if article.published else None,
        "author": "; ".join(article.authors) or None,
        "source": article.source.label if article.source else None,
        "agency": article.agency.value if article.agency else None,
        "lang": article.lang,
        "text": article.text,
        "removed": [{"text": r.text, "rule": r.rule} for r in article.removed],
    }


def _blocks(page: CleanPage) -> list[Record]:
    return [
        {"text": b.text, "kept": b.kept, "rule": b.rule, "score": b.score}
        for b in page.blocks
    ]
