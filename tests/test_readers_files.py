"""From a file to its pages, by every reader there is."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.page import Form, Given, RawPage, Unread
from index.readers import mhtml, rows, tables, text
from index.readers.content import PAGE_LIMIT
from index.readers.files import read
from index.walk import Found, walk
from search.errors import BadPage

PAGE = "<html><title>Quay</title><p>The quay reopened.</html>"
STORY = "https://harbourpost.example.com/2021/03/storm"

Reader = Callable[[str, bytes], list[RawPage | Unread]]


@pytest.fixture
def reading(tmp_path: Path) -> Reader:
    """Return a function that writes a file below a root and reads it."""

    def write_and_read(name: str, data: bytes) -> list[RawPage | Unread]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        found = (f for f in walk(tmp_path) if isinstance(f, Found) and f.path == path)
        return [page for entry in found for page in read(entry, "pages")]

    return write_and_read


def one(pages: list[RawPage | Unread]) -> RawPage:
    (page,) = pages
    assert isinstance(page, RawPage)
    return page


def test_a_page_keeps_its_place_and_content(reading):
    page = one(reading("a/quay.html", PAGE.encode()))
    assert (page.root, page.name, page.form) == ("pages", "a/quay.html", Form.HTML)
    assert page.content == PAGE


def test_a_gzipped_page_is_unzipped(reading):
    assert (
        one(reading("quay.html.gz", gzip.compress(PAGE.encode(), mtime=0))).content
        == PAGE
    )


def test_gzip_is_known_by_its_bytes(reading):
    assert (
        one(reading("quay.html", gzip.compress(PAGE.encode(), mtime=0))).content == PAGE
    )


def test_pictures_inside_a_page_do_not_count(reading):
    picture = b"A" * (PAGE_LIMIT + 1)
    data = b'<p>Quay<img src="data:image/png;base64,' + picture + b'">'
    assert one(reading("quay.html", data)).content.endswith(';base64,">')


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.html", b"", "empty"),
        ("a.html", b" \n\t", "empty"),
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", bytes(99), "empty space"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
        ("a.txt", b"%PDF-1.7", "PDF"),
        ("a.html", bytes(range(1, 32)) * 9, "binary"),
        ("a.html.gz", gzip.compress(PAGE.encode(), mtime=0)[:-9], "gzip"),
        ("a.html.gz", gzip.compress(b" " * (65 * 2**20), mtime=0), "unzips to more"),
        ("a.html", b"x" * (PAGE_LIMIT + 1), "larger than"),
        ("a.mhtml", b"Content-Type: image/png\n\nx", "without a page"),
        ("a.csv", b"name,size\nquay,3\n", "header"),
    ],
)
def test_what_cannot_be_read_is_a_bad_page_with_its_reason(reading, name, data, reason):
    with pytest.raises(BadPage, match=reason):
        reading(name, data)


def test_a_file_that_vanished_is_a_bad_page(tmp_path):
    with pytest.raises(BadPage, match="cannot be read"):
        list(read(Found(tmp_path / "gone.html", "gone.html"), "pages"))


def test_a_sidecar_says_what_the_page_does_not(reading, tmp_path):
    sidecar = {"url": STORY, "source": "Harbour Post", "date": "2021-03-05", "x": [1]}
    (tmp_path / "quay.html.json").write_text(json.dumps(sidecar))
    page = one(reading("quay.html", PAGE.encode()))
    said = Given("sidecar", url=STORY, source="Harbour Post", date="2021-03-05")
    assert page.given == (said,)
    assert (page.url, page.url_method) == (STORY, "sidecar")


@pytest.mark.parametrize("key", ["fetched", "saved"])
def test_a_sidecar_says_when_the_page_was_saved(reading, tmp_path, key):
    (tmp_path / "quay.html.json").write_text(
        json.dumps({key: "2021-03-05T01:00+02:00"})
    )
    page = one(reading("quay.html", PAGE.encode()))
    assert page.saved == datetime(2021, 3, 4, 23, tzinfo=UTC)


@pytest.mark.parametrize("end", ["\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_manifest_says_it_for_many(reading, tmp_path, mark, end):
    lines = ("path,url,source,date", f"./a/quay.html,{STORY},Harbour Post,2021", "")
    manifest = end.join(lines).replace(",", mark)
    (tmp_path / "manifest.csv").write_text(manifest, newline="")
    page = one(reading("a/quay.html", PAGE.encode()))
    said = Given("manifest", url=STORY, source="Harbour Post", date="2021")
    assert page.given == (said,)


def test_a_broken_sidecar_is_reported_and_the_page_read(reading, tmp_path):
    (tmp_path / "quay.html.json").write_text("{")
    unread, page = reading("quay.html", PAGE.encode())
    assert isinstance(unread, Unread)
    assert unread.name == "quay.html.json"
    assert isinstance(page, RawPage)


def test_a_broken_manifest_is_not_reported_of_each_page(reading, tmp_path):
    manifest = 'path,source\n"quay.html,' + "x" * 200_000
    (tmp_path / "manifest.csv").write_text(manifest)
    assert one(reading("quay.html", PAGE.encode())).given == ()


def test_what_the_page_was_saved_from_outranks_its_sidecar(reading, tmp_path):
    (tmp_path / "quay.html.json").write_text('{"url": "https://example.org/other"}')
    data = f"<!-- saved from url=(0047){STORY} -->{PAGE}".encode()
    assert one(reading("quay.html", data)).url == STORY


def test_front_matter_is_taken_off_a_text(reading):
    data = "---\ntitle: 'Quay'\nAuthors: [Ada Roe, Ben Poe]\n---\nThe quay reopened."
    page = one(reading("quay.md", data.encode()))
    assert page.content == "The quay reopened."
    said = Given("front-matter", title="Quay", authors=("Ada Roe", "Ben Poe"))
    assert page.given == (said,)


FRONT = """---
title: |-
  Quay
