"""What an element's name and attributes say it is: the named rules of markup."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")

# Elements whose text is never shown as such.
SILENT = frozenset(
    "script style template noembed noframes svg math canvas audio video object map "
    "head title select datalist textarea iframe".split()
)

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

# One word of a class or id. Order: the first rule found wins.
_RULES: tuple[tuple[str, str], ...] = (
    ("hidden", "hidden invisible offscreen sronly"),
    ("comments", "comments disqus respond commentlist livefyre coral spotim"),
    ("cookie-notice", "cookie cookies consent gdpr cmp onetrust didomi"),
    (
        "related",
        "related relateds recommended recommendation recommendations recirc "
        "recirculation trending mostread popular outbrain taboola zergnet revcontent "
        "readnext upnext nextarticle morestories mostpopular lateststories "
        "readmore seealso interlinking interlink yarpp jp-relatedposts",
    ),
    (
        "share",
        "share sharing sharebar sharetools sharedaddy addthis addtoany social "
        "socials socialmedia shareaholic followus",
    ),
    (
        "newsletter",
        "newsletter newsletters signup subscribe subscription subscriptions optin "
        "mailchimp mailinglist",
    ),
    (
        "paywall",
        "paywall regwall piano meter registration login signin donate donation",
    ),
    (
        "advert",
        "ad ads advert adverts advertisement advertisements advertising adsense dfp "
        "sponsor sponsored sponsors promo promos promotion promoted partners "
        "affiliate",
    ),
    (
        "caption",
        "caption captions figcaption wpcaption credit credits imagecredit "
        "photocredit copyright cutline legende",
    ),
    ("author-bio", "bio authorbio authorbox biography authorinfo aboutauthor"),
    (
        "byline",
        "byline bylines author authors contributor contributors writer vcard",
    ),
    (
        "timestamp",
        "timestamp datetime pubdate publishdate postdate date dates datestamp "
        "published updated lastupdated readtime readingtime",
    ),
    ("tags", "tags tag taglist taxonomy keywords catlinks hashtags tagcloud"),
    (
        "navigation",
        "nav navbar navigation menu menus submenu breadcrumb breadcrumbs masthead "
        "topbar pagination pager pagenav toolbar sitenav skip skiplink ticker",
    ),
    ("footer", "footer colophon sitefooter"),
    ("aside", "sidebar sidebars rail aside widget widgets widgetarea"),
    ("dialog", "modal popup popover overlay lightbox tooltip toast"),
    ("meta", "postmeta entrymeta articlemeta metadata meta kicker eyebrow rubric"),
    ("gallery-control", "slideshow lightgallery carouselcontrols"),
    ("print-only", "printonly printfooter"),
)
_BY_WORD = {word: (rank, rule) for rank, (rule, words) in enumerate(_RULES)
            for word in words.split()}  # fmt: skip

# Words that make the one beside them part of a layout's name: ``has-sidebar``,
# ``with-comments``, ``no-ads``, ``tag-politics`` on an article's wrapper.
_LAYOUT = frozenset(
    "has with no without is not single page body wrapper layout".split()
)

_BODY = re.compile(
    r"(?:article|story|post|entry|news|content|main|text)[-_]{0,2}"
    r"(?:body|content|contents|text|copy|main|inner|corps|texto|cuerpo|txt)\b|"
    r"\b(?:articlebody|storybody|bodytext|body-text|body-copy|bodycopy|storytext|"
    r"articletext|prose|richtext|rich-text|field-name-body|mw-parser-output)",
)
_DECK = frozenset(
    "deck dek subtitle subheadline subhead subheading standfirst summary lead lede "
    "intro introduction excerpt chapo sapo teaser strapline standfirsts sottotitolo "
    "entradilla vorspann abstract description desc".split()
)


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


@lru_cache(maxsize=20_000)
def is_deck(label: str) -> bool:
    """Tell whether a class or id names the lines under a headline."""
    return not _DECK.isdisjoint(_words(label))


def _of_part(part: str) -> tuple[int, str] | None:
    words = _words(part)
    if not words or words[0] in _LAYOUT:
        return None
    joined = "".join(words)
    found = [_BY_WORD[word] for word in (*words, joined) if word in _BY_WORD]
    found += [_BY_WORD[pair] for pair in map("".join, zip(words, words[1:], strict=False))
              if pair in _BY_WORD]  # fmt: skip
    return min(found) if found else None


def _words(label: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(label)]
