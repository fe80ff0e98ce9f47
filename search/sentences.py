"""Where sentences begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

# An end of sentence: its mark, closing quotes and brackets, then space. A run of marks
# is tried from its beginning only, or a page of dots would take minutes. The first
# character comes first: that is what the engine looks for fastest.
_END = re.compile(
    r"""[.!?…。！？\n](?:
        (?<=[.!?…]) (?<![.!?…].) [.!?…]*+ ["'”’»)\]]* (?=\s)
      | (?<=[。！？]) [。！？]* [」』”]*
      | (?<=\n) \n
    )""",
    re.VERBOSE | re.DOTALL,
)
_NEXT = re.compile(r"\s*[\"'“‘«(\[]*(?P<first>\S)")
_BEFORE_WORD = re.compile(r"[\s(\[\"'“‘。！？」』”]")
_REACH = 200  # characters before a place that are looked at first
_LONGEST = 12  # characters of an abbreviation, with what stands before it

# Capitalised words whose full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof rev hon st sr jr messrs mme gen lt col sgt capt cmdr maj adm brig
    cpl pvt gov sen rep pres supt det insp dept univ assn bros co corp inc ltd plc llc
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun
    no nos vol fig est ave blvd rd mt ft gmbh
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo
    mont neb nev okla ore pa tenn tex va vt wash wis wyo
    """.split()  # noqa: SIM905  # as a list it is 80 lines
)
_SMALL = frozenset({"vs", "pp", "etc", "eg", "ie", "cf", "approx", "al"})


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of the sentences of ``text``, in order.

    A paragraph ends one in any case. Abbreviations and initials do not. The text is
    read no further than asked.

    >>> text = "Gen. A. B. Crane spoke. He left."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Gen. A. B. Crane spoke.', 'He left.']
    """
    start = 0
    for mark in _END.finditer(text):
        if _ends(text, mark):
            yield from _stripped(text, start, mark.end())
            start = mark.end()
    yield from _stripped(text, start, len(text))


class Paragraph:
    """The paragraph of ``text`` around a place; its sentences are found when asked for.

    ``start`` and ``end`` are where it begins and ends. Of the rest only what is near
    a place asked for is looked at.
    """

    def __init__(self, text: str, at: int) -> None:
        before, after = text.rfind("\n\n", 0, at), text.find("\n\n", at)
        self.start = before + 2 if before >= 0 else 0
        self.end = after if after >= 0 else len(text)
        self._text = text

    def begin(self, at: int) -> int:
        """Return where the sentence that ``at`` lies in begins."""
        if not self._text[at : at + 1].isalnum():
            return self._around(at)[0]
        return at - len(self._text[self._start(at) : at].lstrip())

    def stop(self, at: int) -> int:
        """Return where the sentence that ``at`` lies in ends."""
        if not self._text[at : at + 1].isalnum():
            return self._around(at)[1]
        return at + len(self._text[at : self._end(at, at)].rstrip())

    def _around(self, at: int) -> tuple[int, int]:
        """Return the span of the sentence around what may be no word.

        That may be one of the marks at an end, or lie between two sentences, where it
        counts to the second.
        """
        start = self._start(at)
        end = self._end(start, at)
        return next(iter(_stripped(self._text, start, end)), (start, end))

    def _start(self, at: int) -> int:
        """Return the last end of a sentence up to ``at``."""
        reach = _REACH
        while True:
            begin = max(self.start, at - reach)
            marks = list(_END.finditer(self._text, begin, min(at + 1, self.end)))
            for mark in reversed(marks):
                if mark.end() <= at and _ends(self._text, mark):
                    return mark.end()
            if begin == self.start:
                return begin
            reach *= 4  # so that the time is linear

    def _end(self, start: int, at: int) -> int:
        """Return the first end of a sentence after ``at``; none before ``start``."""
        for mark in _END.finditer(self._text, start, self.end):
            if mark.end() > at and _ends(self._text, mark):
                return mark.end()
        return self.end


def _ends(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    mark = text[start]
    if mark == "." and end == start + 1 and _is_abbreviated(text, start):
        return False
    return mark in "\n。！？" or _begins(text, end)


def _is_abbreviated(text: str, at: int) -> bool:
    """Return whether the full stop at ``at`` belongs to the word before it."""
    before = text[max(0, at - _LONGEST) : at]
    written = before.rpartition(" ")[2]
    if not written.isalpha():
        written = _BEFORE_WORD.split(before)[-1]
    word = written.lower()
    return (
        (word in _ABBREVIATIONS and written[0].isupper())
        or word in _SMALL
        # An initial, or a dotted acronym in the middle of things.
        or (len(word) == 1 and word.isalpha())
        or ("." in word and word.replace(".", "").isalpha() and len(word) <= 6)
    )


def _begins(text: str, at: int) -> bool:
    """Return whether what follows may begin a sentence: it is in no lower case."""
    first = text[at + 1 : at + 2]
    if first.isalpha() and text[at].isspace():  # as nearly always
        return not first.islower()
    following = _NEXT.match(text, at)
    return following is None or not following["first"].islower()


def _stripped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return [(start, end)] if start < end else []
