"""What sort of page it is; in doubt an article, for a lost article is worse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.cleaner import wording
from index.page import Block, Head
from search.model import Kind

_ERROR = re.compile(
    r"(?i)\W{0,3}(?:(?:error )?(?:40[0134]|410|50[0234])(?:\W*$|\s*[-–|:]|"
    r"\W+(?:error|not|page|file|bad|forbidden|gone|access|service|internal|oops|"
    r"sorry)\b)|page (?:not found|"
    r"cannot be found|unavailable|doesn.t exist)|"
    r"not found|(?:we.re )?sorry.{0,40}(?:page|not found)|oops|this page "
    r"(?:is(?:n.t| not| no longer)|could not|can.t|does)|"
    r"(?:the )?page (?:you|that you) |access denied|forbidden|bad gateway|service "
    r"unavailable(?:\W*$|\s+[-–|])|internal server error|"
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
    r"not available in your (?:country|region)|unavailable (?:due to|for) legal|"
    r"\b(?:error|http) 451\b)"
)
_NO_STORY = 600  # characters of kept text; a shorter page may be a wall or an error
_SHORT = 1_500  # characters; the title alone tells an error or a wall of this size
_FRONT = 700  # characters of all text; a smaller one must list headlines
_FEW = 3  # headlines that are links; with fewer, a small page lists nothing
_NAME = 3  # words of a section's name; a headline has more


@dataclass(frozen=True, slots=True)
class Links:
    """What a page's links say of its kind.

    ``share`` is that of link text in all text, ``headlines`` how many headlines are
    links; ``only_teasers`` tells that what is kept stands below such headlines.
    """

    share: float = 0.0
    headlines: int = 0
    only_teasers: bool = False


def kind_of(
    head: Head, title: str | None, blocks: Sequence[Block], links: Links
) -> Kind:
    """Return the kind of a page by its names, its blocks and its links."""
    kept = sum(len(block.text) for block in blocks if block.kept)
    everything = sum(len(block.text) for block in blocks)
    names = [name for name in (title, head.h1, head.title) if name]
    if kept < _SHORT and any(_ERROR.match(name) for name in names):
        return Kind.ERROR
    if kept < _SHORT and any(_WALL.search(name[:300]) for name in names):
        return Kind.WALL
    if links.only_teasers and not _is_story(head):
        return Kind.LISTING
    if kept < _NO_STORY and not _tells(blocks):
        return _without_story(head, blocks, everything, links)
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
    head: Head, blocks: Sequence[Block], everything: int, links: Links
) -> Kind:
    opening = " ".join(block.text[:300] for block in blocks[:60])
    if everything < 6_000 and _WALL.search(opening):
        return Kind.WALL
    if everything < 6_000 and _ERROR.search(opening[:600]):
        return Kind.ERROR
    lists = everything > _FRONT or (links.headlines >= _FEW and _is_named(head))
    if links.share > 0.6 and lists and not _is_story(head):
        return Kind.LISTING
    return Kind.ARTICLE


def _is_named(head: Head) -> bool:
    """Tell whether the page is headed by a name, as a section is, or by nothing."""
    return len((head.h1 or "").split()) <= _NAME


def _is_story(head: Head) -> bool:
    if head.meta.get("og:type", "").lower() == "article":
        return True
    return any("article" in str(item.get("@type")).lower() for item in head.jsonld)
