"""The sources of the bundled sample: its stories and its outlets, all invented.

A source file holds the stories of one story line. ``%% id`` opens a story, lines of
``key: value`` follow, then paragraphs separated by blank lines. A paragraph that
begins with ``## `` is a subheading; ``<< id 1-4`` stands for paragraphs of an earlier
story of the file, which is how copies of a wire text are written.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_COPY = re.compile(r"<< (\S+) (\d+)(?:-(\d+))?")
_SLUG_WORDS = 8


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a story, or a subheading."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote below a story."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """One edition of an outlet: what stands around its stories."""

    key: str
    name: str
    domain: str
    home: str
    folder: str
    lang: str
    save: str
    nav: tuple[str, ...]
    rail: tuple[str, ...]
    briefs: tuple[str, ...]
    bios: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Story:
    """One article as written; ``date`` is ISO 8601, of a month or a day, or empty.

    ``save`` names the way its page was saved. A ``headless`` story is printed without
    its headline, and a ``framed`` one is saved with a folder of files beside it.
    """

    id: str
    outlet: Outlet
    title: str
    blocks: tuple[Block, ...]
    date: str
    lang: str
    save: str
    section: str
    author: str
    deck: str
    caption: str
    credit: str
    agency: str
    shown: str
    places: tuple[str, ...]
    comments: tuple[Comment, ...]
    headless: bool
    framed: bool

    @property
    def slug(self) -> str:
        """Return the title's first words in ASCII, or the id if it has none."""
        words = ascii_slug(self.title).split("-")
        if len(words) < 2 or self.headless:
            return self.id
        return "-".join(words[:_SLUG_WORDS])

    @property
    def content(self) -> tuple[str, ...]:
        """Return what a clean text of the story holds, in order: deck, paragraphs."""
        deck = (self.deck,) if self.deck else ()
        return deck + tuple(block.text for block in self.blocks)


def ascii_slug(text: str) -> str:
    """Return the words of ``text`` in lower-case ASCII, joined by hyphens.

    >>> ascii_slug("Häfen & Märkte")
    'hafen-markte'
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", ""))
    letters = plain.encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", letters))


def read_outlets(path: Path) -> dict[str, Outlet]:
    """Return the editions described in the TOML file at ``path``, by key."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {key: _outlet(key, table) for key, table in tables.items()}


def _outlet(key: str, table: Mapping[str, Any]) -> Outlet:
    lists = {name: tuple(table.get(name, ())) for name in ("nav", "rail", "briefs")}
    return Outlet(key=key, **{"bios": {}, "words": {}, **table, **lists})


def read_stories(folder: Path) -> tuple[Story, ...]:
    """Return the stories of every ``*.txt`` in ``folder``, by date, undated last.

    Raises:
        KeyError: a story names an outlet, or a story to copy from, that is not there.
    """
    outlets = read_outlets(folder / "outlets.toml")
    paths = sorted(folder.glob("*.txt"))
    found = [story for path in paths for story in _stories(path, outlets)]
    return tuple(sorted(found, key=lambda story: (story.date or "9", story.id)))


def _stories(path: Path, outlets: Mapping[str, Outlet]) -> Iterator[Story]:
    written: dict[str, tuple[Block, ...]] = {}
    for source in path.read_text(encoding="utf-8").split("%% ")[1:]:
        head, _, body = source.partition("\n\n")
        name, *lines = head.splitlines()
        pairs = [line.partition(": ")[::2] for line in lines]
        written[name] = tuple(_blocks(body, written))
        yield _story(name, pairs, written[name], outlets)


def _blocks(body: str, written: Mapping[str, tuple[Block, ...]]) -> Iterator[Block]:
    for text in body.strip().split("\n\n"):
        if copy := _COPY.fullmatch(text):
            name, first, last = copy.groups()
            yield from written[name][int(first) - 1 : int(last or first)]
        else:
            yield Block(text.removeprefix("## "), heading=text.startswith("## "))


def _story(
    name: str,
    pairs: list[tuple[str, str]],
    blocks: tuple[Block, ...],
    outlets: Mapping[str, Outlet],
) -> Story:
    head = dict(pairs)
    home = outlets[head["outlet"]]
    lang = head.get("lang", home.lang)
    edition = outlets.get(f"{home.key}-{lang}", home)
    remarks = [value.partition(" | ")[::2] for key, value in pairs if key == "comment"]
    return Story(
        id=name,
        outlet=edition,
        title=head["title"],
        blocks=blocks,
        date=head.get("date", ""),
        lang=lang,
        save=head.get("save", edition.save),
        section=head.get("section", "News"),
        author=head.get("author", ""),
        deck=head.get("deck", ""),
        caption=head.get("caption", ""),
        credit=head.get("credit", ""),
        agency=head.get("agency", ""),
        shown=head.get("shown", ""),
        places=tuple(head["places"].split("; ")),
        comments=tuple(Comment(who, text) for who, text in remarks),
        headless=head.get("headline") == "no",
        framed=head.get("files") == "yes",
    )
