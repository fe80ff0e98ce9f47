"""A figure of a benchmark may rise, and is held to what it was."""

from __future__ import annotations

from bench import floors


def test_a_figure_below_its_floor_is_named(tmp_path, monkeypatch):
    path = tmp_path / "floors.json"
    path.write_text('{"a_pct": 90.5, "b_pct": 80.0}')
    monkeypatch.setattr(floors, "_FLOORS", path)
    assert floors.missed({"a_pct": 90.4, "b_pct": 80.0, "c_pct": 1.0}) == [
        "a_pct is 90.4, below its floor of 90.5"
    ]


def test_the_floors_kept_are_numbers():
    assert floors.missed({}) == []