summary: >
  - no list
author:
- Ada Roe
# - Nobody
  - Ben Poe
url:
  host: none
source: >
  The Harbour
  Post

  of Rostock
date: 2021-03-05
agency: Agency of
  the Coast
---
The quay reopened."""


def test_front_matter_may_run_over_several_lines():
    said = Given(
        "front-matter",
        title="Quay",
        authors=("Ada Roe", "Ben Poe"),
        source="The Harbour Post of Rostock",
        date="2021-03-05",
        agency="Agency of the Coast",
    )
    assert text.read(FRONT) == text.WrittenText("The quay reopened.", (said,))


@pytest.mark.parametrize(
    "content", ["---\nNot: known\n---\nText", "---\ntitle: Quay", "Quay"]
)
def test_what_is_no_front_matter_stays(content):
    assert text.read(content) == text.WrittenText(content)


MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: {url}
Subject: Quay
Date: Fri, 05 Mar 2021 06:07:08 +0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html; charset=windows-1251
Content-Location: https://ads.example.org/frame
Content-Transfer-Encoding: 8bit

<p>An advert
------b
Content-Type: text/html; charset=windows-1251
Content-Transfer-Encoding: quoted-printable
Content-Location: {url}

<p>=EF=EE=F0=F2</p>
------b
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------b--
"""


def test_mhtml_gives_the_page_its_address_and_its_time():
    page = mhtml.read(MHTML.format(url=STORY).encode())
    assert page.content.strip() == "<p>порт</p>"
    assert (page.url, page.method) == (STORY, "mhtml")
    assert page.saved == datetime(2021, 3, 5, 6, 7, 8, tzinfo=UTC)


def test_pictures_in_mhtml_do_not_count():
    head, mark, tail = MHTML.format(url=STORY).partition("iVBORw0KGgo=")
    data = head.encode() + b"A" * (4 * PAGE_LIMIT) + mark.encode() + tail.encode()
    assert mhtml.read(data).content.strip() == "<p>порт</p>"


@given(st.binary())
def test_any_bytes_as_mhtml_are_a_page_or_a_bad_page(data):
    with suppress(BadPage):
        assert mhtml.read(data).content.strip()


def lines(*objects: object) -> io.BytesIO:
    return io.BytesIO("\n".join(json.dumps(o) for o in objects).encode())


def test_a_row_says_what_its_text_is():
    found = rows.read(lines({"body": "a"}, {"text": "b"}, {"html": "c"}), "pages")
    assert [p.form for p in found if isinstance(p, RawPage)] == [
        Form.CLEAN,
        Form.TEXT,
        Form.HTML,
    ]


def test_a_row_keeps_its_number_id_and_address():
    row = {"id": 7, "url": STORY, "text": "Quay", "places": ["DE", 2950159], "zz": {}}
    (page,) = rows.read(io.BytesIO(b"\n" + json.dumps(row).encode()), "pages")
    assert isinstance(page, RawPage)
    assert (page.name, page.url, page.url_method) == ("-#2", STORY, "row")
    assert page.given == (Given("row", id="7", url=STORY, places=("DE", "2950159")),)


def test_what_is_said_of_a_row_is_one_line_each():
    odd = "Quay\r\n\treopens\x00 \x1b\x9bin\u2028May "
    row = {"text": "a", "title": odd, "source": odd, "agency": odd, "author": [odd]}
    (page,) = rows.read(lines(row), "pages")
    assert isinstance(page, RawPage)
    (said,) = page.given
    told = {said.title, said.source, said.agency, *said.authors}
    assert told == {"Quay reopens in May"}


def test_what_is_said_of_a_row_of_a_table_is_one_line_too(reading):
    page = one(reading("news.csv", b'title,text\n"Quay\x07\n reopens",a\n'))
    assert page.given[0].title == "Quay reopens"


@pytest.mark.parametrize(
    "row",
    [
        {"title": 3, "text": "a"},
        {"text": ["a"]},
        {"id": True, "text": "a"},
        {"places": 5, "text": "a"},
        {"places": [None], "text": "a"},
        {"title": "No text at all"},
        ["a"],
        "a",
    ],
)
def test_a_row_of_wrong_types_is_reported_and_the_next_one_read(row):
    unread, page = rows.read(lines(row, {"text": "a"}), "pages")
    assert isinstance(unread, Unread)
    assert unread.name == "-#1"
    assert isinstance(page, RawPage)


