"""What an element's name and attributes say it is: the named rules of markup."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from index.cleaner import vocabulary

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")

SILENT = vocabulary.words("silent")

_BY_NAME = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "aside": "aside",
    "figcaption": "caption",
    "caption": "caption",
    "form": "form",
    "button": "control",
    "label": "control",
    "dialog": "dialog",
    "noscript": "noscript",
}

_BY_ROLE = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "contentinfo": "footer",
    "complementary": "aside",
    "search": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "button": "control",
    "tooltip": "control",
    "tablist": "control",
}

_BY_WORD = vocabulary.marks()
_LAYOUT = vocabulary.words("layout")
_DECK = vocabulary.words("deck")
_PICTURE = vocabulary.words("picture")

_BODY = re.compile(
    r"(?:article|story|post|entry|news|content|main|text)[-_]{0,2}"
    r"(?:body|content|contents|text|copy|main|inner|corps|texto|cuerpo|txt)\b|"
    r"\b(?:articlebody|storybody|bodytext|body-text|body-copy|bodycopy|storytext|"
    r"articletext|prose|richtext|rich-text|field-name-body|mw-parser-output)",
)
# A post's own classes in blog systems name its tags: ``tag-politics``.
_TAG = re.compile(r"tag-(?!s\b|list|cloud|link|item|group|container|wrap)")


@lru_cache(maxsize=20_000)
def rule_of(name: str, role: str, label: str) -> str | None:
    """Return the rule an element's name, role, or class and id call for.

    >>> rule_of("div", "", "article__related-links")
    'related'
    >>> rule_of("body", "", "has-sidebar") is None
    True
    """
    if name in _BY_NAME:
        return _BY_NAME[name]
    if role in _BY_ROLE:
        return _BY_ROLE[role]
    if name in ("html", "body", "main") or not label:
        return None
    best: tuple[int, str] | None = None
    for part in label.split():
        found = _of_part(part)
        if found is not None and (best is None or found < best):
            best = found
    return best[1] if best else None


@lru_cache(maxsize=20_000)
def is_body(label: str) -> bool:
    """Tell whether a class or id names the body of an article."""
    return _BODY.search(label.lower()) is not None


def says_body(name: str, label: str, itemprop: str) -> bool:
    """Tell whether an element says that it holds the body of an article."""
    if "articlebody" in itemprop:
        return True
    return name not in ("html", "body") and is_body(label)


@lru_cache(maxsize=20_000)
def is_deck(label: str) -> bool:
    """Tell whether a class or id names the lines under a headline."""
    words = _words(label)
    return not _DECK.isdisjoint((*words, *map("".join, pairwise(words))))


@lru_cache(maxsize=20_000)
def is_picture(label: str) -> bool:
    """Tell whether a class or id names a picture, or what is said of one."""
    return not _PICTURE.isdisjoint(_words(label))


def _of_part(part: str) -> tuple[int, str] | None:
    words = _words(part)
    if not words or words[0] in _LAYOUT or _TAG.match(part):
        return None
    pairs = map("".join, pairwise(words))
    candidates = (*words, "".join(words), *pairs)
    found = [_BY_WORD[word] for word in candidates if word in _BY_WORD]
    return min(found) if found else None


def _words(label: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(label)]
