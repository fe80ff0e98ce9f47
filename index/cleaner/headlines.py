"""The headline of a page, where it has one: what its parts agree on."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from index.cleaner.repair import tidy, unescape
from index.cleaner.title import (
    holds,
    is_any,
    same_start,
    same_words,
    site_names,
    trim,
    without_labels,
    words_of,
)
from index.page import Head

_SHORTEST = 3  # words of an h1 that is no section's name
_STEM = 4  # letters that ferry and ferries share
_KIN = 1 / 3  # of an h1's long words are known to metadata that mean the same
_BEFORE_YEAR = frozenset(("in", "for", "of"))
_NO_KICKER = frozenset(("the", "a", "an", "top", "best"))
_POSTED = frozenset(("posted", "published", "updated", "by", "written"))
_ARTICLE_TYPES = ("article", "posting", "report", "review", "recipe")


def headline(
    head: Head, prose: Sequence[str] = (), above: Sequence[str] = ()
) -> str | None:
    """Return the headline by agreement of what the page says of it.

    A heading ``above`` the story that is the title element or ``og:title`` wins over
    what is neither. Where there is no h1, and the title found is the site's name or
    none, it is the first of them that has words of the ``prose``.
    """
    agreed = _agreed(head, prose)
    found = agreed and without_labels(agreed, head)
    if repeated := _repeated(found, head, above) if found else None:
        return repeated
    if head.h1 and not is_any(head.h1, site_names(head)):
        return found
    told = {word[:_STEM] for word in words_of(" ".join(prose))}
    for heading in above:
        words = words_of(heading)
        telling = {word[:_STEM] for word in _telling(words)}
        if len(words) < _SHORTEST or telling.isdisjoint(told):
            continue
        if _names_site(found, heading, prose) if found else head.title:
            return heading
    return found


def _repeated(found: str, head: Head, above: Sequence[str]) -> str | None:
    """Return the heading that the head repeats, where it does not repeat ``found``."""
    names = [trim(name, head) for name in (*meta(head), head.title) if name]
    if any(same_words(name, found) for name in names):
        return None
    for heading in above:
        is_long = len(heading.split()) >= _SHORTEST
        if is_long and any(same_words(name, heading) for name in names):
            return heading
    return None


def _agreed(head: Head, prose: Sequence[str]) -> str | None:
    """Return the headline that h1, metadata and title element tell.

    The h1 wins where the head knows it too, or says much the same: metadata are often
    rewritten for search engines. Else JSON-LD, then ``og:title``, then the title
    element without the site's name. A name that shares no long word with the h1 may be
    the site's: the one of the two that is nearer to the page's ``prose`` wins. None
    where nothing looks like a headline, or the title element holds the site's name
    alone.
    """
    sites = site_names(head)
    said = (linked(head), *meta(head))
    named = [name for name in said if name and not is_any(name, sites)]
    trimmed = [trim(name, head) for name in named]
    h1 = head.h1 if head.h1 and not is_any(head.h1, sites) else None
    if h1 and (fuller := _numbered(h1, [*trimmed, head.title or ""])):
        return fuller
    if h1 and any(_same(h1, name) for name in (*named, *trimmed)):
        return h1
    if h1 and not trimmed and (not head.title or holds(head.title, h1)):
        return h1
    if not trimmed and head.title and not is_any(head.title, sites):
        trimmed = [trim(head.title, head)]
    if h1 and all(_names_site(name, h1, prose) for name in trimmed):
        return h1
    if h1 and not h1.isupper() and _is_kin(h1, (*named, head.title or "")):
        return _without_kicker(h1, trimmed)
    return next(filter(None, trimmed), h1)


def _numbered(h1: str, names: Sequence[str]) -> str | None:
    """Return the name that is ``h1`` and a number: ``9 Quays of 2026``, or None."""
    headed = [word for word in words_of(h1) if word not in _BEFORE_YEAR]
    for name in names if len(headed) >= _SHORTEST else ():
        words = [word for word in words_of(name) if word not in _BEFORE_YEAR]
        more = [word for word in words if word not in headed]
        if more and len(words) == len(headed) + len(more):
            is_same = [word for word in words if word in headed] == headed
            if is_same and all(map(str.isdecimal, more)):
                return name
    return None


def _same(h1: str, name: str) -> bool:
    return same_words(h1, name) or (len(h1) > 20 and same_start(name, h1))


def _names_site(title: str, h1: str, prose: Sequence[str]) -> bool:
    """Tell whether ``title`` has no long word of the h1, and fewer of the story's."""
    named, headed = words_of(title), words_of(h1)
    if len(headed) < min(_SHORTEST, len(named)):
        return False
    if not set(_telling(named)).isdisjoint(headed):
        return False
    told = set(words_of(" ".join(prose)))
    name, heading = _share(named, told), _share(headed, told)
    # Half, for the story may name the town that the paper is named for.
    return name <= 0.5 and (heading, len(headed)) >= (name, len(named))


def _share(words: Sequence[str], told: AbstractSet[str]) -> float:
    telling = _telling(words)
    return sum(word in told for word in telling) / max(1, len(telling))


def _is_kin(h1: str, names: Sequence[str]) -> bool:
    """Tell whether an h1 of some words is another wording of one of the ``names``."""
    headed = words_of(h1)
    telling = {word[:_STEM] for word in _telling(headed)}
    known = {word[:_STEM] for name in names for word in _telling(words_of(name))}
    is_long = len(headed) >= _SHORTEST and len(telling) > 1
    return is_long and len(telling & known) >= _KIN * len(telling)


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) > 3]


def _without_kicker(h1: str, names: Sequence[str]) -> str:
    """Return ``h1`` without the section or day set before a name the head knows, or
    who posted it behind.
    """
    headed = words_of(h1)
    for name in names:
        named = words_of(name)
        before, behind = headed[: -len(named)], headed[len(named) :]
        if before + named == headed and _is_kicker(before):
            return name
        if named and named + behind == headed and _is_posted(behind):
            return name
    return h1


def _is_kicker(words: Sequence[str]) -> bool:
    """Tell whether words before a headline are set off from it, and no part of it."""
    is_part = all(word.isdecimal() or word in _NO_KICKER for word in words)
    return len(words) <= _SHORTEST and not is_part


def _is_posted(words: Sequence[str]) -> bool:
    """Tell whether words behind a headline say who posted it, or count comments."""
    if not words:
        return False
    is_count = words[-1].isdecimal() and len(words[-1]) < len("2026")
    return words[0] in _POSTED or (is_count and len(words) <= _SHORTEST)


def linked(head: Head) -> str | None:
    """Return the headline that JSON-LD gives the article."""
    for item in head.jsonld:
        kinds = item.get("@type")
        text = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
        if any(kind in text.lower() for kind in _ARTICLE_TYPES):
            name = item.get("headline") or item.get("name")
            if isinstance(name, str) and name.strip():
                return tidy(unescape(unescape(name[:1_000])))
    return None


def meta(head: Head) -> list[str]:
    """Return the headlines of the page's meta elements, the most trusted first."""
    names = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title")
    return [head.meta[name] for name in names if name in head.meta]
