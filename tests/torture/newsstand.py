"""A folder of saved pages that changes: new editions, new pages, some taken away."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from tests.torture.history import WORDS

Editions = dict[str, int]  # by the page's name

_EDITION = re.compile(r"This is edition (\d+)\.")
_PAGE = """<!doctype html><html lang="en"><head><title>{name} sails</title></head><body>
<article><h1>The {name} sails at noon</h1>
<p>This is edition {edition}. The {name} left the harbour under a clear sky, with forty
passengers on deck, and the harbour master said that every berth would be taken.</p>
<p>{words}</p></article></body></html>
"""


class Newsstand:
    """``size`` pages in the new folder ``path``."""

    def __init__(self, path: Path, random: Random, size: int) -> None:
        self.path = path
        self.editions: Editions = {}
        self._random = random
        self._printed = 0
        path.mkdir()
        for _ in range(size):
            self._print_new()

    def change(self) -> None:
        """Change about a third of the pages."""
        names = sorted(self.editions)
        for name in self._random.sample(names, len(names) // 3):
            self._print(name, self.editions[name] + 1)
        for name in self._random.sample(names, 2):
            (self.path / name).unlink()
            del self.editions[name]
            self._print_new()

    def _print_new(self) -> None:
        self._printed += 1
        self._print(f"page{self._printed:05}.html", 1)

    def _print(self, name: str, edition: int) -> None:
        words = " ".join(self._random.choices(WORDS, k=200))
        html = _PAGE.format(name=name[:-5], edition=edition, words=words)
        (self.path / name).write_text(html, "utf-8")
        self.editions[name] = edition


def edition_of(text: str) -> int:
    """Return which edition of a page this is."""
    found = _EDITION.search(text)
    assert found is not None, text
    return int(found[1])
