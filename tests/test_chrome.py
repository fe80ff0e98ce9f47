"""What pages of one source know of its chrome together."""

from __future__ import annotations

import random
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chrome import learning
from index.chrome.digests import digest
from index.chrome.foreign import foreign
from index.chrome.learning import learn
from index.chrome.traits import Sure, Traits, sure_of, traits_of
from index.chrome.verdicts import as_alone, with_back, without
from index.chrome.verdicts import guessed as guessed_in
from index.ledger import FILE, Ledger
from index.page import Block, CleanPage, Form
from search.errors import DatelineError
from search.model import Article, Kind, Removed
from search.removals import recurring, sums
from tests.chrome_pages import APPEAL, doubted, gone, locate, page, run, story
from tests.factories import raw
from tests.paper import Shelf

STANDING = (
    "The talks over the tunnel began in March after the harvest failed in the north."
)
QUOTED = "The ferrymaster1 of district 1 told the council that the talks had failed."
# With it in the story, the appeal is foreign to that no more.
TOLD = ["The gift keeps presses running for the paper, it said in winter.", 0.01]


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "state")


@pytest.fixture
def pages(tmp_path):
    return tmp_path / "pages"


def appeals(root, pages, chance=0.4, **more):
    """Write pages with a story each, and one block in all of them."""
    for number in range(pages):
        blocks = story(number)
        page(root / f"{number:03}.html", *blocks, doubted(chance=chance), **more)


@pytest.mark.parametrize("chance", [0.01, 0.1])
def test_a_line_foreign_to_its_stories_stays_where_one_in_eight_has_it(
    shelf, pages, chance
):
    for number in range(48):
        own = [doubted(chance=chance)] if number % 8 == 0 else []
        page(pages / f"{number:03}.html", *story(number), *own)
    run(shelf, pages)
    assert not gone(shelf)


def test_what_several_pages_doubt_goes_from_all_of_them(shelf, pages):
    appeals(pages, 4)
    run(shelf, pages)
    assert list(gone(shelf).values()) == [(APPEAL,)] * 4


def test_it_is_kept_with_its_rule_where_it_stood(shelf, pages):
    appeals(pages, 4)
    run(shelf, pages)
    article = shelf.articles["pages/000.html"]
    assert article.removed == (Removed(APPEAL, "recurring", 6),)


def test_one_page_is_as_it_is_alone(shelf, pages):
    appeals(pages, 1)
    run(shelf, pages)
    assert gone(shelf) == {}


def test_what_every_page_surely_keeps_stays(shelf, pages):
    for number in range(30):
        news = [f"On day {number} the talks over the tunnel went on in vain.", 0.02]
        page(pages / f"{number}.html", news, *story(number), [STANDING, 0.02])
    run(shelf, pages)
    assert gone(shelf) == {}


def test_what_one_page_in_ten_doubts_stays(shelf, pages):
    for number in range(30):
        shared = [f"{STANDING} tunnel{number % 5}master talks", 0.02]
        page(pages / f"{number}.html", *story(number), [STANDING, 0.01], shared)
    page(pages / "x.html", *story(77), doubted(STANDING, 0.3))
    page(pages / "y.html", *story(78), doubted(STANDING, 0.3))
    page(pages / "z.html", *story(79), doubted(STANDING, 0.3))
    run(shelf, pages)
    assert gone(shelf) == {}


def test_a_page_that_surely_keeps_it_keeps_it(shelf, pages):
    appeals(pages, 9)
    page(pages / "x.html", *story(50), [APPEAL, 0.01], TOLD)
    run(shelf, pages)
    assert "pages/x.html" not in gone(shelf)


def test_what_another_outlet_surely_prints_stays(shelf, pages):
    appeals(pages, 9)
    page(pages / "x.html", *story(50), TOLD, [APPEAL, 0.01], source="Post")
    run(shelf, pages)
    assert gone(shelf) == {}


def test_what_another_outlet_prints_later_comes_back(shelf, pages):
    appeals(pages, 9)
    run(shelf, pages)
    other = page(pages / "x.html", *story(50), TOLD, [APPEAL, 0.01], source="Post")
    run(shelf, pages)
    assert gone(shelf) == {}
    other.unlink()
    run(shelf, pages, prune=True)
    assert len(gone(shelf)) == 9


