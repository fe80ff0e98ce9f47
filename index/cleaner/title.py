"""What a page's titles are made of: words, the site's name, sections set off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from index.page import Head

_SEPARATOR = re.compile(r"\s(?:[|\-–—·•»:/~]|::)\s|\s?[|»]\s?")
_BAR = re.compile(r"\s\|\s+")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_LABEL = 4  # words of a section's or a site's name


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
    return same_words(heading, headline) or holds(headline, heading)


def is_any(name: str, sites: Sequence[str]) -> bool:
    """Tell whether ``name`` is one of the ``sites``, but for case and punctuation."""
    return any(same_words(name, site) for site in sites)


def without_labels(name: str, head: Head) -> str:
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
    if last and is_any(bare[last[0].end() :], site_names(head)):
        return bare[: last[0].start()].strip()
    return bare


def holds(title: str, h1: str) -> bool:
    """Tell whether ``title`` is the h1 with something short before or after it."""
    if same_start(title, h1):
        return True
    # Most of the title, or the h1 is the site's name behind the headline.
    return _key(title).endswith(_key(h1)) and len(h1) > len(title) / 2


def trim(name: str, head: Head) -> str:
    """Return ``name`` without the site's name at its end or start."""
    site = head.meta.get("og:site_name", "")
    parts = list(_SEPARATOR.finditer(name))
    if not parts:
        return _without_host(name, head)
    if head.h1 and same_start(name, head.h1) and len(head.h1) > 15:
        return head.h1
    last = parts[-1]
    start, end = name[: last.start()].strip(), name[last.end() :].strip()
    if site and _key(end) and (_key(end) in _key(site) or _key(site) in _key(end)):
        return _trim_short(start, site)
    if is_any(end, site_names(head)):
        return _trim_short(start, site)
    if "|" in last.group() and len(end) < 40 < len(start) + 20:
        return _trim_short(start, site)
    if name == head.title and len(end.split()) <= 4 and len(start.split()) >= 3:
        return start
    return name


def words_of(text: str) -> list[str]:
    """Return the words of ``text``, folded."""
    return _key(text).split()


def _is_label(part: str, others: Sequence[str]) -> bool:
    words = len(part.split())
    return words <= _LABEL and sum(len(other.split()) for other in others) > words


def _without_host(name: str, head: Head) -> str:
    for site in site_names(head):
        if _HOST.fullmatch(site) and name.startswith(site + " "):
            return name[len(site) :].strip()
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
