"""Whether a time or a byline on a page is the article's own or another's."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from bs4 import Tag

from index.cleaner import marks
from index.cleaner.tree import attribute

ELSEWHERE = 3  # a menu, a rail, the comments: what stands there is another's
_HIGHEST = 30  # elements above one that are looked at
_PUBLISHED = re.compile(r"(?i)date-?published|pub-?date|\bpublished\b|entry-date")
_CHANGED = re.compile(r"(?i)modified|updated")
_ASIDES = frozenset(
    ("aside", "comments", "footer", "hidden", "navigation", "related", "advert")
)
_OTHERS = frozenset(("comments", "navigation", "related", "advert"))
# The folders of people's own pages: ``/author/ada-roe``.
_PEOPLE_LIST = (
    "author authors byline by contributor contributors writer writers journalist"
    " journalists reporter reporters columnist columnists people staff profile profiles"
)
_PEOPLE = frozenset(_PEOPLE_LIST.split())
# A byline's class: ``post-author``, ``article__author``, ``authorName``, ``byline``.
_BYLINE = re.compile(
    r"(?:^|[\W_]|(?<=[a-z])(?=[AB]))(?:[Bb]y-?[Ll]ine|[Aa]uthor)s?"
    r"(?:[-_]{0,2}(?:[Nn]ame|[Ll]ink|[Tt]ext))?(?:$|[\W_])"
)


def rank_of_time(tag: Tag, heading: Tag | None) -> int:
    """Return how unlikely a time element is to tell when the article came out.

    Those that say so come first, then those near the headline, then those around it.
    """
    label = f"{attribute(tag, 'class')} {attribute(tag, 'itemprop')}"
    above = [parent for parent in islice(tag.parents, _HIGHEST) if parent.name]
    if any(_is_aside(parent) for parent in above):
        return ELSEWHERE
    if _PUBLISHED.search(label) or tag.has_attr("pubdate"):
        return 0
    if _CHANGED.search(label):
        return 2
    return 1 if heading or any(parent.name == "article" for parent in above) else 2


def rank_of_byline(tag: Tag, heading: Tag | None) -> int:
    """Return how unlikely a byline is to be the article's: ELSEWHERE if it is not.

    Those near the headline come first, then those above it, then those that stand
    beside the text or at its end.
    """
    above = [parent for parent in islice(tag.parents, _HIGHEST) if parent.name]
    rules = {_rule(parent) for parent in above}
    if not rules.isdisjoint(_OTHERS):
        return ELSEWHERE
    if not rules.isdisjoint(_ASIDES):
        return 2
    return 0 if heading or any(parent.name == "article" for parent in above) else 1


def is_byline(tag: Tag) -> bool:
    """Tell whether an element says of itself that it names who wrote."""
    # Asked of every element of a page: most have a class, and few anything else.
    attributes = tag.attrs
    label = attributes.get("class")
    if isinstance(label, str) and _names_byline(label):
        return True
    if tag.name == "a":
        is_author = attributes.get("rel") == "author"
        return is_author or _is_of_a_person(attribute(tag, "href"))
    if attributes.get("itemprop") == "author":
        return True
    return "data-testid" in attributes and _names_byline(attribute(tag, "data-testid"))


def _is_of_a_person(href: str) -> bool:
    if href.count("/") < 2:
        return False
    _, _, last = href.rpartition("://")
    folders = last.rstrip("/").rsplit("/", 2)
    return len(folders) == 3 and folders[1].rpartition("-")[2].lower() in _PEOPLE


@lru_cache(maxsize=20_000)
def _names_byline(label: str) -> bool:
    return _BYLINE.search(label[:500]) is not None


def _is_aside(tag: Tag) -> bool:
    return _rule(tag) in _ASIDES


def _rule(tag: Tag) -> str | None:
    if tag.name == "article":  # its classes are those of what is in it
        return None
    label = f"{attribute(tag, 'class')} {attribute(tag, 'id')}".strip()
    return marks.rule_of(tag.name, attribute(tag, "role").lower(), label)
