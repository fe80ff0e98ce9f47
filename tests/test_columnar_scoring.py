"""What the scores of the columnar engine are worked out from."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines import open_searcher, open_writer
from search.engines.columnar.field import Field
from search.engines.columnar.state import open_state
from search.engines.folder import Folder
from search.model import Query
from tests.factories import article


@pytest.fixture
def index(tmp_path: Path) -> str:
    locator = str(tmp_path / "index")
    for texts in (("kestrel", "kestrel kestrel gull"), ("gull",), ("kestrel",)):
        with open_writer(locator) as writer:
            for text in texts:
                writer.add(article(id=f"{text}{len(texts)}", title=None, text=text))
    return locator


def test_a_scorer_may_ask_how_often_a_term_occurs(index: str) -> None:
    body = open_state(Folder(Path(index)), None).view.field("body")
    stats = body.stats(body.find(b"kestrel"))
    assert (stats.documents, stats.containing, stats.occurrences) == (4, 3, 4)


def test_occurrences_are_not_counted_for_who_does_not_ask(
    index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Field, "ctf", lambda *_: pytest.fail("counted"))
    assert open_searcher(index).search(Query(text="kestrel")).total == 3


def test_lengths_stand_where_each_segments_documents_do(index: str) -> None:
    view = open_state(Folder(Path(index)), None).view
    assert len(view.segments) == 3
    lengths = view.field("body").lengths
    assert [lengths[base : base + 2].tolist() for base in view.bases] == [
        [1, 3],
        [1, 0],
        [1, 0],
    ]
