"""Names known by several names."""

from __future__ import annotations

import pytest

from search.errors import BadSetting
from search.language.analyzers import WORDS
from search.language.names import Names

GROUP = Names.of([("Harbour Front", "Front du Port", "HFP")])


def others(names: Names, name: str) -> tuple[str, ...]:
    return names.others(WORDS.phrase(name))


@pytest.mark.parametrize("name", ["hfp", "harbour front", "HARBOUR FRONTS"])
def test_case_and_endings_do_not_matter(name):
    assert "Front du Port" in others(GROUP, name)


def test_the_others_of_a_name_leave_itself_out():
    assert others(GROUP, "HFP") == ("Harbour Front", "Front du Port")


def test_what_is_no_name_has_no_others():
    assert others(GROUP, "harbour") == ()


def test_groups_that_share_a_name_become_one():
    names = Names.of([("A1", "B1"), ("C1", "D1"), ("B1", "C1")])
    assert set(others(names, "A1")) == {"B1", "C1", "D1"}


def test_a_longer_name_that_holds_another_is_found_by_it_anyway():
    names = Names.of([("Teal Party", "Teal Party of the North", "TPN")])
    assert others(names, "TPN") == ("Teal Party",)


def test_a_longer_name_is_still_known_as_a_name():
    names = Names.of([("Teal Party", "Teal Party of the North", "TPN")])
    assert others(names, "teal party of the north") == ("Teal Party", "TPN")


def test_the_organisation_is_known_and_the_question_is_not():
    bundled = Names.load()
    assert (bool(others(bundled, "WHO")), bool(others(bundled, "who"))) == (True, False)


def test_every_bundled_group_is_well_formed_and_apart_from_the_others():
    bundled = Names.load()
    assert all(len(set(names)) >= 2 for names in bundled._groups.values())


def test_a_users_group_extends_a_bundled_one(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text("# ours\n\nNATO,Otan Alliance\n", "utf-8")
    assert "North Atlantic Treaty Organization" in others(
        Names.load(path), "otan alliance"
    )


def test_a_name_with_a_comma_is_quoted(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text('"Teal, Moss and Co", TMC\n', "utf-8")
    assert others(Names.load(path), "tmc") == ("Teal, Moss and Co",)


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Front",
        "Harbour Front,",
        "Harbour Front,--",
        '"Harbour Front,HFP',
        'a"b",',
    ],
)
def test_a_line_that_is_no_group_names_file_and_line(tmp_path, line):
    path = tmp_path / "names.csv"
    path.write_text(f"A1,B1\n{line}\n", "utf-8")
    with pytest.raises(BadSetting, match=r"names\.csv, line 2"):
        Names.load(path)


def test_a_file_that_is_not_there_is_a_bad_setting(tmp_path):
    with pytest.raises(BadSetting, match="cannot be read"):
        Names.load(tmp_path / "none.csv")


def test_a_file_that_is_not_text_is_a_bad_setting(tmp_path):
    path = tmp_path / "names.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSetting, match="cannot be read"):
        Names.load(path)
