"""Where sentences begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
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


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences of ``text``, in order.

    A paragraph ends one in any case. Abbreviations and initials do not.

    >>> text = "Gen. A. B. Crane spoke. He left."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Gen. A. B. Crane spoke.', 'He left.']
    """
    return list(one_by_one(text))


def one_by_one(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of ``text``, looking no further than asked."""
    start = 0
    for match in _END.finditer(text):
        if _ends(text, match):
            yield from _stripped(text, start, match.end())
            start = match.end()
    yield from _stripped(text, start, len(text))


class Paragraph:
    """The paragraph of ``text`` around a place; its sentences are found when asked for.

    ``start`` and ``end`` are where it begins and ends.
    """

    def __init__(self, text: str, at: int) -> None:
        before, after = text.rfind("\n\n", 0, at), text.find("\n\n", at)
        self.start = before + 2 if before >= 0 else 0
        self.end = after if after >= 0 else len(text)
        self._text = text
        self._marks = list(_END.finditer(text, self.start, self.end))
        self._after = [mark.end() for mark in self._marks]
        self._known: dict[int, bool] = {}

    def around(self, at: int) -> tuple[int, int]:
        """Return the half-open span of the sentence that ``at`` lies in.

        What lies between two sentences counts to the second.
        """
        i = bisect_right(self._after, at)
        first, last = i - 1, i
        while first >= 0 and not self._is_end(first):
            first -= 1
        while last < len(self._marks) and not self._is_end(last):
            last += 1
        start = self._after[first] if first >= 0 else self.start
        end = self._after[last] if last < len(self._marks) else self.end
        return next(iter(_stripped(self._text, start, end)), (start, end))

    def _is_end(self, i: int) -> bool:
        if i not in self._known:
            self._known[i] = _ends(self._text, self._marks[i])
        return self._known[i]


def _ends(text: str, match: re.Match[str]) -> bool:
    if match[0][0] != ".":
        return match[0][0] in "\n。！？" or _begins(text, match.end())
    before = text[max(0, match.start() - _LONGEST) : match.start()]
    written = _BEFORE_WORD.split(before)[-1]
    word = written.lower()
    if len(match[0]) == 1 and (
        (word in _ABBREVIATIONS and written[0].isupper())
        or word in _SMALL
        # An initial, or a dotted acronym in the middle of things.
        or (len(word) == 1 and word.isalpha())
        or ("." in word and word.replace(".", "").isalpha() and len(word) <= 6)
    ):
        return False
    return _begins(text, match.end())


def _begins(text: str, at: int) -> bool:
    """Return whether what follows may begin a sentence: it is in no lower case."""
    following = _NEXT.match(text, at)
    return following is None or not following["first"].islower()


def _stripped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return [(start, end)] if start < end else []