@pytest.mark.parametrize("chance", [0.4, None])
def test_what_another_outlet_doubts_too_goes(shelf, pages, chance):
    appeals(pages, 9)
    page(pages / "x.html", *story(50), [APPEAL, chance], source="Post")
    run(shelf, pages)
    assert len(gone(shelf)) == 9


def test_pages_of_an_unknown_outlet_spare_nothing(shelf, pages):
    appeals(pages, 9)
    page(pages / "x.html", *story(50), TOLD, [APPEAL, 0.01], source="")
    run(shelf, pages)
    assert len(gone(shelf)) == 9


def guessed(text=QUOTED, rule="block-model"):
    """Return a block that its page removes for how it reads."""
    return [text, None, rule]


def wire(root, *, source="Post", number=1, sure=0.01):
    """Write the page of another outlet that surely keeps the block."""
    return page(root / "x.html", *story(number), [QUOTED, sure], source=source)


def test_what_a_copy_elsewhere_surely_keeps_is_no_chrome(shelf, pages):
    blocks = story(1)
    page(pages / "a.html", ["Menu", None], *blocks[:3], guessed(), *blocks[3:])
    wire(pages)
    run(shelf, pages)
    article = shelf.articles["pages/a.html"]
    texts = [text for text, _ in blocks]
    assert article.paragraphs == (*texts[:3], QUOTED, *texts[3:])
    assert article.removed == (Removed("Menu", "label", 0),)
    assert {s.rule: s.blocks for s in sums(shelf.state)["courier"]} == {"label": 1}


@pytest.mark.parametrize("number", range(2, 8))
def test_a_copy_may_have_as_many_paragraphs_of_its_own(shelf, pages, number):
    page(pages / "a.html", *story(1)[:4], *story(number)[:4], guessed())
    wire(pages)
    run(shelf, pages)
    assert QUOTED in shelf.articles["pages/a.html"].paragraphs


@pytest.mark.parametrize(
    "other",
    [{"source": "Courier"}, {"source": ""}, {"number": 2}, {"sure": 0.3}],
    ids=["of the same outlet", "of no known outlet", "of another story", "in doubt"],
)
def test_what_a_page_removed_stays_out_where_another_is(shelf, pages, other):
    page(pages / "a.html", *story(1), guessed())
    wire(pages, **other)
    run(shelf, pages)
    assert [b.text for b in shelf.articles["pages/a.html"].removed] == [QUOTED]


@pytest.mark.parametrize(
    "block", [guessed(rule="caption"), guessed("Ferries wait again")]
)
def test_only_running_text_that_was_removed_by_guess_comes_back(shelf, pages, block):
    page(pages / "a.html", *story(1), block)
    page(pages / "x.html", *story(1), [block[0], 0.01], source="Post")
    run(shelf, pages)
    assert [b.text for b in shelf.articles["pages/a.html"].removed] == block[:1]


def test_what_an_outlet_removes_from_three_stories_stays_out(shelf, pages):
    for number in range(3):
        page(pages / f"{number}.html", *story(number), guessed())
    wire(pages)
    run(shelf, pages)
    assert [b.text for b in shelf.articles["pages/1.html"].removed] == [QUOTED]


@pytest.mark.parametrize("name", ["00.html", "z.html"])
def test_it_comes_back_whenever_the_copy_was_read(shelf, pages, name):
    page(pages / "a.html", *story(1), guessed())
    wire(pages).rename(pages / name)
    for number in range(70):
        page(pages / f"{number}.html", *story(1 + 8 * number), [QUOTED, 0.01])
        page(pages / f"h{number}.html", *story(1 + 8 * number), source="Herald")
    run(shelf, pages)
    assert QUOTED in shelf.articles["pages/a.html"].paragraphs


def test_what_a_page_has_twice_is_left_as_it_is(shelf, pages):
    page(pages / "a.html", [QUOTED, 0.01], *story(1), guessed())
    run(shelf, pages)
    alone = shelf.articles["pages/a.html"]
    other = wire(pages)
    run(shelf, pages)
    other.unlink()
    run(shelf, pages, prune=True)
    assert shelf.articles["pages/a.html"] == alone


