"""The copies of an article: on its own page, in a list of hits and in the API."""

from __future__ import annotations

from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from search.copies.lineage import Reason
from search.histories import Histories
from search.model import Article, Copy, Group
from search.versions import Version, text_digest
from tests.factories import article
from tests.memory_engine import MemorySearcher
from tests.newsroom import site
from web import copies, wording

WIRE = article(id="w", source="Bay Wire", agency="AP", published="2016-03-01")
PRINTS = (
    article(id="x", source="Hill Post", published="2016-03-02"),
    article(id="y", source=None, published="2016-03"),
    article(id="z", source="Hill Post"),
)
OTHER = article(id="o", text="It rained on the quay.")


def answer(path: str, *articles: Article) -> Any:
    found = articles or (WIRE, *PRINTS, OTHER)
    got = site(MemorySearcher(found)).test_client().get(path)
    assert got.status_code == 200
    return got


def shown(path: str, *articles: Article) -> str:
    return " ".join(unescape(answer(path, *articles).get_data(as_text=True)).split())


# How many, in words


@pytest.mark.parametrize(
    ("size", "outlets", "unsourced", "said"),
    [
        (2, 1, 0, "1 more outlet"),
        (31, 30, 0, "30 more outlets"),
        (3, 0, 2, "2 copies of unknown source"),
        (4, 1, 2, "1 more outlet and 2 copies of unknown source"),
        (2, 0, 0, "1 copy of its own outlet"),
        (6, 2, 1, "2 more outlets, 2 more copies and 1 copy of unknown source"),
    ],
)
def test_outlets_are_counted_and_what_is_none_is_counted_beside_them(
    size: int, outlets: int, unsourced: int, said: str
) -> None:
    group = Group("copy", size, (), "a", (), outlets, unsourced, (0.5, 1.0))
    assert wording.copies(group) == f"{said}, 50% to 100% shared"


def test_a_share_that_is_not_known_of_all_is_not_told() -> None:
    assert wording.copies(Group("copy", 3, (), "a", (), 2)) == "2 more outlets"


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ((), ""),
        (("longest",), "none is longer"),
        (("agency", "earliest"), "it names an agency and none with a date is earlier"),
    ],
)
def test_what_speaks_for_an_original_is_one_sentence(
    why: tuple[Reason, ...], said: str
) -> None:
    assert copies.why(why) == said


# On the page of an article


def test_an_article_lists_who_printed_it_too() -> None:
    page = shown("/doc/x")
    assert "Also printed by" in page
    assert "1 more outlet, 1 more copy and 1 copy of unknown source" in page
    assert '<dt>1 March 2016</dt> <dd><a href="/doc/w"><bdi>Bay Wire</bdi></a>' in page


def test_an_article_leads_to_its_comparisons() -> None:
    page = shown("/doc/x")
    assert 'href="/compare?ids=x,w"' in page
    assert 'href="/compare?ids=x,w,y,z">Compare all side by side' in page


def test_an_article_says_which_copy_is_likely_the_original() -> None:
    assert "likely the original: its dateline names an agency" in shown("/doc/x")
    assert "This is most likely the original, since its dateline" in shown("/doc/w")


def test_where_nothing_tells_the_original_none_is_named() -> None:
    same = [article(id=id_, source="Hill Post", agency="AP") for id_ in "abc"]
    page = shown("/doc/a", *same)
    assert "Also printed by" in page
    assert "likely" not in page
    assert "likely the" not in shown("/search?group=copy", *same)
    assert answer("/api/doc/a", *same).get_json()["copies"]["original"] is None


def test_an_original_that_is_not_listed_is_linked() -> None:
    named = [Copy(f"{n}", None, None, 1.0) for n in range(20)]
    listed = copies.listed(
        "x", Group("copy", 30, tuple(named), "w"), 20, "/doc/{}".format
    )
    assert (listed.original, listed.others) == ("/doc/w", 9)
    assert listed.compare == "/compare?ids=x,w,0,1"


