"""Values for tests: each fills in all that a test is not about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from index.page import Form, RawPage
from search.model import Agency, Article, Place, Published, Source

HARBOUR = Article(
    id="00000000000000aa",
    title="Harbour reopens after storm",
    text="The harbour reopened on Monday.\n\nFerries will run again from noon.",
    lang="en",
)


def article(**changes: Any) -> Article:
    """Return a small article; ``source``, ``agency`` and ``published`` may be text."""
    if isinstance(changes.get("source"), str):
        label = changes["source"]
        value = label.lower().replace(" ", "-")
        changes["source"] = Source(value, label, "folder")
    if isinstance(changes.get("agency"), str):
        changes["agency"] = Agency(changes["agency"], "dateline")
    if isinstance(changes.get("published"), str):
        changes["published"] = Published(changes["published"], "meta")
    return replace(HARBOUR, **changes)


def place(id: str, label: str, *parents: str, **changes: Any) -> Place:
    """Return a place below ``parents``, country first, written as its label."""
    made = Place(id=id, label=label, path=(*parents, id), as_written=(label,))
    return replace(made, **changes)


def raw(content: str, form: Form = Form.HTML, **changes: Any) -> RawPage:
    """Return a page as read from ``pages/a.html``."""
    made = RawPage(
        root="pages",
        name="a.html" if form is Form.HTML else "a.txt",
        path=Path("pages/a.html"),
        form=form,
        content=content,
        digest="0" * 64,
    )
    return replace(made, **changes)