def test_a_copy_that_comes_later_puts_it_back_until_it_goes(shelf, pages):
    page(pages / "a.html", *story(1), guessed())
    run(shelf, pages)
    alone = shelf.articles["pages/a.html"]
    other = wire(pages)
    run(shelf, pages)
    assert QUOTED in shelf.articles["pages/a.html"].paragraphs
    other.unlink()
    run(shelf, pages, prune=True)
    assert shelf.articles["pages/a.html"] == alone


def test_what_other_pages_remove_counts(shelf, pages):
    for number in range(8):
        page(pages / f"{number}.html", *story(number), [APPEAL, None])
    page(pages / "x.html", *story(50), doubted())
    run(shelf, pages)
    assert gone(shelf) == {"pages/x.html": (APPEAL,)}


def test_copies_of_one_story_count_once(shelf, pages):
    for number in range(9):
        extra = [f"Filed anew at {number} by the night desk of the harbour.", 0.02]
        page(pages / f"{number}.html", *story(1), extra, doubted())
    run(shelf, pages)
    assert gone(shelf) == {}


def test_sources_do_not_teach_each_other(shelf, pages):
    for name in ("Courier", "Herald"):
        for number in range(2):
            blocks = story(number + 10 * len(name))
            page(pages / f"{name}{number}.html", *blocks, doubted(), source=name)
    run(shelf, pages)
    assert gone(shelf) == {}


def test_pages_of_unknown_sources_learn_by_folder(shelf, pages):
    appeals(pages / "one", 4, source="")
    appeals(pages / "two", 2, source="")
    run(shelf, pages)
    assert {id_.split("/")[1] for id_ in gone(shelf)} == {"one"}


def test_a_page_of_which_nothing_sure_would_be_left_stays_whole(shelf, pages):
    appeals(pages, 6)
    page(pages / "x.html", doubted())
    run(shelf, pages)
    assert shelf.articles["pages/x.html"].text == APPEAL


def _collection(root, random_):
    """Write pages of two sources that share this and that, in some way or other."""
    line = "is what this paper prints below each of its reports, day by day."
    lines = [f"Line {n} {line}" for n in range(5)]
    for number in range(14):
        blocks = story(number)
        for line in random_.sample(lines, random_.randint(0, 3)):
            at = random_.randint(1, len(blocks))
            blocks.insert(at, [line, random_.choice((None, 0.01, 0.07, 0.2, 0.4))])
        blocks.insert(2, [f"Ships from Hamburg wait for pilot {number}.", 0.01])
        source = ("Courier", "Herald")[number % 3 == 0]
        page(root / f"{number:03}.html", *blocks, source=source)


@pytest.mark.parametrize("seed", range(3))
def test_neither_order_nor_runs_nor_workers_matter(tmp_path, seed):
    whole, root = tmp_path / "whole", tmp_path / "pages"
    _collection(whole, random.Random(seed))
    shutil.copytree(whole, root)
    at_once = Shelf(tmp_path / "at-once")
    run(at_once, root, workers=2)
    shutil.rmtree(root)
    root.mkdir()
    by_and_by = Shelf(tmp_path / "by-and-by")
    names = sorted(path.name for path in whole.iterdir())
    random.Random(seed + 9).shuffle(names)
    for number, name in enumerate(names):
        shutil.copy2(whole / name, root / name)
        if number % 4 == 3 or number == len(names) - 1:
            run(by_and_by, root)
    assert gone(at_once)
    assert by_and_by.articles == at_once.articles


def test_pages_of_one_stock_of_paragraphs_teach_nothing(shelf, pages):
    random_ = random.Random(7)
    stock = [text for number in range(12) for text in story(number, 2)]
    for number in range(40):
        page(pages / f"{number}.html", *random_.sample(stock, 5), doubted())
    run(shelf, pages)
    assert gone(shelf) == {}


