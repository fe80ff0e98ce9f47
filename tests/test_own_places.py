"""Places and spellings of a user's own: the file, recognition, and search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.toponyms.locate import locate
from search.engines.known_places import FILE, copy, kept
from search.engines.sealed import Damaged
from search.errors import BadSetting
from search.extended_gazetteer import extended
from search.gazetteer import Gazetteer, gazetteer
from search.own_places import load, parse
from tests.commanding import Terminal, page
from tests.factories import article

HULL = "2645425"
HEADER = "id,name,aliases,parent,lat,lon,kind,population\n"
HAVEN = HEADER + ",Kestrel Haven,Wren Quay;Hafen Kestrel,GB,53.7,-0.3,,\n"


def known(text: str) -> Gazetteer:
    return extended(parse(text, "towns.csv"))


def names_in(text: str, source: Gazetteer) -> dict[str, tuple[str, ...]]:
    places = locate(article(title=None, text=text), (), source).places
    return {place.id: place.as_written for place in places}


def test_a_new_place_has_an_id_of_its_name_and_lies_in_its_parent():
    place = known(HAVEN).place("x:kestrel haven")
    assert place is not None
    assert (place.path, place.country, place.lat, place.kind) == (
        (gazetteer().country("GB"), "x:kestrel haven"),
        "GB",
        53.7,
        "city",
    )


@pytest.mark.parametrize("name", ["Kestrel Haven", "wren quay", "HAFEN KESTREL"])
def test_each_of_its_names_leads_to_it(name):
    assert known(HAVEN).named(name) == ("x:kestrel haven",)


def test_a_place_may_lie_in_another_of_the_file_wherever_that_stands():
    text = "name,parent,lat,lon,kind\nOld Quay,Kestrel Haven,53.7,-0.3,\n"
    place = known(text + "Kestrel Haven,,53.7,-0.3,area\n").place("x:old quay")
    assert place is not None
    assert place.path == ("x:kestrel haven", "x:old quay")


@pytest.mark.parametrize(
    "parent", ["x:Old  Dock", "old dock", "Old-Dock", "Basin", "Ull Town"]
)
def test_a_parent_is_known_by_its_id_and_by_each_of_its_names(parent):
    above = "x:old dock,Dock,Old Dock;Basin,GB,1,1,,\n" + f"{HULL},,Ull Town,,,,,\n"
    place = known(f"{HEADER},East Pier,,{parent},1,1,,\n{above}").place("x:east pier")
    assert place is not None
    assert place.path[-2] == (HULL if parent == "Ull Town" else "x:old dock")


def test_of_a_parents_name_the_users_place_comes_first_and_never_the_place_itself():
    text = (
        HEADER + "x:a,Hull,,GB,1,1,,\n,East Pier,,Hull,1,1,,\nx:b,Leeds,,Leeds,1,1,,\n"
    )
    pier, leeds = known(text).place("x:east pier"), known(text).place("x:b")
    assert pier is not None
    assert leeds is not None
    assert (pier.path[-2], leeds.path[-2]) == ("x:a", "2644688")


def test_an_id_has_nothing_in_it_that_a_query_cannot_say():
    row = '"x:the ""Rock"" ",Wren Rock,,GB,1,1,,\n'
    assert known(HEADER + row).named("wren rock") == ("x:the rock",)


def test_a_known_place_takes_another_name_and_keeps_its_own():
    source = known(f"id,aliases\n{HULL},Ull Town\n")
    assert source.named("ull town") == (HULL,)
    assert source.place(HULL) == gazetteer().place(HULL)
    assert "ull town" in source.spellings(HULL)


def test_of_a_name_the_users_place_comes_first():
    source = known("name,lat,lon\nHull,53.7,-0.3\n")
    assert source.named("Hull")[:2] == ("x:hull", gazetteer().named("Hull")[0])


def test_comments_and_blank_lines_are_no_places():
    assert len(parse("# ours\n\n" + HAVEN + "\n# end\n", "f").places) == 1


def test_no_file_is_the_gazetteer_of_all():
    assert extended(load(None)) is gazetteer()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nom,lat\n", "line 1, column nom: the first line names"),
        ("name,name\n", "line 1, column name: the first line names"),
        ("name,lat,lon\nHaven,95,0\n", "line 2, column lat: must be degrees from -90"),
        ("name,lat,lon\nHaven,1,\n", "line 2, column lon: must be degrees from -180"),
        ("name,lat,lon\n\nHaven,1,x\n", "line 3, column lon: .* not 'x'"),
        ("name,lat,lon\n,1,1\n", "line 2, column name: must be given"),
        ("id,aliases\n,Haven\n", "line 2, column name: must be given where there is"),
        ("id,name\nhaven,Haven\n", "line 2, column id: must be a GeoNames id"),
        ("name,lat,lon\nA1,1,1\na1,1,1\n", "line 3, column id: .* x:a1 is taken"),
        ("name,lat,lon,kind\nA1,1,1,town\n", "line 2, column kind: must be one of"),
        ("name,lat,lon,parent\nA1,1,1,Xqzz\n", "line 2, column parent: .* not 'Xqzz'"),
        ("name,lat,lon,parent\nA1,1,1,A1\n", "line 2, column parent: must be a place"),
        ("name,lat,lon,population\nA1,1,1,-5\n", "line 2, column population: must be"),
        ("name,aliases,lat,lon\nA1,+;B,1,1\n", "line 2, column aliases: must be names"),
        ("name\nA1,1\n", "line 2: has more cells"),
        ('name\n"A1\n', "not CSV"),
    ],
)
def test_a_fault_is_told_by_line_and_column(text, said):
    with pytest.raises(BadSetting, match=said):
        parse(text, "towns.csv")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path):
    with pytest.raises(BadSetting, match=r"places: .*towns.csv cannot be read"):
        load(tmp_path / "towns.csv")


def test_recognition_knows_a_users_place_by_all_its_names():
    text = (
        "KESTREL HAVEN - Ferries left Kestrel Haven and came to Wren Quay in Britain."
    )
    found = names_in(text, known(HAVEN))
    assert found["x:kestrel haven"] == ("KESTREL HAVEN", "Kestrel Haven", "Wren Quay")


def test_recognition_knows_a_known_place_by_a_users_name():
    source = known(f"id,aliases\n{HULL},Ulltown\n")
    assert names_in("Ferries from Ulltown to Oslo were late.", source)[HULL] == (
        "Ulltown",
    )


def test_the_copy_of_an_index_is_read_again_only_where_it_changed(tmp_path: Path):
    copy(HAVEN, tmp_path)
    first = kept(tmp_path)
    assert kept(tmp_path, first) is first
    copy(HEADER, tmp_path)
    assert kept(tmp_path, first) is gazetteer()


def test_a_copy_that_no_run_made_is_damage(tmp_path: Path):
    copy("nom\n", tmp_path)
    with pytest.raises(Damaged, match="column nom"):
        kept(tmp_path)


@pytest.fixture
def terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: object, tmp_path: Path
) -> Terminal:
    """Return the command in an empty folder, with an index of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_INDEX", str(tmp_path / "index"))
    return Terminal(monkeypatch, capsys)


