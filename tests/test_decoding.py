"""Bytes become text whatever they claim to be."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.decoding import decode, one_line, tidy

NEWS = "Café gehört – «naïve» Østfold"


@given(st.binary())
def test_any_bytes_decode(data):
    assert isinstance(decode(data), str)


@given(st.binary(), st.text(max_size=20))
def test_any_declared_charset_is_survived(data, declared):
    assert isinstance(decode(data, declared), str)


@given(st.text())
def test_what_was_decoded_can_be_stored(text):
    assert tidy(text).encode("utf-8").decode("utf-8") == tidy(text)


@given(st.text(st.characters()))
def test_one_line_holds_nothing_that_breaks_or_steers_a_line(text):
    line = one_line(text)
    assert not {*map(category, line)} & {"Cc", "Cs", "Zl", "Zp"}
    assert line == " ".join(line.split())


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_text_in_utf8_comes_back_as_it_was(text):
    assert decode(("a" + text).encode()) == tidy("a" + text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding):
    assert decode(NEWS.encode(encoding)) == NEWS


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_pattern_of_nuls_means_utf_16(encoding):
    assert decode(f"<html><p>{NEWS}".encode(encoding)) == f"<html><p>{NEWS}"


def test_utf_8_is_read_whatever_is_declared():
    page = f'<meta charset="iso-8859-1"><p>{NEWS}'
    assert decode(page.encode()) == page


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("Shift_JIS", "cp932", "港の選挙"),
        ("koi8-r", "koi8-r", "выборы в порту"),
        ("windows-1251", "cp1251", "выборы в порту"),
        ("iso-8859-2", "iso8859-2", "Łódź i Gdańsk"),
        ("gb2312", "gb18030", "港口选举"),
        ("euc-kr", "cp949", "항구 선거"),
    ],
)
def test_a_declared_charset_is_believed_where_it_can_be_true(label, encoding, text):
    page = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={label}">{text}'
    )
    assert decode(page.encode(encoding)).endswith(text)


def test_an_xml_declaration_counts():
    page = '<?xml version="1.0" encoding="ISO-8859-2"?><p>Łódź'
    assert decode(page.encode("iso8859-2")) == page


@pytest.mark.parametrize("lie", ["utf-16", "utf-32", "utf-7", "hex", "no-such"])
def test_a_declaration_that_cannot_be_true_is_ignored(lie):
    page = f'<meta charset="{lie}"><p>Café'
    assert decode(page.encode("cp1252")) == page


def test_without_declaration_windows_1252_is_read():
    assert decode("“Café” – 5 €".encode("cp1252")) == "“Café” – 5 €"


def test_windows_1252_declared_as_utf_8_is_read():
    assert decode('<meta charset="utf-8"><p>Caf\xe9 '.encode("cp1252"))[-5:] == "Café "


def test_one_broken_character_does_not_spoil_a_text_in_utf_8():
    data = "Żółć i gęślą jaźń".encode() + b"\xff"
    assert decode(data) == "Żółć i gęślą jaźń\ufffd"


def test_iso_2022_escapes_are_read():
    assert decode("港の選挙".encode("iso2022_jp")) == "港の選挙"


def test_nuls_and_control_characters_go():
    assert decode(b"ha\0rbour\x07 news\r\n") == "harbour  news\n"
