"""Where an outlet's articles play tells which namesake one of them means."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial

import pytest

from index.corrections.overlay import Overlay
from index.corrections.sheet import CORRECTIONS
from index.pipeline import Task, reindex
from index.priors import witnesses
from index.priors.witnesses import Witnesses
from index.rebuild import rebuild
from index.records import STDIN
from index.toponyms.locate import locate, recognise
from search.errors import DatelineError
from search.model import Article, Source
from search.status import LEDGER
from search.versions import unpacked
from tests import chrome_pages as chrome
from tests import paper as papers
from tests.chrome_pages import doubted, gone, page, story
from tests.memory_engine import MemorySearcher
from tests.paper import Ear, Shelf, paper, put, raw_page

FIRE = "A fire broke out in Springfield on Monday."
MISSOURI, OHIO, OREGON = "4409896", "4525353", "5754005"
_OHIO = ("Dayton", "Toledo", "Akron", "Cleveland", "Columbus")
_OREGON = ("Eugene", "Salem", "Portland", "Bend", "Medford")
POST, ECHO = ("post.example", "Quay Post"), ("echo.example", "Quay Echo")


def describe(raw, page):
    """Return the article a paper speaks of, under the source it names."""
    said = json.loads(raw.content)
    value, label = said["source"] or ("", "")
    source = Source(value, label, "folder") if value else None
    id_ = said.get("id") or f"{raw.root}/{raw.name}"
    return Article(
        id=id_, text=said["text"], path=raw.name, source=source, digest=raw.digest
    )


STAGES = replace(papers.STAGES, describe=describe, locate=locate, recognise=recognise)
_PAGES = replace(chrome.STAGES, locate=locate, recognise=recognise)
_LINE = doubted("Read our Springfield edition, on sale at every kiosk each Monday.")


def go(shelf, *paths, stages=STAGES, **task):
    """Run over ``paths``."""
    assert not reindex(shelf, Task(paths=paths, **task), stages, Ear()).failures


def local(root, state="Ohio", source=POST, articles=5):
    """Write articles of an outlet, each on a town of ``state``."""
    towns = {"Ohio": _OHIO, "Oregon": _OREGON}[state]
    for town in towns[:articles]:
        text = f"The mayor of {town}, {state}, opened a bridge."
        paper(root / f"{source[0]}-{town}.html", text=text, source=source)


def abroad(root, articles):
    """Write articles of an outlet on towns of Norway."""
    for number in range(articles):
        text = f"Trains from Oslo reached Bergen, Norway, on day {number}."
        paper(root / f"{number}.html", text=text, source=POST)


def fire(root, source=POST, name="fire.html", text=FIRE):
    """Write an article with a name of many places."""
    return paper(root / name, text=text, source=source)


def place(shelf, name="fire.html"):
    """Return what the article's one name stands for, and how that is known."""
    (found,) = shelf.articles[f"pages/{name}"].places
    return found.id, found.method


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "state")


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "pages"
    fire(folder)
    return folder


def correct(root, *lines):
    return put(root / CORRECTIONS, "\n".join(lines) + "\n")


def test_a_name_is_the_place_that_its_outlet_writes_about(shelf, root):
    local(root)
    go(shelf, root)
    assert place(shelf) == (OHIO, "outlet")


def test_an_earlier_version_has_the_places_its_page_alone_gave(shelf, root):
    local(root)
    paper(root / "fire.html", text=FIRE, source=POST, id="x", saved=1)
    go(shelf, root)
    paper(root / "later.html", text="It is out.", source=POST, id="x", saved=2)
    go(shelf, root)
    with closing(sqlite3.connect(shelf.state / LEDGER)) as db:
        (stored,) = db.execute("SELECT alone FROM earlier").fetchone()
    assert [place.method for place in unpacked(stored).places] == ["text"]


def test_another_outlet_means_another_place(shelf, root):
    local(root)
    local(root, "Oregon", ECHO)
    fire(root, ECHO, "b.html")
    go(shelf, root)
    assert place(shelf)[0] == OHIO
    assert place(shelf, "b.html") == (OREGON, "outlet")


def test_what_the_text_alone_leads_to_is_known_from_the_text(shelf, root):
    local(root)
    go(shelf, root)
    towns = shelf.articles["pages/post.example-Dayton.html"].places
    assert {place.method for place in towns} == {"text"}


