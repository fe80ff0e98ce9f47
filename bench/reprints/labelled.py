"""Pairs of articles of which it is known whether they are copies.

Each kind of pair is made by a rule of its own, below; what a pair shares is measured
nowhere when it is made. Copies share at least .33 of the words of the shorter, and 75
words; what is none may share up to a fifth, or a form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.reprints import forms, printing, prose
from search.model import Article, Published, Source

_FIRST = date(2031, 3, 1)
_NOTICE = (
    "This article first appeared in our morning edition. Readers who wish to write to"
    " the editors may do so at the address below, and letters may be shortened before"
    " they are printed."
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, what kind of pair they are, and whether they are copies."""

    kind: str
    one: Article
    other: Article
    copies: bool


def pairs(each: int, seed: int) -> Iterator[Pair]:
    """Yield ``each`` pairs of each kind, on days of their own."""
    random = Random(seed)  # to be made again
    number = 0
    for kind, (make, copies) in _KINDS.items():
        for _ in range(each):
            one, other, apart = make(random)
            day = _FIRST + timedelta(days=random.randrange(300))
            yield Pair(
                kind,
                _article(2 * number, one, day),
                _article(2 * number + 1, other, day + timedelta(days=apart)),
                copies,
            )
            number += 1


_Made = tuple[list[str], list[str], int]  # two texts, and the days between them


def _verbatim(random: Random) -> _Made:
    story = _wire(random)
    return story, story, random.randint(0, 2)


def _cut(random: Random) -> _Made:
    story = _wire(random)
    kept = printing.trimmed(story, random.uniform(0.3, 0.8))
    return story, kept, random.randint(0, 3)


def _edited(random: Random) -> _Made:
    story = _wire(random)
    return story, printing.edited(random, story, random.uniform(0.02, 0.1)), 1


def _partial(random: Random) -> _Made:
    story = _wire(random)
    share, size = random.uniform(0.36, 0.8), random.randint(220, 700)
    return story, printing.embedded(random, story, share, size), random.randint(0, 2)


def _short_in_long(random: Random) -> _Made:
    story = prose.story(random, random.randint(700, 1_500))
    brief = printing.embedded(random, story, random.uniform(0.7, 1), 130)
    return story, brief, 1


def _updated(random: Random) -> _Made:
    story = _wire(random)
    return story, printing.updated(random, story), random.randint(0, 1)


def _recounted(random: Random) -> _Made:
    story = _wire(random)
    return story, printing.recounted(random, story), 0


def _reordered(random: Random) -> _Made:
    story = _wire(random)
    return story, random.sample(story, len(story)), 0


def _typeset(random: Random) -> _Made:
    story = _wire(random)
    other = [p.replace(" said", " said,").replace(".", ". ").upper() for p in story]
    return story, [*other, prose.sentence(random)], 0


def _form_later(random: Random) -> _Made:
    form = random.randrange(60)
    return [forms.report(random, form)], [forms.report(random, form)], 14


def _form_next_day(random: Random) -> _Made:
    form = random.randrange(60)
    return [forms.report(random, form)], [forms.report(random, form)], 1


def _form_same_day(random: Random) -> _Made:
    form = random.randrange(60)
    return [forms.report(random, form)], [forms.report(random, form)], 0


def _unrelated(random: Random) -> _Made:
    return _wire(random), _wire(random), random.randint(0, 2)


def _quoting(random: Random) -> _Made:
    story = _wire(random)
    quote = prose.paragraph(random, random.randint(15, 35))
    return [*story, quote], printing.mixed(random, [quote], _wire(random)), 1


def _background(random: Random) -> _Made:
    standing = prose.story(random, random.randint(40, 70))
    one, other = prose.story(random, 450), prose.story(random, 450)
    return one + standing, printing.mixed(random, standing, other), 2


def _with_notice(random: Random) -> _Made:
    return [*_wire(random), _NOTICE], [*_wire(random), _NOTICE], 0


_KINDS: dict[str, tuple[Callable[[Random], _Made], bool]] = {
    "verbatim": (_verbatim, True),
    "cut": (_cut, True),
    "edited": (_edited, True),
    "partial": (_partial, True),
    "short_in_long": (_short_in_long, True),
    "updated": (_updated, True),
    "recounted": (_recounted, True),
    "reordered": (_reordered, True),
    "typeset": (_typeset, True),
    "form_later": (_form_later, False),
    "form_next_day": (_form_next_day, False),
    "form_same_day": (_form_same_day, False),
    "unrelated": (_unrelated, False),
    "quoting": (_quoting, False),
    "background": (_background, False),
    "with_notice": (_with_notice, False),
}


def _wire(random: Random) -> list[str]:
    return prose.story(random, random.randint(250, 700))


def _article(number: int, paragraphs: list[str], day: date) -> Article:
    outlet = f"outlet{number % 97}"
    return Article(
        id=f"{number:016x}",
        title=" ".join(paragraphs[0].split()[:7]),
        text="\n\n".join(paragraphs),
        source=Source(f"{outlet}.example", outlet.title(), "row"),
        published=Published(day.isoformat(), "row"),
    )
