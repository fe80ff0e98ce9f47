"""The headline of a text dump, with a page around it or none."""

from __future__ import annotations

import pytest

from index.cleaner import dump_headline
from index.cleaner.clean import clean
from index.page import Form
from tests.factories import raw

STORIES = {
    "en": (
        ("Skerry Herald", "Islands", "Weather and tides", "Ferries and harbours"),
        "Ferry runs aground off Skerry",
        "By Ida Holm",
        (
            "The ferry to Skerry ran aground on Monday night.",
            "Nobody was hurt, and all of the passengers came ashore.",
            "It will be weeks before the ferry can sail again.",
        ),
    ),
    "de": (
        ("Küstenzeitung", "Inseln", "Wetter und Gezeiten", "Häfen und Fähren"),
        "Fähre läuft vor Amrum auf Grund",
        "Von Karin Molle",
        (
            "Die Fähre nach Amrum ist am Montag auf Grund gelaufen.",
            "Verletzt wurde niemand, alle Reisenden kamen an Land.",
            "Wann die Fähre wieder fahren kann, weiß niemand.",
        ),
    ),
    "ru": (
        ("Северный маяк", "Острова", "Погода и приливы", "Порты и паромы"),
        "Паром сел на мель у острова",
        "Автор: Клара Мостова",
        (
            "Паром, шедший к острову, сел на мель в понедельник ночью.",
            "Никто не пострадал, все пассажиры добрались до берега.",
            "Когда паром снова выйдет в море, пока никто не знает.",
        ),
    ),
    "ar": (
        ("منارة الشمال", "الجزر", "الطقس والمد", "الموانئ والعبارات"),
        "جنوح عبارة قرب الجزيرة الشمالية",
        "بقلم: كلارا منصور",
        (
            "جنحت العبارة المتجهة إلى الجزيرة ليلة الاثنين قرب الميناء القديم.",
            "لم يصب أحد بأذى ووصل جميع ركاب العبارة إلى الشاطئ.",
            "ولا يعرف أحد متى تبحر العبارة إلى الجزيرة مرة أخرى.",
        ),
    ),
}


def titled(*lines: str) -> str | None:
    return clean(raw("\n".join(lines), Form.TEXT)).title


@pytest.mark.parametrize("language", STORIES)
def test_a_headline_below_a_menu_is_found(language: str) -> None:
    menu, headline, byline, story = STORIES[language]
    assert titled(*menu, headline, byline, *story) == headline


@pytest.mark.parametrize("language", STORIES)
def test_a_headline_that_comes_first_is_found(language: str) -> None:
    _, headline, _, story = STORIES[language]
    assert titled(headline, *story) == headline


@pytest.mark.parametrize("language", STORIES)
def test_a_dump_that_begins_with_its_story_has_none(language: str) -> None:
    *_, story = STORIES[language]
    assert titled(*story) is None


def test_a_menu_is_no_headline() -> None:
    menu, *_, story = STORIES["en"]
    assert titled(*menu, "About our paper", "Who we all are", *story) is None


def test_a_headline_may_ask() -> None:
    *_, story = STORIES["en"]
    asked = "Will the ferry to Skerry ever sail again?"
    assert titled(asked, *story) == asked


def test_a_subheading_in_the_story_is_no_headline() -> None:
    *_, story = STORIES["en"]
    assert titled(story[0], story[1], "What happens to the ferry", story[2]) is None


def test_no_lines_have_no_headline() -> None:
    assert dump_headline.find([], []) is None
