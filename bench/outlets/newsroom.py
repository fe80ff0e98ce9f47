"""What the outlets print: stories, and in and around them what is no story.

Stories come in threads: those of one have paragraphs in common word for word, as
running coverage has, and so are hard for whoever looks for what recurs.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bench.outlets.prose import Prose

_SUBHEADS = ("What happens next", "A long history", "The cost", "Reactions")
_LINES = (
    (
        "{name} is owned by its readers. If this work matters in your life, a small"
        " monthly gift keeps the presses running."
    ),
    (
        "Was this report useful? Every subscription pays for another hour of reporting"
        " in {town}."
    ),
    "{name} can also be heard: the evening edition goes out as a podcast at six.",
    (
        "Our reporters keep their sources safe. Reach the desk at tips@{host} or on a"
        " secure line."
    ),
    "Prices and timetables in this report were correct when it went to press.",
    "The {name} app sends word when stories like this one change.",
    "Readers in {town} pay half for the weekend edition until the end of the season.",
    "Reporting for this series was made possible by the Lantern Fund for local news.",
    "Letters for print should have no more than two hundred words and name the author.",
    "{name} follows the press code. Complaints are heard by an independent ombudsman.",
    "Stay close to what moves {town}: the morning briefing lands at half past six.",
    "Parts of this text were read aloud for the blind by volunteers of the paper.",
)
_BIOS = (
    "{person} has covered the coast for {name} for eleven years and lives in {town}.",
    "{person} writes about money and the sea. Before that there was a boat.",
    "{person} is a staff reporter in the {town} office of {name}.",
)


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it was written; a line of ``body`` that begins with # is a subhead."""

    title: str
    author: str
    day: str
    body: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return what a reader should get of it."""
        return "\n\n".join(line.removeprefix("# ") for line in self.body)


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: ``inside`` is printed in its stories, ``bios`` below them.

    ``teasers`` are other stories it points to, of which each page shows a few.
    """

    name: str
    host: str
    inside: tuple[str, ...]
    bios: tuple[tuple[str, str], ...]
    teasers: tuple[str, ...]
    stories: tuple[Story, ...]


def outlet(name: str, host: str, seed: int, pages: int = 24) -> Outlet:
    """Return an outlet with as many stories as ``pages``."""
    random = Random(seed)
    prose = Prose(random)
    town = prose.town()
    words = {"name": name, "host": host, "town": town}
    inside = random.sample(_LINES, 5)
    people = [prose.person() for _ in range(4)]
    bios = [(p, random.choice(_BIOS).format(person=p, **words)) for p in people]
    threads = [[prose.paragraph() for _ in range(2)] for _ in range(3)]
    stories = [_story(prose, random, people, threads) for _ in range(pages)]
    return Outlet(
        name=name,
        host=host,
        inside=tuple(line.format(**words) for line in inside),
        bios=tuple(dict(bios).items()),
        teasers=tuple(prose.headline() for _ in range(30)),
        stories=tuple(stories),
    )


def _story(
    prose: Prose, random: Random, people: list[str], threads: list[list[str]]
) -> Story:
    body = [prose.paragraph() for _ in range(random.randint(5, 14))]
    if random.random() < 0.6:  # coverage that goes on
        for standing in random.choice(threads):
            body.insert(random.randint(1, len(body)), standing)
    if random.random() < 0.4:
        body.insert(random.randint(2, len(body) - 1), f"# {random.choice(_SUBHEADS)}")
    day = f"2031-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return Story(prose.headline(), random.choice(people), day, tuple(body))
