"""What a page says of itself in its markup: title, meta, JSON-LD, times, byline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from bs4 import BeautifulSoup, Tag

from index.cleaner import marks
from index.cleaner.repair import tidy, unescape
from index.cleaner.tree import attribute
from index.page import Head

_LONGEST_META = 5_000  # characters; descriptions end long before
_LONGEST_JSON = 2_000_000  # characters of one script
_DEEPEST = 6  # levels of JSON-LD looked into for objects of their own
_MOST_TIMES = 50
_FRONT = re.compile(
    r"(?i)(?:https?://[^/?#]{1,200})?/(?:(?:index|default)\.\w{2,5})?|https?://[^/?#]{1,200}"
)
_HIGHEST = 30  # elements above a time looked at
_PUBLISHED = re.compile(r"(?i)date-?published|pub-?date|\bpublished\b|entry-date")
_CHANGED = re.compile(r"(?i)modified|updated")
_ASIDES = frozenset(
    ("aside", "comments", "footer", "hidden", "navigation", "related", "advert")
)
_CONTROL = re.compile(r"[\x00-\x1f]")
_TRAILING_COMMA = re.compile(r",\s{0,80}(?=[}\]])")
_BYLINE = re.compile(
    r"\b(?:byline|author[_-]?name|by-?line|article[_-]{0,2}author|post-author|"
    r"author)\b",
    re.IGNORECASE,
)


def read(soup: BeautifulSoup) -> Head:
    """Return what the page's markup says of the page; broken parts are left out."""
    meta: dict[str, str] = {}
    jsonld: list[Mapping[str, Any]] = []
    times: list[tuple[int, str]] = []
    title = canonical = lang = h1 = byline = home = None
    heading: Tag | None = None
    for tag in soup.find_all(_every):
        name = tag.name
        if name == "meta":
            _note(meta, tag)
        elif name == "script":
            if "ld+json" in attribute(tag, "type").lower():
                jsonld.extend(_objects(_text(tag, _LONGEST_JSON)))
        elif name == "title" and title is None and not _in_picture(tag):
            title = tidy(unescape(_text(tag, 2_000))) or None
        elif name == "link" and canonical is None and _is_canonical(tag):
            canonical = attribute(tag, "href").strip() or None
        elif name == "html" and lang is None:
            lang = (
                attribute(tag, "lang") or attribute(tag, "xml:lang")
            ).strip() or None
        elif name == "h1" and h1 is None and not _is_masthead(tag):
            heading = tag
            h1 = tidy(unescape(_text(tag, 2_000))) or None
        elif name == "a" and home is None and _is_home(tag):
            home = tidy(unescape(_text(tag, 200))) or None
        elif name == "time" and len(times) < _MOST_TIMES:
            times.append((_rank(tag, heading), attribute(tag, "datetime").strip()))
        if byline is None and name != "meta" and _is_byline(tag):
            byline = _byline(tag)
    return Head(
        title=title,
        meta=MappingProxyType(meta),
        jsonld=tuple(jsonld),
        canonical=canonical,
        lang=lang,
        h1=h1,
        times=tuple(time for _, time in sorted(times, key=itemgetter(0)) if time),
        byline=byline,
        home=home,
    )


def _every(_: Tag) -> bool:
    return True


def _note(meta: dict[str, str], tag: Tag) -> None:
    for key in ("property", "name", "itemprop", "http-equiv"):
        name = attribute(tag, key).strip().lower()
        value = tag.attrs.get("content")
        if name and isinstance(value, str) and value.strip():
            meta.setdefault(name, tidy(unescape(value[:_LONGEST_META])))


def _text(tag: Tag, longest: int) -> str:
    """Return an element's text, cut at ``longest``; unlike get_text, of scripts too."""
    parts, size = [], 0
    for part in tag.strings if tag.name != "script" else tag.find_all(string=True):
        parts.append(str(part))
        size += len(part)
        if size > longest:
            break
    return "".join(parts)[:longest]


def _in_picture(tag: Tag) -> bool:
    return tag.parent is not None and tag.parent.name in ("svg", "symbol", "g")


def _is_canonical(tag: Tag) -> bool:
    return "canonical" in attribute(tag, "rel").lower().split()


def _is_masthead(tag: Tag) -> bool:
    """Tell whether a heading above the article leads somewhere: it names the site."""
    linked = tag.find_parent("a") or tag.find("a")
    if linked is None or tag.find_parent(("header", "nav")) is None:
        return False
    return tag.find_parent(("article", "main")) is None


def _is_home(tag: Tag) -> bool:
    rel = attribute(tag, "rel").lower().split()
    return "home" in rel or _FRONT.fullmatch(attribute(tag, "href").strip()) is not None


def _is_byline(tag: Tag) -> bool:
    if attribute(tag, "rel") == "author" or attribute(tag, "itemprop") == "author":
        return True
    label = f"{attribute(tag, 'class')} {attribute(tag, 'data-testid')}"
    return len(label) > 5 and _BYLINE.search(label) is not None


def _rank(tag: Tag, heading: Tag | None) -> int:
    """Return how unlikely a time element is to tell when the article came out.

    Those that say so come first, then those near the headline, then those around it;
    one in a menu, a rail or among the comments tells of something else.
    """
    label = f"{attribute(tag, 'class')} {attribute(tag, 'itemprop')}"
    above = [parent for parent in islice(tag.parents, _HIGHEST) if parent.name]
    if any(_is_aside(parent) for parent in above):
        return 3
    if _PUBLISHED.search(label) or tag.has_attr("pubdate"):
        return 0
    if _CHANGED.search(label):
        return 2
    return 1 if heading or any(parent.name == "article" for parent in above) else 2


def _is_aside(tag: Tag) -> bool:
    label = f"{attribute(tag, 'class')} {attribute(tag, 'id')}".strip()
    return marks.rule_of(tag.name, attribute(tag, "role").lower(), label) in _ASIDES


def _byline(tag: Tag) -> str | None:
    # Name, role and date stand in elements of their own, without a space between.
    parts = islice(tag.stripped_strings, 20)
    text = tidy(unescape(" | ".join(parts)[:400]))
    return text if 2 < len(text) < 200 else None


def _objects(script: str) -> Iterator[Mapping[str, Any]]:
    """Yield the JSON-LD objects of a script, those of its graphs and lists included."""
    level = _load(script)
    for _ in range(_DEEPEST):
        following: list[Any] = []
        for item in level:
            if isinstance(item, list):
                following.extend(item)
            elif isinstance(item, dict):
                graph = item.get("@graph")
                if isinstance(graph, list | dict):
                    following.append(graph)
                if graph is None or "@type" in item:
                    yield MappingProxyType(item)
        level = following


def _load(script: str) -> list[Any]:
    """Return a script's JSON, mending what editors commonly break."""
    text = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub("", _CONTROL.sub(" ", text))):
        try:
            return [json.loads(attempt, strict=False)]
        except (ValueError, RecursionError):
            continue
    return []
