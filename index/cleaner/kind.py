"""What sort of page it is; in doubt an article, for a lost article is worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from index.cleaner import refusals, wording
from index.page import Block, Head
from search.model import Kind

_NO_STORY = 600  # characters of kept text; a shorter page may be a wall or an error
_SHORT = 1_500  # characters; the title alone tells an error or a wall of this size
_PARAGRAPH = 80  # characters of a block that may be a story's
_BRIEF = 30  # characters of one that may be a brief's
_SEVERAL = 3  # of these; no wall tells so much without a word to its reader
_SMALL = 6_000  # characters of all text; no error or wall has more
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
    if kept < _SHORT and (refused := _refusal(names, blocks)):
        return refused
    if links.only_teasers and not _is_story(head):
        return Kind.LISTING
    if kept < _NO_STORY and not any(map(_tells, blocks)) and not _is_brief(blocks):
        return _without_story(head, blocks, everything, links)
    return Kind.ARTICLE


def _refusal(names: Sequence[str], blocks: Sequence[Block]) -> Kind | None:
    """Return the kind the page's names tell: in full, or where nothing is reported."""
    for judge in (refusals.in_full, refusals.hinted):
        found = next(filter(None, map(judge, names)), None)
        if found:
            return found
        if any(map(_reports, blocks)):
            return None
    return None


def _reports(block: Block) -> bool:
    """Tell whether a block tells of others than its reader; no error or wall does."""
    return _tells(block) and not wording.addresses(block.text)


def _tells(block: Block, longer: int = _PARAGRAPH) -> bool:
    """Tell whether a block reads like a story, if only its first paragraph."""
    text = block.text
    if not block.kept or len(text) <= longer or not wording.is_sentence(text):
        return False
    return wording.is_reported(text) or refusals.told(text) is None


def _is_brief(blocks: Sequence[Block]) -> bool:
    """Tell whether several short paragraphs tell of others than their reader."""
    briefs = (b for b in blocks if _tells(b, _BRIEF) and not wording.addresses(b.text))
    return len(list(islice(briefs, _SEVERAL))) == _SEVERAL


def _without_story(
    head: Head, blocks: Sequence[Block], everything: int, links: Links
) -> Kind:
    opening = " ".join(block.text[:300] for block in blocks[:60])
    if everything < _SMALL and (refused := refusals.told(opening)):
        return refused
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
