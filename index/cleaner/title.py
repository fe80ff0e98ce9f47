"""The headline of a page, where it has one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from index.cleaner.repair import tidy, unescape
from index.page import Head

_SEPARATOR = re.compile(r"\s(?:[|\-–—·•»:/~]|::)\s|\s?[|»]\s?")
_ARTICLE_TYPES = ("article", "posting", "report", "review", "recipe")


def headline(head: Head) -> str | None:
    """Return the headline by agreement of what the page says of it.

    The h1 wins where the head knows it too; else JSON-LD, then ``og:title``, then
    the title element without the site's name. None where nothing looks like one, or
    the title element holds the site's name alone.
    """
    sites = site_names(head)
    said = (_jsonld(head), *_meta(head))
    named = [name for name in said if name and not _is_any(name, sites)]
    trimmed = [_trim(name, head) for name in named]
    h1 = head.h1 if head.h1 and not _is_any(head.h1, sites) else None
    if h1 and any(_same(h1, name) for name in (*named, *trimmed)):
        return h1
    if trimmed:
        return trimmed[0]
    if h1 and (not head.title or _holds(head.title, h1)):
        return h1
    if head.title and not _is_any(head.title, sites):
        return _trim(head.title, head) or h1
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


def _is_any(name: str, sites: tuple[str, ...]) -> bool:
    return any(same_words(name, site) for site in sites)


def _holds(title: str, h1: str) -> bool:
    """Tell whether ``title`` is the h1 with something short before or after it."""
    if same_start(title, h1):
        return True
    # Most of the title, or the h1 is the site's name behind the headline.
    return _key(title).endswith(_key(h1)) and len(h1) > len(title) / 2


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
