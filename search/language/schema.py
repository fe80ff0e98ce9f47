"""The fields of an index, and what an article puts into them.

==========  ==========================================================================
field       holds
==========  ==========================================================================
text        title and body, stemmed; a word of the title counts twice
title       the title, stemmed
body        the article's text, stemmed; positions as in ``analyzers.WORDS(text)``
exact       title and body, in lower case only; the same positions as ``text``
byline      authors and agency, stemmed
chrome      the removed blocks, stemmed
source      the outlet's value (``keyword``); labels are the corpus's to know
agency      the agency's value (``keyword``)
author      each author's whole name (``keyword``)
lang, kind  as in the article (``keyword``)
place       ids of the article's places and of all they lie in
named       ids of the places the article names itself
dateline    ids of the place its text opens with, and of all that lies in
first       the first day of the period of publication, ``date.toordinal()``
last        its last day
unknown     names of the facets (``search/fields.py``) the article has no value for
id          the article's id; unique
==========  ==========================================================================

Nothing is stored: what an engine keeps beside the index is its own business. Values of
the keyword fields are lists of whole terms.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from whoosh.fields import ID, NUMERIC, TEXT, Schema

from search.fields import FACETS
from search.folding import fold, whole
from search.language.analyzers import EXACT, GAP, TITLE_END, WORDS
from search.model import Article, Place

# The markers between blocks must come from here only.
_NO_MARKERS = str.maketrans({GAP: " ", TITLE_END: " "})

SCHEMA = Schema(
    id=ID(unique=True),
    text=TEXT(analyzer=WORDS),
    title=TEXT(analyzer=WORDS),
    body=TEXT(analyzer=WORDS),
    exact=TEXT(analyzer=EXACT),
    byline=TEXT(analyzer=WORDS),
    chrome=TEXT(analyzer=WORDS),
    source=ID(),
    agency=ID(),
    author=ID(),
    lang=ID(),
    kind=ID(),
    place=ID(),
    named=ID(),
    dateline=ID(),
    unknown=ID(),
    first=NUMERIC(int, bits=32),
    last=NUMERIC(int, bits=32),
)


@lru_cache(10_000)
def keyword(value: str) -> str:
    """Return ``value`` as the keyword fields hold it: folded, with single spaces.

    Halves of characters, which rows can bring, are dropped: they cannot be written.
    """
    written = value.encode("utf-8", "ignore").decode("utf-8")
    return " ".join(fold(written).split())


def fields_of(article: Article) -> dict[str, Any]:
    """Return what Whoosh's ``add_document`` takes for ``article``.

    Fields the article has nothing for are absent.
    """
    title = (article.title or "").translate(_NO_MARKERS)
    body = article.text.translate(_NO_MARKERS)
    both = f"{title}{TITLE_END}{body}" if title else body
    texts = {
        "text": both,
        "title": title,
        "body": body,
        "exact": both.replace(TITLE_END, GAP),
        "byline": _blocks([*article.authors, *_agency(article)]),
        "chrome": _blocks([block.text for block in article.removed]),
    }
    found = {name: value for name, value in texts.items() if value}
    return found | facts_of(article)


def facts_of(article: Article) -> dict[str, Any]:
    """Return the fields of :func:`fields_of` that hold no text.

    Fields the article has nothing for are absent.
    """
    fields = {
        "id": whole(article.id),
        "unknown": _unknown(article),
        **_keywords(article),
        **_days(article),
    }
    return {name: value for name, value in fields.items() if value not in ("", [])}


def _blocks(texts: list[str]) -> str:
    """Return texts as one, with gaps that no phrase crosses."""
    return GAP.join(text.translate(_NO_MARKERS) for text in texts if text)


def _agency(article: Article) -> list[str]:
    return [article.agency.value] if article.agency else []


def _unknown(article: Article) -> list[str]:
    """Return the names of the facets ``article`` has no value for."""
    values = {
        "source": article.source,
        "date": article.published,
        "place": article.places,
        "agency": article.agency,
        "lang": article.lang,
        "author": article.authors,
        "kind": article.kind,
    }
    return [name for name in FACETS if not values[name]]


def _keywords(article: Article) -> dict[str, list[str]]:
    """Return the fields whose values are whole terms, each without duplicates."""
    return {
        "source": _distinct([article.source.value] if article.source else []),
        "agency": _distinct(_agency(article)),
        "author": _distinct(article.authors),
        "lang": _distinct([article.lang] if article.lang else []),
        "kind": _distinct([article.kind]),
        "place": _steps(article.places),
        "named": sorted({whole(place.id) for place in article.places}),
        "dateline": _steps(place for place in article.places if place.dateline),
    }


def _steps(places: Iterable[Place]) -> list[str]:
    """Return the ids on the paths of ``places``, each once."""
    return sorted({whole(step) for place in places for step in place.path})


def _distinct(values: list[str] | tuple[str, ...]) -> list[str]:
    return sorted({key for value in values if (key := keyword(value))})


def _days(article: Article) -> dict[str, int]:
    """Return the first and last day of publication, where it is known."""
    if article.published is None:
        return {}
    return {
        "first": article.published.first.toordinal(),
        "last": article.published.last.toordinal(),
    }
