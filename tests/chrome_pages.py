"""Pages that say what their cleaner makes of them, for tests of what they share."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from index.page import Block, CleanPage, Form, RawPage
from index.pipeline import Task, reindex
from index.stages import Stages
from index.walk import walk
from search.model import Article, Kind, Place, Source
from tests.paper import Ear, Shelf, put

APPEAL = "Your gift keeps the presses of this paper running through the winter."
_NAMES = ("quay", "ferry", "tunnel", "bridge", "school", "harvest", "museum", "canal")


def story(number: int, paragraphs: int = 6) -> list[list[object]]:
    """Return blocks of a story that no other number has, each surely kept."""
    about = f"{_NAMES[number % 8]}master{number}"
    return [
        [f"The {about} of district {number} spoke for {n} hours on measure {n}.", 0.01]
        for n in range(paragraphs)
    ]


def page(
    path: Path,
    *blocks: list[object],
    source: str = "Courier",
    age: float = 100.0,
    id: str | None = None,
) -> Path:
    """Write a page of ``blocks``: text and chance of chrome, None where removed.

    Of a removed one, the rule may follow.
    """
    said = {"source": source, "blocks": blocks, "id": id}
    return put(path, json.dumps(said), age)


def doubted(text: str = APPEAL, chance: float = 0.4) -> list[object]:
    """Return a block that its page keeps and doubts."""
    return [text, chance]


def _read(found, root):
    data = found.path.read_bytes()
    yield RawPage(
        root=root,
        name=found.name,
        path=found.path,
        form=Form.HTML,
        content=data.decode(),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _clean(raw):
    blocks = tuple(_block(*said) for said in json.loads(raw.content)["blocks"])
    return CleanPage(Kind.ARTICLE, None, blocks)


def _block(text, chance, rule="label"):
    return Block(text, chance is not None, rule if chance is None else "body", chance)


def _describe(raw, page):
    said = json.loads(raw.content)
    label = said["source"]
    return Article(
        id=said["id"] or f"{raw.root}/{raw.name}",
        text=page.text,
        path=raw.name,
        digest=raw.digest,
        source=Source(label.lower(), label, "folder") if label else None,
        removed=page.removed,
    )


def locate(article: Article, given: tuple[str, ...] = ()) -> Article:
    """Find the one place there is."""
    spans, at = [], article.text.find("Hamburg")
    while at >= 0:
        spans.append((at, at + 7))
        at = article.text.find("Hamburg", at + 1)
    if not spans:
        return replace(article, places=())
    hamburg = Place("1", "Hamburg", ("1",), as_written=("Hamburg",), spans=tuple(spans))
    return replace(article, places=(hamburg,))


STAGES = Stages(walk=walk, read=_read, clean=_clean, describe=_describe, locate=locate)


def run(shelf: Shelf, *paths: Path, **task) -> None:
    """Bring ``shelf`` up to date with the pages below ``paths``."""
    outcome = reindex(shelf, Task(paths=paths, **task), STAGES, Ear())
    assert not outcome.faults
    assert not outcome.failures


def gone(shelf: Shelf) -> dict[str, tuple[str, ...]]:
    """Return what recurrence took out of each page."""
    found = {
        id_: tuple(b.text for b in article.removed if b.rule == "recurring")
        for id_, article in sorted(shelf.articles.items())
    }
    return {id_: texts for id_, texts in found.items() if texts}
