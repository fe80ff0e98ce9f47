"""The headline of a page, where it has one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from index.cleaner.repair import tidy, unescape
from index.page import Head

_SEPARATOR = re.compile(r"\s(?:[|\-–—·•»:/~]|::)\s|\s?[|»]\s?")
_BAR = re.compile(r"\s\|\s+")
_LABEL = 4  # words of a section's or a site's name
_SHORTEST = 3  # words of an h1 that is no section's name
_STEM = 4  # letters that ferry and ferries share
_KIN = 1 / 3  # of an h1's long words are known to metadata that mean the same
_ARTICLE_TYPES = ("article", "posting", "report", "review", "recipe")


def headline(
    head: Head, prose: Sequence[str] = (), above: Sequence[str] = ()
) -> str | None:
    """Return the headline by agreement of what the page says of it.

    Where there is no h1, and the title found is the site's name or none, it is the
    first of the headings ``above`` the story that has words of the ``prose``.
    """
    agreed = _agreed(head, prose)
    found = agreed and _without_labels(agreed, head)
    if head.h1 and not _is_any(head.h1, site_names(head)):
        return found
    told = {word[:_STEM] for word in _key(" ".join(prose)).split()}
    for heading in above:
        words = _key(heading).split()
        telling = {word[:_STEM] for word in _telling(words)}
        if len(words) < _SHORTEST or telling.isdisjoint(told):
            continue
        if _names_site(found, heading, prose) if found else head.title:
            return heading
    return found


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
    said = (_jsonld(head), *_meta(head))
    named = [name for name in said if name and not _is_any(name, sites)]
    trimmed = [_trim(name, head) for name in named]
    h1 = head.h1 if head.h1 and not _is_any(head.h1, sites) else None
    if h1 and any(_same(h1, name) for name in (*named, *trimmed)):
        return h1
    if h1 and not trimmed and (not head.title or _holds(head.title, h1)):
        return h1
    if not trimmed and head.title and not _is_any(head.title, sites):
        trimmed = [_trim(head.title, head)]
    if h1 and all(_names_site(name, h1, prose) for name in trimmed):
        return h1
    if h1 and _is_kin(h1, (*named, head.title or "")):
        return _without_kicker(h1, trimmed)
    return next(filter(None, trimmed), h1)


def _is_kin(h1: str, names: Sequence[str]) -> bool:
    """Tell whether an h1 of some words is another wording of one of the ``names``."""
    headed = _key(h1).split()
    telling = {word[:_STEM] for word in _telling(headed)}
    known = {word[:_STEM] for name in names for word in _telling(_key(name).split())}
    return len(headed) >= _SHORTEST and len(telling & known) >= _KIN * len(telling) > 0


def _without_kicker(h1: str, names: Sequence[str]) -> str:
    """Return ``h1`` without the section or day set before a name the head knows."""
    for name in names:
        before = _key(h1).removesuffix(_key(name))
        if name and len(before) < len(_key(h1)) and len(before.split()) <= _SHORTEST:
            return name
    return h1


def site_names(head: Head) -> tuple[str, ...]:
    """Return the names that the head gives the site, not the article."""
    names = [head.meta.get("og:site_name"), head.meta.get("application-name")]
    for item in head.jsonld:
        publisher = item.get("publisher")
        names.append(publisher.get("name") if isinstance(publisher, Mapping) else None)
        if item.get("@type") in ("WebSite", "Organization", "NewsMediaOrganization"):
            names.append(item.get("name"))
    return tuple(name for name in (*names, head.home) if name and isinstance(name, str))


def same_words(a: str, b: str) -> bool:
    """Tell whether two lines have the same words, whatever case and punctuation."""
    return _key(a) == _key(b) != ""


def same_start(long: str, short: str) -> bool:
    """Tell whether ``long`` starts with the words of ``short``."""
    return bool(_key(short)) and _key(long).startswith(_key(short))


def is_repeated(heading: str, headline: str | None) -> bool:
    """Tell whether a heading says nothing but the headline, or most of it."""
    if not headline:
        return False
    return same_words(heading, headline) or _holds(headline, heading)


def _is_any(name: str, sites: tuple[str, ...]) -> bool:
    return any(same_words(name, site) for site in sites)


def _without_labels(name: str, head: Head) -> str:
    """Return ``name`` without the section or site set off by a bar at either end.

    A name of the site's is taken off whatever sets it off.
    """
    parts = [part.strip() for part in _BAR.split(name)]
    while len(parts) > 1 and _is_label(parts[-1], parts[:-1]):
        parts.pop()
    while len(parts) > 1 and _is_label(parts[0], parts[1:]):
        parts.pop(0)
    bare = " | ".join(parts)
    last = [*_SEPARATOR.finditer(bare)][-1:]
    if last and _is_any(bare[last[0].end() :], site_names(head)):
        return bare[: last[0].start()].strip()
    return bare


def _is_label(part: str, others: Sequence[str]) -> bool:
    words = len(part.split())
    return words <= _LABEL and sum(len(other.split()) for other in others) > words


def _holds(title: str, h1: str) -> bool:
    """Tell whether ``title`` is the h1 with something short before or after it."""
    if same_start(title, h1):
        return True
    # Most of the title, or the h1 is the site's name behind the headline.
    return _key(title).endswith(_key(h1)) and len(h1) > len(title) / 2


def _names_site(title: str, h1: str, prose: Sequence[str]) -> bool:
    """Tell whether ``title`` has no long word of the h1, and fewer of the story's."""
    named, headed = _key(title).split(), _key(h1).split()
    if len(headed) < min(_SHORTEST, len(named)):
        return False
    if not set(_telling(named)).isdisjoint(headed):
        return False
    told = set(_key(" ".join(prose)).split())
    name, heading = _share(named, told), _share(headed, told)
    # Half, for the story may name the town that the paper is named for.
    return name <= 0.5 and (heading, len(headed)) >= (name, len(named))


