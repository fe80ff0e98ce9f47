"""A hit as the list shows it: what it is, where it matched, where it leads."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from search.model import Hit, Snippet
from search.wire.parts import web_address
from web import wording
from web.chips import Labels
from web.copies import Copies, listed
from web.links import Links
from web.marking import marked
from web.places.addresses import of_place

_MOST = 5  # places, and copies, that are named

_WHERE = {"byline": "Byline", "chrome": "Removed"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A snippet, from paragraph ``number`` of the text or from ``where`` else."""

    text: Markup
    where: str | None = None
    number: int | None = None
    url: Markup | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is a link."""

    label: str
    url: Markup


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the list; None is what is not known or does not apply.

    ``original`` is the address of the page itself, printed on paper only.
    """

    hit: Hit
    url: Markup
    title: Markup
    lang: str
    direction: str
    outlet: str | None
    published: str | None
    badge: str | None
    pieces: tuple[Piece, ...]
    places: tuple[Name, ...]
    other_places: int
    copies: Copies | None
    matches: str | None
    removed: str | None
    original: str | None


def entry(hit: Hit, links: Links, names: Labels) -> Entry:
    """Return ``hit`` as an entry; an outlet is called what most pages call it."""
    title = marked(hit.title, hit.title_ranges) if hit.title else None
    source = hit.source
    return Entry(
        hit=hit,
        url=links.document(hit.id),
        title=title or escape(wording.heading(hit)),
        lang=wording.tag(hit.lang),
        direction=wording.direction(hit.lang),
        outlet=names.get(("source", source.value), source.label) if source else None,
        published=wording.day(hit.published) if hit.published else None,
        badge=None if hit.kind == "article" else wording.BADGES[hit.kind],
        pieces=_pieces(hit, links),
        places=tuple([Name(p.label, of_place(p.id)) for p in hit.places[:_MOST]]),
        other_places=max(0, len(hit.places) - _MOST),
        copies=listed(hit.id, hit.group, _MOST, links.document) if hit.group else None,
        matches=f"{hit.matches:,} matches" if hit.matches > 1 else None,
        removed=wording.share(hit.removed_share) if hit.removed_blocks else None,
        original=web_address(hit.url),
    )


def _pieces(hit: Hit, links: Links) -> tuple[Piece, ...]:
    if hit.snippets:
        return tuple([_piece(hit, snippet, links) for snippet in hit.snippets])
    return (Piece(escape(hit.lead)),) if hit.title and hit.lead else ()


def _piece(hit: Hit, snippet: Snippet, links: Links) -> Piece:
    text, number = marked(snippet.text, snippet.ranges), snippet.paragraph
    at = links.document(hit.id, number) if number else None
    return Piece(text, _WHERE.get(snippet.field), number, at)
