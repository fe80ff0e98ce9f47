"""The versions of an article as its page lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from search import address
from search.model import Article
from search.versions import Version, text_digest
from web import asking, wording


@dataclass(frozen=True, slots=True)
class Entry:
    """A version in the list: ``when`` it was saved, in words, and where it is read.

    ``shown`` says that it is the one on the page. ``changes`` is where it is compared
    with the one before it, None where it is the first or has the ``same`` text.
    """

    when: str
    url: str
    latest: bool
    shown: bool
    changes: str | None = None
    same: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """The versions of an article, the latest first.

    ``earlier`` is the entry on the page where that is not the latest version;
    ``since`` is where it is compared with that.
    """

    entries: tuple[Entry, ...] = ()
    latest: str = ""
    earlier: Entry | None = None
    since: str | None = None


def history(article: Article) -> History:
    """Return the history of ``article``, which may be a version itself."""
    versions = asking.versions(article.id)
    if not versions:
        return History()
    shown = version_of(article, versions) or versions[0]
    entries = tuple(map(partial(_entry, shown), versions, (*versions[1:], None)))
    latest = f"/doc/{versions[0].id}"
    if shown.latest:
        return History(entries, latest)
    earlier = entries[versions.index(shown)]
    return History(entries, latest, earlier, _between(shown, versions[0]))


def _entry(shown: Version, version: Version, before: Version | None) -> Entry:
    same = before is not None and _text(version) == before.text
    return Entry(
        when=when(version),
        url=f"/doc/{version.full_id}",
        latest=version.latest,
        shown=version is shown,
        changes=None if before is None or same else _between(before, version),
        same=same,
    )


def _text(version: Version) -> str:
    """Return the digest of a version's text, which for the latest is the article's."""
    if not version.latest:
        return version.text
    return text_digest(asking.searcher().get(version.id).text)


def _between(before: Version, after: Version) -> str:
    return address.comparison((before.full_id, after.full_id))


def version_of(article: Article, versions: Sequence[Version]) -> Version | None:
    """Return which of ``versions`` an article is; None where its id names none."""
    return next((one for one in versions if one.full_id == article.id), None)


def when(version: Version) -> str:
    """Return when a version was saved, in words."""
    said = wording.moment(version.saved)
    return f"saved {said}" if version.told else f"file of {said}"
