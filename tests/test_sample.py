"""The bundled sample: what is in it, and that the way in reads it as it was written."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import sample
from index.cleaner.clean import clean
from index.metadata.agency import value_of
from index.metadata.describe import describe
from index.page import CleanPage, RawPage
from index.readers.files import read
from index.walk import Found, walk
from search.gazetteer import gazetteer
from search.model import Article, Kind
from tools.make_sample import files
from tools.sample.pages import Page, pages, where

PAGES = Path(sample.__file__).parent / "pages"
STORIES = {page.story.id: page for page in pages()}
COMMITTED = {
    path.relative_to(PAGES).as_posix(): path
    for path in PAGES.rglob("*")
    if path.is_file()
}
# Hosts that stand in a saved page beside the outlets' own: vocabularies and an archive.
STANDARDS = {"schema.org", "www.w3.org", "ogp.me", "web.archive.org"}
VARIANTS = [
    ("Odesa", "Odessa"),
    ("Odessa", "Одеса"),
    ("Kyiv", "Kiev"),
    ("Kharkiv", "Kharkov"),
    ("Gdańsk", "Danzig"),
    ("İzmir", "Izmir"),
    ("Constanța", "Constanta"),
    ("Marrakesh", "Marrakech"),
    ("Ghadames", "Ghadamis"),
    ("Ghadamès", "غدامس"),
    ("Taiz", "Ta'izz"),
    ("Görlitz", "Goerlitz"),
]
WIRES = ["fire-ap", "storm-reuters", "flood-afp"]
# Places that only headlines beside the articles name.
ELSEWHERE = ["Osaka", "Hobart", "Nairobi", "Windhoek", "Tulsa", "Quito", "Lusaka"]
REAL_OUTLETS = ["BBC", "CNN", "Guardian", "New York Times", "Le Monde", "Spiegel"]


def plain(text: str) -> str:
    """Return ``text`` composed, its white space single."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def words(page: Page) -> list[str]:
    """Return the words of the story, title included."""
    return re.findall(r"\w+", " ".join((page.story.title, *page.story.content)))


def text_of(page: Page) -> str:
    """Return the story as one string, title included."""
    return "\n".join((page.story.title, *page.story.content))


def shared(page: Page, original: Page) -> float:
    """Return the share of the page's five-word runs that are in the original."""
    ours, theirs = (
        {tuple(said[i : i + 5]) for i in range(len(said) - 4)}
        for said in (words(page), words(original))
    )
    return len(ours & theirs) / len(ours)


def copies(wire: str) -> list[Page]:
    """Return the stories that print the agency text ``wire``, itself included."""
    return [page for page in STORIES.values() if shared(page, STORIES[wire]) > 0.3]


@cache
def cleaned() -> dict[str, tuple[CleanPage, Article]]:
    """Return every page of the sample, cleaned and described, by its name."""
    found = [item for item in walk(PAGES) if isinstance(item, Found)]
    raws = [raw for item in found for raw in read(item, "pages")]
    read_pages = [raw for raw in raws if isinstance(raw, RawPage)]
    assert len(read_pages) == len(raws)
    both = ((raw, clean(raw)) for raw in read_pages)
    return {raw.name: (page, describe(raw, page)) for raw, page in both}


def read_as(page: Page) -> tuple[CleanPage, Article]:
    """Return what became of the story's page on the way in."""
    name = where(page)
    if page.story.save == "row":
        rows = [p.story.id for p in pages() if p.story.save == "row"]
        name += f"#{rows.index(page.story.id) + 1}"
    return cleaned()[name]


def test_the_pages_are_those_their_sources_make() -> None:
    made = files()
    assert set(COMMITTED) == set(made)
    for name, content in made.items():
        # Two zlibs may pack one text differently.
        unpacked = gzip.decompress if name.endswith(".gz") else bytes
        assert unpacked(COMMITTED[name].read_bytes()) == unpacked(content), name


def test_there_are_60_to_80_articles_from_8_outlets() -> None:
    assert 60 <= len(STORIES) <= 80
    assert len({page.story.outlet.domain for page in STORIES.values()}) == 8


