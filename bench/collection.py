"""Measure what pages of one outlet tell of each other: ``python -m bench.collection``.

Seven invented outlets, each printed with a template of its own, are indexed as
``dateline reindex`` does it, and their articles are scored against the stories as they
were written, beside the same pages cleaned one by one. One JSON line for each outlet:
shingle-4 F1 in percent of both ways, the words of chrome left in, the words of the
stories lost, how many of the paragraphs that running coverage repeats are lost, and how
many blocks were learned. ``--pages`` is how many an outlet has; ``--check`` fails where
the floors are not held. ``--times 2`` needs twice the stories to learn a block, to see
what hangs on that. Nothing is fitted on these pages: see docs/quality.md.

Left out: real outlets.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import fmean
from tempfile import TemporaryDirectory

from bench import floors
from bench.outlets.newsroom import Outlet, Story, outlet
from bench.outlets.templates import TEMPLATES, Template
from bench.watching import Silent
from index.chrome import learning
from index.pipeline import Task, reindex
from index.report import Muted
from index.walk import Found
from index.way import STAGES
from search.engines import open_build, open_searcher, state_of
from search.model import Article, Query
from search.removals import recurring

_WORD = re.compile(r"\w+")
_NAMES = (
    *("Fenwick Courier", "Marlow Bay Herald", "The Saltcombe Post", "Ellery Times"),
    *("Nordhavn Ledger", "Dunharrow Gazette", "The Castelune Star"),
)


@dataclass(frozen=True, slots=True)
class Scored:
    """The means over an outlet's pages, and what is wrong with them in words."""

    f1: float
    chrome: int
    lost: int


class _Strict(Silent):
    """A watcher that says only what cannot be read."""

    def failed(self, path: str, reason: str) -> None:
        """Stop: all these pages can be read."""
        raise AssertionError(f"{path}: {reason}")


def main() -> None:
    """Print the figures as JSON lines, the means last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--times", type=float, default=1.0)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    _need(options.times)
    gains = []
    lost = 0
    for number, (name, template) in enumerate(TEMPLATES.items()):
        host = f"{_NAMES[number].lower().replace(' ', '-')}.example"
        made = outlet(_NAMES[number], host, 100 * options.seed + number, options.pages)
        figures = _measured(made, template, options.jobs)
        gains.append(figures["together_f1"] - figures["alone_f1"])
        lost += int(figures["together_lost_words"] - figures["alone_lost_words"])
        print(json.dumps({"template": name, "pages": options.pages, **figures}))
    summary = {
        "collection_mean_gain_f1": round(fmean(gains), 2),
        "collection_least_gain_f1": round(min(gains), 2),
        "collection_lost_words": -lost,  # a floor may only rise
    }
    print(json.dumps(summary))
    for line in (wrong := floors.missed(summary) if options.check else []):
        sys.stderr.write(line + "\n")
    sys.exit(1 if wrong else 0)


def _need(times: float) -> None:
    """Need so many times the stories that are needed to learn a block."""
    for sure, (fewest, share) in learning.FEWEST.items():
        more = max(1, round(fewest * times)), max(1, round(share / times))
        learning.FEWEST[sure] = more


def _measured(made: Outlet, template: Template, jobs: int) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        root, index = Path(folder, "pages"), str(Path(folder, "index"))
        stories = _printed(made, template, root)
        build = open_build(index)
        task = Task(paths=(root,), workers=jobs)
        reindex(build, task, STAGES, Muted(_Strict()))
        together = {str(article.path): article for article in _articles(index)}
        learned = _learned(index)
        alone = {name: _alone(root / name) for name in stories}
    one = _scored(stories, {name: page.text for name, page in alone.items()})
    all_ = _scored(stories, {name: page.text for name, page in together.items()})
    return {
        "alone_f1": round(one.f1, 2),
        "together_f1": round(all_.f1, 2),
        "alone_chrome_words": one.chrome,
        "together_chrome_words": all_.chrome,
        "alone_lost_words": one.lost,
        "together_lost_words": all_.lost,
        "learned_blocks": learned,
    }


def _printed(made: Outlet, template: Template, root: Path) -> dict[str, Story]:
    """Write an outlet's pages below ``root`` and return the story of each."""
    random = Random(made.name)
    folder = root / made.host
    folder.mkdir(parents=True)
    stories = {}
    for number, story in enumerate(made.stories):
        content, suffix = template(made, story, random)
        path = folder / f"{number:04}{suffix}"
        path.write_text(content, "utf-8")
        stories[str(path.relative_to(root))] = story
    return stories


def _articles(index: str) -> Iterator[Article]:
    searcher = open_searcher(index)
    try:
        for hit in searcher.export(Query(kinds=())).hits:
            yield searcher.get(hit.id)
    finally:
        searcher.close()


def _alone(path: Path) -> Article:
    raw = next(iter(STAGES.read(Found(path, path.name, ()), "pages")))
    return STAGES.describe(raw, STAGES.clean(raw))  # type: ignore[arg-type]


def _learned(index: str) -> int:
    found = recurring(state_of(index)).values()
    return sum(len(texts) for texts in found)


def _scored(stories: dict[str, Story], texts: dict[str, str]) -> Scored:
    precision, recall, chrome, lost = [], [], 0, 0
    for name, story in stories.items():
        gold, said = _WORD.findall(story.text), _WORD.findall(texts[name])
        want, have = _shingles(gold), _shingles(said)
        both = sum((want & have).values())
        precision.append(both / max(1, sum(have.values())))
        recall.append(both / max(1, sum(want.values())))
        chrome += sum((Counter(said) - Counter(gold)).values())
        lost += sum((Counter(gold) - Counter(said)).values())
    p, r = fmean(precision), fmean(recall)
    return Scored(200 * p * r / (p + r), chrome, lost)


def _shingles(words: list[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


if __name__ == "__main__":
    main()
