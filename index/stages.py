"""The stops between a file and its articles, and the one function workers run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.chrome.traits import NOTHING, Traits, traits_of
from index.page import CleanPage, RawPage, Unread
from index.toponyms.locate import Recognised
from index.toponyms.priors import Prior, Testimony
from index.walk import Found, Skipped
from search.errors import BadPage
from search.model import Article


@dataclass(frozen=True, slots=True)
class Stages:
    """The functions a page goes through; a run takes them as plain arguments.

    ``locate`` puts an article where it is said to be, or finds its places;
    ``recognise`` finds them with what its outlet's others tell. ``load`` reads what
    they need into memory, where it is not there yet.
    """

    walk: Callable[[Path], Iterable[Found | Skipped | Unread]]
    read: Callable[[Found, str], Iterator[RawPage | Unread]]
    clean: Callable[[RawPage], CleanPage]
    describe: Callable[[RawPage, CleanPage], Article]
    locate: Callable[[Article, tuple[str, ...]], Article]
    mend: Callable[[Article], Article] = lambda article: article
    recognise: Callable[[Article, Prior | None], Recognised] | None = None
    load: Callable[[], None] | None = None

    def recognised(self, article: Article, prior: Prior | None = None) -> Recognised:
        """Return ``article`` with the places found in it, and what it tells."""
        if self.recognise is None:
            return Recognised(self.locate(article, ()), Testimony())
        return self.recognise(article, prior)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The job of reading a file of one page; ``root`` is the name of its root."""

    found: Found
    root: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """The job of making an article of a row."""

    raw: RawPage


@dataclass(frozen=True, slots=True)
class Turn:
    """No job at all: it keeps its place in the order, for what is due then."""


Job = ReadFile | ReadRow | Turn


@dataclass(frozen=True, slots=True)
class Prepared:
    """What became of one page: an article, or the reason why there is none.

    ``row`` is empty for the only page of a file. ``saved`` is in
    seconds since 1970, None where the page does not say. ``traits`` are what the
    collection has to know of it, ``testimony`` what it tells of where its outlet's
    articles play, None where its places were given. A ``fleeting`` fault may be gone
    the next time the file is read.
    """

    row: str
    digest: str | None = None
    saved: float | None = None
    article: Article | None = None
    traits: Traits = NOTHING
    testimony: Testimony | None = None
    reason: str | None = None
    fleeting: bool = False


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The pages of one job, and the SHA-256 of the file where it was read for it."""

    pages: tuple[Prepared, ...]
    digest: str | None = None


Work = tuple[Job, Callable[[Sheaf], None]]  # a job and what to do with its result


class Preparing:
    """Turns jobs into articles with the given stages; never raises."""

    def __init__(self, stages: Stages) -> None:
        self._stages = stages

    def __call__(self, job: Job) -> Sheaf:
        """Return the pages of ``job``."""
        if isinstance(job, Turn):
            return Sheaf(())
        if isinstance(job, ReadRow):
            return Sheaf((self.prepare(job.raw, ""),))
        try:
            raws = tuple(self._stages.read(job.found, job.root))
            digest = fingerprint(job.found.path)
        except Exception as error:  # noqa: BLE001 - one page must not end a run
            return Sheaf((failure("", error),))
        if not raws:
            return Sheaf((Prepared("", reason="holds no page"),), digest)
        name = job.found.name
        return Sheaf(tuple(self._page(raw, name) for raw in raws), digest)

    def prepare(self, raw: RawPage, row: str) -> Prepared:
        """Return the article on ``raw``, or why there is none."""
        try:
            page = self._stages.clean(raw)
            article = self._stages.mend(self._stages.describe(raw, page))
            article, testimony = self._located(article, raw)
        except Exception as error:  # noqa: BLE001 - one page must not end a run
            return failure(row, error)
        saved = None if raw.saved is None else raw.saved.timestamp()
        traits = traits_of(raw, page)
        return Prepared(row, raw.digest, saved, article, traits, testimony)

    def _located(
        self, article: Article, raw: RawPage
    ) -> tuple[Article, Testimony | None]:
        given = next((given for given in raw.given if given.places), None)
        if given is None:
            found = self._stages.recognised(article)
            return found.article, found.testimony
        located = self._stages.locate(article, given.places)
        return given_by(given.method, located), None

    def _page(self, raw: RawPage | Unread, name: str) -> Prepared:
        row = row_of(raw.name, name)
        if isinstance(raw, Unread):
            return Prepared(row, reason=raw.reason)
        return self.prepare(raw, row)


def given_by(method: str, article: Article) -> Article:
    """Return ``article`` with word of how its places were given."""
    places = tuple(replace(place, method=method) for place in article.places)
    return replace(article, places=places)


def failure(row: str, error: BaseException) -> Prepared:
    """Return what is kept of a page that ``error`` prevented."""
    if isinstance(error, BadPage):
        return Prepared(row, reason=str(error))
    if isinstance(error, OSError):
        reason = f"cannot be read: {error.strerror or error}"
        return Prepared(row, reason=reason, fleeting=True)
    if isinstance(error, MemoryError):
        return Prepared(row, reason="needs too much memory", fleeting=True)
    reason = f"unexpected {type(error).__name__}: {error}"
    return Prepared(row, reason=" ".join(reason.split()), fleeting=True)


def row_of(page: str, file: str) -> str:
    """Return the part of a page's name that tells it from others of its file.

    >>> row_of("a.csv#3", "a.csv"), row_of("a.html", "a.html")
    ('#3', '')
    >>> row_of("a.html.json", "a.html")  # said of a file beside it
    ' (a.html.json)'
    """
    if page == file:
        return ""
    return page.removeprefix(file) if page.startswith(f"{file}#") else f" ({page})"


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
