"""The lines of a page that its article is signed with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.metadata.layout import first_paragraph, headline, last_paragraph
from index.metadata.names import BY, is_person, names_in
from index.metadata.written_dates import dates_in
from index.page import CleanPage
from search.folding import fold

_LONGEST = 160  # characters of a line that begins with By
_BELOW_TEXT = 4  # blocks in which a text is signed at its end
_NEAR = 12  # blocks below the headline in which a name alone signs the article
_ABOVE = 2  # blocks above it in which a name may stand
_BIO = 10  # blocks before the text's end in which it tells of its author
_SHORT = 70  # characters of a name with a date
_SIGNED = frozenset(("byline", "author-bio"))
_LINES = _SIGNED | {"timestamp"}
_UNSAID = frozenset(("caption", "related", "rail", "comments", "tags", "newsletter"))
_ENDS_IN_LETTER = re.compile(r"\b(?:[A-Z]|Jr|Sr)\.$")
_BEHIND = re.compile(r"\s*(?:$|[,|•·–—/(-]|(?:in|for)\s)")
_READING = re.compile(r"\d{1,4}\s?-?\s?(?:min|minutes?)\b|\bago$")
_NAME = re.compile(
    r"(?:[^\W\d_a-z][\w'’.-]+)(?:\s(?:[^\W\d_a-z][\w'’.-]*|de|da|van|von|der|la|bin|al)){1,3}"
)
_HONOUR = re.compile(r"^(?:Dr|Prof|Mr|Mrs|Ms)\.?\s")
_IS_SOMEBODY = re.compile(r",?\s(?:is|was|has|works|writes|covers|lives|joined)\b")
# Title words that are sections, buttons and boxes, and no part of a name.
_NO_NAME_LIST = (
    "about all and article articles back best blog business by category center contents"
    " contact design education fact featured finance food for free get guide guides"
    " health help home how in industry insights latest law learn life lifestyle link"
    " management marketing menu more my new next of off on open our page personal"
    " photo popular print privacy product products project read resources review"
    " reviews save science search section sections services share shop sign social"
    " software sports start story support table tech technology terms the tips to top"
    " topics travel trends tweet united updated us video what why work world you your"
)
_NO_NAME = frozenset(_NO_NAME_LIST.split())


def lines(page: CleanPage) -> Iterator[list[str]]:
    """Yield the lines that begin with By, down to a little below the article's text."""
    end = last_paragraph(page) + _BELOW_TEXT
    for block in page.blocks[headline(page) or 0 : end]:
        line = block.text.split("\n")[0]
        found = BY.match(line) if len(line) < _LONGEST else None
        name = line[found.end() :] if found else ""
        # Menus sort By Country; a person has two names. Sentences end in a stop.
        is_sentence = name.endswith((":", ".")) and not _ENDS_IN_LETTER.search(name)
        is_sentence = is_sentence and "written" not in line[:25]
        is_signed = bool(name) and block.rule in _LINES and len(line) < _SHORT
        is_name = len(name.split()) > 1 and not name[0].islower() and not is_sentence
        if is_name or is_signed:
            yield [line]


def names_alone(page: CleanPage) -> Iterator[list[str]]:
    """Yield the lines between headline and text that are a name, or one with a date.

    The page has to bear it out: by the line's mark, a date on it or next to it, or
    the name again at the end of the article. A line right above the headline is one
    too, where it has the mark or the date itself.
    """
    top = headline(page)
    end = first_paragraph(page)
    if top is None or top >= end:
        return
    above = {block.text for block in page.blocks[:top]}
    below = range(top + 1, min(end, top + _NEAR + 1))
    for number in (*below, *range(top - 1, max(-1, top - _ABOVE - 1), -1)):
        block = page.blocks[number]
        if len(block.text) > _SHORT or block.rule in _UNSAID:
            continue
        if number > top and block.text in above:
            continue
        line, dated = _undated(block.text)
        name = _NAME.match(line)
        if name is None or not _BEHIND.match(line, name.end()):
            continue
        if not _is_name(name[0]):
            continue
        is_signed = dated or block.rule in _SIGNED
        if is_signed or (number > top and _is_borne_out(page, number, name[0])):
            yield [line]


def bios(page: CleanPage) -> Iterator[list[str]]:
    """Yield the names at the text's end that a sentence on the person follows."""
    end = last_paragraph(page) - _BIO
    for number, (block, below) in enumerate(pairwise(page.blocks)):
        name = block.text
        if len(name) > _SHORT or (number < end and block.rule not in _SIGNED):
            continue
        told = _HONOUR.sub("", below.text[:_LONGEST])
        if not (told.startswith(name) and _IS_SOMEBODY.match(told, len(name))):
            continue
        if _NAME.fullmatch(name) and _is_name(name):
            yield [name]


def _undated(line: str) -> tuple[str, bool]:
    """Return a line without its date, and whether it had one."""
    found = next(dates_in(line), None)
    if found is None:
        return line, False
    if found.before.strip(" |•·,-–—"):
        return line[: len(found.before)].strip(" |•·,-–—"), True
    return line[len(line) - len(found.after) :].strip(" |•·,-–—"), True


def _is_name(text: str) -> bool:
    words = fold(text).split()
    return _NO_NAME.isdisjoint(words) and any(map(is_person, names_in(text)))


def _is_borne_out(page: CleanPage, number: int, name: str) -> bool:
    for beside in (number - 1, number + 1):
        text = page.blocks[beside].text if beside < len(page.blocks) else ""
        if len(text) < _SHORT and (_READING.search(text) or next(dates_in(text), None)):
            return True
    key = fold(name)
    return any(
        block.rule in _SIGNED and key in fold(block.text[:200])
        for block in page.blocks[number + 1 :]
    )
