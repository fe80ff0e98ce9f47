"""A history of an index: batches, small and large, and full builds, by a seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from search.engines.columnar.build import ColumnarBuild
from search.engines.folder import Folder
from tests.factories import article

Contents = dict[str, str]
WORDS = ("kestrel", "osprey", "harrier", "merlin", "buzzard", "goshawk")


def live_through(
    folder: Folder,
    random: Random,
    acknowledge: Callable[[int], None],
    events: int = 14,
) -> list[Contents]:
    """Return what the index holds before and after each event that was acknowledged.

    Each is a batch, a run of batches or a full build; ``acknowledge`` is told how many
    of the contents so far are sure to be kept.
    """
    states: list[Contents] = [{}]

    def commit(build: ColumnarBuild, contents: Contents, *, visible: bool) -> Contents:
        after = dict(contents)
        with build.writer() as batch:
            for _ in range(random.choice([1, 3, 30])):
                name, text = f"{random.randrange(60):02}", random.choice(WORDS)
                if random.random() < 0.3:
                    batch.delete(name)
                    after.pop(name, None)
                else:
                    batch.add(article(id=name, text=text))
                    after[name] = text
            if visible:
                states.append(after)
        return after

    for _ in range(events):
        full = random.random() < 0.2
        with ColumnarBuild(folder, full=full, memory=1) as build:
            contents = {} if full else states[-1]
            for _ in range(random.choice([1, 1, 2, 4])):
                contents = commit(build, contents, visible=not full)
                if not full:
                    acknowledge(len(states) - 1)
            if full:
                states.append(contents)
        acknowledge(len(states) - 1)
    return states