def test_copies_after_the_fifth_are_folded_away() -> None:
    page = shown("/doc/00", *(article(id=f"{n:02}") for n in range(30)))
    assert page.index('href="/doc/05"') < page.index("<summary>15 of 24 more</summary>")
    assert page.index("24 more</summary>") < page.index('href="/doc/06"')
    assert "Compare the first of them side by side" in page


def test_an_article_without_copies_lists_none() -> None:
    assert "Also printed by" not in shown("/doc/o")


def test_page_and_api_tell_the_same_copies() -> None:
    said = answer("/api/doc/x").get_json()["copies"]
    page = shown("/doc/x")
    places = [page.index(f'href="/doc/{copy["id"]}"') for copy in said["copies"]]
    assert (places, said["size"]) == (sorted(places), 4)
    assert [copy["date"] for copy in said["copies"]] == ["2016-03-01", "2016-03", None]
    assert said["original"] == {"id": "w", "why": ["dateline", "earliest"]}


def test_the_api_tells_that_there_are_no_copies() -> None:
    assert answer("/api/doc/o").get_json()["copies"] is None


def test_an_earlier_version_has_no_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    older, latest = (
        _version(name, latest=name == "b" * 12) for name in ("a" * 12, "b" * 12)
    )
    monkeypatch.setattr(Histories, "of", lambda *_: (latest, older))
    monkeypatch.setattr(
        Histories, "get", lambda _, one, name: article(id=f"{one.id}@{name}")
    )
    assert answer(f"/api/doc/{older.full_id}").get_json()["copies"] is None
    assert answer(f"/api/doc/{latest.full_id}").get_json()["copies"]["size"] == 4


def test_what_was_saved_once_is_one_article_under_both_its_names() -> None:
    once = article(id="x", digest="ab" * 32)
    client = site(MemorySearcher([once, OTHER])).test_client()
    assert client.get(f"/compare?ids=x,x@{'ab' * 6}").status_code == 400


def test_an_article_whose_id_looks_like_a_version_has_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    versions = {
        "x": (_version("b" * 12, latest=True), _version("a" * 12, latest=False))
    }
    monkeypatch.setattr(Histories, "of", lambda _, id_: versions.get(id_, ()))
    found = (article(id="x"), article(id="x@2"))
    assert answer("/api/doc/x@2", *found).get_json()["versions"] == []
    assert len(answer("/api/doc/x", *found).get_json()["versions"]) == 2


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (None, '<dd class="how">The same text as version 1</dd>'),
        ("Mayor cleared", '">The same text as version 1, another headline</a>'),
    ],
)
def test_a_version_with_another_headline_leads_to_what_changed(
    monkeypatch: pytest.MonkeyPatch, title: str | None, said: str
) -> None:
    once = article(id="x", title=None)
    older = _version("a" * 12, latest=False, text=text_digest(once.text))
    versions = (_version("b" * 12, latest=True), older)
    monkeypatch.setattr(Histories, "of", lambda *_: versions)
    monkeypatch.setattr(Histories, "titles", lambda *_: {older.name: title})
    assert said in shown("/doc/x", once)


def _version(name: str, *, latest: bool, text: str = "") -> Version:
    saved = datetime(2016, 3, 4, tzinfo=UTC)
    return Version("x", name, saved, told=True, latest=latest, text=text, key=None)


# In a list of hits


def test_a_hit_says_which_of_its_copies_is_likely_the_original() -> None:
    page = shown("/search?group=copy&sort=newest")
    assert "Bay Wire</bdi></a> 100% (likely the original)" in page


def test_a_hit_says_that_it_is_likely_the_original() -> None:
    assert "This is likely the original." in shown("/search?group=copy&sort=source")


def test_a_hit_leads_to_an_original_that_does_not_match() -> None:
    page = shown("/search?group=copy&source=hill-post")
    assert (
        '<a href="/doc/w?source=hill-post&group=copy">The likely original</a>' in page
    )
