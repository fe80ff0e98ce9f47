"""When a page was published, and when nothing says so."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metadata.dates import published
from index.metadata.written_dates import Order, dates_in, exact
from index.page import Block, CleanPage, Form, Given, Head
from search.model import Kind, Published
from search.periods import period
from tests.factories import raw

TODAY = date(2022, 6, 1)
LEAD = "The quay reopened after the storm of 3 March 2021. " * 6


def page(
    *lines: str, head: Head | None = None, title: str = "Quay reopens"
) -> CleanPage:
    furniture = tuple(Block(line, kept=False, rule="line") for line in lines)
    text = (
        Block(title, kept=False, rule="title"),
        *furniture,
        Block(LEAD, True, "text"),
    )
    return CleanPage(Kind.ARTICLE, title, text, head or Head())


def when(
    cleaned: CleanPage, url: str | None = None, **changes: Any
) -> Published | None:
    return published(raw("", **changes), cleaned, url, TODAY)


def value(cleaned: CleanPage, url: str | None = None, **changes: Any) -> str | None:
    found = when(cleaned, url, **changes)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-03-05", "2021-03-05"),
        ("2021-03-05T23:30:00-05:00", "2021-03-05"),
        ("20210305", "2021-03-05"),
        ("20210305T060708Z", "2021-03-05"),
        ("2021-03", "2021-03"),
        ("1614924428", "2021-03-05"),
        ("1614924428000", "2021-03-05"),
        ("Fri, 05 Mar 2021 06:07:08 GMT", "2021-03-05"),
        ("March 5, 2021", "2021-03-05"),
    ],
)
def test_a_machines_date_is_read(text, day):
    assert exact(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *("9999-99-99", "0000-00-00", "-1", "1e309", "31/02/2020", "2020-13-45"),
        *("Thu, 32 Foo 2020 25:61:61 +9999", "٢٠٢٠-٠١-٠١", "1970-01-01", "", "today"),
    ],
)
def test_what_names_no_day_is_no_date(text):
    assert exact(text) is None


@given(st.text())
def test_any_text_is_read_as_a_date_or_none(text):
    found = exact(text)
    assert found is None or period(found)


@given(st.text())
def test_dates_found_in_any_text_exist(text):
    assert all(period(found.value) for found in dates_in(text))


@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_survives_being_written_in_words(day):
    written = f"{day.day} {day:%B} {day.year:04}"
    assert next(dates_in(written)).value == day.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "5. März 2021",
        "5 de marzo de 2021",
        "le 5 mars 2021",
        "2021年3月5日",
        "5 марта 2021, 14:05",
        "5 مارس 2021 - 14:05",
        "5.3.2021",
    ],
)
def test_other_languages_days_are_read(text):
    assert next(dates_in(text)).value == "2021-03-05"


def test_numbers_that_may_be_either_give_the_year_only():
    assert next(dates_in("3/4/2021")).value == "2021"


def test_a_known_order_decides_them():
    assert next(dates_in("3/4/2021", Order.DAY_FIRST)).value == "2021-04-03"


def test_json_ld_comes_first():
    head = Head(
        jsonld=({"@type": "NewsArticle", "datePublished": "2021-03-05"},),
        meta={"article:published_time": "2021-03-06"},
    )
    assert when(page(head=head)) == Published("2021-03-05", "jsonld")


def test_an_article_goes_before_what_it_is_part_of():
    head = Head(
        jsonld=(
            {"@type": "WebPage", "datePublished": "2020-01-01"},
            {"@type": ["NewsArticle"], "datePublished": "2021-03-05"},
        )
    )
    assert value(page(head=head)) == "2021-03-05"


def test_meta_elements_come_next():
    head = Head(meta={"pubdate": "2021-03-05"}, times=("2021-03-07",))
    assert when(page(head=head)) == Published("2021-03-05", "meta")


def test_time_elements_come_next():
    found = when(
        page(head=Head(times=("2021-03-05",))), "https://a.example/2020/01/02/b"
    )
    assert found == Published("2021-03-05", "time")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2021/03/05/quay", "2021-03-05"),
        ("news/2021-03-05-quay", "2021-03-05"),
        ("20210305/quay", "2021-03-05"),
        ("2021/mar/05/quay", "2021-03-05"),
        ("2021/03/quay", "2021-03"),
        ("2021/03/210305123456.htm", "2021-03"),
    ],
)
def test_an_address_may_hold_the_day(path, day):
    assert when(page(), f"https://a.example/{path}") == Published(day, "url")


def test_an_address_with_other_numbers_holds_no_day():
    assert when(page(), "https://a.example/story-20215599/2021") is None


@pytest.mark.parametrize(
    ("line", "method"),
    [
        ("Published 5 March 2021", "text-stamp"),
        ("Published 8:00 PM EST, Fri March 5, 2021", "text-stamp"),
        ("Posted on March 5th, 2021 by Ada Roe", "text-stamp"),
        ("March 5, 2021 • 4 min read", "text-stamp"),
        ("By Ada Roe on March 5, 2021", "text-stamp"),
        ("Ada Roe | 5 March 2021 10:00 GMT", "text-stamp"),
        ("Print edition of 5 March 2021", "section-stamp"),
        ("B Section on 03/05/2021, 03/25/2021", "section-stamp"),
    ],
)
def test_a_stamp_in_the_text_is_a_date(line, method):
    assert when(page(line)) == Published("2021-03-05", method)


@pytest.mark.parametrize(
    "line",
    [
        "The vote is due on 5 March 2021",
        "3 hours ago",
        "© 2021 The Harbour Post",
        "Yesterday",
    ],
)
def test_what_only_mentions_a_day_is_no_stamp(line):
    assert when(page(line)) is None


@pytest.mark.parametrize(
    "line", ["Updated March 5, 2021", "Last modified: 5 March 2021"]
)
def test_the_day_of_a_change_is_taken_where_no_other_is_known(line):
    assert when(page(line)) == Published("2021-03-05", "modified")


def test_a_change_does_not_replace_the_day_of_publication():
    head = Head(jsonld=({"@type": "Article", "datePublished": "2021-03-01"},))
    assert value(page("Updated March 5, 2021", head=head)) == "2021-03-01"


def test_each_date_of_a_line_is_what_the_word_before_it_says():
    line = "Published March 1, 2021 Updated March 5, 2021"
    assert when(page(line)) == Published("2021-03-01", "text-stamp")


def test_the_line_above_may_say_what_a_date_is():
    assert value(page("Updated", "March 5, 2021", "Published", "May 1, 2020")) == (
        "2020-05-01"
    )


@pytest.mark.parametrize(
    "line", ["Ada Roe 5 March 2021", "March 5, 2021 Ada Roe", "Harbour MARCH 5, 2021"]
)
def test_a_name_may_stand_beside_the_date_of_a_stamp(line):
    assert when(page(line)) == Published("2021-03-05", "text-stamp")


def test_an_earlier_day_shown_goes_before_the_one_a_system_noted():
    head = Head(jsonld=({"@type": "Article", "datePublished": "2021-06-09"},))
    assert value(page("March 5, 2021", head=head)) == "2021-03-05"


def test_a_later_day_shown_does_not_replace_one_that_meta_elements_bear_out():
    head = Head(
        jsonld=({"@type": "Article", "datePublished": "2021-01-09"},),
        meta={"article:published_time": "2021-01-09"},
    )
    assert value(page("March 5, 2021", head=head)) == "2021-01-09"


def test_a_later_day_shown_replaces_one_that_jsonld_alone_has():
    head = Head(jsonld=({"@type": "Article", "datePublished": "2021-01-09"},))
    assert when(page("March 5, 2021", head=head)) == Published(
        "2021-03-05", "text-stamp"
    )


def test_a_page_written_anew_is_of_the_day_it_shows():
    head = Head(jsonld=({"@type": "Article", "datePublished": "2018-01-09"},))
    assert when(page("Updated March 5, 2021", head=head)) == Published(
        "2021-03-05", "modified"
    )


def test_the_day_of_the_printed_page_replaces_none():
    head = Head(jsonld=({"@type": "Article", "datePublished": "2021-03-01"},))
    line = "Appeared in print on March 5, 2021, Section A"
    assert value(page(line, head=head)) == "2021-03-01"


def test_a_day_the_page_shows_as_well_stays():
    head = Head(jsonld=({"@type": "Article", "datePublished": "2018-01-09"},))
    line = "Updated March 5, 2021 | Published January 9, 2018"
    assert value(page(line, head=head)) == "2018-01-09"


def test_meta_elements_are_believed_against_jsonld():
    head = Head(
        jsonld=({"@type": "Article", "datePublished": "2018-01-09"},),
        meta={"article:published_time": "2021-03-05"},
    )
    assert when(page(head=head)) == Published("2021-03-05", "meta")


def test_a_date_may_stand_below_the_deck():
    deck = Block("The quay that the storm took is open to ships again. " * 5, True, "")
    title = Block("Quay reopens", kept=False, rule="title")
    stamp = Block("5 March 2021", kept=False, rule="timestamp")
    cleaned = CleanPage(
        Kind.ARTICLE, "Quay reopens", (title, deck, stamp, Block(LEAD, True, "text"))
    )
    assert value(cleaned) == "2021-03-05"


def test_a_time_element_gives_away_the_order_of_numbers():
    head = Head(times=("02-03-2021", "2021-03-02"))
    assert value(page("02-03-2021", head=head)) == "2021-03-02"


def test_a_date_far_below_the_headline_is_another_s():
    head = Head(jsonld=({"@type": "Article", "datePublished": "2021-06-09"},))
    menu = [f"Ferry {number}" for number in "abcdefghijklmn"]
    assert value(page(*menu, "March 5, 2021", head=head)) == "2021-06-09"


def test_of_several_articles_the_page_s_own_is_asked():
    head = Head(
        jsonld=(
            {
                "@type": "Article",
                "headline": "Tide tables",
                "datePublished": "2020-01-02",
            },
            {
                "@type": "Article",
                "headline": "Quay reopens",
                "datePublished": "2021-03-05",
            },
        )
    )
    assert value(page(head=head)) == "2021-03-05"


def test_midnight_in_utc_is_a_day_and_no_clock():
    head = Head(meta={"date": "2021-03-05T00:00:00Z"}, times=("2021-03-04",))
    assert value(page(head=head)) == "2021-03-05"


def test_the_same_clock_without_its_zone_is_no_outlet_s_own():
    head = Head(
        jsonld=({"@type": "Article", "datePublished": "2021-03-06T01:30:46Z"},),
        meta={"article:published_time": "2021-03-06T01:30:46"},
    )
    assert value(page("March 5, 2021 8:30 PM", head=head)) == "2021-03-05"


@pytest.mark.parametrize("key", ["published", "w-published-date", "publish-time"])
def test_a_key_that_says_published_holds_the_day(key):
    assert value(page(head=Head(meta={key: "2021-03-05"}))) == "2021-03-05"


def test_a_day_in_the_prose_is_never_the_day_of_publication():
    assert when(page()) is None


def test_a_stamp_below_the_text_counts():
    text = page().blocks
    stamp = Block("A Section on 11/20/2021", kept=False, rule="stamp")
    cleaned = CleanPage(Kind.ARTICLE, None, (*text, stamp))
    assert when(cleaned) == Published("2021-11-20", "section-stamp")


def test_a_row_says_its_date():
    said = (Given("row", date="1987-10-19"),)
    assert when(page(), form=Form.CLEAN, given=said) == Published("1987-10-19", "row")


@pytest.mark.parametrize("given_", ["2021", "2021-03"])
def test_a_date_may_be_less_than_a_day(given_):
    assert value(page(), given=(Given("manifest", date=given_),)) == given_


def test_a_date_in_the_future_is_none():
    head = Head(meta={"date": "2999-01-01"})
    assert when(page(head=head)) is None


def test_a_page_is_not_published_after_it_was_saved():
    head = Head(meta={"date": "2021-03-05"})
    assert when(page(head=head), saved=datetime(2020, 1, 1, tzinfo=UTC)) is None


def test_the_outlets_own_clock_goes_before_utc():
    head = Head(meta={"article:published_time": "2021-03-06T01:30:00Z"})
    assert value(page("Published March 5, 2021", head=head)) == "2021-03-05"


def test_a_clock_cannot_be_ahead_of_utc_in_the_early_hours():
    head = Head(meta={"article:published_time": "2021-03-06T01:30:00Z"})
    assert value(page("Published March 7, 2021", head=head)) == "2021-03-06"


def test_a_finer_date_of_the_same_month_is_taken():
    assert (
        value(page("March 5, 2021"), "https://a.example/2021/03/quay") == "2021-03-05"
    )


def test_another_date_on_the_page_tells_the_order():
    assert value(page("Published 3/5/2021", "Printed 03/25/2021")) == "2021-03-05"


def test_a_country_tells_the_order():
    found = value(page("Published 5/3/2021"), "https://post.example.co.uk/quay")
    assert found == "2021-03-05"