def test_every_month_of_18_has_an_article() -> None:
    months = {page.story.date[:7] for page in STORIES.values() if page.story.date}
    assert len(months) == 18
    assert (min(months), max(months)) == ("2018-03", "2019-08")


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_an_article_has_the_length_of_a_news_story(page: Page) -> None:
    shortest = 130 if page.story.lang not in ("en", "fr", "de", "es") else 150
    assert shortest <= len(words(page)) <= 450


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_an_article_names_the_places_its_source_lists(page: Page) -> None:
    assert page.story.places
    told = text_of(page)  # a dateline is in capitals
    missing = [p for p in page.story.places if p not in told and p.upper() not in told]
    assert missing == []


@pytest.mark.parametrize(("one", "other"), VARIANTS)
def test_a_town_is_spelt_in_two_ways(one: str, other: str) -> None:
    told = [text_of(page) for page in STORIES.values()]
    assert any(one in text for text in told)
    assert any(other in text for text in told)


@pytest.mark.parametrize(("one", "other"), VARIANTS)
def test_both_spellings_of_a_town_are_one_place(one: str, other: str) -> None:
    assert set(gazetteer().named(one)) & set(gazetteer().named(other))


@pytest.mark.parametrize("place", ELSEWHERE)
def test_some_places_are_named_in_furniture_only(place: str) -> None:
    assert not any(place in text_of(page) for page in STORIES.values())
    assert any(place.encode() in content for content in files().values())


@pytest.mark.parametrize("wire", WIRES)
def test_an_agency_text_is_printed_by_at_least_three_outlets(wire: str) -> None:
    printed = copies(wire)
    assert len({page.story.outlet.key for page in printed}) >= 3
    assert len({page.story.content for page in printed}) == len(printed)


def test_stories_that_are_no_copies_share_hardly_a_phrase() -> None:
    printed = [page for wire in WIRES for page in copies(wire)]
    others = [page for page in STORIES.values() if page not in printed]
    runs: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for page in others:
        said = words(page)
        for i in range(len(said) - 7):
            runs[tuple(said[i : i + 8])].add(page.story.id)
    pairs = Counter(frozenset(ids) for ids in runs.values() if len(ids) > 1)
    assert [pair for pair, count in pairs.items() if count > 5] == []


def test_an_event_is_told_by_several_outlets() -> None:
    lines = defaultdict(set)
    for name, page in STORIES.items():
        lines[name.partition("-")[0]].add(page.story.outlet.domain)
    assert len([line for line, outlets in lines.items() if len(outlets) >= 3]) >= 8


def test_right_to_left_and_other_languages_are_there() -> None:
    languages = Counter(page.story.lang for page in STORIES.values())
    assert set(languages) == {"en", "fr", "de", "es", "uk", "ar", "he"}


def test_dates_are_missing_imprecise_and_precise() -> None:
    lengths = Counter(len(page.story.date) for page in STORIES.values())
    assert lengths[0] == 1
    assert lengths[7] == 2


def test_one_article_has_no_headline_and_one_a_very_long_one() -> None:
    assert [name for name, page in STORIES.items() if page.story.headless]
    assert max(len(page.story.title) for page in STORIES.values()) > 250


def test_one_text_has_lost_its_apostrophes() -> None:
    assert "Turkey s" in COMMITTED[where(STORIES["kites-plain"])].read_text("utf-8")


@pytest.mark.parametrize(
    "mark",
    [
        b"<!-- saved from url=(",
        b"Page saved with SingleFile",
        b"BEGIN WAYBACK TOOLBAR INSERT",
        b"Snapshot-Content-Location:",
        b"application/ld+json",
        b"article:published_time",
        b'itemprop="datePublished"',
        b"<TABLE",
        b"---\ntitle:",
    ],
)
def test_a_way_of_saving_or_saying_is_there(mark: bytes) -> None:
    assert any(mark in path.read_bytes() for path in COMMITTED.values())


@pytest.mark.parametrize(
    "pattern",
    [
        "**/*_files/*.html",
        "*.txt",
        "**/*.md",
        "**/*.html.json",
        "**/manifest.csv",
        "**/*.jsonl",
        "**/*.html.gz",
        "**/*.mhtml",
        "mirror/*.example/2018/**/*.html",
    ],
)
def test_a_kind_of_file_is_there(pattern: str) -> None:
    assert list(PAGES.glob(pattern))


