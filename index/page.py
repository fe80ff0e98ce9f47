"""The stops of the way in: a page as read, and the same page cleaned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from search.model import Kind, Removed


class Form(StrEnum):
    """What the content of a page is, and so which cleaner takes it."""

    HTML = "html"
    TEXT = "text"  # lines, chrome lines among them
    CLEAN = "clean"  # a row's ``body``: an article already, never cleaned again


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody said of a page beside it: a row, a sidecar, a manifest.

    ``method`` is ``row``, ``front-matter``, ``sidecar`` or ``manifest``. None and the
    empty tuple mean that nothing was said. ``places`` are GeoNames ids, ISO 3166
    codes or names, and replace recognition. ``saved`` is when the page was (UTC).
    """

    method: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    date: str | None = None
    source: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    lang: str | None = None
    saved: datetime | None = None


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as read: decoded, its wrapping undone, its content untouched.

    ``root`` is the name of the root it was found under and ``name`` its path below
    that, with ``/`` and, for a row of a file, ``#row``. ``path`` is the file itself.
    ``url`` is the page's own address as the way it was saved tells it, and
    ``url_method`` how: ``saved-from``, ``singlefile``, ``wayback``, ``mirror-path``,
    ``mhtml``, ``row`` and so on. ``saved`` is when it was saved (UTC). ``digest`` is
    the SHA-256 of the file's bytes, or of the row's. ``given`` holds what was said of
    the page from outside, most trusted first.
    """

    root: str
    name: str
    path: Path
    form: Form
    content: str
    digest: str
    url: str | None = None
    url_method: str | None = None
    saved: datetime | None = None
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or a row of one, that could not be read; ``name`` as in RawPage.

    ``ends`` says that rows below it in its file, some or all, could not be read either.
    """

    name: str
    reason: str
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself in its markup, read once from the one tree.

    ``meta`` maps the lower-case name or property of each meta element to its first
    content; ``jsonld`` are the objects of its JSON-LD scripts, graphs flattened;
    ``canonical`` is the canonical link; ``times`` the ``datetime`` attributes of its
    time elements, the article's own first; ``bylines`` the texts of its byline
    elements, likewise; ``home`` that of its first link to the site's front.
    """

    title: str | None = None
    meta: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    jsonld: tuple[Mapping[str, Any], ...] = ()
    canonical: str | None = None
    lang: str | None = None
    h1: str | None = None
    times: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like piece of a page, in page order, and what became of it.

    ``rule`` names what decided; ``score`` is the chance of chrome that a classifier
    gives it, where one voted.
    """

    text: str
    kept: bool
    rule: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page as its cleaner left it: every block of it is in ``blocks``.

    ``title`` is the headline found on the page, and None where there is none.
    """

    kind: Kind
    title: str | None
    blocks: tuple[Block, ...]
    head: Head = field(default_factory=Head)

    @property
    def text(self) -> str:
        """Return the kept blocks as paragraphs separated by one blank line."""
        return "\n\n".join(block.text for block in self.blocks if block.kept)

    @property
    def removed(self) -> tuple[Removed, ...]:
        """Return the removed blocks, each with how many kept ones stand before it."""
        kept, removed = 0, []
        for block in self.blocks:
            if block.kept:
                kept += 1
            else:
                removed.append(Removed(block.text, block.rule, kept))
        return tuple(removed)
