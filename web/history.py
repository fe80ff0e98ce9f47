"""The versions of an article as its page lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from search import address
from search.model import Article
from search.versions import Version, text_digest
from web import asking, wording


@dataclass(frozen=True, slots=True)
class Entry:
    """A version in the list: ``when`` it was saved, in words, and where it is read.

    ``shown`` says that it is the one on the page. ``changes`` is where it is compared
    with the one before it, None where it is the first, or has the ``same`` text and
    headline.
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

    ``latest`` is where that is read. ``earlier`` is the entry on the page where it is
    another one; ``since`` is where that is compared with the latest.
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
    shown = asking.version_of(article) or versions[0]
    latest = article if shown.latest else asking.searcher().get(shown.id)
    texts = [text_digest(latest.text), *(version.text for version in versions[1:])]
    differs = _differing(versions, texts, latest.title)
    entries = tuple(
        Entry(
            when=when(version),
            url=address.document(version.full_id),
            latest=version.latest,
            shown=version is shown,
            same=text == before,
            changes=_between(earlier, version) if earlier and differs[at] else None,
        )
        for at, (version, earlier, text, before) in enumerate(
            zip_longest(versions, versions[1:], texts, texts[1:])
        )
    )
    here = address.document(shown.id)
    if shown.latest:
        return History(entries, here)
    at = versions.index(shown)
    return History(entries, here, entries[at], _between(shown, versions[0]))


def _differing(
    versions: Sequence[Version], texts: Sequence[str], title: str | None
) -> list[bool]:
    """Return whether each version has another text or headline than the one before it.

    ``title`` is the headline of the latest. Others are looked up where texts are equal.
    """
    same = [text == before for text, before in pairwise(texts)]
    needed = {
        one.name: one
        for pair, is_same in zip(pairwise(versions), same, strict=True)
        for one in pair
        if is_same and not one.latest
    }
    titles = {versions[0].name: title, **asking.titles(needed.values())}
    return [
        not is_same or titles.get(one.name) != titles.get(before.name)
        for is_same, (one, before) in zip(same, pairwise(versions), strict=True)
    ]


def _between(before: Version, after: Version) -> str:
    return address.comparison((before.full_id, after.full_id))


def when(version: Version) -> str:
    """Return when a version was saved, in words."""
    said = wording.moment(version.saved)
    return f"saved {said}" if version.told else f"file of {said}"