@pytest.mark.parametrize(("articles", "found"), [(3, MISSOURI), (4, OHIO)])
def test_an_outlet_tells_something_from_five_articles_on(shelf, root, articles, found):
    local(root, articles=articles)
    go(shelf, root)
    assert place(shelf)[0] == found


def test_an_outlet_has_no_say_where_it_is_not_at_home(shelf, root, monkeypatch):
    local(root, articles=2)
    abroad(root, articles=12)
    read = _counted(monkeypatch)
    go(shelf, root)
    assert "pages/fire.html" not in read
    assert place(shelf) == (MISSOURI, "text")


def test_articles_of_unknown_sources_tell_nothing(shelf, root):
    for town in _OHIO:
        paper(
            root / f"{town}.html", text=f"The mayor of {town}, Ohio, left.", source=None
        )
    fire(root, None)
    go(shelf, root)
    assert place(shelf) == (MISSOURI, "text")


def test_an_article_is_placed_anew_when_its_outlet_becomes_known(shelf, root):
    go(shelf, root)
    before = place(shelf)
    local(root)
    go(shelf, root)
    assert (before, place(shelf)) == ((MISSOURI, "text"), (OHIO, "outlet"))


def test_and_as_it_was_when_the_others_are_gone(shelf, root):
    local(root)
    go(shelf, root)
    for path in root.glob("post.example-*"):
        path.unlink()
    go(shelf, root, prune=True)
    assert place(shelf) == (MISSOURI, "text")


def test_articles_count_under_the_source_set_by_hand(shelf, root):
    fire(root, ECHO)
    local(root)
    correct(root, "path,source", "fire.html,post.example")
    go(shelf, root)
    by_hand = place(shelf)
    (root / CORRECTIONS).unlink()
    go(shelf, root)
    assert (by_hand, place(shelf)) == ((OHIO, "outlet"), (MISSOURI, "text"))


def test_an_outlet_known_by_name_and_by_domain_is_one(shelf, root):
    fire(root, ("quay-post", "Quay Post"))
    local(root)
    go(shelf, root)
    assert place(shelf) == (OHIO, "outlet")


def test_places_set_by_hand_stay(shelf, root):
    local(root)
    correct(root, "path,place", f"fire.html,{OREGON}")
    go(shelf, root)
    assert place(shelf) == (OREGON, "manual")
    (root / CORRECTIONS).unlink()
    go(shelf, root)
    assert place(shelf) == (OHIO, "outlet")


def test_a_full_run_gives_what_runs_one_by_one_gave(shelf, root, tmp_path):
    go(shelf, root)
    for source, state in ((POST, "Ohio"), (ECHO, "Oregon")):
        local(root, state, source)
        go(shelf, root)
    anew = Shelf(tmp_path / "anew")
    rebuild(anew, shelf.state, Task(), STAGES, Ear(), live=_nobody)
    assert place(anew)[0] == OHIO
    assert anew.articles == shelf.articles


def test_what_came_through_standard_input_is_placed_too(shelf, root, tmp_path):
    said = json.dumps({"text": FIRE, "source": POST})
    go(shelf, rows=[raw_page("rows", "a", STDIN, said)])
    local(root)
    go(shelf, root)
    anew = Shelf(tmp_path / "anew")
    live = partial(MemorySearcher, tuple(shelf.articles.values()))
    rebuild(anew, shelf.state, Task(), STAGES, Ear(), live=live)
    assert shelf.articles["rows/a"].places[0].id == OHIO
    assert anew.articles == shelf.articles


def _nobody():
    raise AssertionError("nothing came through standard input")


def _counted(monkeypatch):
    """Return the ids of the articles that are read back, as they are."""
    read = []
    article = Overlay.article

    def counted(self, id_):
        read.append(id_)
        return article(self, id_)

    monkeypatch.setattr(Overlay, "article", counted)
    return read


def test_only_articles_whose_names_an_outlet_may_decide_are_read_back(
    shelf, root, monkeypatch
):
    local(root)
    read = _counted(monkeypatch)
    go(shelf, root)
    assert read == ["pages/fire.html"]


def test_an_article_is_no_witness_of_its_own(shelf, tmp_path, monkeypatch):
    root = tmp_path / "pages"
    abroad(root, articles=4)
    fire(root, text="Eugene, Oregon, sent help to Salem, Ohio.")
    read = _counted(monkeypatch)
    go(shelf, root)
    assert "pages/fire.html" not in read


