"""What sort of page it is; in doubt an article, for a lost article is worse."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.cleaner import wording
from index.page import Block, Head
from search.model import Kind

_ERROR = re.compile(
    r"(?i)\W{0,3}(?:(?:error )?(?:40[0134]|410|50[0234])\b|page (?:not found|"
    r"cannot be found|unavailable|doesn.t exist)|"
    r"not found|(?:we.re )?sorry.{0,40}(?:page|not found)|oops|this page "
    r"(?:is(?:n.t| not| no longer)|could not|can.t|does)|"
    r"(?:the )?page (?:you|that you) |access denied|forbidden|bad gateway|service "
    r"unavailable|internal server error|"
    r"seite nicht gefunden|page introuvable|página no encontrada|pagina non "
    r"trovata|страница не найдена)"
)
_WALL = re.compile(
    r"(?i)(?:just a moment|checking (?:if the site|your browser)|verify(?:ing)? "
    r"(?:that )?you are (?:a )?human|are you a (?:robot|human)|"
    r"attention required|ddos protection|enable (?:javascript and )?cookies to "
    r"continue|unusual (?:traffic|activity)|captcha|"
    r"pardon our interruption|please verify|before you continue|we value your "
    r"privacy|we care about your privacy|your privacy choices|"
    r"consent to (?:the use|cookies)|accept (?:all )?cookies|(?:we|our partners) "
    r"(?:use|and our partners) .{0,60}cookies|"
    r"(?:log|sign) in to (?:continue|read|your)|subscribe to (?:continue|read)|to "
    r"continue reading|already a subscriber|"
    r"not available in your (?:country|region)|unavailable (?:due to|for) legal|451)"
)
_NO_STORY = 600  # characters of kept text; a shorter page may be a wall or an error
_SHORT = 1_500  # characters; the title alone tells an error or a wall of this size
_FRONT = 700  # characters of all text; a smaller page lists too little


def kind_of(
    head: Head, title: str | None, blocks: Sequence[Block], linked: float
) -> Kind:
    """Return the kind of a page; ``linked`` is the share of link text on all of it."""
    kept = sum(len(block.text) for block in blocks if block.kept)
    everything = sum(len(block.text) for block in blocks)
    names = [name for name in (title, head.h1, head.title) if name]
    if kept < _SHORT and any(_ERROR.match(name) for name in names):
        return Kind.ERROR
    if kept < _SHORT and any(_WALL.search(name[:300]) for name in names):
        return Kind.WALL
    if kept < _NO_STORY and not _tells(blocks):
        return _without_story(head, blocks, everything, linked)
    return Kind.ARTICLE


def _tells(blocks: Sequence[Block]) -> bool:
    """Tell whether a kept block reads like a story, if only its first paragraph."""
    return any(
        block.kept
        and len(block.text) > 80
        and wording.is_sentence(block.text)
        and not _WALL.search(block.text)
        and not _ERROR.search(block.text)
        for block in blocks
    )


def _without_story(
    head: Head, blocks: Sequence[Block], everything: int, linked: float
) -> Kind:
    opening = " ".join(block.text[:300] for block in blocks[:60])
    if everything < 6_000 and _WALL.search(opening):
        return Kind.WALL
    if everything < 6_000 and _ERROR.search(opening[:600]):
        return Kind.ERROR
    if linked > 0.6 and everything > _FRONT and not _is_story(head):
        return Kind.LISTING
    return Kind.ARTICLE


def _is_story(head: Head) -> bool:
    if head.meta.get("og:type", "").lower() == "article":
        return True
    return any("article" in str(item.get("@type")).lower() for item in head.jsonld)