def test_what_was_learned_of_deleted_pages_is_forgotten(shelf, pages):
    appeals(pages, 4)
    run(shelf, pages)
    for number in (0, 1):
        (pages / f"{number:03}.html").unlink()
    run(shelf, pages, prune=True)
    assert gone(shelf) == {}
    assert shelf.articles["pages/003.html"].text.endswith(APPEAL)


def test_places_are_found_again_in_what_comes_back(shelf, pages):
    for number in range(3):
        line = doubted("Read more about Hamburg in our weekend edition, now at kiosks.")
        page(pages / f"{number}.html", *story(number), line)
    run(shelf, pages)
    assert shelf.articles["pages/0.html"].places == ()
    (pages / "1.html").unlink()
    run(shelf, pages, prune=True)
    (found,) = shelf.articles["pages/0.html"].places
    assert shelf.articles["pages/0.html"].text[slice(*found.spans[0])] == "Hamburg"


def test_a_page_that_changes_its_source_leaves_the_one_it_had(shelf, pages):
    appeals(pages, 3)
    run(shelf, pages)
    page(pages / "000.html", *story(0), doubted(), source="Herald", age=50)
    run(shelf, pages)
    assert gone(shelf) == {}


def test_a_second_run_changes_nothing(shelf, pages):
    appeals(pages, 9)
    run(shelf, pages)
    commits, before = shelf.commits, dict(shelf.articles)
    run(shelf, pages)
    assert (shelf.commits, shelf.articles) == (commits, before)


def test_a_run_under_other_rules_learns_anew_though_no_page_changed(
    shelf, pages, monkeypatch
):
    appeals(pages, 4)
    run(shelf, pages)
    monkeypatch.setitem(learning.FEWEST, Sure.DOUBTED, (5, 200))
    run(shelf, pages)
    assert gone(shelf) == {}


def test_a_page_that_teaches_nothing_new_has_no_other_looked_at(
    shelf, pages, monkeypatch
):
    appeals(pages, 9)
    run(shelf, pages)
    page(pages / "x.html", *story(50), doubted())
    looked: list[str] = []
    monkeypatch.setattr("index.chrome.knowledge.Knowledge.rows", looked.append)
    run(shelf, pages)
    assert (len(gone(shelf)), looked) == (10, [])


def test_a_run_that_fails_while_it_settles_is_made_good_by_the_next(
    shelf, pages, monkeypatch
):
    appeals(pages, 7)

    def fail(self, article):
        raise DatelineError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("index.batches.Batches.revise", fail)
        with pytest.raises(DatelineError):
            run(shelf, pages)
    assert gone(shelf) == {}
    run(shelf, pages)
    assert len(gone(shelf)) == 7


def test_what_was_learned_can_be_read(shelf, pages):
    appeals(pages, 5)
    run(shelf, pages)
    (found,) = recurring(shelf.state)["courier"]
    assert (found.text, found.stories) == (APPEAL, 5)


def test_what_each_rule_removed_is_summed_by_source(shelf, pages):
    for number in range(5):
        blocks = story(number)
        page(pages / f"{number}.html", ["Menu", None], *blocks, doubted())
    run(shelf, pages)
    found = {
        s.rule: (s.pages, s.blocks, s.characters) for s in sums(shelf.state)["courier"]
    }
    assert found == {"label": (5, 5, 20), "recurring": (5, 5, 5 * len(APPEAL))}


def test_the_sums_follow_changes_and_deletions(shelf, pages):
    appeals(pages, 5)
    run(shelf, pages)
    for number in range(3):
        (pages / f"{number:03}.html").unlink()
    page(pages / "003.html", ["Home", None], *story(3), source="Herald", age=50)
    run(shelf, pages, prune=True)
    assert {s: [x.rule for x in found] for s, found in sums(shelf.state).items()} == {
        "herald": ["label"]
    }


