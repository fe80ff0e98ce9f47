"""Agency, authors and language, and the article they make together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metadata.agency import agency_of, value_of
from index.metadata.authors import authors_of, signed_by
from index.metadata.describe import describe
from index.metadata.language import language_of
from index.page import Block, CleanPage, Given, Head
from search.model import Agency, Kind
from tests.factories import raw

ENGLISH = (
    "The harbour reopened on Monday after the storm, the port authority said. " * 4
)
GERMAN = (
    "Der Hafen wurde am Montag nach dem Sturm wieder geöffnet, sagte die Stadt. " * 4
)


AGENCIES = (
    *("AP", "AFP", "Reuters", "dpa", "EFE", "ANSA", "TASS", "Xinhua", "PA", "UPI"),
    *("Bloomberg", "Kyodo", "Yonhap", "PTI", "IANS", "Anadolu Agency", "Interfax"),
    *("The Associated Press", "Agence France-Presse", "Press Association", "ANI"),
)
DATELINES = (
    "GDANSK ({}) — ",
    "GDANSK, Poland ({}) -- ",
    "Gdansk, March 5 ({}) - ",
    "GDANSK, March 5 /{}/ - ",
    "({}) - ",
)
MENTIONS = (
    "The minister told {} on Monday that the port would be open again by the summer.",
    "The port was open, {} reported on Monday, and the cranes moved.",
    "According to {}, the port was open, and the cranes moved again in the evening.",
    "“We heard it from {},” she said.",
    "Crews at work on Monday. ({} Photo/Ada Roe)",
    "Crews at work on Monday. (Ada Roe/{})",
    "Photo: {}",
    "Image credit: {}",
    "Picture by Ada Roe, {}",
    "{} could not reach the minister.",
    "The agency ({}) - which had the story first - gave no source for it.",
)


def page(
    *kept: str, removed: tuple[str, ...] = (), head: Head | None = None
) -> CleanPage:
    blocks = (
        *(Block(text, kept=True, rule="text") for text in kept),
        *(Block(text, kept=False, rule="line") for text in removed),
    )
    return CleanPage(Kind.ARTICLE, None, blocks, head or Head())


def agency(cleaned: CleanPage, *authors: str, **changes: Any) -> Agency | None:
    return agency_of(raw("", **changes), cleaned, authors)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("GDANSK (Reuters) - The port reopened.", "Reuters"),
        ("GDANSK, Poland (AP) — The port reopened.", "AP"),
        ("GDANSK, March 5 (Xinhua) -- The port reopened.", "Xinhua"),
        ("Danzig (dpa) - Der Hafen ist wieder offen.", "dpa"),
        ("Madrid, 5 mar (EFE).- El puerto reabre.", "EFE"),
        ("(ANSA) - ROMA, 5 MAR - Il porto riapre.", "ANSA"),
        ("MOSCOW, March 5. /TASS/. The port reopened.", "TASS"),
        ("GDANSK (Reuters) The port s cranes moved again.", "Reuters"),
        ("PARIS (AFP/AP) - The port reopened.", "AFP"),
        ("Danzig/Berlin (dpa) - Der Hafen ist wieder offen.", "dpa"),
        ("ANKARA (AA) – The port reopened.", "Anadolu"),
        ("STOCKHOLM (TT) – Hamnen är öppen igen.", "TT"),
        ("Brasília (Agência Brasil) - O porto reabre.", "Agência Brasil"),
        ("غدانسك (رويترز) - أعيد فتح الميناء.", "Reuters"),
        (f"GDANSK, March 5, Reuters — {ENGLISH}", "Reuters"),
        (f"GDANSK — AFP — {ENGLISH}", "AFP"),
        (f"AP — GDANSK: {ENGLISH}", "AP"),
        (f"Reuters - {ENGLISH}", "Reuters"),
    ],
)
def test_a_dateline_names_the_agency(text, value):
    assert agency(page(text, ENGLISH)) == Agency(value, "dateline")


def test_a_dateline_is_looked_for_below_furniture_left_on_top():
    left = ("Quay", "Tides", "Fish", "Letters", "Home > Quay", "A boat.", "Print")
    story = f"GDANSK (AP) — {ENGLISH}"
    assert agency(page(*left, ENGLISH, story)) == Agency("AP", "dateline")


def test_a_dateline_far_down_is_another_s():
    story = f"GDANSK (AP) — {ENGLISH}"
    assert agency(page(*[ENGLISH] * 8, story, ENGLISH)) is None


@pytest.mark.parametrize("byline", ["Reuters", "Ada Roe, Associated Press", "By AFP"])
def test_a_byline_names_the_agency(byline):
    found = agency(page(ENGLISH, head=Head(bylines=(byline,))))
    assert found is not None
    assert found.method == "byline"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Information was contributed by Ada Roe of The Associated Press.", "AP"),
        (
            "Associated Press writers Ada Roe and Ben Poe contributed to this report.",
            "AP",
        ),
        ("Reuters contributed to this report.", "Reuters"),
        ("This report was provided by Tideway Media and Reuters.", "Reuters"),
        ("With files from The Canadian Press", "CP"),
        ("(AFP)", "AFP"),
        ("(IANS)", "IANS"),
        ("— Reuters", "Reuters"),
        ("With AP", "AP"),
        ("(With inputs from Reuters)", "Reuters"),
        (f"{ENGLISH} (dpa)", "dpa"),
        (f"{ENGLISH} — Reuters", "Reuters"),
        ("Copyright 2021 The Associated Press. All rights reserved.", "AP"),
    ],
)
def test_an_end_credit_names_the_agency(line, value):
    assert agency(page(ENGLISH, line)) == Agency(value, "credit")


@pytest.mark.parametrize(
    "line",
    [
        "(Image credit: Ada Roe/AFP/Getty Images)",
        "AP Photo/Ada Roe",
        "(Harbour TV via Associated Press)",
        "The port was open, Reuters reported.",
        "Aid was distributed by the Red Cross, AP said.",
        "The list was provided by the harbour office, said Reuters.",
        "Market data provided by Bloomberg.",
        "Pictures were supplied by AFP",
        "The port was open, as first reported by Reuters.",
        "The minister told the Associated Press (AP) that it was open.",
        "Crews, said the state agency (SANA) - and others - went home.",
        "© Reuters",
        "© AFP / Ada Roe",
        "Thomson Reuters Foundation contributed to this report.",
        "A map of the port (MAP) - and of the quay - was sold.",
        (
            "File photo, Reuters - Crews at work on the quay in the port of Gdansk on"
            " a day in March, when the wind had fallen enough for them."
        ),
        (
            "Ada Roe told Reuters - in a call - that the port of Gdansk had been open"
            " since the day on which the storm had passed over it."
        ),
    ],
)
def test_a_mention_or_a_picture_names_no_agency(line):
    assert agency(page(line, ENGLISH, line)) is None


def test_an_acronym_of_a_dateline_is_a_name_elsewhere():
    found = describe(raw(""), page(ENGLISH, "By Petra", head=Head(bylines=("Petra",))))
    assert found.authors == ("Petra",)


@given(st.sampled_from(AGENCIES), st.sampled_from(MENTIONS))
def test_no_mention_of_any_agency_names_it(name, mention):
    line = mention.format(name)
    assert agency(page(ENGLISH, line, ENGLISH)) is None
    assert agency(page(line, ENGLISH, ENGLISH)) is None


@given(st.sampled_from(AGENCIES), st.sampled_from(DATELINES))
def test_every_agency_is_known_by_its_dateline(name, dateline):
    found = agency(page(dateline.format(name) + ENGLISH, ENGLISH))
    assert found == Agency(value_of(name) or name, "dateline")


def test_a_row_names_its_agency():
    said = (Given("row", agency="The Associated Press"),)
    assert agency(page(ENGLISH), given=said) == Agency("AP", "row")


@given(st.text())
def test_any_name_is_an_agency_or_not(name):
    assert value_of(name) is None or value_of(name)


def authors(head: Head | None = None, *lines: str, **changes: Any) -> tuple[str, ...]:
    signed = signed_by(raw("", **changes), page(*lines, ENGLISH, head=head))
    return authors_of(signed.names)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"name": "Ada Roe"}, ("Ada Roe",)),
        ([{"name": "Ada Roe"}, {"name": "Ben Poe"}], ("Ada Roe", "Ben Poe")),
        ("Ada Roe and Ben Poe", ("Ada Roe", "Ben Poe")),
        ({"name": ["Ada Roe", "Ben Poe"]}, ("Ada Roe", "Ben Poe")),
        ("By ADA ROE", ("Ada Roe",)),
        ("Ada Roe, Senior Correspondent", ("Ada Roe",)),
        ("Ada Roe @adaroe https://example.com/ada", ("Ada Roe",)),
        ("Ada Roe (London)", ("Ada Roe",)),
        ("Ada Roe for The Harbour Post", ("Ada Roe",)),
        ("John Roe Jr.", ("John Roe Jr.",)),
        ("Ada Roe Associated Press", ("Ada Roe",)),
        ("", ()),
        ({"name": None}, ()),
    ],
)
def test_json_ld_names_the_authors(author, names):
    assert authors(Head(jsonld=({"@type": "NewsArticle", "author": author},))) == names


def test_meta_elements_come_next():
    head = Head(meta={"author": "Ada Roe"}, bylines=("By Ben Poe",))
    assert authors(head) == ("Ada Roe",)


def test_an_address_is_no_author():
    assert authors(Head(meta={"article:author": "https://example.com/ada"})) == ()


def test_a_byline_element_comes_next():
    assert authors(Head(bylines=("By | Ada Roe | March 5, 2021",))) == ("Ada Roe",)


def test_a_line_that_begins_with_by_comes_next():
    assert authors(None, "By Ada Roe and Ben Poe") == ("Ada Roe", "Ben Poe")


def test_a_day_set_close_behind_a_name_is_not_part_of_it():
    assert authors(None, "By Ada RoeWednesday 8 August 2018") == ("Ada Roe",)


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Roe Wednesday 8 August 2018 3 min read",
        "By Ada Roe Wednesday, March 27, 2019",
        "By Ada Roe | March 27, 2019",
    ],
)
def test_a_date_behind_a_name_is_not_part_of_it(line):
    assert authors(None, line) == ("Ada Roe",)


def test_a_surname_may_be_a_day():
    assert authors(None, "By Ada Monday") == ("Ada Monday",)


@pytest.mark.parametrize(
    "line",
    ["By AFP Tuesday 9 May 2019", "By ReutersMonday 8 May 2019", "AP | 8 May 2019"],
)
def test_an_agency_that_signs_with_the_day_is_an_agency_and_no_author(line):
    found = describe(raw("<p>"), page(ENGLISH, head=Head(bylines=(line,))))
    assert found.agency is not None
    assert (found.agency.method, found.authors) == ("byline", ())


def test_a_first_name_may_be_a_month():
    assert authors(None, "By Jan Roe and April Poe") == ("Jan Roe", "April Poe")


@pytest.mark.parametrize("line", ["By Country", "By noon it was over.", "By the way:"])
def test_other_lines_that_begin_with_by_name_nobody(line):
    assert authors(None, line) == ()


def below_headline(*lines: tuple[str, str]) -> tuple[str, ...]:
    blocks = (
        Block("Quay reopens", kept=False, rule="headline"),
        *(Block(text, kept=False, rule=rule) for text, rule in lines),
        Block(ENGLISH, kept=True, rule="text"),
    )
    cleaned = CleanPage(Kind.ARTICLE, "Quay reopens", blocks)
    return authors_of(signed_by(raw(""), cleaned).names)


@pytest.mark.parametrize(
    "lines",
    [
        [("Ada Roe 5 March 2021", "outside")],
        [("March 5, 2021 Ada Roe", "outside")],
        [("Ada Roe • March 5, 2021", "outside")],
        [("Ada Roe", "outside"), ("March 5, 2021", "timestamp")],
        [("Ada Roe", "outside"), ("4 min read", "outside")],
        [("Ada Roe", "byline")],
        [("Ada Roe, Harbour Reporter", "byline")],
    ],
)
def test_a_name_alone_below_the_headline_signs_where_the_page_bears_it_out(lines):
    assert below_headline(*lines)[:1] == ("Ada Roe",)


@pytest.mark.parametrize(
    "lines",
    [
        [("Ada Roe", "outside")],
        [("Harbour News", "outside"), ("March 5, 2021", "timestamp")],
        [("Read More", "outside"), ("4 min read", "outside")],
        [("Ada Roe sails again 5 March 2021", "outside")],
        [("Ada Roe 5 March 2021", "caption")],
    ],
)
def test_other_lines_below_the_headline_sign_nothing(lines):
    assert below_headline(*lines) == ()


@pytest.mark.parametrize(
    "line",
    [
        "This post was written by Ada Roe, harbour master, Port of Quay.",
        "Published by Ada Roe on 5 March 2021",
        "Written by: | Ada Roe",
        "By Dr. Ada Roe",
        "BY ADA ROE March 5, 2021",
    ],
)
def test_what_a_byline_puts_before_a_name_is_not_part_of_it(line):
    assert authors(None, line)[:1] == ("Ada Roe",)


def test_a_surname_may_be_a_month():
    assert authors(None, "By Tom May") == ("Tom May",)


@pytest.mark.parametrize("desk", ["The Quay Team", "Harbour Post Media", "Tides Staff"])
def test_a_desk_keeps_its_whole_name(desk):
    head = Head(jsonld=({"@type": "Article", "author": {"name": desk}},))
    assert authors(head) == (desk,)


def test_the_authors_of_another_article_on_the_page_are_left_out():
    head = Head(
        jsonld=(
            {"@type": "Article", "headline": "Tide tables", "author": "Ben Poe"},
            {"@type": "Article", "headline": "Quay reopens", "author": "Ada Roe"},
        )
    )
    cleaned = replace(page(ENGLISH, head=head), title="Quay reopens")
    assert describe(raw(""), cleaned).authors == ("Ada Roe",)


def test_what_was_said_outside_comes_last():
    assert authors(given=(Given("row", authors=("Ada Roe",)),)) == ("Ada Roe",)


def test_a_desk_is_named_where_no_person_is():
    desk = Head(jsonld=({"@type": "NewsArticle", "author": {"name": "Post Staff"}},))
    assert authors(desk) == ("Post Staff",)
    assert authors(desk, "By Ada Roe") == ("Ada Roe",)


@pytest.mark.parametrize("account", ["adaroe", "AdaR", "ROE"])
def test_an_account_gives_way_to_a_name(account):
    head = Head(meta={"author": account}, bylines=("By Ben Poe",))
    assert authors(head) == ("Ben Poe",)
    assert authors(Head(meta={"author": account})) == (account,)


def test_a_first_name_alone_is_one():
    assert authors(Head(meta={"author": "Ada"}), "By Ben Poe") == ("Ada",)


def test_a_desk_the_byline_names_as_well_is_who_wrote():
    bylines = ("By Quay Staff", "Ada Roe")
    head = Head(meta={"author": "Quay Staff"}, bylines=bylines)
    assert authors(head) == ("Quay Staff",)


@pytest.mark.parametrize(
    "byline",
    [
        "Ada lives by the sea and writes",
        "Quay Tours plans your trip. Call today",
        "Member Login",
    ],
)
def test_other_texts_of_byline_elements_name_nobody(byline):
    assert authors(Head(bylines=(byline, "By Ada Roe"))) == ("Ada Roe",)


def signed(*blocks: Block) -> tuple[str, ...]:
    cleaned = CleanPage(Kind.ARTICLE, "Quay reopens", blocks)
    return authors_of(signed_by(raw(""), cleaned).names)


QUAY = Block("Quay reopens", kept=False, rule="headline")
BODY = Block(ENGLISH, kept=True, rule="text")


def test_a_dated_name_above_the_headline_signs():
    above = Block("5 March 2021 Ada Roe", kept=False, rule="outside")
    assert signed(above, QUAY, BODY) == ("Ada Roe",)


def test_a_name_alone_above_the_headline_does_not():
    above = Block("Ada Roe", kept=False, rule="outside")
    read = Block("4 min read", kept=False, rule="outside")
    assert signed(above, read, QUAY, BODY) == ()


def test_who_is_told_of_at_the_end_signs():
    name = Block("Ada Roe", kept=False, rule="outside")
    bio = Block("Ada Roe is harbour master of Quay.", kept=False, rule="outside")
    assert signed(QUAY, BODY, name, bio) == ("Ada Roe",)


def test_one_word_behind_by_signs_where_a_line_is_a_byline():
    assert signed(QUAY, Block("by ada", kept=False, rule="byline"), BODY) == ("ada",)


def language(text: str, declared: str | None = None, **changes: Any) -> str | None:
    said = language_of(raw("", **changes), page(text, head=Head(lang=declared)))
    return said.value if said else None


@pytest.mark.parametrize(
    ("text", "declared", "lang"),
    [
        (ENGLISH, None, "en"),
        (GERMAN, None, "de"),
        (ENGLISH, "en-GB", "en"),
        (GERMAN, "en_US", "de"),
        (GERMAN, "und", "de"),
        ("Moin.", "de-DE", "de"),
        ("Moin.", None, None),
        ("", "", None),
    ],
)
def test_a_declared_language_is_checked_against_the_text(text, declared, lang):
    assert language(text, declared) == lang


@pytest.mark.parametrize("declared", [None, "en"])
def test_a_text_in_no_language_is_told_as_unknown_or_as_its_page_says(declared):
    assert language("a3f9 07bc 55de 1f0a " * 20, declared) == declared


def test_a_language_said_outside_is_believed():
    assert language(ENGLISH, "en", given=(Given("row", lang="fr"),)) == "fr"


def test_an_article_has_all_that_is_known_of_its_page():
    found = describe(
        raw("", name="a.html", url="https://harbourpost.example/2021/03/05/quay"),
        page("GDANSK (Reuters) - The port reopened.", ENGLISH, removed=("Menu",)),
    )
    assert found.url == "https://harbourpost.example/2021/03/05/quay"
    assert (found.path, found.lang, len(found.removed)) == ("a.html", "en", 1)
    assert found.source is not None
    assert found.published is not None
    assert (found.source.method, found.published.method) == ("url-host", "url")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Harbour Post/a.html"},
        {
            "url": "https://harbourpost.example/a",
            "given": (Given("row", source="Harbour Post"),),
        },
    ],
)
def test_the_outlet_s_name_is_no_title(changes):
    named = replace(page(ENGLISH), title="Harbour Post")
    assert describe(raw("", **changes), named).title is None


def test_what_is_unknown_stays_unknown():
    found = describe(raw("", name="a.txt"), page(ENGLISH))
    known = (found.title, found.url, found.source, found.agency, found.published)
    assert known == (None, None, None, None, None)


@given(
    st.lists(st.text(max_size=80), max_size=6),
    st.dictionaries(
        st.sampled_from(["author", "date", "og:url", "og:site_name"]), st.text()
    ),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["name", "@id", "url"]), inner)
        ),
        max_leaves=6,
    ),
)
def test_any_page_is_described(lines, meta, thing):
    keys = ("@type", "author", "publisher", "datePublished", "mainEntityOfPage", "url")
    head = Head(meta=meta, jsonld=(dict.fromkeys(keys, thing), {"@type": "Article"}))
    found = describe(raw(""), page(*lines, removed=tuple(lines), head=head))
    assert len(found.id) == 16
