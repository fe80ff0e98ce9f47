"""Runs one by one lead where one over all of it leads, whatever cannot be read."""

from __future__ import annotations

import json
import os

import pytest

from tests.commanding import Terminal, page


@pytest.fixture
def dateline(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    return Terminal(monkeypatch, capsys)


def _row(slug, text):
    url = f"https://courier.example/2018/08/{slug}"
    return json.dumps({"url": url, "title": text, "body": f"{text}, they say."}) + "\n"


COPY = "Ferry rows"
HISTORIES = {
    "an emptied page, then another of its address": (
        {"x.html": COPY},
        {"x.html": ""},
        {"y.html": COPY},
    ),
    "two pages of one address, the current one emptied": (
        {"x.html": COPY, "y.html": COPY},
        {"x.html": ""},
    ),
    "a changed row above one that is broken": (
        {"r.jsonl": _row("a", "Ale brewed") + _row("b", "Bells rung")},
        {"r.jsonl": _row("b", "Bells recast") + "{broken\n" + _row("a", "Ale drunk")},
    ),
    "a row that moved up, above one that is broken": (
        {"r.jsonl": _row("a", "Ale brewed") + _row("b", "Bells rung")},
        {"r.jsonl": _row("b", "Bells melted") + "{broken"},
    ),
    "rows that vanished before one that is broken": (
        {"r.jsonl": "".join(_row(n, f"Ale {n}") for n in "abcd")},
        {"r.jsonl": _row("a", "Ale a") + _row("c", "Ale c") + "{broken"},
    ),
}


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
def test_runs_one_by_one_end_in_the_index_that_full_builds(dateline, tmp_path, history):
    for age, step in enumerate(history):
        for name, text in step.items():
            path = tmp_path / "p" / name
            if text == COPY:
                page(path, text, f"Rows told in {name}.")
            else:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text)
            os.utime(path, (1e9 - age, 1e9 - age))
        dateline("reindex", "p", "--prune")
    held = _texts(dateline)
    dateline("reindex", "--full", "--prune")
    assert held == _texts(dateline)


def _texts(dateline):
    hits = dateline("search", "", "--json").json["hits"]
    return {(hit["id"], hit["title"], hit["snippets"][0]["text"]) for hit in hits}
