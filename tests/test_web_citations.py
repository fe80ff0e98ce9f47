"""Citations that other programs read, whatever stands in an article."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.model import Agency, Article, Kind, Published, Source
from tests.factories import article
from tests.newsroom import STRIKE
from web import citations

# Text with what ends lines, fields and entries in it.
TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from('\r\n{}\\"@%,&$#_~^\x1e\u2028')),
    max_size=60,
)
ARTICLES = st.builds(
    Article,
    id=TEXT,
    text=TEXT,
    title=st.none() | TEXT,
    kind=st.sampled_from(Kind),
    url=st.none() | TEXT.map("https://a.example/{}".format),
    source=st.none() | st.builds(Source, TEXT, TEXT, st.just("folder")),
    agency=st.none() | st.builds(Agency, TEXT, st.just("byline")),
    published=st.none()
    | st.sampled_from(["2024", "2024-02", "2024-02-29"]).map(
        lambda value: Published(value, "meta")
    ),
    authors=st.lists(TEXT, max_size=3).map(tuple),
    lang=st.none() | TEXT,
    saved=st.none() | st.datetimes(datetime(1990, 1, 1)),  # noqa: DTZ001
    digest=st.none() | TEXT,
)


def fields(entry: str) -> dict[str, str]:
    """Return the fields of one BibTeX entry, read by counting braces as BibTeX does."""
    kind, _, rest = entry.partition("{")
    assert re.fullmatch(r"@[a-z]+", kind)
    key, _, rest = rest.partition(",")
    assert re.fullmatch(r"[a-z0-9-]+", key)
    found = {"kind": kind[1:], "key": key}
    while (rest := rest.strip()) != "}":
        name, equals, rest = rest.partition(" = ")
        assert equals
        assert re.fullmatch(r"[a-z]+", name)
        depth, at = 0, 0
        while depth or rest[at] != ",":
            depth += {"{": 1, "}": -1}.get(rest[at], 0)
            assert depth >= 0
            at += 1
        assert name not in found
        found[name], rest = rest[:at], rest[at + 1 :]
    return found


def test_an_article_is_cited_in_one_sentence() -> None:
    assert citations.plain(STRIKE) == (
        "Mira Okonkwo, Tomas Lindqvist, “Dock workers in Hamburg begin a strike over "
        "night shifts,” Harbour Gazette (AP), 4 March 2024, "
        "https://harbour-gazette.example/2024/03/04/strike. "
        f"Dateline {STRIKE.id}, saved 5 March 2024, SHA-256 {'9f' * 32}."
    )


def test_what_is_unknown_is_said() -> None:
    assert citations.plain(article(id="a")) == (
        "“Harbour reopens after storm,” source unknown, undated. Dateline a."
    )


def test_a_question_keeps_its_mark() -> None:
    assert "“Who pays?” source" in citations.plain(article(title="Who pays?"))


def test_ris_is_as_reference_managers_write_it() -> None:
    assert citations.ris(STRIKE).split("\r\n") == [
        "TY  - NEWS",
        "AU  - Mira Okonkwo",
        "AU  - Tomas Lindqvist",
        "TI  - Dock workers in Hamburg begin a strike over night shifts",
        "T2  - Harbour Gazette",
        "PY  - 2024",
        "DA  - 2024/03/04/",
        "UR  - https://harbour-gazette.example/2024/03/04/strike",
        "LA  - en",
        "Y2  - 2024/03/05/",
        f"AN  - {STRIKE.id}",
        "N1  - Agency: AP",
        f"N1  - SHA-256 of the saved page: {'9f' * 32}",
        "ER  - ",
        "",
    ]


def test_bibtex_has_what_both_its_readers_want() -> None:
    found = fields(citations.bibtex(STRIKE))
    assert found["kind"] == "article"
    assert found["author"] == "{Mira Okonkwo and Tomas Lindqvist}"
    assert found["journal"] == "{Harbour Gazette}"
    assert (found["year"], found["month"], found["date"]) == (
        *("{2024}", "mar"),
        "{2024-03-04}",
    )
    assert found["urldate"] == "{2024-03-05}"


@pytest.mark.parametrize("name", ["News and Desk", "Okonkwo, Mira", "News AND Desk"])
def test_a_name_that_looks_like_two_stays_one(name: str) -> None:
    found = fields(citations.bibtex(article(authors=(name, "B"))))
    assert found["author"] == f"{{{{{name}}} and B}}"


def test_signs_of_tex_are_written_out() -> None:
    found = fields(citations.bibtex(article(title=r"100 % {of} A & B_c $5 #1 ~ ^ \x")))
    assert found["title"] == (
        r"{{100 \% \textbraceleft{}of\textbraceright{} A \& B\_c \$5 \#1 "
        r"\textasciitilde{} \textasciicircum{} \textbackslash{}x}}"
    )


def test_an_address_cannot_leave_its_field() -> None:
    odd = "https://a.example/} , note = {x\nER  - "
    assert fields(citations.bibtex(article(url=odd)))["url"] == (
        "{https://a.example/%7D%20,%20note%20=%20%7Bx%0AER%20%20-%20}"
    )


def test_an_address_that_is_a_script_is_not_cited() -> None:
    page = article(url="javascript:alert(1)")
    for said in (citations.plain(page), citations.ris(page), citations.bibtex(page)):
        assert "javascript" not in said


@given(ARTICLES)
def test_every_line_of_ris_is_a_field(page: Article) -> None:
    lines = citations.ris(page).split("\r\n")
    assert lines[0].startswith("TY  - ")
    assert lines[-2:] == ["ER  - ", ""]
    for line in lines[:-1]:
        assert re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line)
        assert len(line.splitlines()) == 1
    assert sum(line.startswith("ER  -") for line in lines) == 1


@given(ARTICLES)
def test_every_entry_of_bibtex_can_be_read(page: Article) -> None:
    found = fields(citations.bibtex(page))
    assert {"kind", "key", "title", "note"} <= {*found}


@given(ARTICLES, st.none() | st.integers(1, 99))
def test_every_plain_citation_is_one_line(page: Article, paragraph: int | None) -> None:
    assert len(citations.plain(page, paragraph).splitlines()) == 1


@given(ARTICLES)
def test_every_citation_can_be_sent(page: Article) -> None:
    for said in (citations.plain(page), citations.ris(page), citations.bibtex(page)):
        assert said.encode("utf-8")


def test_moments_with_a_zone_are_taken_too() -> None:
    saved = datetime(2024, 3, 5, 10, tzinfo=UTC)
    assert "saved 5 March 2024" in citations.plain(article(saved=saved))
