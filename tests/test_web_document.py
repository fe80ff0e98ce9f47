"""The page of one article as a reader sees it, and what hangs on it."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.cleaner import marks, vocabulary
from search.engines import open_searcher
from search.errors import NoOriginal
from search.model import Article, Kind, Marks, Published, Query, Removed, Source
from search.settings import Settings
from tests.commanding import Terminal
from tests.commanding import page as save
from tests.factories import article, place
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARABIC, NASTY, STRIKE, UNTITLED, WALL, visitor
from web import rules
from web.app import create_app
from web.document import _LACKS
from web.permalinks import live
from web.reading import reading

CLIENT = visitor()
HERE = f"/doc/{STRIKE.id}"
ODD = ("a b", "a+b", "a?b", "a#b", " lead", "%00", "a&amp;b")


def page(path: str, client: FlaskClient = CLIENT, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    return html.unescape(answer.text)


def words(markup: str) -> str:
    apart = re.sub(r"</?bdi[^>]*>", "", markup)
    return " ".join(re.sub(r"<[^>]+>", " ", apart).split())


def of(*articles: Article) -> FlaskClient:
    return visitor(MemorySearcher(articles))


# Reading


def test_paragraphs_are_numbered() -> None:
    assert re.findall(r'id="p(\d+)"', page(HERE)) == ["1", "2", "3", "4"]


def test_matches_are_numbered_through_the_text() -> None:
    found = page(f"{HERE}?q=strike")
    assert re.findall(r'<mark id="(m\d)">', found) == ["m1", "m2", "m3"]


def test_a_paragraph_leads_to_the_matches_around_it() -> None:
    found = page(f"{HERE}?q=strike")
    assert '<a href="#m1"' not in found[found.index('id="p1"') : found.index('id="p2"')]
    last = found[found.index('id="p4"') :]
    assert 'href="#m2" aria-label="Previous match, 2 of 3"' in last


def test_the_matches_are_counted_and_found_by_their_paragraphs() -> None:
    text = words(page(f"{HERE}?q=strike"))
    assert "3 matches for “strike” in paragraphs 2 4" in text


def test_a_match_in_the_headline_only_says_so() -> None:
    assert "in the headline only" in words(page(f"{HERE}?q=begin"))


def test_it_has_as_many_matches_as_the_hit_that_leads_to_it() -> None:
    told = article(id="a", title="Storm over bay", text="A storm.\n\nThe storm.")
    client = of(told)
    assert "3 matches" in words(page("/search?q=storm", client))
    text = words(page("/doc/a?q=storm", client))
    assert "2 matches for “storm” in paragraphs 1 2 , and 1 in the headline" in text


def test_the_first_sentence_stands_in_for_a_headline() -> None:
    text = words(page(f"/doc/{UNTITLED.id}"))
    assert "its first sentence stands in" in text
    assert re.search(r"<h1[^>]*>The strike reached", page(f"/doc/{UNTITLED.id}"))


def test_an_article_without_text_says_so() -> None:
    client = of(article(id="a", text="", removed=(Removed("Home", "link-list"),)))
    assert "Nothing readable is left of this page" in words(page("/doc/a", client))


def test_a_page_of_another_kind_says_what_it_is() -> None:
    assert "This is a wall" in words(page(f"/doc/{WALL.id}"))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.ARTICLE])
def test_every_other_kind_has_its_words(kind: Kind) -> None:
    assert "not an article." in words(page("/doc/a", of(article(id="a", kind=kind))))


def test_a_right_to_left_text_says_so() -> None:
    found = page(f"/doc/{ARABIC.id}")
    assert '<div class="text" lang="ar" dir="rtl">' in found


def test_a_text_without_a_language_finds_its_own_direction() -> None:
    found = page("/doc/a", of(article(id="a", lang=None)))
    assert '<div class="text" lang="" dir="auto">' in found


def test_no_article_is_a_page_with_the_search_box() -> None:
    assert 'name="q"' in page("/doc/0123456789abcdef", status=404)


def test_an_unchanged_page_is_not_sent_again() -> None:
    etag = CLIENT.get(HERE).headers["ETag"]
    again = CLIENT.get(HERE, headers={"If-None-Match": etag})
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/doc/zz", "/api/doc/zz", "/api/doc/zz/removed"])
def test_what_is_not_there_is_missing_whatever_a_client_has(address: str) -> None:
    assert CLIENT.get(address, headers={"If-None-Match": "*"}).status_code == 404


def test_another_address_has_another_etag() -> None:
    etag = CLIENT.get(HERE).headers["ETag"]
    other = CLIENT.get(f"{HERE}?quote=1", headers={"If-None-Match": etag})
    assert other.status_code == 200


# What was removed


def test_removed_blocks_stand_where_they_were_with_their_rule() -> None:
    text = words(page(f"{HERE}?removed=show"))
    link, first = text.index("Home News Sport"), text.index("Dock workers walked out")
    third, appeal = text.index("Ships bound"), text.index("Subscribe now")
    assert link < first < appeal < third
    assert "Appeal to the reader rule appeal Subscribe now" in text


def test_what_was_found_in_a_removed_block_is_marked_there() -> None:
    found = page(f"{HERE}?q=zeppelin&in=chrome")
    assert "section: <mark>zeppelin</mark>" in found


def test_removed_blocks_are_folded_until_asked_for() -> None:
    assert re.findall(r'<details class="cut"[^>]*dir="ltr">', page(HERE))
    shown = page(f"{HERE}?removed=show")
    assert not re.findall(r'<details class="cut"[^>]*dir="ltr">', shown)


def test_removed_blocks_are_open_where_the_text_has_no_match() -> None:
    found = page(f"{HERE}?q=zeppelin")
    assert re.search(r'<details class="cut"[^>]* open>', found)
    assert "No match for “zeppelin” in the text; what was removed is shown" in words(
        found
    )


def test_a_folded_cut_says_what_it_holds() -> None:
    assert "1 block removed here : List of links" in words(page(HERE))


def test_every_mark_of_the_cleaner_has_its_words() -> None:
    known = {*vocabulary.marks().values()}
    names = (
        {name for _, name in known} if isinstance(next(iter(known)), tuple) else known
    )
    by_name = {*marks._BY_NAME.values(), *marks._BY_ROLE.values()}
    assert {*map(str, names), *by_name} <= {*rules.RULES}


def test_every_rule_met_in_the_sample_has_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = Path(__file__).parents[1] / "sample" / "pages"
    ran = Terminal(monkeypatch, capsys)("clean", sample, "--json")
    met = {block["rule"] for line in ran.lines for block in line["removed"]}
    assert len(met) > 20
    assert met <= {*rules.RULES}


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abc")), max_size=12))
def test_every_removed_block_is_shown_once(found: list[tuple[int, str]]) -> None:
    removed = tuple(
        Removed(f"block {nth}", rule, after) for nth, (after, rule) in enumerate(found)
    )
    read = reading(article(removed=removed), "A", Marks())
    cuts = [
        *(p.cut for p in read.paragraphs if p.cut),
        *([read.tail] if read.tail else []),
    ]
    shown = [str(b) for cut in cuts for group in cut.groups for b in group.blocks]
    assert sorted(shown) == sorted(block.text for block in removed)


# How it is known


def test_each_value_says_how_it_is_known() -> None:
    text = words(page(HERE))
    assert "Source Harbour Gazette from the folder name" in text
    assert "Agency AP from the dateline" in text
    assert "Published 4 March 2024 to the day, from the page metadata" in text
    assert "Beirut written “Beirut”, “Beyrouth”" in text


def test_a_value_set_by_hand_says_so() -> None:
    source = Source("quay", "Quay", "manual")
    published = Published("2024", "manual")
    made = replace(STRIKE, source=source, published=published)
    text = words(page(HERE, visitor(MemorySearcher((made,)))))
    assert "Source Quay set by hand in corrections.csv" in text
    assert "Published 2024 to the year, set by hand in corrections.csv" in text


def test_a_place_that_its_outlet_decided_says_so() -> None:
    harbour = place("1", "Harbourton", method="outlet")
    made = replace(STRIKE, places=(harbour,))
    text = words(page(HERE, visitor(MemorySearcher((made,)))))
    assert "Harbourton of its namesakes, the one where its outlet’s other" in text


def test_what_is_not_known_says_so() -> None:
    text = words(page(f"/doc/{UNTITLED.id}"))
    assert "Source unknown" in text
    assert "Published undated" in text


def test_an_article_names_its_file_and_its_digest() -> None:
    text = words(page(HERE))
    assert "harbour-gazette/2024/strike.html" in text
    assert "9f" * 32 in text


def test_a_page_without_a_digest_offers_no_original() -> None:
    assert "/original" not in page(f"/doc/{UNTITLED.id}")


# The search it was found by


def test_an_article_leads_back_to_the_results_it_was_found_in() -> None:
    found = page(f"{HERE}?q=strike&agency=AP")
    assert 'href="/search?q=strike&agency=AP"' in found


@pytest.fixture(scope="module")
def odd() -> FlaskClient:
    """A site of articles whose ids mean something else in an address."""
    return of(*(article(id=one, title=f"Tram {one}") for one in ODD))


@pytest.mark.parametrize("id", ODD)
def test_the_links_of_a_hit_open_its_article(odd: FlaskClient, id: str) -> None:
    found = odd.get("/api/search?q=tram&per_page=100").get_json()["hits"]
    named = next(hit["url"] for hit in found if hit["id"] == id)
    listed = re.findall(r'href="(/doc/[^"]+)"', page("/search?q=tram", odd))
    linked = {link for link in listed if urlsplit(link).path == named}
    assert linked
    for link in (named, *linked):
        shown = page(link, odd)
        assert f'data-id="{id}"' in shown
        assert f'href="/api{named}"' in shown
    assert odd.get(f"/api{named}").get_json()["id"] == id


def ways(path: str, client: FlaskClient = CLIENT) -> dict[str, str]:
    found = page(path, client)
    return dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', found))


@pytest.fixture(scope="module")
def seven() -> FlaskClient:
    """Seven articles, found in the order of their ids."""
    days = (article(id=f"a{n}", published=f"2016-01-{28 - n}") for n in range(1, 8))
    return of(*days)


def test_the_hits_beside_it_are_one_step_away(seven: FlaskClient) -> None:
    path = "/doc/a2?sort=newest&per_page=3"
    assert ways(path, seven) == {
        "prev": "/doc/a1?sort=newest&per_page=3",
        "next": "/doc/a3?sort=newest&per_page=3",
    }


def test_the_steps_go_on_over_the_edge_of_a_page(seven: FlaskClient) -> None:
    assert ways("/doc/a4?sort=newest&per_page=3&page=2", seven) == {
        "prev": "/doc/a3?sort=newest&per_page=3",
        "next": "/doc/a5?sort=newest&per_page=3&page=2",
    }
    assert ways("/doc/a3?sort=newest&per_page=3", seven) == {
        "prev": "/doc/a2?sort=newest&per_page=3",
        "next": "/doc/a4?sort=newest&per_page=3&page=2",
    }


def test_the_first_and_the_last_hit_have_one_neighbour(seven: FlaskClient) -> None:
    assert [*ways("/doc/a1?sort=newest&per_page=3", seven)] == ["next"]
    assert [*ways("/doc/a7?sort=newest&per_page=3&page=3", seven)] == ["prev"]


def test_the_steps_count_from_the_first_page(seven: FlaskClient) -> None:
    assert "4 of 7" in words(page("/doc/a4?sort=newest&per_page=3&page=2", seven))


def test_walking_on_meets_every_hit_once(seven: FlaskClient) -> None:
    path, met = "/doc/a1?sort=newest&per_page=2", ["a1"]
    while onwards := ways(path, seven).get("next"):
        path = onwards
        met.append(path[5:7])
    assert met == [f"a{n}" for n in range(1, 8)]


def test_an_article_that_is_none_of_the_hits_has_no_neighbours() -> None:
    found = page(f"/doc/{ARABIC.id}?q=strike")
    assert "Back to the results" in found
    assert ways(f"/doc/{ARABIC.id}?q=strike") == {}


# Citing


def test_a_paragraph_offers_its_address_and_its_citation() -> None:
    found = page(f"{HERE}?q=strike")
    second = found[found.index('id="p2"') : found.index('id="p3"')]
    assert f'href="{HERE}#p2"' in second
    assert f'href="{HERE}?q=strike&quote=2#cite"' in second
    live_page = f"{STRIKE.url}#:~:text=The%20strike%20stopped%20cranes%20at,"
    assert live_page in second


def test_a_paragraph_is_cited_with_its_words() -> None:
    found = page(f"{HERE}?quote=3")
    cited = words(found[found.index('id="cite"') :])
    assert cited.startswith('id="cite" aria-labelledby="cite-head"> Cite paragraph 3')
    assert "Ships bound for Beirut" in cited
    assert "4 March 2024, paragraph 3, https://harbour-gazette.example" in cited


@pytest.mark.parametrize("number", ["0", "5", "-1", "x", "٣", "1e3", "9" * 40])
def test_a_paragraph_that_is_none_is_named(number: str) -> None:
    text = words(page(f"{HERE}?quote={number}", status=400))
    assert "quote must be the number of a paragraph, 1 to 4" in text


def test_citations_are_files_of_their_own() -> None:
    for suffix in ("ris", "bib"):
        answer = CLIENT.get(f"{HERE}.{suffix}")
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="{STRIKE.id}.{suffix}"'
        )
        assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("suffix", [".ris", ".bib", "/original"])
def test_what_hangs_on_no_article_is_not_found(suffix: str) -> None:
    assert CLIENT.get(f"/doc/nothing{suffix}").status_code == 404


def test_an_id_that_names_a_path_names_none_in_a_header() -> None:
    odd = 'a"; b\n../x'
    answer = of(article(id=odd)).get("/doc/a%22;%20b%0A..%2Fx.ris")
    if answer.status_code == 200:
        assert answer.headers["Content-Disposition"].count('"') == 2


def test_a_passage_with_what_tells_its_parts_apart_is_encoded() -> None:
    assert live("https://a.example/b?c=d#e", "a-b, c & d") == (
        "https://a.example/b?c=d#e:~:text=a%2Db%2C%20c%20%26%20d"
    )


@given(st.text(max_size=400))
def test_a_passage_never_leaves_its_address(passage: str) -> None:
    found = live("https://a.example/b", passage)
    assert found is not None
    assert re.fullmatch(r"https://a\.example/b(#:~:text=[\w.~%]+(,[\w.~%]+)?)?", found)


def test_an_address_that_is_a_script_has_no_live_page() -> None:
    assert live("javascript:alert(1)", "a") is None
    assert "Find it on the live page" not in page(f"/doc/{NASTY.id}")


# The original


@pytest.fixture
def saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[Path, str, FlaskClient]:
    """A saved page, its article's id, and a visitor of a site over it."""
    root = tmp_path.resolve()
    path = save(
        root / "pages" / "storm.html", "Storm", "<script>alert(1)</script> It blew."
    )
    index = str(root / "index")
    ran = Terminal(monkeypatch, capsys)("reindex", root / "pages", "--index", index)
    assert ran.code == 0
    searcher = open_searcher(index)
    (hit,) = searcher.search(Query()).hits
    searcher.close()
    return path, hit.id, create_app(Settings(index=index)).test_client()