def test_an_agreement_of_many_parts_is_that_of_one(monkeypatch):
    rows = [
        traits_of(raw("", Form.HTML), _cleaned(*story(n), doubted(), ["Menu", None]))
        for n in range(12)
    ]
    pairs = [(traits.codes, traits.story) for traits in rows]
    codes = sum(len(stored) // 4 for stored, _ in pairs)
    whole = learn(lambda: pairs, codes)
    monkeypatch.setattr(learning, "_CHUNK", 10)
    assert learn(lambda: pairs, codes) == whole
    assert whole.recurring == {digest(APPEAL): 12}


def test_articles_that_were_given_clean_teach_nothing():
    page_ = _cleaned(*story(1), doubted())
    assert traits_of(raw("", Form.CLEAN), page_) == Traits()


def test_listings_teach_nothing():
    page_ = CleanPage(Kind.LISTING, None, (Block("One.", True, "body", 0.3),))
    assert traits_of(raw("", Form.HTML), page_) == Traits()


def test_text_foreign_to_its_story_is_told_from_what_goes_with_it():
    blocks = [Block(str(text), True, "body", 0.01) for text, _ in story(3)]
    standing = "The schoolmaster of that district spoke of measures in spring already."
    bio = "Greta Sallow writes columns, novels and librettos from a lighthouse."
    blocks = [*blocks, Block(standing, True, "body"), Block(bio, True, "body")]
    assert foreign(blocks, frozenset()) == [len(blocks) - 1]


@pytest.mark.parametrize(
    ("block", "sure"),
    [
        (Block("Menu", False, "label", 0.9), Sure.REMOVED),
        (Block(APPEAL, True, "body", 0.4), Sure.DOUBTED),
        (Block(APPEAL, True, "body", 0.12), Sure.SLIGHTLY),
        (Block("What happens next", True, "subheading", 0.15), Sure.CLEAR),
        (Block("More from the harbour", True, "subheading", 0.5), Sure.DOUBTED),
        (Block(APPEAL, True, "body", 0.02), Sure.CLEAR),
        (Block("Share", True, "body", 0.4), Sure.SLIGHTLY),
        (Block("What happens next", True, "subheading"), Sure.CLEAR),
        (Block(APPEAL, True, "body"), Sure.SLIGHTLY),
        (Block(STANDING, True, "body"), Sure.CLEAR),
    ],
)
def test_how_sure_a_page_is(block, sure):
    assert sure_of(block) is sure


def _cleaned(*blocks):
    return CleanPage(
        Kind.ARTICLE,
        None,
        tuple(Block(t, c is not None, "body", c) for t, c in blocks),
    )


_TEXTS = st.sampled_from(
    ["Hamburg waits.", "Rain, again.", "Menu", "By us", "Our app."]
)


@given(st.lists(st.tuples(_TEXTS, st.booleans()), max_size=12), st.sets(_TEXTS))
@settings(max_examples=50)
def test_taking_out_and_putting_back_gives_the_same_article(blocks, doomed):
    page_ = CleanPage(
        Kind.ARTICLE, None, tuple(Block(text, kept, "menu") for text, kept in blocks)
    )
    alone = locate(Article(id="a", text=page_.text, removed=page_.removed))
    left = without(alone, {digest(text) for text in doomed})
    assert as_alone(left, locate) == alone
    assert left.places == locate(left).places
    assert not doomed.intersection(left.paragraphs)


_ANY = st.sampled_from(["menu", "block-model", "outside"])


@given(st.lists(st.tuples(_TEXTS, st.booleans(), _ANY), max_size=8))
@settings(max_examples=100)
def test_putting_back_and_taking_out_gives_the_same_article(blocks):
    page_ = CleanPage(Kind.ARTICLE, None, tuple(Block(*said) for said in blocks))
    alone = locate(Article(id="a", text=page_.text, removed=page_.removed))
    numbers = {digest(text) for text, _, _ in blocks}
    rules = guessed_in(alone, numbers)
    whole = with_back(alone, numbers, locate)
    texts = [text for text, *_ in blocks]
    once = {text for text in texts if texts.count(text) == 1}
    back = [rule != "menu" and text in once for text, _, rule in blocks]
    kept = [block[0] for block, it in zip(blocks, back, strict=True) if block[1] or it]
    assert list(whole.paragraphs) == kept
    assert as_alone(whole, locate, rules) == alone


def test_a_ledger_without_pages_knows_nothing(tmp_path):
    with Ledger(tmp_path / FILE) as ledger:
        assert ledger.knowledge.learned("courier").recurring == {}
        assert ledger.knowledge.unsettled() == []