def test_an_article_whose_line_comes_back_keeps_the_place_its_outlet_tells(
    shelf, tmp_path, monkeypatch
):
    monkeypatch.setattr(witnesses, "SAMPLE", 6)
    root = tmp_path / "pages"
    page(root / "a.html", *story(1), [FIRE, 0.01], _LINE)
    for nth, town in enumerate(_OHIO):
        said = [f"The mayor of {town}, Ohio, opened a bridge.", 0.01]
        page(root / f"b{nth}.html", *story(nth + 2), said)
    for name in ("y.html", "z.html"):
        page(root / name, *story(ord(name[0])), _LINE)
    go(shelf, root, stages=_PAGES)
    before = gone(shelf)
    for name in before.keys() - {"pages/a.html"}:
        (tmp_path / name).unlink()
    go(shelf, root, stages=_PAGES, prune=True)
    assert (len(before), gone(shelf)) == (3, {})
    assert place(shelf, "a.html") == (OHIO, "outlet")


def test_an_article_of_another_outlet_has_nothing_read_back(shelf, root, monkeypatch):
    local(root)
    go(shelf, root)
    read = _counted(monkeypatch)
    local(root, "Oregon", ECHO)
    go(shelf, root)
    assert read == []


def test_an_article_outside_the_sample_has_no_other_looked_at(shelf, root, monkeypatch):
    monkeypatch.setattr(witnesses, "SAMPLE", 6)
    local(root)
    go(shelf, root)
    read = _counted(monkeypatch)
    fire(root, name="z.html")
    go(shelf, root)
    assert (read, place(shelf, "z.html")) == (["pages/z.html"], (OHIO, "outlet"))


def test_a_second_run_changes_nothing(shelf, root):
    local(root)
    go(shelf, root)
    commits, before = shelf.commits, dict(shelf.articles)
    go(shelf, root)
    assert (shelf.commits, shelf.articles) == (commits, before)


def test_a_run_that_fails_while_it_places_is_made_good_by_the_next(
    shelf, root, monkeypatch
):
    local(root)

    def fail(self, outlet, sample):
        raise DatelineError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Witnesses, "settle", fail)
        with pytest.raises(DatelineError):
            go(shelf, root)
    go(shelf, root)
    assert place(shelf) == (OHIO, "outlet")


def _collection(root, random_):
    """Write pages of two outlets, some with a doubted line that names a place."""
    for number in range(20):
        source = random_.choice(("Courier", "Courier", "Herald"))
        home = ("Oregon", "Ohio")[source == "Courier"]
        state = random_.choice((home,) * 7 + ("Ohio", "Oregon"))
        town = random_.choice(_OHIO if state == "Ohio" else _OREGON)
        word = "".join(random_.choices("aeioulmnst", k=7))
        blocks = story(number, 4)
        if random_.random() < 0.8:
            blocks.append([f"The mayor of {town}, {state}, opened {word}.", 0.01])
        if random_.random() < 0.5:
            blocks.append([f"The {word} broke out in Springfield.", 0.01])
        if random_.random() < 0.5:
            blocks.append(_LINE)
        page(root / f"{number:03}.html", *blocks, source=source)


@pytest.mark.parametrize("seed", range(2))
def test_neither_order_nor_runs_matter(tmp_path, seed, monkeypatch):
    monkeypatch.setattr(witnesses, "SAMPLE", 7)
    whole, root = tmp_path / "whole", tmp_path / "pages"
    random_ = random.Random(seed)
    _collection(whole, random_)
    shutil.copytree(whole, root)
    at_once = Shelf(tmp_path / "at-once")
    go(at_once, root, stages=_PAGES)
    shutil.rmtree(root)
    root.mkdir()
    by_and_by = Shelf(tmp_path / "by-and-by")
    names = sorted(path.name for path in whole.iterdir())
    random_.shuffle(names)
    for number, name in enumerate(names):
        shutil.copy2(whole / name, root / name)
        if number % 5 == 2:  # a page that comes, and goes again
            page(root / "x.html", *story(50 + number), _LINE, [FIRE, 0])
        if number % 5 == 4 or number == len(names) - 1:
            (root / "x.html").unlink(missing_ok=True)
        if number % 3 == 2 or number == len(names) - 1:
            go(by_and_by, root, stages=_PAGES, prune=True)
    placed = [p.method for a in at_once.articles.values() for p in a.places]
    assert "outlet" in placed
    assert gone(at_once)
    assert by_and_by.articles == at_once.articles
