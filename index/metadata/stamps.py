"""Dates that a page shows beside its article, and what it says they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from index.metadata.layout import PARAGRAPH, first_paragraph, headline, last_paragraph
from index.metadata.written_dates import Order, WrittenDate, dates_in
from index.page import Block, CleanPage
from search.folding import fold


class Says(StrEnum):
    """What a stamp says its date is; in the order in which they are believed."""

    ORIGINAL = "original"  # first published
    PUBLISHED = "published"
    ALONE = "alone"  # says nothing, and stands alone or beside a name
    LOOSE = "loose"  # stands among other words
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date shown: ``method`` as in ``Published``.

    ``below`` is how many blocks it stands below the headline, None where that is not
    known or the text is between them.
    """

    value: str
    says: Says
    method: str
    below: int | None = None


_LABEL = re.compile(
    r"(?P<original>(?:first|originally)(?: \w+)? (?:published|posted|aired|appeared)"
    r"|erstveroffentlich\w*)"
    r"|(?P<changed>updated?|modified|revised|edited|reviewed|refreshed|aktualisiert"
    r"|mis a jour|modifie|actualizado|aggiornato|atualizado|bijgewerkt|обновлено)"
    r"|(?P<published>published|posted|publication date|issued|submitted"
    r"|veroffentlicht|erschienen|publie|publicado|pubblicato"
    r"|gepubliceerd|опубликовано|дата публикации)"
)
# What may stand between a label and the start of its line.
_SUBJECT = (
    r"(?:(?:this|the) )?(?:article|story|post|page|piece|report|blog|last)?"
    r"(?: was| is)?\s*"
)
_LEAD = re.compile(rf"(?:.*[|•·●⋅(\[:,;-]\s*|\d.*)?{_SUBJECT}")
_OWN_LEAD = re.compile(_SUBJECT)
_BESIDE_LABEL = 45  # characters between a label and its date
_PRINTED = re.compile(
    r"\b(?:[a-z]\d? section|section [a-z]\b|print edition|printed? (?:edition )?on"
    r"|page [a-z]?\d"
    r"|appear(?:s|ed) (?:on|in))"
)
_BESIDE_A_DATE = re.compile(
    r"\b(?:(?:mon|tues?|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?|at|on|by|am|pm"
    r"|a m|p m"
    r"|[ap]\.m|gmt|utc|[ecmp][sd]?t|bst|ist|cest|uhr|et|published|posted|date)\b"
)
_MARK = r"(?:[|•·●⋅・,]|\s[-–—])"
# A name set off by a mark, or after By, in front of the date; a mark behind it.
_SET_OFF = re.compile(rf"\s*(?:[^.!?]{{2,60}}{_MARK}\s*)?")
# From one day to another, where the date stands.
_HERE = "\0"
_SPAN = re.compile(
    r"\d{4}\s?[-–—]\s?\0|\0\s?[-–—]\s?(?:[^|•:\W][^|•:]{0,17})?\b(?:1[6-9]|20)\d\d\b"
)
# What a day is that stands behind these, and is not that of publication.
_OF_OTHERS_LIST = (
    "when until till since before after deadline due expires expiry ends closes closing"
    " closed opens opening opened starts begins register registration rsvp valid event"
    " events born died founded established joined member bis seit geboren gestorben ab"
    " jusqu depuis avant ne nee mort hasta desde nacido nacida fino dal nato до с"
    " родился accessed retrieved recorded filmed taken"
)
_OF_OTHERS = frozenset(_OF_OTHERS_LIST.split())
_OF_SENTENCES = frozenset(",-–—")
_BYLINE = re.compile(
    r"\s*(?:by|von|par|por|di|door):?\s(?:\S{1,20}\s){1,4}(?:on|posted|published)?\s*"
)
_SCORE = re.compile(r"\b\d{1,3}\s?[-–]\s?\d{1,3}\b|\b\d{1,2}:\d(?!\d)", re.ASCII)
_BEHIND = re.compile(rf"\s*(?:$|{_MARK}|at\s|\d|[ap]\.?m\b)")
_SMALL = frozenset(("by", "in", "on", "and", "of", "the", "de", "von", "for"))
_WORD = re.compile(r"[^\W\d_]+")
_MOST_BESIDE = 45  # characters beside a date in a line that is no sentence
_CAPTION = "caption"
_NOT_BESIDE = frozenset(
    (_CAPTION, "related", "rail", "comments", "footer", "copyright", "navigation")
)
_ABOVE = 4  # blocks; higher up stands the day on which the page was looked at
_DECK = 3  # blocks in which a deck may stand between a headline and its date
_BEHIND_TEXT = 40  # blocks below the text in which a page still speaks of it
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d", re.ASCII)