def test_a_line_that_is_no_json_is_reported_with_its_number():
    found = list(rows.read(io.BytesIO(b'{"text": "a"}\n{"text": \n'), "pages"))
    assert [p.name for p in found if isinstance(p, Unread)] == ["-#2"]


def test_rows_may_be_in_utf_16():
    stream = io.BytesIO('{"text": "a"}\n{"text": "ö"}\n'.encode("utf-16"))
    pages = [p for p in rows.read(stream, "pages") if isinstance(p, RawPage)]
    assert [p.content for p in pages] == ["a", "ö"]


def test_a_table_is_read_row_by_row(reading):
    data = 'ID,Title,Text,Source\n1,Quay,"Two\nlines",\n\n2,,,\n3,Pier,Text,Post\n'
    found = reading("a/news.csv", data.encode())
    pages = [p for p in found if isinstance(p, RawPage)]
    assert [(p.name, p.content) for p in pages] == [
        ("a/news.csv#1", "Two\nlines"),
        ("a/news.csv#4", "Text"),
    ]
    assert pages[1].given == (Given("row", id="3", title="Pier", source="Post"),)
    assert [p.name for p in found if isinstance(p, Unread)] == ["a/news.csv#3"]


@pytest.mark.parametrize(
    ("table", "read", "lost"),
    [
        ('Quay,1\n"Pier,2\nDock,3\n', ["Quay"], "lines 3 to 4 are not read"),
        ('Quay,1\n"Pier,2', ["Quay"], "line 3 is not read"),
        ('"Quay,1\nPier,2\n"Dock",3\nMole,4', ["Mole"], "lines 2 to 4 are not read"),
    ],
)
def test_rows_an_open_quotation_mark_takes_in_are_reported(reading, table, read, lost):
    found = reading("a.csv", f"text,id\n{table}".encode())
    assert [p.content for p in found if isinstance(p, RawPage)] == read
    (unread,) = (p for p in found if isinstance(p, Unread))
    assert (unread.ends, unread.reason.partition("; ")[2]) == (True, lost)


def test_a_mark_within_a_line_is_read_as_it_stands(reading):
    found = reading("a.csv", b'text,id\n"Quay" walk,1\nthe "Pier",2\n')
    assert [p.content for p in found] == ["Quay walk", 'the "Pier"']


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_header_tells_what_separates_cells(reading, mark):
    data = f"id{mark}title{mark}text\n1{mark}Quay{mark}Reopened\n"
    page = one(reading("a.csv", data.encode()))
    assert (page.content, page.given[0].title) == ("Reopened", "Quay")


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize(
    ("name", "written"),
    [("a.csv", ["text,id", "Quay,1", "Pier,2"]), ("a.jsonl", ['{"text": "Quay"}'] * 2)],
)
def test_rows_end_as_on_any_system(reading, name, written, end):
    assert len(reading(name, end.join(written).encode())) == 2


def test_the_last_row_is_the_same_with_and_without_a_line_end():
    row = b'{"text": "a"}'
    (cut,), (ended,) = (rows.read(io.BytesIO(r), "p") for r in (row, row + b"\n"))
    assert cut == ended


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz"])
def test_a_damaged_file_of_rows_ends_where_it_is_damaged(reading, name):
    numbers = "".join(f'{{"text": "{n:x>40}"}}\n' for n in range(5000))
    found = reading(name, gzip.compress(b"text\n" + numbers.encode(), mtime=0)[:-400])
    assert [p for p in found if isinstance(p, Unread) and p.ends] == found[-1:]


@pytest.mark.parametrize("broken", [b'{"text":', b"x" * (PAGE_LIMIT + 9)])
def test_a_broken_last_row_ends_nothing(broken):
    found = list(rows.read(io.BytesIO(b'{"text": "a"}\n' + broken), "pages"))
    assert isinstance(found[-1], Unread)
    assert not found[-1].ends


def test_a_file_of_rows_cut_short_gives_what_is_left_of_it(reading):
    rows_ = "".join(json.dumps({"text": f"{n:x>40}"}) + "\n" for n in range(5000))
    found = reading("a.jsonl.gz", gzip.compress(rows_.encode(), mtime=0)[:-400])
    assert isinstance(found[0], RawPage)
    assert isinstance(found[-1], Unread)


@given(st.binary())
def test_any_bytes_as_rows_are_pages_reports_or_a_bad_page(data):
    with suppress(BadPage):
        for page in rows.read(io.BytesIO(data), "pages"):
            assert isinstance(page, RawPage | Unread)


@given(st.binary())
def test_any_bytes_as_a_table_are_pages_reports_or_a_bad_page(data):
    stream = io.BytesIO(b"text,id\n" + data)
    for page in tables.read(stream, "pages", "a.csv", Path("a.csv")):
        assert isinstance(page, RawPage | Unread)