def test_every_address_is_invented_or_of_a_standard() -> None:
    texts = [
        (gzip.decompress if name.endswith(".gz") else bytes)(path.read_bytes())
        for name, path in COMMITTED.items()
    ]
    found = {
        urlsplit(url.decode()).hostname or ""
        for text in texts
        for url in re.findall(rb"https?://[^\s\"'<>)*]+", text.replace(b"=\r\n", b""))
    }
    assert {host for host in found if not host.endswith(".example")} <= STANDARDS


@pytest.mark.parametrize("outlet", REAL_OUTLETS)
def test_no_real_outlet_is_named(outlet: str) -> None:
    written = [text_of(page) for page in STORIES.values()]
    assert not any(re.search(rf"\b{outlet}\b", text) for text in written)
    assert outlet not in {page.story.outlet.name for page in STORIES.values()}


def test_nothing_but_what_is_no_page_is_left_unread() -> None:
    assert len(cleaned()) == len(STORIES) + 4


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("just-a-moment (30 May 2019).html", Kind.WALL),
        ("before-you-continue.html", Kind.WALL),
        ("grain-elevator.html", Kind.ERROR),
        ("index.html", Kind.LISTING),
    ],
)
def test_a_page_that_is_no_article_is_known_for_what_it_is(
    file: str, kind: Kind
) -> None:
    (name,) = [name for name in cleaned() if name.rpartition("/")[2] == file]
    assert cleaned()[name][1].kind is kind


def test_every_page_is_a_document_of_its_own() -> None:
    assert len({article.id for _, article in cleaned().values()}) == len(cleaned())


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_cleaning_keeps_every_paragraph_of_a_story(page: Page) -> None:
    kept = plain(read_as(page)[0].text)
    assert [part for part in page.story.content if plain(part) not in kept] == []


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_cleaning_keeps_no_headline_of_another_story(page: Page) -> None:
    blocks = {plain(block.text) for block in read_as(page)[0].blocks if block.kept}
    assert {
        plain(line) for line in page.story.outlet.rail + page.others
    } & blocks == set()


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_cleaning_keeps_nothing_but_the_story(page: Page) -> None:
    story = [plain(part) for part in page.story.content]
    kept = [plain(block.text) for block in read_as(page)[0].blocks if block.kept]
    assert [text for text in kept if not any(text in part for part in story)] == []


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_no_agency_is_an_author_of_a_story(page: Page) -> None:
    article = read_as(page)[1]
    assert [name for name in article.authors if value_of(name)] == []


@pytest.mark.parametrize("wire", WIRES)
def test_an_agency_text_names_its_agency_where_its_dateline_does(wire: str) -> None:
    signed = f"({dict(zip(WIRES, ('AP', 'Reuters', 'AFP'), strict=True))[wire]})"
    printed = [page for page in copies(wire) if signed in text_of(page)]
    found = [read_as(page)[1].agency for page in printed]
    assert {f"({agency and agency.value})" for agency in found} == {signed}


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_a_story_is_an_article(page: Page) -> None:
    assert read_as(page)[1].kind is Kind.ARTICLE


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_the_date_of_a_story_is_found_as_far_as_it_is_told(page: Page) -> None:
    published = read_as(page)[1].published
    assert (published.value if published else "") == page.story.date


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_the_outlet_of_a_story_is_one_value_however_it_was_saved(page: Page) -> None:
    outlet = page.story.outlet
    no_address = outlet.key == "plain"
    source = read_as(page)[1].source
    assert source
    assert source.value == ("the-plain-sheet" if no_address else outlet.domain)


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_the_language_of_a_story_is_told(page: Page) -> None:
    assert read_as(page)[1].lang == page.story.lang


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_the_headline_of_a_story_is_found_or_found_missing(page: Page) -> None:
    title = read_as(page)[1].title
    assert (plain(title) if title else None) == (
        None if page.story.headless else plain(page.story.title)
    )


def test_a_mention_of_an_agency_makes_no_agency_text() -> None:
    own = [STORIES[name] for name in ("taiz-plain", "kites-courier", "chip-german")]
    assert [read_as(page)[1].agency for page in own] == [None, None, None]