def _share(words: Sequence[str], told: AbstractSet[str]) -> float:
    telling = _telling(words)
    return sum(word in told for word in telling) / max(1, len(telling))


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) > 3]


def _same(h1: str, name: str) -> bool:
    return same_words(h1, name) or (len(h1) > 20 and same_start(name, h1))


def _jsonld(head: Head) -> str | None:
    for item in head.jsonld:
        kinds = item.get("@type")
        text = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
        if any(kind in text.lower() for kind in _ARTICLE_TYPES):
            name = item.get("headline") or item.get("name")
            if isinstance(name, str) and name.strip():
                return tidy(unescape(unescape(name[:1_000])))
    return None


def _meta(head: Head) -> list[str]:
    names = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title")
    return [head.meta[name] for name in names if name in head.meta]


def _trim(name: str, head: Head) -> str:
    """Return ``name`` without the site's name at its end or start."""
    site = head.meta.get("og:site_name", "")
    parts = list(_SEPARATOR.finditer(name))
    if not parts:
        return name
    if head.h1 and same_start(name, head.h1) and len(head.h1) > 15:
        return head.h1
    last = parts[-1]
    start, end = name[: last.start()].strip(), name[last.end() :].strip()
    if site and _key(end) and (_key(end) in _key(site) or _key(site) in _key(end)):
        return _trim_short(start, site)
    if "|" in last.group() and len(end) < 40 < len(start) + 20:
        return _trim_short(start, site)
    if name == head.title and len(end.split()) <= 4 and len(start.split()) >= 3:
        return start
    return name


def _trim_short(start: str, site: str) -> str:
    """Return ``start`` without one more short part: ``Headline | News | Site``."""
    parts = list(_SEPARATOR.finditer(start))
    if parts and "|" in parts[-1].group():
        end = start[parts[-1].end() :]
        if len(end.split()) <= 3 or _key(end) == _key(site):
            return start[: parts[-1].start()].strip()
    return start


def _key(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"\w+", folded))
