"""The page of one article in a real browser, with its script and without."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import url_to_be
from selenium.webdriver.support.wait import WebDriverWait

from search.model import Kind, Removed
from tests import browsing
from tests.factories import article
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARABIC, ARTICLES, NASTY, STRIKE, UNTITLED
from tests.newsroom import site as site_over

pytestmark = browsing.IN_BROWSER
browser = browsing.browser

EMPTY = article(
    id="00000000000000b1", text="", removed=(Removed("Home", "navigation"),)
)
LENGTHY = article(
    id="00000000000000b2",
    title="Donaudampfschifffahrtsgesellschaftskapitän " * 12,
    text="A" * 300 + "\n\n" + "وصلت السفن and then left. " * 20,
    lang=None,
    kind=Kind.LISTING,
    url="https://a.example/" + "long/" * 60,
    path="a/" * 150 + "b.html",
)
SHORT = replace(
    STRIKE,
    id="00000000000000b3",
    text="The old quay was closed for the winter, and the ferries left it. " * 18,
)
STATES = {
    "matches": f"/doc/{STRIKE.id}?q=strike",
    "removed": f"/doc/{STRIKE.id}?q=strike&removed=show",
    "paragraph": f"/doc/{STRIKE.id}?q=strike#p2",
    "cited": f"/doc/{STRIKE.id}?quote=2#cite",
    "neighbours": f"/doc/{STRIKE.id}?agency=AP&sort=newest",
    "arabic": f"/doc/{ARABIC.id}?q=السفن#p1",
    "untitled": f"/doc/{UNTITLED.id}",
    "hostile": f"/doc/{NASTY.id}?q=script&removed=show#p1",
    "empty": f"/doc/{EMPTY.id}?removed=show",
    "lengthy": f"/doc/{LENGTHY.id}#p2",
    "lack": f"/doc/{STRIKE.id}/original",
}
WIDTHS = (320, 600, 768, 1100, 1440)
NOW = "return document.querySelector('mark.current')?.id ?? null"
STATUS = "return document.querySelector('[role=status]').textContent"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    searcher = MemorySearcher((*ARTICLES, EMPTY, LENGTHY, SHORT))
    with browsing.serving(site_over(searcher)) as served:
        yield served


def open_at(
    browser: webdriver.Chrome,
    address: str,
    width: int = 1440,
    scheme: str = "light",
    height: int = browsing.HEIGHT,
) -> None:
    """Open a page anew: one that differs in its fragment only would stay."""
    browser.get("about:blank")
    browsing.show(browser, address, width, scheme, height)


def press(browser: webdriver.Chrome, *keys: str) -> None:
    browser.find_element(By.TAG_NAME, "body").send_keys(*keys)


def focused(browser: webdriver.Chrome) -> WebElement:
    return browser.switch_to.active_element


def wait_for(browser: webdriver.Chrome, script: str, value: object) -> None:
    WebDriverWait(browser, 5).until(lambda found: found.execute_script(script) == value)


# Everybody


@dataclass(frozen=True, slots=True)
class Visit:
    """What a browser found on a page, by width, and by scheme where that may matter."""

    violations: dict[tuple[int, str], list[str]]
    sticking_out: dict[int, int]


@pytest.fixture(scope="module")
def visit(browser: webdriver.Chrome, address: str) -> Callable[[str], Visit]:
    """A function that goes to a page once, for all that is claimed of it."""
    script = "return document.documentElement.scrollWidth - window.innerWidth"

    @cache
    def once(state: str) -> Visit:
        open_at(browser, address + STATES[state])
        found = browsing.seen_by_all(browser)
        wide = {}
        for width in WIDTHS:
            browsing.turn(browser, width)
            wide[width] = browser.execute_script(script)
        return Visit(found, wide)

    return once


@pytest.mark.parametrize(("width", "scheme"), browsing.VIEWS)
@pytest.mark.parametrize("state", STATES)
def test_no_state_of_it_keeps_anybody_out(visit, state, width, scheme) -> None:
    assert visit(state).violations[width, scheme] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sheet_of_keys_keeps_nobody_out(
    browser: webdriver.Chrome, address: str, scheme: str
) -> None:
    open_at(browser, address + STATES["matches"], 320, scheme)
    press(browser, "?")
    assert browser.find_element(By.CSS_SELECTOR, "dialog.keys").is_displayed()
    assert browsing.violations(browser) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", STATES)
def test_nothing_of_it_sticks_out_sideways(visit, state, width) -> None:
    assert visit(state).sticking_out[width] <= 0


# Without script


def test_matches_are_walked_without_script(
    browser: webdriver.Chrome, address: str
) -> None:
    with browsing.without_scripts(browser):
        open_at(browser, address + STATES["matches"])
        browser.find_element(By.LINK_TEXT, "3 matches").click()
        assert browser.current_url.endswith("#m1")
        browser.find_element(By.CSS_SELECTOR, "#p2 .jump a").click()
        assert browser.current_url.endswith("#m3")


def test_a_paragraph_is_cited_without_script(
    browser: webdriver.Chrome, address: str
) -> None:
    with browsing.without_scripts(browser):
        open_at(browser, address + STATES["matches"])
        number = browser.find_element(By.CSS_SELECTOR, "#p3 .no")
        number.send_keys(Keys.ENTER)
        browser.find_element(By.CSS_SELECTOR, "#p3 .acts a + a").click()
        wanted = f"{address}/doc/{STRIKE.id}?q=strike&quote=3#cite"
        WebDriverWait(browser, 5).until(url_to_be(wanted))
        quoted = browser.find_element(By.CSS_SELECTOR, ".cite blockquote")
        assert quoted.text.startswith("Ships bound for Beirut")


def test_the_keyboard_reaches_what_a_paragraph_offers(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["matches"])
    browser.find_element(By.CSS_SELECTOR, "#p1 .no").send_keys(Keys.ENTER, Keys.TAB)
    for _ in range(4):
        if focused(browser).text == "Cite it":
            break
        focused(browser).send_keys(Keys.TAB)
    assert focused(browser).text == "Cite it"


def test_every_stop_of_the_keyboard_is_seen(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["removed"])
    unseen = []
    for _ in range(80):
        focused(browser).send_keys(Keys.TAB)
        if focused(browser).tag_name == "body":
            break
        box = focused(browser).rect
        style = focused(browser).value_of_css_property("outline-style")
        if style != "solid" or box["width"] < 5 or box["height"] < 5:
            unseen.append(focused(browser).get_attribute("outerHTML"))
    assert unseen == []


# With script


def test_n_and_shift_n_go_through_the_matches(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["matches"])
    walked = []
    for key in ("n", "n", "n", "n", "N"):
        press(browser, key)
        walked.append(browser.execute_script(NOW))
    assert walked == ["m1", "m2", "m3", "m1", "m3"]
    assert browser.find_element(By.CSS_SELECTOR, ".dock .place").text == "3 of 3"


def test_a_match_is_announced_and_has_the_focus(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["matches"])
    press(browser, "n")
    wait_for(browser, STATUS, "Match 1 of 3, paragraph 2")
    assert focused(browser).get_attribute("id") == "m1"


def test_the_walk_begins_where_one_has_come_to(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, f"{address}{STATES['matches']}#m2")
    press(browser, "n")
    assert browser.execute_script(NOW) == "m3"


def test_keys_are_letters_in_a_box(browser: webdriver.Chrome, address: str) -> None:
    open_at(browser, address + STATES["matches"])
    press(browser, "/")
    box = focused(browser)
    assert box.get_attribute("name") == "q"
    box.send_keys("n?/")
    assert (box.get_attribute("value") or "").endswith("n?/")
    assert browser.execute_script(NOW) is None


def test_keys_can_be_turned_off_and_stay_off(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["matches"])
    button = browser.find_element(By.CSS_SELECTOR, ".keys-button")
    button.send_keys(Keys.ENTER)
    browser.find_element(By.CSS_SELECTOR, "dialog.keys input").click()
    try:
        open_at(browser, address + STATES["matches"])
        press(browser, "n", "?")
        assert browser.execute_script(NOW) is None
        assert not browser.find_elements(By.CSS_SELECTOR, "dialog[open]")
    finally:
        browser.execute_script("localStorage.clear()")


def test_a_key_with_another_held_down_is_the_browsers(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["matches"])
    press(browser, Keys.CONTROL, "n", Keys.NULL)
    assert browser.execute_script(NOW) is None


def test_j_and_k_go_to_the_hits_beside_it(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, f"{address}/doc/{STRIKE.id}?q=strike")
    onwards = browser.find_element(By.CSS_SELECTOR, "a[rel=next]").get_attribute("href")
    press(browser, "j")
    WebDriverWait(browser, 5).until(url_to_be(onwards or ""))
    press(browser, "k")
    back = f"{address}/doc/{STRIKE.id}?q=strike"
    WebDriverWait(browser, 5).until(url_to_be(back))


def test_j_and_k_go_through_the_hits_of_a_page(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, f"{address}/search?q=strike")
    links = browser.find_elements(By.CSS_SELECTOR, ".hit h2 a")
    press(browser, "j")
    assert focused(browser) == links[0]
    focused(browser).send_keys("j")
    assert focused(browser) == links[1]
    focused(browser).send_keys("k")
    assert focused(browser) == links[0]


def test_a_selected_passage_has_an_address_here_and_on_the_live_page(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["matches"])
    browser.execute_script(
        "const text = document.querySelector('#p3 > p').firstChild;"
        "getSelection().setBaseAndExtent(text, 0, text, 22)"
    )
    shown = "return !document.querySelector('.dock [role=group]').hidden"
    wait_for(browser, shown, value=True)
    link = browser.find_element(By.CSS_SELECTOR, ".dock [role=group] a")
    assert link.get_attribute("href") == (
        f"{STRIKE.url}#:~:text=Ships%20bound%20for%20Beirut"
    )
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"


def select(browser: webdriver.Chrome, paragraph: str) -> None:
    """Select a whole paragraph that ends at the lower edge of the window."""
    browser.execute_script(
        "const text = document.querySelector(arguments[0]);"
        "text.scrollIntoView({block: 'end'});"
        "getSelection().selectAllChildren(text)",
        f"{paragraph} > p",
    )
    shown = "return !document.querySelector('.dock [role=group]').hidden"
    wait_for(browser, shown, value=True)


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 320), (1440, 900)])
def test_what_a_selection_is_offered_does_not_lie_upon_it(
    browser: webdriver.Chrome, address: str, width: int, height: int
) -> None:
    open_at(browser, address + STATES["matches"], width, height=height)
    select(browser, "#p2")
    bottom, top, *lying = browser.execute_script(
        "const chosen = getSelection().getRangeAt(0).getBoundingClientRect();"
        "return [chosen.bottom, chosen.top, ...[...document.querySelectorAll("
        "'.dock > div')].map(each => each.getBoundingClientRect())"
        ".filter(each => each.height).map(each => [each.top, each.bottom])]"
    )
    assert lying
    assert [each for each in lying if each[0] < bottom and each[1] > top] == []


@pytest.mark.parametrize(("width", "height"), [(320, 640), (640, 320)])
def test_a_small_screen_has_room_for_one_box_of_one_line(
    browser: webdriver.Chrome, address: str, width: int, height: int
) -> None:
    open_at(browser, address + STATES["matches"], width, height=height)
    select(browser, "#p2")
    boxes = browser.find_elements(By.CSS_SELECTOR, ".dock > div")
    (height,) = (box.rect["height"] for box in boxes if box.is_displayed())
    assert height < 50


def test_on_a_low_screen_nothing_lies_over_the_text(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["matches"], 640, height=320)
    dock = browser.find_element(By.CSS_SELECTOR, ".dock")
    assert dock.value_of_css_property("position") == "static"


def test_a_single_match_has_no_way_to_the_next(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, f"{address}/doc/{STRIKE.id}?q=estuary")
    assert browser.find_elements(By.ID, "m1")
    assert not browser.find_elements(By.CSS_SELECTOR, ".dock .place")
    press(browser, "n")
    wait_for(browser, STATUS, "Match 1 of 1, paragraph 3")


def test_the_match_one_is_at_stands_out_without_a_line_around_it(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["matches"])
    press(browser, "n")
    script = (
        "return ['m1', 'm2'].map(id => {"
        "const style = getComputedStyle(document.getElementById(id));"
        "return [style.backgroundColor, style.outlineColor] })"
    )
    (now, around), (other, _) = browser.execute_script(script)
    assert now != other
    assert around == "rgba(0, 0, 0, 0)"


def test_a_match_in_the_headline_is_marked_like_one_in_the_text(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["matches"])
    script = (
        "const style = getComputedStyle(document.querySelector('h1 mark'));"
        "const box = document.querySelector('h1 mark').getBoundingClientRect();"
        "const stops = [...style.backgroundImage.matchAll(/([\\d.]+)%/g)]"
        ".map(found => found[1] / 100);"
        "return [box.height * (Math.max(...stops) - Math.min(...stops)),"
        " parseFloat(style.fontSize), style.textDecorationLine]"
    )
    height, size, line = browser.execute_script(script)
    assert height > size
    assert line == "underline"


def test_a_citation_is_copied_and_said(browser: webdriver.Chrome, address: str) -> None:
    open_at(browser, address + STATES["matches"])
    browser.execute_script(
        "window.copied = [];"
        "navigator.clipboard.writeText = async text => { window.copied.push(text) }"
    )
    browser.find_element(By.CSS_SELECTOR, ".ways .copy").click()
    wait_for(browser, STATUS, "The citation is copied")
    (copied,) = browser.execute_script("return window.copied")
    assert copied.startswith("Mira Okonkwo, Tomas Lindqvist, “Dock workers")
    assert copied.endswith(f"{address}/doc/{STRIKE.id}")


def test_what_is_copied_by_hand_is_the_text_alone(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["paragraph"])
    browser.execute_script(
        "getSelection().selectAllChildren(document.querySelector('.text'))"
    )
    copied = browser.execute_script("return getSelection().toString()")
    assert "Cite it" not in copied
    assert "Ships bound for Beirut" in copied


def test_a_short_article_is_printed_with_its_evidence_on_one_page(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, f"{address}/doc/{SHORT.id}?q=quay")
    made = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    assert len(re.findall(rb"/Type\s*/Page\b", b64decode(made["data"]))) == 1


def test_the_match_one_is_at_is_legible_on_paper(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["matches"])
    press(browser, "n")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    mark = browser.find_element(By.CSS_SELECTOR, "mark.current")
    colour = mark.value_of_css_property("color")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert colour == "rgba(0, 0, 0, 1)"


def test_paper_shows_the_text_and_how_to_cite_it(
    browser: webdriver.Chrome, address: str
) -> None:
    open_at(browser, address + STATES["paragraph"])
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen = {
        selector: browser.find_element(By.CSS_SELECTOR, selector).is_displayed()
        for selector in (".text", ".citation", ".dock", ".acts", ".ways", ".copy")
    }
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert seen == {
        ".text": True,
        ".citation": True,
        ".dock": False,
        ".acts": False,
        ".ways": False,
        ".copy": False,
    }
