"""``dateline annotate``: JSON lines in, their places out."""

from __future__ import annotations

import json

import pytest

from index.feed import feed
from index.spool import Spool
from tests.commanding import Terminal

# The largest Salem is in India.
_BAY = (
    "Fishermen of Salem met officials from Boston, Lynn and Gloucester, Massachusetts."
)


@pytest.fixture
def terminal(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_offsets_are_the_text_s_and_the_id_is_as_it_was(terminal):
    row = {"id": [1, "ä"], "title": "From Lagos", "text": "Ferries from Oslo came."}
    (answer,) = terminal("annotate", stdin=lines(row)).lines
    assert answer == {
        "id": [1, "ä"],
        "places": [
            {
                "start": 13,
                "end": 17,
                "name": "Oslo",
                "geonameid": 3143244,
                "lat": 59.91273,
                "lon": 10.74609,
                "country": "NO",
            }
        ],
        "countries": ["NG", "NO"],
    }


@pytest.mark.parametrize("flag", [(), ("--no-prior",)])
def test_answers_come_in_the_order_of_the_lines(terminal, flag):
    rows = [{"id": n, "text": "Rain.", "outlet": f"o{n % 3}"} for n in range(30)]
    ran = terminal("annotate", "--jobs", 2, *flag, stdin=lines(*rows))
    assert [answer["id"] for answer in ran.lines] == list(range(30))


@pytest.mark.parametrize("flag", [(), ("--no-prior",)])
def test_a_bad_line_is_named_and_the_others_are_answered(terminal, flag):
    bad = 'nope\n\n[1]\n{"text": "x"}\n{"id": 1}\n'
    ran = terminal("annotate", *flag, stdin=bad + lines({"id": 2, "text": "Rain."}))
    assert ran.code == 3
    assert [line.split(":")[0] for line in ran.err.splitlines()] == [
        "line 1",
        "line 3",
        "line 4",
        "line 5",
    ]
    assert [answer["id"] for answer in ran.lines] == [2]


def test_an_outlet_s_other_articles_tell_which_namesake_it_means(terminal):
    known = [{"id": n, "text": _BAY, "outlet": "bay.example"} for n in range(6)]
    asked = {"id": "x", "text": "Salem opens its school.", "outlet": "bay.example"}
    found = [
        terminal("annotate", *flag, stdin=lines(*known, asked)).lines[-1]["places"][0]
        for flag in ((), ("--no-prior",))
    ]
    assert [place["country"] for place in found] == ["US", "IN"]


def test_nothing_is_said_of_nothing(terminal):
    ran = terminal("annotate", stdin="\n\n")
    assert (ran.code, ran.out) == (0, "")


def test_a_line_in_pieces_is_one(tmp_path):
    path = tmp_path / "lines"
    path.write_bytes(b"a" * 70_000 + b"\nb\n\nc")
    with path.open("rb") as stream:
        found = [each for each in feed(stream) if each is not None]
    assert found == [(1, "a" * 70_000), (2, "b"), (3, ""), (4, "c")]


def test_a_spool_gives_back_what_it_was_given():
    with Spool() as spool:
        numbers = [spool.add(text) for text in ("a", "", "\ud800ö")]
        assert [spool[n] for n in reversed(numbers)] == ["\ud800ö", "", "a"]


@pytest.mark.parametrize("id", ["NaN", "-Infinity", "1e999", '{"a": [NaN]}'])
def test_an_id_that_no_json_can_give_back_is_refused(terminal, id):
    ran = terminal("annotate", stdin=f'{{"id": {id}, "text": "Rain."}}\n')
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == 'line 1: its "id" is no number of JSON\n'
