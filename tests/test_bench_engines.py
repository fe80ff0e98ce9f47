from __future__ import annotations

import json
import random
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from bench.engines import measures, rounds, table
from bench.engines.asks import Ask, Form, asks, survey
from bench.engines.corpus import rows
from bench.engines.ours import text
from bench.engines.peer import Answer, peer
from bench.engines.stages import STAGES, stages

WORDS = [f"{a}{b}{c}" for a in "bdgklm" for b in "aeiou" for c in "fnprst"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    chance = random.Random(7)
    path: Path = tmp_path_factory.mktemp("corpus") / "rows.jsonl"
    with path.open("w") as file:
        for n in range(300):
            words = WORDS if n % 2 else WORDS[:20]
            row = {
                "id": f"n{n}",
                "title": " ".join(chance.sample(words, 3)).capitalize(),
                "body": " ".join(chance.choices(words, k=40)) + ".",
                "date": f"2011-{n % 12 + 1:02}-{n % 28 + 1:02}T08:00:00",
                "source": f"Paper {n % 4}",
                "places": ["Torvik"] if n % 3 else [],
            }
            file.write(json.dumps(row) + "\n")
    return path


@pytest.fixture(scope="module")
def classes(corpus) -> dict[str, list[Ask]]:
    return asks(survey(rows(corpus)), 4)


def _opened(name: str, corpus: Path, folder: Path):
    engine = peer(name)
    place = folder / name
    place.mkdir()
    engine.build(place, map(engine.prepared, rows(corpus)))
    return engine.open(place)


def test_no_ask_is_made_twice_in_a_class(classes):
    assert all(len(made) == len(set(made)) for made in classes.values())


def test_the_same_corpus_is_asked_the_same(corpus, classes):
    assert asks(survey(rows(corpus)), 4) == classes


def test_the_classes_with_words_in_the_corpus_are_all_asked(classes):
    empty = {name for name, made in classes.items() if not made}
    assert empty <= {"rare", "mid", "OR of three", "prefix", "two words, two fields"}


@pytest.mark.parametrize("name", ["tantivy", "fts5", "whoosh"])
def test_engines_agree_on_totals_and_sources(name, corpus, classes, tmp_path):
    if name == "tantivy":
        pytest.importorskip("tantivy")
    engines = {n: _opened(n, corpus, tmp_path) for n in ("ours", name)}
    timed = rounds.full(engines, classes, {})
    for engine in engines.values():
        engine.close()
    assert timed.disagreements == {}


@pytest.mark.parametrize("name", ["ours", "fts5"])
def test_ten_hits_alone_are_those_of_the_whole_answer(name, corpus, tmp_path):
    engine = _opened(name, corpus, tmp_path)
    ask = Ask(Form.ALL_OF, (WORDS[3],))
    hits = engine.top(ask)
    answer = engine.full(ask)
    engine.close()
    assert hits == answer.ids
    assert len(hits) == 10


def test_a_small_commit_is_found(corpus, tmp_path):
    engine = peer("ours")
    _opened("ours", corpus, tmp_path).close()
    another = replace(next(rows(corpus)), id="another")
    engine.add(tmp_path / "ours", [engine.prepared(another)])
    opened = engine.open(tmp_path / "ours")
    total = opened.full(Ask(Form.EVERYTHING)).total
    opened.close()
    assert total == 301


def test_a_difference_of_totals_is_told(classes):
    class Says:
        def __init__(self, total: int) -> None:
            self.total = total

        def full(self, ask: Ask) -> Answer:
            return Answer(self.total, (), {}, 0)

        def top(self, ask: Ask) -> tuple[str, ...]:
            return ()

        def close(self) -> None: ...

    asked = {"everything": [Ask(Form.EVERYTHING, page=n) for n in range(1, 5)]}
    timed = rounds.full({"a": Says(3), "b": Says(4)}, asked, {})
    assert timed.disagreements == {"everything": {"b": ["4: 4 for 3"]}}


def test_ratios_compare_only_what_both_were_asked():
    spent = {"rare": {"slow": [4.0], "tantivy": [2.0, 100.0]}}
    assert rounds.ratios(spent, "slow", "tantivy") == ({"rare": 2.0}, {"rare": 2.0})


def test_the_overall_ratio_is_the_geometric_mean():
    assert rounds.overall({"a": 1.0, "b": 4.0}) == pytest.approx(2.0)


@pytest.mark.parametrize(("module", "function"), STAGES.values())
def test_a_stage_is_a_function_of_the_engine(module, function):
    assert callable(getattr(import_module(module), function))


def test_stages_add_up_to_something_in_each_class(corpus, classes, tmp_path):
    engine = _opened("ours", corpus, tmp_path)
    found = stages(engine, {"common": classes["very common"]})
    engine.close()
    assert all(ms > 0 for ms in found["common"].values())


def test_reading_the_rows_is_not_counted_as_building(corpus):
    reading = measures.Reading(corpus, 10)
    items = list(measures.map_in_batches(lambda row: row.id, reading))
    assert (len(items), reading.articles) == (10, 10)
    assert reading.spent > 0


@pytest.mark.parametrize(
    ("form", "words", "written"),
    [
        (Form.ALL_OF, ("ab", "cd"), "ab cd"),
        (Form.ANY_OF, ("ab", "cd"), "ab OR cd"),
        (Form.PHRASE, ("ab", "cd"), '"ab cd"'),
        (Form.PREFIX, ("ab",), "ab*"),
        (Form.TITLE, ("ab",), "ab"),
        (Form.TWO_FIELDS, ("ab",), "(title:ab OR body:ab)"),
        (Form.EVERYTHING, (), ""),
    ],
)
def test_an_ask_is_written_in_the_query_language(form, words, written):
    assert text(Ask(form, words)) == written


def test_an_unknown_engine_is_named_with_those_there_are():
    with pytest.raises(SystemExit, match="there are ours, tantivy, fts5, whoosh"):
        peer("nope")


def test_columns_of_a_table_are_aligned():
    assert table.table(["", "a"], [["bc", 1.5]]) == "      a\nbc  1.5"
