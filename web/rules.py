"""The cleaner's rules in words: why a block is not part of the article."""

from __future__ import annotations

RULES = {
    "advert": "Advertisement",
    "appeal": "Appeal to the reader",
    "aside": "Sidebar",
    "author-bio": "About the author",
    "bare-url": "Address standing alone",
    "block-model": "Reads like page furniture",
    "bracketed-promo": "Promotion in brackets",
    "breadcrumb": "Path to this page",
    "byline": "Byline",
    "caption": "Picture caption",
    "code": "Program code",
    "comments": "Readers’ comments",
    "control": "Button",
    "cookie-notice": "Cookie notice",
    "copyright": "Copyright line",
    "counter": "Counter",
    "credit": "Picture credit",
    "dialog": "Pop-up",
    "footer": "Foot of the page",
    "form": "Form",
    "gallery-control": "Gallery controls",
    "headline": "Headline, as shown above",
    "headline-list": "List of headlines",
    "hidden": "Hidden on the page",
    "label": "Label",
    "line-model": "Reads like page furniture",
    "link": "Link standing alone",
    "link-list": "List of links",
    "loose-heading": "Heading with nothing below it",
    "meta": "Details beside the headline",
    "navigation": "Menu",
    "newsletter": "Newsletter sign-up",
    "noscript": "Shown without scripts only",
    "outside": "Outside the article",
    "paywall": "Subscription notice",
    "print-only": "Shown on paper only",
    "rail": "Teasers of other stories",
    "read-more": "“Read more” line",
    "recurring": "On many pages of this outlet",
    "related": "Related stories",
    "section-stamp": "Section and date",
    "share": "Share buttons",
    "site-notice": "Notice from the site",
    "small-print": "Small print",
    "symbol": "Ornament",
    "tags": "Topics",
    "timestamp": "Date and time",
    "video-label": "Video label",
}


def said(rule: str) -> str:
    """Return what a block removed by ``rule`` is; the rule's name where it is new.

    >>> said("link-list"), said("new-rule")
    ('List of links', 'New rule')
    """
    return RULES.get(rule) or rule.replace("-", " ").capitalize()
