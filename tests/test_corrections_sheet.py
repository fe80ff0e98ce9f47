"""What a table of corrections may look like, and which of its rows win."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.corrections import sheet
from index.corrections.correction import Correction, Key
from index.corrections.matching import Corrections, Named
from index.corrections.sheet import CORRECTIONS
from index.corrections.tables import Placed
from index.corrections.values import source_called
from search.model import Source
from tests.trying import examples

HEADER = "id,path,source,date,agency,place"


@pytest.fixture
def said(tmp_path):
    """Return the function that reads what is written below a header."""

    def read(*lines, header=HEADER):
        path = tmp_path / CORRECTIONS
        path.write_text("\n".join((header, *lines)) + "\n")
        sheet._read.cache_clear()
        return sheet.read(path)

    return read


@pytest.fixture
def verdict(said, tmp_path):
    """Return the function that says what lines mean for the page ``a.html``."""

    def of(*lines, name="quay/a.html", row=""):
        rows = [Placed(tmp_path, each) for each in said(*lines).rows]
        page = Named("1a", "post.example", "the post", tmp_path / name, row)
        return Corrections(rows).of(page).said

    return of


def test_what_says_most_wins_value_by_value(verdict):
    found = verdict(
        "1a,,,2001,,",
        ",quay/a.html,,2002,Reuters,",
        ",quay,,2003,AFP,Oslo",
        ",,The Post,2004,UPI,Bergen",
    )
    assert found == Correction(date="2001", agency="Reuters", places=("Oslo",))


def test_of_two_rows_that_say_as_much_the_later_wins(verdict):
    assert verdict("1a,,,2001,,", "1a,,,2002,,") == Correction(date="2002")


@pytest.mark.parametrize("path", [".", "quay", "quay/", "./quay/a.html"])
def test_a_path_is_a_file_or_a_folder_it_lies_in(verdict, path):
    assert verdict(f",{path},,2001,,")


@pytest.mark.parametrize("path", ["qua", "quay/a", "a.html", "quay/a.html/b"])
def test_a_path_is_no_part_of_a_name(verdict, path):
    assert not verdict(f",{path},,2001,,")


def test_a_path_may_be_as_the_report_has_it(verdict, tmp_path):
    assert verdict(f",{tmp_path}/quay/a.html,,2001,,")


def test_a_gzipped_page_goes_by_its_name_unzipped(verdict):
    assert verdict(",quay/a.html,,2001,,", name="quay/a.html.gz")


def test_a_path_is_taken_as_it_stands(said):
    (row,) = said(",quay/a  b.html ,,2001,,").rows
    assert row.name == "quay/a  b.html"


def test_a_row_of_a_file_says_more_than_the_file(verdict):
    found = verdict(",a.jsonl#3,,2001,,", ",a.jsonl,,2002,,", name="a.jsonl", row="#3")
    assert found.date == "2001"


@pytest.mark.parametrize("name", ["post.example", "the post", "The Post"])
def test_a_source_goes_by_its_value_or_its_label(verdict, name):
    assert verdict(f",,{name},2001,,")


@pytest.mark.parametrize("second", ["source", "new_source", "New source"])
def test_a_second_source_is_the_one_to_set(said, second):
    (row,) = said("The Post,Courier", header=f"source,{second}").rows
    assert (row.key, row.name, row.said.source) == (Key.SOURCE, "The Post", "Courier")


def test_an_id_beside_a_path_is_what_counts(said):
    (row,) = said("1a,quay/a.html,,2001,,").rows
    assert (row.key, row.name) == (Key.ID, "1a")


@pytest.mark.parametrize("word", ["none", "Unknown", "undated"])
def test_a_word_makes_a_value_unknown(said, word):
    (row,) = said(f"1a,,{word},{word},{word},{word}").rows
    assert row.said == Correction("", "", "", ())


def test_an_empty_cell_says_nothing(said):
    (row,) = said("1a,,,,AP,").rows
    assert row.said == Correction(agency="AP")


def test_several_places_stand_between_semicolons(said):
    (row,) = said("1a,,,,,Oslo; 2950159 ;DE").rows
    assert row.said.places == ("Oslo", "2950159", "DE")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("30.04.2021", "2021-04-30"),
        ("03.04.2021", "2021-04-03"),
        ("30/4/2021", "2021-04-30"),
        ("4/30/2021 0:00", "2021-04-30"),
        ("April 2021", "2021-04"),
        ("30 April 2021", "2021-04-30"),
        ("2021", "2021"),
    ],
)
def test_a_date_may_be_as_spreadsheets_write_it(said, written, day):
    (row,) = said(f"1a,,,{written},,").rows
    assert row.said.date == day


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1a,,,3/4/2021,,", "may be two days; write 2021-03-04 or 2021-04-03"),
        ("1a,,,3/4/2021 10:00,,", "may be two days"),
        ("1a,,,2021-02-30,,", "is no date; write 2021-04-30, 2021-04 or 2021"),
        ("1a,,,,,", "sets nothing"),
        (",,,2020,,", "names no article"),
        (",../a.html,,2020,,", "is not in the folder of this file"),
        (f"1a,,,,,Oslo; {'o' * 201}", "its place is longer than 200 characters"),
        ("1a,,,,,Oslo,Norway", "more cells than the header"),
        ('1a,,,,,"Oslo', "quotation mark is not closed"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_line(said, line, reason):
    found = said("1b,,,2020,,", line)
    (fault,) = found.faults
    assert (fault.line, len(found.rows)) == (3, 1)
    assert reason in fault.reason


def test_a_line_is_counted_with_the_breaks_in_cells_above_it(said):
    found = said('1a,2020,"one\ntwo"', "1b,soon,", header="id,date,note")
    assert [fault.line for fault in found.faults] == [4]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_spreadsheets_write_them_in_several_ways(said, mark):
    found = said(f'"1a"{mark}2020\r', header=f"\ufeffID{mark}Date\r")
    assert [row.said.date for row in found.rows] == ["2020"]


@pytest.mark.parametrize("header", ["title,date", "id,path", "id,id,date", ""])
def test_a_header_without_sense_is_a_fault_of_the_file(said, header):
    assert said("1a,2020,", header=header).fault


def test_a_column_of_notes_is_none_that_is_unknown(said):
    assert said("1a,2020,Roe,!", header="id,date,autor,note").unknown == ("autor",)


@examples(25)
@given(st.binary(max_size=80), st.text(max_size=60))
def test_any_file_is_read_or_a_fault(tmp_path_factory, data, text):
    path = tmp_path_factory.mktemp("any") / CORRECTIONS
    cells = json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")
    path.write_bytes(b"id,path,date,place\n,a," + cells + b",\n,b,,\n" + data)
    found = sheet.read(path)
    assert found.fault or found.faults


@pytest.mark.parametrize(
    "name",
    [
        "https://www.tideway.example/a",
        "tideway.example",
        "Tideway.example/",
        "tideway.example/a",
    ],
)
def test_a_source_may_be_set_by_its_address(name):
    domain = "tideway.example"
    assert source_called(name) == Source(domain, domain, "manual")


@pytest.mark.parametrize(
    "name", ["https://[tideway", "http://", "//", "tideway / quay"]
)
def test_what_is_no_address_is_a_name(name):
    found = source_called(name)
    assert found is not None
    assert (found.label, found.method) == (name, "manual")
