"""Earlier versions of an article: which there are, and how they are reached."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.batches import Batches
from search import histories
from search.engines import open_searcher, state_of
from search.histories import Histories
from search.model import Query
from search.settings import Settings
from search.status import LEDGER, LEDGER_VERSION
from search.versions import packed, parted, unpacked
from tests import chrome_pages
from tests.chrome_pages import APPEAL, doubted, story
from tests.commanding import Terminal, page
from tests.newsroom import ARTICLES
from tests.paper import Shelf, go, paper, raw_page, rows
from tests.trying import examples
from web.app import create_app


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "state")


@pytest.fixture
def root(tmp_path):
    return tmp_path / "pages"


def versions(shelf, id="x"):
    """Return each version and when it was saved, the latest first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(histories, "state_of", lambda _: shelf.state)
        kept = Histories("")
        latest = shelf.articles.get(id)
        return [
            (kept.get(latest, one.name), one.name, one.saved, one.told)
            for one in kept.of(id)
        ]


def texts(shelf, id="x"):
    return [article.text for article, *_ in versions(shelf, id)]


def kept(shelf):
    """Return how many articles lie beside the index."""
    with closing(sqlite3.connect(shelf.state / LEDGER)) as db:
        return db.execute("SELECT count(*) FROM earlier").fetchone()[0]


# Which there are.


def test_what_was_saved_before_is_a_version(shelf, root):
    paper(root / "a.html", id="x", saved=1, text="old")
    paper(root / "b.html", id="x", saved=2, text="new")
    go(shelf, root)
    assert texts(shelf) == ["new", "old"]


def test_headlines_of_earlier_versions_are_known(shelf, root, monkeypatch):
    monkeypatch.setattr(histories, "state_of", lambda _: shelf.state)
    for saved, title in enumerate(("One", "Two", "Three")):
        paper(root / f"{saved}.html", id="x", saved=saved, text="same", title=title)
    go(shelf, root)
    kept = Histories("")
    assert {*kept.titles(kept.of("x")).values()} == {"One", "Two"}


def test_a_page_saved_once_has_no_versions(shelf, root):
    paper(root / "a.html", id="x")
    go(shelf, root)
    assert texts(shelf) == []


def test_an_article_that_a_later_run_replaces_becomes_a_version(shelf, root):
    paper(root / "a.html", id="x", saved=1, text="old")
    go(shelf, root)
    paper(root / "b.html", id="x", saved=2, text="new")
    go(shelf, root)
    assert texts(shelf) == ["new", "old"]


def test_an_article_of_another_root_that_is_replaced_becomes_one_too(shelf, tmp_path):
    paper(tmp_path / "p" / "a.html", id="x", saved=1, text="old")
    go(shelf, tmp_path / "p")
    paper(tmp_path / "q" / "b.html", id="x", saved=2, text="new")
    go(shelf, tmp_path / "q")
    assert texts(shelf) == ["new", "old"]


def test_an_older_file_goes_below(shelf, root):
    paper(root / "b.html", id="x", saved=3, text="third")
    paper(root / "c.html", id="x", saved=2, text="second")
    go(shelf, root)
    paper(root / "a.html", id="x", saved=1, text="first")
    go(shelf, root)
    assert texts(shelf) == ["third", "second", "first"]


def test_when_the_latest_is_deleted_the_version_before_it_is_the_article(shelf, root):
    for saved, name in enumerate("abc"):
        paper(root / f"{name}.html", id="x", saved=saved, text=name)
    go(shelf, root)
    (root / "c.html").unlink()
    go(shelf, root, prune=True)
    assert texts(shelf) == ["b", "a"]


def test_a_version_whose_file_is_gone_is_gone(shelf, root):
    for saved, name in enumerate("abc"):
        paper(root / f"{name}.html", id="x", saved=saved, text=name)
    go(shelf, root)
    (root / "a.html").unlink()
    go(shelf, root, prune=True)
    assert texts(shelf) == ["c", "b"]


def test_forgetting_a_root_forgets_its_versions(shelf, tmp_path):
    for saved, name in enumerate("abc"):
        paper(tmp_path / name / "p.html", id="x", saved=saved, text=name)
    go(shelf, *(tmp_path / name for name in "abc"))
    go(shelf, forget=(tmp_path / "a",))
    assert texts(shelf) == ["c", "b"]


def test_what_is_the_same_to_the_byte_is_one_version(shelf, root):
    paper(root / "a.html", age=30, id="x", text="old")
    paper(root / "b.html", age=20, id="x", text="old")
    paper(root / "c.html", age=10, id="x", text="new")
    go(shelf, root)
    assert texts(shelf) == ["new", "old"]