def test_the_original_is_text_and_nothing_else(saved: Any) -> None:
    path, id_, client = saved
    answer = client.get(f"/doc/{id_}/original", buffered=True)
    assert answer.data == path.read_bytes()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{id_}.txt"'
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_the_original_is_sent_with_its_length_and_its_digest(saved: Any) -> None:
    path, id_, client = saved
    answer = client.get(f"/doc/{id_}/original", buffered=True)
    assert answer.content_length == path.stat().st_size
    sent = answer.headers["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":")
    assert base64.b64decode(sent) == hashlib.sha256(answer.data).digest()


def test_an_original_that_changed_is_not_shown_and_says_so(saved: Any) -> None:
    path, id_, client = saved
    path.write_text("Something else, and secret.")
    text = words(page(f"/doc/{id_}/original", client, 409))
    assert "The saved page has changed" in text
    assert "secret" not in text


def test_an_original_that_is_gone_says_so(saved: Any) -> None:
    path, id_, client = saved
    path.unlink()
    assert "The saved page is gone" in page(f"/doc/{id_}/original", client, 410)


def test_where_an_original_cannot_be_shown_no_path_of_the_machine_is_named(
    saved: Any,
) -> None:
    path, id_, client = saved
    path.unlink()
    assert str(path.parent) not in client.get(f"/doc/{id_}/original").text


def test_a_cursor_that_cannot_be_hides_no_article(saved: Any) -> None:
    _, id_, client = saved
    assert "Storm" in page(f"/doc/{id_}?q=storm&cursor=nonsense", client)


def test_no_part_of_a_path_is_taken_from_an_address(saved: Any) -> None:
    _, id_, client = saved
    for way in (
        "/../../index/current",
        "/%2e%2e/index",
        "/original/../x",
        "/original/x",
    ):
        assert client.get(f"/doc/{id_}{way}").status_code == 404


def test_every_lack_has_its_words() -> None:
    said = re.findall(r"``([a-z-]+)``", NoOriginal.__doc__ or "")
    assert {*said} - {"why"} == {*_LACKS}


@pytest.mark.parametrize("why", _LACKS)
def test_every_lack_is_a_page(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def lack(*_: object) -> None:
        raise NoOriginal(why)

    monkeypatch.setattr("search.originals.Originals.open", lack)
    text = words(page(f"{HERE}/original", status=_LACKS[why].status))
    assert _LACKS[why].title in text
    assert "Back to the article" in text


# Weight


def test_style_and_script_of_the_page_are_small() -> None:
    static = Path(__file__).parents[1] / "web" / "static"
    assert (static / "dateline.js").stat().st_size <= 15_000
    assert (static / "doc.css").stat().st_size <= 15_000


def test_the_script_keeps_to_its_own_site() -> None:
    script = (Path(__file__).parents[1] / "web/static/dateline.js").read_text("utf-8")
    assert not re.search(
        r"https?://|innerHTML|eval|fetch\(|XMLHttp|document\.write", script
    )
