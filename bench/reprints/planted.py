"""A stream of articles in which it is known what was printed from what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.reprints import forms, printing, prose
from search.model import Agency, Article, Published, Source

_FIRST = date(2031, 1, 1)
_DAYS = 330
_OUTLETS = 400
_NOTICES = 40  # outlets of them that print a notice of their own below every story


@dataclass(frozen=True, slots=True)
class Planted:
    """An article, and the wire story it was printed from; None where it has none."""

    article: Article
    story: int | None


def planted(number: int, seed: int) -> Iterator[Planted]:
    """Yield ``number`` articles in no order of days or stories, the same for a seed.

    Of each 100, about 22 are prints of a wire story by two to nine outlets: whole,
    shortened, with own paragraphs, or edited; 2 are forms filled in. One outlet in ten
    prints the same 40 words below everything.
    """
    random = Random(seed)  # to be made again
    waiting: list[Planted] = []
    made = story = 0
    while made < number:
        if random.random() < 0.05:
            prints, story = list(_prints(random, story, made)), story + 1
        else:
            prints = [_alone(random, made)]
        prints = prints[: number - made]
        made += len(prints)
        waiting += prints
        while len(waiting) > 2_000:
            yield waiting.pop(random.randrange(len(waiting)))
    random.shuffle(waiting)
    yield from waiting


def _prints(random: Random, story: int, first: int) -> Iterator[Planted]:
    text = prose.story(random, random.randint(180, 700))
    day = _FIRST + timedelta(days=random.randrange(_DAYS))
    for number in range(random.randint(2, 9)):
        printed = _printed(random, text) if number else text
        agency = None if number else Agency("AP", "dateline")
        later = day + timedelta(days=min(number, random.randint(0, 3)))
        made = _article(random, first + number, printed, later, agency)
        yield Planted(made, story)


def _printed(random: Random, story: list[str]) -> list[str]:
    match random.randrange(5):
        case 0:
            return story
        case 1:
            return printing.trimmed(story, random.uniform(0.3, 0.9))
        case 2:
            return printing.edited(random, story, random.uniform(0.01, 0.08))
        case 3:
            return printing.updated(random, story)
    share, size = random.uniform(0.25, 0.8), random.randint(200, 600)
    return printing.embedded(random, story, share, size)


def _alone(random: Random, number: int) -> Planted:
    day = _FIRST + timedelta(days=random.randrange(_DAYS))
    if random.random() < 0.02:
        text = [forms.report(random, random.randrange(60))]
    else:
        text = prose.story(random, random.randint(80, 550))
    return Planted(_article(random, number, text, day, None), None)


def _article(
    random: Random, number: int, text: list[str], day: date, agency: Agency | None
) -> Article:
    outlet = random.randrange(_OUTLETS)
    if outlet < _NOTICES:
        text = [*text, prose.paragraph(Random(outlet), 30)]
    return Article(
        id=f"{number:016x}",
        title=" ".join(text[0].split()[:8]),
        text="\n\n".join(text),
        source=Source(f"outlet{outlet}.example", f"Outlet {outlet}", "row"),
        published=Published(day.isoformat(), "row"),
        agency=agency,
    )
