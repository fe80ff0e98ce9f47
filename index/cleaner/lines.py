"""A text dump, chrome and all: each line is judged by its words and neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

from index.cleaner import (
    dump_headline,
    line_context,
    line_model,
    live_report,
    phrases,
    wording,
    wrapping,
)
from index.cleaner.kind import Links, kind_of
from index.cleaner.line_context import Line
from index.cleaner.line_model import Model
from index.cleaner.repair import tidy, unescape
from index.cleaner.title import same_words
from index.page import Block, CleanPage, Head, RawPage
from search.errors import BadPage

# The odds of chrome above which a line goes: so much, and so much more for each of its
# words, for the loss of many is worse. Measured with tools/train_lines.py.
_ODDS = 0.4
_ODDS_A_WORD = 0.28
# Times the odds of a line that a rule removes as well: rules that are hardly ever wrong
# decide alone, others are a hint, for blogs ask and point in the midst of their text.
# In a language that the model has not learned every rule of wording decides alone.
_AGREED, _ALONE = 2.0, 1e6
_SURE = (
    "author-bio bare-url bracketed-promo breadcrumb byline code comments counter "
    "credit label section-stamp timestamp video-label"
)
_TRUST = MappingProxyType(
    {**dict.fromkeys(_SURE.split(), _ALONE), "caption": 20.0, "headline-list": 20.0}
    | {"read-more": 10.0}
)
_DOUBTED = 0.3  # times the odds of a deck
_TOLD_LIVE = 0.002  # of an entry of a live report, whose lines are short and apart
_NEAR = 12  # lines above the body that may be a deck
_MARKUP = re.compile(r"^#{1,6}\s+")  # of a heading in Markdown
_LONG = 2_000  # characters; no longer line needs surer evidence
_WORDS, _UNSPACED = 4, 20  # words, or characters, of what is no label


def clean(raw: RawPage) -> CleanPage:
    """Return the article of a plain-text dump.

    Raises:
        BadPage: there is no text.
    """
    texts = [tidy(unescape(line)) for line in _lines(raw.content)]
    lines = [Line(text) for text in texts if text]
    if not lines:
        raise BadPage("no text")
    guess = judge(lines)
    if all(line.rule for line in lines) and guess is None:
        _restore(lines)
    title = _titled(raw, guess, lines)
    blocks = tuple(
        Block(line.text, line.rule is None, line.rule or "body", line.score)
        for line in lines
    )
    said = Head()
    kind = kind_of(said, title, blocks, Links())
    return CleanPage(kind=kind, title=title, blocks=blocks, head=said)


def judge(lines: Sequence[Line], model: Model | None = None) -> str | None:
    """Set each line's rule and return the headline, whose line goes as well.

    Wording comes first, then neighbours, then the line model, by default the one that
    comes with the program. In a language it has not learned it removes no sentence
    and no subheading, and wording decides alone.
    """
    for line in lines:
        line.rule = wording.rule_of(line.text)
    worded = [line.rule for line in lines]
    live = live_report.entries(lines)
    line_context.judge(lines)
    opening = _opening(lines)
    texts = [line.text for line in lines]
    headline = dump_headline.find(texts, [line.rule for line in lines])
    spared = _decks(opening, headline)
    model = model or line_model.shipped()
    chances = model.chances(texts, worded).tolist()
    is_foreign = not model.knows(texts)
    told = _told(lines) if is_foreign else frozenset[int]()
    for number, (line, chance) in enumerate(zip(lines, chances, strict=True)):
        line.score = round(chance, 3)
        odds = chance / max(1e-6, 1 - chance)
        if line.rule:
            alone = is_foreign and line.rule == worded[number]
            odds *= _ALONE if alone else _TRUST.get(line.rule, _AGREED)
        elif number in live:
            odds *= _TOLD_LIVE
        elif number in spared:
            odds *= _DOUBTED
        if odds < _needed(line.text) or phrases.CONTRIBUTED.match(line.text):
            line.rule = None
        elif line.rule is None and number not in told:
            line.rule = "line-model"
    if headline is None:
        return None
    lines[headline].rule = "headline"
    return lines[headline].text


def _needed(text: str) -> float:
    """Return the odds of chrome above which ``text`` goes."""
    return _ODDS + _ODDS_A_WORD * len(text[:_LONG].split())


def _told(lines: Sequence[Line]) -> frozenset[int]:
    """Return the sentences, and each line that stands alone between two of them."""
    tells = [line.rule is None and _tells(line.text) for line in lines]
    between = (False, *(a and b for a, b in zip(tells, tells[2:], strict=False)), False)
    pairs = zip(tells, between, strict=False)
    return frozenset(n for n, both in enumerate(pairs) if any(both))


def _tells(text: str) -> bool:
    """Tell whether ``text`` is a sentence of some words rather than a label."""
    long = len(text.split()) >= _WORDS or len(text) >= _UNSPACED
    return long and wording.is_sentence(text)


def _titled(raw: RawPage, guess: str | None, lines: Sequence[Line]) -> str | None:
    """Return the title that was given, else the ``guess`` without its markup.

    A line guessed that says something else than the title given stays in the text.
    """
    title = next((said.title for said in raw.given if said.title), None)
    if title is None:
        return guess and _MARKUP.sub("", guess)
    for line in lines:
        if line.rule == "headline" and not same_words(line.text, title):
            line.rule = None
    return title


def _restore(lines: Sequence[Line]) -> None:
    """Keep what is in words, for nothing else is left."""
    for line in lines:
        if line.rule != "code" and any(map(str.isalnum, line.text)):
            line.rule = None


def _lines(content: str) -> list[str]:
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return wrapping.paragraphs(lines)


def _opening(lines: Sequence[Line]) -> list[int]:
    """Return the lines still kept before the first sentence of some length."""
    opening: list[int] = []
    for number, line in enumerate(lines):
        if line.rule is None:
            if line_context.is_prose(line.text):
                return opening[-_NEAR:]
            opening.append(number)
    return opening[:1]


def _decks(opening: list[int], headline: int | None) -> frozenset[int]:
    """Return the few lines between the headline and the body."""
    below = [number for number in opening if headline is not None and number > headline]
    return frozenset(below if len(below) <= 2 else ())
