"""What a page says of itself in its markup: title, meta, JSON-LD, times, byline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from bs4 import BeautifulSoup, Tag

from index.cleaner import linked_data
from index.cleaner.belonging import (
    ELSEWHERE,
    is_byline,
    rank_of_byline,
    rank_of_time,
)
from index.cleaner.repair import tidy, unescape
from index.cleaner.title import same_start
from index.cleaner.tree import attribute
from index.page import Head

_LONGEST_META = 5_000  # characters; descriptions end long before
_LONGEST_JSON = 2_000_000  # characters of one script
_MOST_TIMES = 50
_MOST_H1S = 10
_MOST_BYLINES = 20  # a page of comments has hundreds
_META_KEYS = ("property", "name", "itemprop", "http-equiv")
_FRONT = re.compile(
    r"(?i)(?:https?://[^/?#]{1,200})?/(?:(?:index|default)\.\w{2,5})?|https?://[^/?#]{1,200}"
)
_COMMENT = re.compile(r"\| says\b", re.IGNORECASE)


def read(soup: BeautifulSoup) -> Head:
    """Return what the page's markup says of the page; broken parts are left out."""
    reading = _Reading()
    readers = reading.readers
    node = soup.contents[0] if soup.contents else None
    while node is not None:
        if isinstance(node, Tag):
            if node.name in readers:
                readers[node.name](node)
            if node.attrs and node.name != "meta" and is_byline(node):
                reading.read_byline(node)
        node = node.next_element
    return reading.head()


class _Reading:
    """What the elements seen so far say; ``readers`` has what reads each kind."""

    def __init__(self) -> None:
        self._meta: dict[str, str] = {}
        self._jsonld: list[Mapping[str, Any]] = []
        self._times: list[tuple[int, str]] = []
        self._bylines: list[tuple[int, str]] = []
        self._title: str | None = None
        self._canonical: str | None = None
        self._lang: str | None = None
        self._h1s: list[str] = []
        self._home: str | None = None
        self._heading: Tag | None = None
        self.readers = {
            "meta": self._read_meta,
            "script": self._read_script,
            "title": self._read_title,
            "link": self._read_link,
            "html": self._read_html,
            "h1": self._read_h1,
            "a": self._read_a,
            "time": self._read_time,
        }

    def head(self) -> Head:
        """Return all that was said."""
        first = itemgetter(0)
        bylines = dict.fromkeys(said for _, said in sorted(self._bylines, key=first))
        return Head(
            title=self._title,
            meta=MappingProxyType(self._meta),
            jsonld=tuple(self._jsonld),
            canonical=self._canonical,
            lang=self._lang,
            h1=self._told_h1(),
            times=tuple(time for _, time in sorted(self._times, key=first) if time),
            bylines=tuple(bylines),
            home=self._home,
        )

    def _read_meta(self, tag: Tag) -> None:
        value = tag.attrs.get("content")
        if not isinstance(value, str) or not value.strip():
            return
        for key in _META_KEYS:
            name = attribute(tag, key).strip().lower()
            if name.endswith("ld+json"):  # some frameworks put their JSON-LD there
                self._jsonld.extend(linked_data.objects(value[:_LONGEST_JSON]))
                return
            if name and name not in self._meta:
                self._meta[name] = tidy(unescape(value[:_LONGEST_META]))

    def _read_script(self, tag: Tag) -> None:
        if "ld+json" in attribute(tag, "type").lower():
            self._jsonld.extend(linked_data.objects(_text(tag, _LONGEST_JSON)))

    def _read_title(self, tag: Tag) -> None:
        if self._title is None and not _in_picture(tag):
            self._title = _line(tag, 2_000)

    def _read_link(self, tag: Tag) -> None:
        if self._canonical is None and _is_canonical(tag):
            self._canonical = attribute(tag, "href").strip() or None

    def _read_html(self, tag: Tag) -> None:
        if self._lang is None:
            lang = attribute(tag, "lang") or attribute(tag, "xml:lang")
            self._lang = lang.strip() or None

    def _read_h1(self, tag: Tag) -> None:
        if len(self._h1s) >= _MOST_H1S or _is_masthead(tag):
            return
        if line := _line(tag, 2_000):
            self._heading = self._heading or tag
            self._h1s.append(line)

    def _told_h1(self) -> str | None:
        """Return the first h1 that the head tells too, else the first."""
        names = (self._title or "", self._meta.get("og:title", ""))
        for h1 in self._h1s if len(self._h1s) > 1 else ():
            if len(h1.split()) > 2 and any(same_start(name, h1) for name in names):
                return h1
        return next(iter(self._h1s), None)

    def _read_a(self, tag: Tag) -> None:
        if self._home is None and _is_home(tag):
            self._home = _line(tag, 200)

    def _read_time(self, tag: Tag) -> None:
        if len(self._times) < _MOST_TIMES:
            time = attribute(tag, "datetime").strip()
            self._times.append((rank_of_time(tag, self._heading), time))

    def read_byline(self, tag: Tag) -> None:
        """Note the byline in ``tag`` if it is the article's."""
        if len(self._bylines) >= _MOST_BYLINES:
            return
        said = _byline(tag)
        rank = rank_of_byline(tag, self._heading) if said else ELSEWHERE
        if said and rank != ELSEWHERE:
            self._bylines.append((rank, said))


def _line(tag: Tag, longest: int) -> str | None:
    return tidy(unescape(_text(tag, longest))) or None


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
    if attribute(tag, "rel") == "home":
        return True
    return _FRONT.fullmatch(attribute(tag, "href").strip()) is not None


def _byline(tag: Tag) -> str | None:
    # Name, role and date stand in elements of their own, without a space between.
    parts = islice(tag.stripped_strings, 20)
    text = tidy(unescape(" | ".join(parts)[:400]))
    return text if 2 < len(text) < 200 and not _COMMENT.search(text) else None