def test_what_is_no_version_any_more_is_not_kept(shelf, root):
    for saved, name in enumerate("abc"):
        paper(root / f"{name}.html", id="x", saved=saved, text=name)
    go(shelf, root)
    (root / "c.html").unlink()
    (root / "a.html").unlink()
    go(shelf, root, prune=True)
    assert kept(shelf) == 0


def test_rows_of_one_file_are_versions_of_each_other(shelf, root):
    said = [{"n": n, "id": "x", "saved": n, "text": str(n)} for n in (1, 3, 2)]
    rows(root / "a.jsonl", *said)
    go(shelf, root)
    assert texts(shelf) == ["3", "2", "1"]


def test_a_version_that_changes_its_id_is_none_any_more(shelf, root):
    paper(root / "a.html", id="x", saved=1, text="old")
    paper(root / "b.html", id="x", saved=2, text="new")
    go(shelf, root)
    paper(root / "a.html", id="y", saved=1, text="else")
    go(shelf, root)
    assert (texts(shelf), texts(shelf, "y")) == ([], [])


def test_a_run_that_was_stopped_is_finished_by_the_next(shelf, root):
    paper(root / "a.html", id="x", saved=1, text="old")
    paper(root / "b.html", id="x", saved=2, text="new")
    done = []

    def stop_after_two(batches):
        done.append(batches)
        if len(done) == 2:
            batches.commit()
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Batches, "commit_if_due", stop_after_two)
        with pytest.raises(KeyboardInterrupt):
            go(shelf, root)
    assert texts(shelf) == []
    go(shelf, root)
    assert texts(shelf) == ["new", "old"]


def test_what_came_through_standard_input_leaves_no_version(shelf, root):
    go(shelf, rows=[_row("old", 1)])
    paper(root / "a.html", id="x", saved=2, text="new")
    go(shelf, root)
    assert texts(shelf) == []


def test_a_file_is_a_version_of_what_came_through_standard_input(shelf, root):
    go(shelf, rows=[_row("new", 2)])
    paper(root / "a.html", id="x", saved=1, text="old")
    go(shelf, root)
    assert texts(shelf) == ["new", "old"]


def _row(text, saved):
    said = json.dumps({"id": "x", "text": text, "saved": saved})
    return raw_page("stdin", "stdin#1", Path("stdin"), said)


@pytest.mark.parametrize("between", [False, True], ids=["one run", "two runs"])
def test_a_version_is_shown_without_what_recurs_at_its_source(shelf, root, between):
    for number in range(4):
        chrome_pages.page(root / f"{number}.html", *story(number), doubted())
    chrome_pages.page(root / "a.html", *story(6), doubted(), age=20, id="x")
    if between:
        chrome_pages.run(shelf, root)
    chrome_pages.page(root / "b.html", *story(5), age=10, id="x")
    chrome_pages.run(shelf, root)
    assert [APPEAL in text for text in texts(shelf)] == [False, False]
    for number in range(4):
        (root / f"{number}.html").unlink()
    chrome_pages.run(shelf, root, prune=True)
    assert [APPEAL in text for text in texts(shelf)] == [False, True]


def test_a_version_is_shown_with_what_a_copy_elsewhere_puts_back(shelf, root):
    quoted = "The ferrymaster1 of district 1 told the council that the talks failed."
    removed: list[object] = [quoted, None, "block-model"]
    chrome_pages.page(root / "a.html", *story(1), removed, age=20, id="x")
    last: list[object] = ["The ferrymaster1 of district 1 spoke once more.", 0.01]
    chrome_pages.page(root / "b.html", *story(1), removed, last, age=10, id="x")
    chrome_pages.run(shelf, root)
    assert [quoted in text for text in texts(shelf)] == [False, False]
    other = [*story(1), [quoted, 0.01]]
    chrome_pages.page(root / "c.html", *other, source="Post")
    chrome_pages.run(shelf, root)
    assert [quoted in text for text in texts(shelf)] == [True, True]
    (root / "c.html").unlink()
    chrome_pages.run(shelf, root, prune=True)
    assert [quoted in text for text in texts(shelf)] == [False, False]


def test_a_version_of_another_outlet_is_shown_as_its_latest(shelf, root):
    quoted = "The ferrymaster1 of district 1 told the council that the talks failed."
    blocks: list[list[object]] = [*story(1), [quoted, None, "block-model"]]
    chrome_pages.page(root / "a.html", *blocks, age=20, id="x", source="Herald")
    last: list[object] = ["The ferrymaster1 of district 1 spoke once more.", 0.01]
    chrome_pages.page(root / "b.html", *blocks, last, age=10, id="x")
    chrome_pages.run(shelf, root)
    chrome_pages.page(root / "c.html", *story(1), [quoted, 0.01], source="Post")
    chrome_pages.run(shelf, root)
    assert [quoted in text for text in texts(shelf)] == [True, True]