PARTED = "The ferry for Kestrel Haven left Oslo late in the evening."


def test_an_index_is_searched_with_the_places_it_was_made_with(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(tmp_path / "pages" / "a.html", "Ferries", PARTED)
    file = tmp_path / "towns.csv"
    terminal("reindex", tmp_path / "pages")
    file.write_text(HAVEN, "utf-8")
    monkeypatch.setenv("DATELINE_PLACES", str(file))
    assert terminal("reindex", "--dry-run", "--json").json["updated"] == 1
    assert terminal("reindex", "--json").json["updated"] == 1
    assert terminal("reindex", "--json").json["unchanged"] == 1
    monkeypatch.delenv("DATELINE_PLACES")
    for asked in ('place:"wren quay"', '"wren quay"'):
        assert terminal("search", asked, "--json").json["total"] == 1


@pytest.mark.parametrize("how", [(), ("--full",), ("--dry-run",)])
def test_a_run_without_the_setting_says_that_it_forgets_them(
    terminal: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    how: tuple[str, ...],
) -> None:
    (tmp_path / "towns.csv").write_text(HAVEN, "utf-8")
    monkeypatch.setenv("DATELINE_PLACES", str(tmp_path / "towns.csv"))
    first = terminal("reindex", page(tmp_path / "a.html", "Ferries", PARTED))
    assert "forgotten" not in first.err
    monkeypatch.delenv("DATELINE_PLACES")
    report = tmp_path / "report.log"
    ran = terminal("reindex", "--report", report, *how)
    assert (ran.code, ran.err.count("are forgotten")) == (0, 1)
    assert report.read_text("utf-8").count("are forgotten") == 1


def test_what_is_forgotten_is_said_once(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "towns.csv").write_text(HAVEN, "utf-8")
    monkeypatch.setenv("DATELINE_PLACES", str(tmp_path / "towns.csv"))
    terminal("reindex", page(tmp_path / "a.html", "Ferries", PARTED))
    monkeypatch.delenv("DATELINE_PLACES")
    terminal("reindex")
    assert "forgotten" not in terminal("reindex").err


def test_a_damaged_copy_is_found_and_the_next_run_mends_it(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(tmp_path / "pages" / "a.html", "Ferries", PARTED)
    (tmp_path / "towns.csv").write_text(HAVEN, "utf-8")
    monkeypatch.setenv("DATELINE_PLACES", str(tmp_path / "towns.csv"))
    terminal("reindex", tmp_path / "pages")
    copied = next((tmp_path / "index").glob(f"g*/state/{FILE}"))
    copied.write_bytes(copied.read_bytes().replace(b"Wren", b"Wran"))
    assert (terminal("verify").code, terminal("search", "ferry").code) == (5, 5)
    terminal("reindex")
    assert (terminal("verify").code, terminal("search", "ferry").code) == (0, 0)


def test_a_fault_in_the_file_ends_the_run_before_it_begins(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "towns.csv"
    file.write_text("name,lat,lon\nHaven,north,0\n", "utf-8")
    monkeypatch.setenv("DATELINE_PLACES", str(file))
    ran = terminal("reindex", page(tmp_path / "a.html", "Ferries", PARTED))
    assert ran.code == 2
    assert "line 2, column lat" in ran.err


def test_texts_are_annotated_with_a_users_places(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "towns.csv"
    file.write_text(HAVEN, "utf-8")
    monkeypatch.setenv("DATELINE_PLACES", str(file))
    row = json.dumps({"id": 1, "text": PARTED})
    (answer,) = terminal("annotate", "--jobs", 1, stdin=f"{row}\n").lines
    found = answer["places"][0]
    assert (found["name"], found["country"], found["geonameid"]) == (
        "Kestrel Haven",
        "GB",
        None,
    )