def stamps(page: CleanPage, order: Order | None) -> list[Stamp]:
    """Return the stamps of a page, in page order, those above its headline last.

    A day in the prose is never one.
    """
    end = last_paragraph(page)
    # Where no paragraph is long, what is below the text is not above it.
    last, long = end + _BEHIND_TEXT, min(first_paragraph(page), end)
    title = headline(page)
    top = title if title is not None and title <= long else None
    is_deck = top is not None and long - top <= _DECK
    first = min(long + _DECK, first_paragraph(page, long + 1), end) if is_deck else long
    found: list[Stamp] = []
    above: list[Stamp] = []
    for number, block in enumerate(page.blocks):
        if len(block.text) > PARAGRAPH and "\n" not in block.text:
            continue
        if not _YEAR.search(block.text):
            continue
        below = number - top if top is not None and top <= number <= first else None
        place = _Place(
            is_top=(top or 0) <= number <= first,
            is_near=number <= last,
            is_above=top is not None and 0 < top - number <= _ABOVE,
            below=below,
            label=_label_above(page.blocks, number),
            is_past=number > long,
        )
        (above if place.is_above else found).extend(_in_block(block, order, place))
    return [*found, *above]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where on the page a line stands; ``label`` is the short line above it.

    ``is_past`` tells that a long paragraph is above it, which may be a deck.
    """

    is_top: bool
    is_near: bool
    is_above: bool
    below: int | None
    label: str
    is_past: bool = False


def _label_above(blocks: tuple[Block, ...], number: int) -> str:
    above = blocks[number - 1].text if number else ""
    return fold(above) + " " if 0 < len(above.split()) <= 3 and len(above) < 30 else ""


def _in_block(block: Block, order: Order | None, place: _Place) -> Iterator[Stamp]:
    for line in block.text.split("\n"):
        if len(line) > PARAGRAPH or not _YEAR.search(line):
            continue
        printed = bool(_PRINTED.search(fold(line)))
        method = "section-stamp" if printed else "text-stamp"
        for found in dates_in(line, order):
            says = Says.PUBLISHED if printed else _said(found, line, block, place)
            if says:
                yield Stamp(found.value, says, method, place.below)


def _said(found: WrittenDate, line: str, block: Block, place: _Place) -> Says | None:
    """Return what a date is said to be, or None where it is no stamp."""
    labelled = _labelled(found)
    if labelled is None and not found.before.strip():
        labelled = _labelled(replace(found, before=place.label))
    if labelled:
        return labelled if place.is_near else None
    if block.rule == _CAPTION:
        return None
    if not place.is_top and not place.is_above:
        return None
    if (place.is_past and block.kept) or _is_of_another(found):
        return None
    if _stands_alone(found, line):
        return Says.ALONE
    is_known = place.below is not None or place.is_above
    return Says.LOOSE if is_known and _is_loose(found, line, block) else None


def _is_of_another(found: WrittenDate) -> bool:
    """Whether a date ends a span of time, or tells when a match was played."""
    if _SCORE.search(found.before):
        return True
    span = _SPAN.search(found.before + _HERE + found.after)
    return span is not None and not _LABEL.search(span[0])


def _labelled(found: WrittenDate) -> Says | None:
    before = found.before
    labels = list(_LABEL.finditer(before))
    if not labels:
        return None
    last = labels[-1]
    if len(before) - last.end() > _BESIDE_LABEL:
        return None
    # In a sentence that goes on, something else was published or revised.
    if _is_told(found.after) and not _OWN_LEAD.fullmatch(before[: last.start()]):
        return None
    if last.lastgroup != Says.CHANGED and not _LEAD.fullmatch(before[: last.start()]):
        return None
    return Says(str(last.lastgroup))


def _stands_alone(found: WrittenDate, line: str) -> bool:
    """Whether the line is the date, or a byline, with what sites put behind it."""
    if _is_bare(found):
        return True
    if not _BEHIND.match(found.after) or _is_told(found.after):
        return False
    if _BYLINE.fullmatch(found.before):
        return True
    # Sentences set dates off as well, by commas and dashes: a name has no small words.
    is_plain = found.before.rstrip()[-1:] in _OF_SENTENCES
    if is_plain and not _is_of_names(line[: len(found.before)]):
        return False
    return bool(_SET_OFF.fullmatch(found.before))


def _is_bare(found: WrittenDate) -> bool:
    rest = _BESIDE_A_DATE.sub(" ", f"{found.before} {found.after}")
    return sum(c.isalpha() for c in rest) <= 3


def _is_told(after: str) -> bool:
    """Whether a sentence goes on behind the date: its end has a stop."""
    rest = _BESIDE_A_DATE.sub(" ", after).rstrip(" ”\"'")
    is_closed = rest.endswith((".", "!", "?", "…"))  # as is a.m.
    return is_closed and len(rest.split()) > 1 and any(map(str.isalpha, rest))


def _is_loose(found: WrittenDate, line: str, block: Block) -> bool:
    """Whether names and counts are all that stands beside the date."""
    if block.kept or block.rule in _NOT_BESIDE or _is_told(found.after):
        return False
    if max(len(found.before), len(found.after)) > _MOST_BESIDE:
        return False
    if not _OF_OTHERS.isdisjoint(_WORD.findall(found.before)):
        return False
    return _is_of_names(line[: len(found.before)])


def _is_of_names(text: str) -> bool:
    words = _WORD.findall(text)
    return all(word[0].isupper() or word in _SMALL for word in words)