def test_versions_teach_nothing(shelf, root):
    for number in range(6):
        blocks = [*story(number), doubted()]
        chrome_pages.page(root / f"{number}.html", *blocks, age=10 + number, id="x")
    chrome_pages.run(shelf, root)
    assert all(APPEAL in text for text in texts(shelf))


PAGES = st.lists(
    st.tuples(
        st.sampled_from("xy"), st.integers(0, 2) | st.none(), st.sampled_from("kl")
    ),
    min_size=1,
    max_size=5,
)


@given(PAGES, st.randoms(use_true_random=False), st.sets(st.integers(0, 4)))
@examples(6)
def test_versions_do_not_depend_on_the_order_in_which_files_came(said, chance, gone):
    """Nor on files that were there in between."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "pages")
        root.mkdir()
        files = {f"{n}.html": page for n, page in enumerate(said)}
        slowly = Shelf(Path(folder, "slowly"))
        for name in chance.sample(sorted(files), len(files)):
            _write(root / name, files[name])
            go(slowly, root)
        for name in {f"{n}.html" for n in gone} & set(files):
            (root / name).unlink()
        go(slowly, root, prune=True)
        at_once = Shelf(Path(folder, "once"))
        go(at_once, root)
        for id_ in "xy":
            assert versions(slowly, id_) == versions(at_once, id_)
        assert kept(slowly) == kept(at_once)


def _write(path, page):
    id_, saved, text = page
    told = {} if saved is None else {"saved": saved}
    paper(path, id=id_, text=text, **told)
    os.utime(path, (1.5, 1.5))  # between the times that pages tell


# Their names.


@pytest.mark.parametrize("article", ARTICLES[:5], ids=lambda one: one.id)
def test_what_is_kept_of_an_article_is_all_of_it(article):
    assert unpacked(packed(article)) == article


@pytest.mark.parametrize("id", ["a", "a@b", "@0f1e2d3c4b5a", "a@0", "a@0F1E2D3C4B5A"])
def test_an_id_need_not_name_a_version(id):
    assert parted(id) == (id, None)


# Where they are reached. One collection: a page that was saved three times.

TITLE = "Ferry strike"
URL = "https://courier.example/2018/08/ferry-strike"


class Collection:
    """An index of pages that were saved on successive days, and its site."""

    def __init__(self, folder: Path, terminal: Terminal) -> None:
        self.pages = folder / "pages"
        self.index = folder / "index"
        for day, boats in enumerate((2, 3, 3)):
            saved = page(
                self.pages / str(day) / "strike.html",
                TITLE,
                f"The strike of the crews kept {boats} ferries of the line in port on "
                "Monday, the harbour master said, and more will follow.",
            )
            if day == 2:
                saved.write_text(saved.read_text().replace("Sport", "Sports"))
            os.utime(saved, (1e9 + day * 86_400, 1e9 + day * 86_400))
        ran = terminal("reindex", self.pages, "--index", self.index)
        assert ran.code == 0, ran.err
        settings = Settings(index=str(self.index))
        self.client: FlaskClient = create_app(settings).test_client()
        searcher = open_searcher(str(self.index))
        (self.hit,) = searcher.search(Query(kinds=())).hits
        self.id = self.hit.id
        self.ferries = [
            searcher.search(Query(text=f'"{n} ferries"')).total for n in (2, 3)
        ]
        searcher.close()

    def names(self) -> list[str]:
        return [version.full_id for version in Histories(str(self.index)).of(self.id)]

    def get(self, path: str) -> str:
        with self.client.get(path) as answer:
            assert answer.status_code == 200, path
            return " ".join(unescape(answer.get_data(as_text=True)).split())


@pytest.fixture(scope="module")
def strike(tmp_path_factory):
    class Silent:
        def readouterr(self):
            class Said:
                out = err = ""

            return Said()

    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("versions").resolve()
        yield Collection(folder, Terminal(patch, Silent()))


def test_only_the_latest_is_searched(strike):
    assert strike.ferries == [0, 1]


def test_only_the_latest_is_counted(strike):
    assert strike.client.get("/api/status").json["index"]["documents"] == 1


def test_the_page_of_an_article_lists_its_versions(strike):
    shown = strike.get(f"/doc/{strike.id}")
    listed = shown.index('id="versions"')
    places = [shown.index(f"/doc/{name}", listed) for name in strike.names()[1:]]
    assert places == sorted(places)


def test_a_version_is_told_by_when_it_was_saved(strike):
    assert "file of 9 September 2001, 01:46 UTC" in strike.get(f"/doc/{strike.id}")


def test_versions_of_one_text_are_told_in_words(strike):
    assert strike.get(f"/doc/{strike.id}").count("The same text as version 2") == 1


def test_a_version_is_read_at_its_own_address(strike):
    shown = strike.get(f"/doc/{strike.names()[2]}")
    assert "kept 2 ferries" in shown
    assert "This is an earlier version of the page" in shown


def test_a_version_may_be_counted_from_the_first(strike):
    assert "kept 2 ferries" in strike.get(f"/doc/{strike.id}@1")


def test_the_latest_has_an_address_that_stays_its_own(strike):
    shown = strike.get(f"/doc/{strike.names()[0]}")
    assert "kept 3 ferries" in shown
    assert "This is an earlier version" not in shown


def test_a_version_is_cited_by_its_own_id(strike):
    name = strike.names()[2]
    assert f"Dateline {name}" in strike.get(f"/doc/{name}.ris") + strike.get(
        f"/doc/{name}"
    )


def test_what_is_cited_has_an_address_that_holds_when_the_page_changes(strike):
    address = f"/doc/{strike.names()[0]}#p1"
    shown = strike.get(f"/doc/{strike.id}?quote=1")
    assert f'href="{address}" data-copy="address">Permalink to this version' in shown


def test_a_version_has_one_address_only(strike):
    assert "Permalink to this version" not in strike.get(f"/doc/{strike.names()[2]}")


def test_the_saved_page_of_a_version_is_its_evidence(strike):
    assert "kept 2 ferries" in strike.get(f"/doc/{strike.names()[2]}/original")


def test_a_search_does_not_matter_to_an_earlier_version(strike):
    shown = strike.get(f"/doc/{strike.names()[2]}?q=ferries")
    assert "No match for" not in shown


@pytest.mark.parametrize("name", ["4", "000000000000"])
def test_a_version_that_is_not_there_is_not_found(strike, name):
    for path in ("/doc/", "/api/doc/"):
        assert strike.client.get(f"{path}{strike.id}@{name}").status_code == 404


def test_what_changed_between_versions_is_compared(strike):
    later, _, first = strike.names()
    shown = strike.get(f"/compare?ids={first},{later}")
    assert "2 versions side by side" in shown
    assert "Saved in this order: A" in shown
    assert "changed</span> <span>2</span>" in shown


def test_the_api_says_that_versions_are_compared_and_when_each_was_saved(strike):
    later, _, first = strike.names()
    said = strike.client.get(f"/api/compare?ids={first},{later}").json
    saved = [one["saved"][:10] for one in said["articles"]]
    assert (said["versions"], saved) == (True, ["2001-09-09", "2001-09-11"])


def test_names_of_one_version_are_not_compared(strike):
    later, _, first = strike.names()
    for ids in (f"{strike.id}@1,{first}", f"{strike.id},{later}"):
        assert strike.client.get(f"/compare?ids={ids}").status_code == 400


def test_the_latest_stands_among_versions_by_when_it_was_saved(strike):
    shown = strike.get(f"/compare?ids={strike.id},{strike.id}@1")
    said = (
        "Saved in this order: B (file of 9 September 2001, 01:46 UTC), then A (file of"
    )
    assert said in shown


def test_the_page_leads_to_what_changed(strike):
    _, middle, first = strike.names()
    address = f"/compare?ids={first},{middle}".replace("@", "%40")
    assert address in strike.get(f"/doc/{strike.id}")
    assert strike.client.get(address).status_code == 200


def test_the_api_lists_versions(strike):
    said = strike.client.get(f"/api/doc/{strike.id}").json["versions"]
    assert [one["id"] for one in said] == strike.names()
    assert [one["latest"] for one in said] == [True, False, False]


def test_the_api_answers_with_a_version(strike):
    name = strike.names()[2]
    said = strike.client.get(f"/api/doc/{name}").json
    assert (said["id"], "2 ferries" in said["text"]) == (name, True)


def test_an_answer_is_not_sent_again_while_nothing_changed(strike):
    before = strike.client.get(f"/api/doc/{strike.id}").headers["ETag"]
    again = strike.client.get(
        f"/api/doc/{strike.id}", headers={"If-None-Match": before}
    )
    assert again.status_code == 304


def test_notes_of_another_version_are_not_taken_for_none(strike):
    state = state_of(str(strike.index))
    assert state is not None
    with closing(sqlite3.connect(state / LEDGER)) as ledger:
        ledger.execute(f"PRAGMA user_version = {LEDGER_VERSION + 1}")
        try:
            for name in ("2", "0123456789ab"):
                answer = strike.client.get(f"/doc/{strike.id}@{name}")
                assert answer.status_code == 503
                assert "made by another version of Dateline" in answer.text
            assert strike.client.get(f"/doc/{strike.id}").status_code == 200
            assert strike.client.get("/doc/nobody@2").status_code == 404
        finally:
            ledger.execute(f"PRAGMA user_version = {LEDGER_VERSION}")


def test_without_runs_there_are_no_versions(tmp_path):
    assert Histories(str(tmp_path / "none")).of("x") == ()
