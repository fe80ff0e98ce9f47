"""What becomes of a wire story when another outlet prints it."""

from __future__ import annotations

from random import Random

from bench.reprints import prose


def trimmed(story: list[str], share: float) -> list[str]:
    """Return the beginning of ``story``: about ``share`` of its words."""
    wanted = share * words(story)
    kept: list[str] = []
    for paragraph in story:
        left = wanted - words(kept)
        if left <= 0:
            break
        kept.append(" ".join(paragraph.split()[: max(8, round(left))]))
    return kept


def embedded(random: Random, story: list[str], share: float, size: int) -> list[str]:
    """Return an article of about ``size`` words, ``share`` of it from ``story``.

    The passages stand where they stood to each other, between paragraphs of its own.
    """
    taken = trimmed(_from(random, story), share * size / words(story))
    own = prose.story(random, max(30, size - words(taken)))
    return mixed(random, taken, own)


def mixed(random: Random, one: list[str], other: list[str]) -> list[str]:
    """Return the paragraphs of both, each in its order."""
    places = range(len(one) + len(other))
    first = set(random.sample(places, len(one)))
    ones, others = iter(one), iter(other)
    return [next(ones if place in first else others) for place in places]


def edited(random: Random, story: list[str], share: float) -> list[str]:
    """Return ``story`` with about ``share`` of its words changed, here and there."""
    return [
        " ".join(
            prose.word(random) if random.random() < share else word
            for word in paragraph.split()
        )
        for paragraph in story
    ]


def updated(random: Random, story: list[str]) -> list[str]:
    """Return a later version: another opening, new figures, more at the end."""
    later = [prose.paragraph(random, 35), *story[1:]]
    changed = 0
    for number, paragraph in enumerate(later[1:], 1):
        figures = [word for word in paragraph.split() if word.isdigit()]
        if figures and changed < 3:
            figure = str(random.randint(2, 900))
            later[number] = paragraph.replace(figures[0], figure, 1)
            changed += 1
    return [*later, *prose.story(random, random.randint(30, 120))]


def recounted(random: Random, story: list[str]) -> list[str]:
    """Return a later version in which every figure is another."""
    return [
        " ".join(
            str(random.randint(2, 900)) if word.isdigit() else word
            for word in paragraph.split()
        )
        for paragraph in story
    ]


def words(story: list[str]) -> int:
    """Return how many words there are."""
    return sum(len(paragraph.split()) for paragraph in story)


def _from(random: Random, story: list[str]) -> list[str]:
    """Return ``story`` from one of its paragraphs on, and then its beginning."""
    start = random.randrange(len(story))
    return story[start:] + story[:start]
