"""The gazetteer: every spelling of a place leads to one id."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.gazetteer import COMMON, DATA, Gazetteer, GazetteerMissing, gazetteer, key

KYIV, PRAGUE, LONDON = "703448", "3067696", "2643743"


def label(id: str) -> str:
    place = gazetteer().place(id)
    assert place is not None
    return place.label


@pytest.mark.parametrize("name", ["Kyiv", "KIEV", "Kijów", "Київ", "Киев"])
def test_spellings_in_all_scripts_lead_to_one_id(name: str) -> None:
    assert gazetteer().named(name)[0] == KYIV


def test_a_path_goes_from_the_country_down_to_the_place_itself() -> None:
    place = gazetteer().place(PRAGUE)
    assert place is not None
    assert place.path[0] == gazetteer().country("CZ")
    assert place.path[-1] == PRAGUE
    assert len(place.path) == 3


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Köln", "Cologne"),
        ("Makkah", "Mecca"),
        ("Mişrātah", "Misrata"),
        ("Az Zāwīyah", "Zawiya"),
        ("Shīrāz", "Shiraz"),
        ("São Paulo", "Sao Paulo"),
        ("New York City", "New York"),
        ("Ciudad de México", "Mexico City"),
        ("Bamako", "Bamako"),
        ("Mumbai", "Mumbai"),
    ],
)
def test_a_label_is_what_an_english_newspaper_prints(name: str, printed: str) -> None:
    assert label(gazetteer().named(name)[0]) == printed


def test_the_most_prominent_place_of_a_name_comes_first() -> None:
    assert gazetteer().named("London")[0] == LONDON


def test_a_name_nobody_bears_has_no_ids() -> None:
    assert gazetteer().named("Xqzzyw") == ()


def test_every_spelling_of_a_place_finds_it_again() -> None:
    found = gazetteer()
    assert all(KYIV in found.named(name) for name in found.spellings(KYIV))


def test_the_label_is_the_first_spelling() -> None:
    assert gazetteer().spellings(PRAGUE)[0] == "prague"


def test_an_unknown_id_has_no_spellings() -> None:
    assert gazetteer().spellings("999999999") == ()


@pytest.mark.parametrize("name", ["Reading", "nice", "Turkey", "Mobile", "of"])
def test_a_name_may_be_common_vocabulary(name: str) -> None:
    assert gazetteer().word(key(name)) & COMMON


@pytest.mark.parametrize("name", ["Szczecin", "Kyiv", "Addis Ababa"])
def test_most_names_are_no_common_vocabulary(name: str) -> None:
    assert not gazetteer().word(key(name)) & COMMON


def test_a_country_is_found_by_either_of_its_iso_codes() -> None:
    found = gazetteer()
    assert found.country("cze") == found.country("CZ") == "3077311"


def test_an_unknown_country_code_is_none() -> None:
    assert gazetteer().country("ZZ") is None


def test_a_river_has_an_id_of_our_own() -> None:
    place = gazetteer().place(gazetteer().named("River Danube")[0])
    assert place is not None
    assert (place.id, place.kind, place.path) == ("x:danube", "water", ("x:danube",))


@given(st.text(max_size=30))
def test_no_id_makes_it_raise(text: str) -> None:
    place = gazetteer().place(text)
    assert place is None or place.path[-1] == place.id


@given(st.text(max_size=30))
def test_no_name_makes_it_raise(text: str) -> None:
    assert all(gazetteer().place(found) for found in gazetteer().named(text))


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


@given(st.integers(min_value=0, max_value=280_000))
def test_a_label_is_ascii_and_a_path_ends_with_its_place(row: int) -> None:
    found = gazetteer()
    place = found.place(str(found._ids[row]))
    assert place is not None
    assert place.label.isascii()
    assert place.label
    assert all(found.place(step) for step in place.path)


def test_the_data_stay_within_25_megabytes() -> None:
    assert sum(file.stat().st_size for file in DATA.iterdir()) <= 25_000_000


def test_missing_data_are_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerMissing, match="no gazetteer"):
        Gazetteer(tmp_path)


def test_data_of_another_format_are_refused(tmp_path: Path) -> None:
    (tmp_path / "gazetteer.json").write_text(json.dumps({"format": 0}))
    with pytest.raises(GazetteerMissing, match="format"):
        Gazetteer(tmp_path)


@pytest.mark.parametrize(
    ("name", "id"), [("Odessa", "698740"), ("Ta'izz", "70225"), ("Vinnytsia", "689558")]
)
def test_a_name_leads_to_the_city_before_a_namesake_or_its_region(
    name: str, id: str
) -> None:
    assert gazetteer().named(name)[0] == id


@pytest.mark.parametrize(
    ("name", "iso"), [("日本", "JP"), ("中国", "CN"), ("미국", "US"), ("タイ", "TH")]
)
def test_two_letters_are_a_country_s_name_where_letters_are_words(
    name: str, iso: str
) -> None:
    assert gazetteer().named(name)[:1] == (gazetteer().country(iso),)


@pytest.mark.parametrize("name", ["Україна", "Ukraina", "أوكرانيا", "אוקראינה"])
def test_a_country_is_known_by_what_its_neighbours_call_it(name: str) -> None:
    assert gazetteer().named(name)[0] == gazetteer().country("UA")


@pytest.mark.parametrize(
    ("id", "name"),
    [("2842566", "Saxony"), ("2035607", "Inner Mongolia"), ("472454", "Vologda")],
)
def test_a_region_is_labelled_as_english_knows_it(id: str, name: str) -> None:
    assert label(id) == name
