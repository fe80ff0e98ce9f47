"""The site in a real browser: nobody is kept out, and nothing sticks out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import url_contains
from selenium.webdriver.support.wait import WebDriverWait

from search.engines import open_build
from search.gazetteer import gazetteer
from search.settings import Settings
from tests import browsing
from tests.browsing import (
    IN_BROWSER,
    VIEWS,
    WIDTHS,
    arrive,
    seen_by_all,
    serving,
    show,
    sticking_out,
    turn,
    violations,
    without_scripts,
)
from tests.commanding import page
from tests.factories import article, place
from tests.memory_engine import MemorySearcher
from tests.newsroom import ARABIC, NASTY, STRIKE, site
from web.app import create_app

pytestmark = IN_BROWSER
browser = browsing.browser

# Of the countries that crowd a map most.
CAPITALS = (
    *("2950159", "2988507", "2643743", "3117735", "3169070", "2761369", "3067696"),
    *("756135", "3054643", "683506", "727011", "264371", "2673730", "3143244"),
    *("2800866", "2759794", "360630", "1850147", "5128581", "3435910", "2147714"),
)
LONG = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
)

# By state of the site, its screens by what they show.
SCREENS = {
    "newsroom": {
        "home": "/",
        "results": "/search?q=strike",
        "filtered": "/search?place=Hamburg&exclude_agency=Reuters&date=2023",
        "browse": "/search?page=2",
        "filters": "/search?q=council#filters",
        "kinds": "/search?kind=all&group=copy",
        "furniture": "/search?q=zeppelin&in=chrome",
        "nothing": "/search?q=zeppelin",
        "words": "/search?q=cranes+zeppelin+nowhere",
        "dropped": "/search?q=cranes&source=unknown&place=Hamburg",
        "together": "/search?q=cranes+ferries&source=unknown&lang=fr&agency=Reuters",
        "odd": "/search?q=%22cranes+AND+*x+(",
        "past": "/search?q=strike&page=90",
        "article": f"/doc/{STRIKE.id}?q=strike&removed=show",
        "arabic": f"/doc/{ARABIC.id}?q=السفن",
        "righttoleft": "/search?lang=ar",
        "hostile": f"/doc/{NASTY.id}",
        "sources": "/sources",
        "places": "/search/facet/place?q=strike",
        "compared": f"/compare?ids={STRIKE.id},{ARABIC.id},{NASTY.id}",
        "help": "/help",
        "status": "/status",
        "refused": "/search?q=strike&sauce=1",
        "missing": "/doc/0123456789abcdef",
        "nolist": "/search/facet/date",
        "problem": "/problems/bad-parameter",
    },
    "crowd": {
        "long": "/search",
        "values": "/search/facet/source?source=outlet-7",
        "prefix": "/search/facet/source?prefix=outlet&more=2",
        "outlets": "/sources?page=2",
        "none": "/search/facet/author?prefix=zz",
    },
    "abroad": {"map": "/places", "town": "/place/2911298"},
    "astray": {"home": "/", "results": "/search"},
    "bare": {"first": "/", "asked": "/search?q=storm", "guide": "/help"},
    "empty": {"home": "/", "sources": "/sources", "help": "/help"},
    "busy": {"home": "/", "results": "/search?q=mill", "status": "/status"},
}
EVERY = [(state, name) for state, screens in SCREENS.items() for name in screens]


def crowd() -> MemorySearcher:
    """Return articles of more outlets than a page lists, some with endless words."""
    return MemorySearcher(
        article(
            id=f"{number:016x}",
            title=f"{LONG} " * (1 + number % 3),
            text=f"{LONG}\n\nhttps://example.org/{'x' * 200}",
            source=f"Outlet {number}" if number % 20 else LONG,
            published=f"{1950 + number % 70}",
            authors=(f"{LONG} {number}",),
            url=f"https://example.org/{LONG * 3}",
        )
        for number in range(150)
    )


def abroad() -> MemorySearcher:
    """Return articles that name towns of many countries, some of them often."""
    known = filter(None, map(gazetteer().place, CAPITALS))
    return MemorySearcher(
        article(
            id=f"{number}-{town.id}",
            source=f"Outlet {number % 7}",
            published=f"20{10 + number:02}",
            places=(
                place(town.id, town.label, *town.path[:-1], dateline=number % 2 == 0),
                place("2911298", "Hamburg", "2921044", as_written=("Hamborg",)),
            ),
        )
        for rank, town in enumerate(known)
        for number in range(1 + 40 // (rank + 1))
    )


def astray() -> MemorySearcher:
    """Return articles of a year, one of which has a slip in its year."""
    days = [f"2023-{month:02}" for month in range(1, 13)]
    return MemorySearcher(
        article(id=day, source="Bay", lang=None, published=day)
        for day in (*days, "1066")
    )


def busy(folder: Path) -> str:
    """Return an index of pages of which one could not be read."""
    page(folder / "pages" / "mill.html", "Mill to reopen", "The mill opens in May.")
    (folder / "pages" / "torn.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    index = str(folder / "index")
    words = ["reindex", str(folder / "pages"), "--index", index]
    ran = subprocess.run(
        [sys.executable, "-m", "dateline", *words], check=False, capture_output=True
    )
    assert ran.returncode == 3
    return index


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where the site is, by state; a run writes to the busy one all the time."""
    folder = tmp_path_factory.mktemp("sites")
    index = busy(folder)
    apps = {
        "newsroom": site(),
        "crowd": site(crowd()),
        "abroad": site(abroad()),
        "astray": site(astray()),
        "bare": create_app(Settings(index=str(folder / "none"))),
        "empty": site(MemorySearcher(())),
        "busy": create_app(Settings(index=index)),
    }
    with ExitStack() as stack:
        stack.enter_context(open_build(index))
        yield {state: stack.enter_context(serving(app)) for state, app in apps.items()}


@pytest.fixture(scope="module")
def address(addresses: dict[str, str]) -> str:
    return addresses["newsroom"]


@dataclass(frozen=True, slots=True)
class Visit:
    """What a browser found on a screen, by width and scheme where that may matter."""

    violations: dict[tuple[int, str], list[str]]
    sticking_out: dict[int, int]
    asked: list[str]
    told: list[str]


@pytest.fixture(scope="module")
def visit(
    browser: webdriver.Chrome, addresses: dict[str, str]
) -> Callable[[str, str], Visit]:
    """A function that goes to a screen once, for all that is claimed of it."""

    @cache
    def once(state: str, screen: str) -> Visit:
        browser.get_log("browser")
        show(browser, addresses[state] + SCREENS[state][screen])
        names = "performance.getEntriesByType('resource').map(each => each.name)"
        asked = browser.execute_script(f"return {names}")
        told = [entry["message"] for entry in browser.get_log("browser")]
        found = seen_by_all(browser)
        wide = {}
        for width in (*WIDTHS, 768):
            turn(browser, width)
            wide[width] = sticking_out(browser)
        return Visit(found, wide, asked, told)

    return once


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize(("state", "screen"), EVERY)
def test_no_screen_keeps_anybody_out(visit, state, screen, width, scheme) -> None:
    assert visit(state, screen).violations[width, scheme] == []


@pytest.mark.parametrize("width", [320, 1440])
def test_what_is_folded_keeps_nobody_out_when_it_is_opened(
    browser: webdriver.Chrome, address: str, width: int
) -> None:
    show(browser, f"{address}/search?q=strike#filters", width)
    sticking_out(browser)  # which unfolds it
    assert violations(browser) == []


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize(("state", "screen"), EVERY)
def test_nothing_sticks_out_sideways(visit, state, screen, width) -> None:
    assert visit(state, screen).sticking_out[width] <= 0


@pytest.mark.parametrize(("state", "screen"), EVERY)
def test_a_page_asks_nobody_else(visit, addresses, state, screen) -> None:
    own = f"{addresses[state]}/static/"
    asked = visit(state, screen).asked
    assert [name for name in asked if not name.startswith(own)] == []


@pytest.mark.parametrize(("state", "screen"), EVERY)
def test_no_page_breaks_its_own_policy(visit, state, screen) -> None:
    told = visit(state, screen).told
    refused = ("status of 40", "status of 503")
    assert [line for line in told if not any(each in line for each in refused)] == []


def test_the_keyboard_reaches_the_first_hit(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, f"{address}/search?q=strike")
    skip = browser.switch_to.active_element
    skip.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the results"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    walked = []
    for _ in range(60):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        walked.append(browser.switch_to.active_element.get_attribute("href") or "")
        if f"/doc/{STRIKE.id}?" in walked[-1]:
            break
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    arrive(browser, walked[-1])
    assert browser.find_element(By.TAG_NAME, "h1").text.startswith("Dock workers")


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("path", ["/", "/search?q=strike", "/sources", "/help"])
def test_the_keyboard_walks_the_head_of_a_page_as_the_eye_does(
    browser: webdriver.Chrome, address: str, path: str, width: int
) -> None:
    show(browser, address + path, width)
    places = browser.execute_script(
        "return [...document.querySelectorAll('.top :is(a, input, select, button)')]"
        ".filter(each => each.type !== 'hidden').map(each => {"
        " const {left, right, top, bottom} = each.getBoundingClientRect();"
        " return [left, right, top, bottom] })"
    )
    assert len(places) >= 4
    for (_, right, _, bottom), (left, _, top, _) in pairwise(places):
        assert left >= right - 2 or top >= bottom - 2  # pixels; borders overlap


def walk_to(browser: webdriver.Chrome, name: str) -> None:
    """Press Tab until a control of this name has the focus."""
    for _ in range(100):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        if browser.switch_to.active_element.get_attribute("name") == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_the_keyboard_alone_asks_narrows_and_reads(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, address)
    walk_to(browser, "q")
    browser.switch_to.active_element.send_keys("council", Keys.ENTER)
    arrive(browser, f"{address}/search?q=council")
    walk_to(browser, "source")
    box = browser.switch_to.active_element
    value = box.get_attribute("value")
    box.send_keys(Keys.SPACE, Keys.ENTER)
    arrive(browser, f"{address}/search?q=council&source={value}")
    browser.find_element(By.CSS_SELECTOR, ".hit h2 a").send_keys(Keys.ENTER)
    assert browser.find_element(By.TAG_NAME, "h1").text.startswith("Council debates")


def test_a_search_is_asked_narrowed_and_read_without_script(
    browser: webdriver.Chrome, address: str
) -> None:
    with without_scripts(browser):
        show(browser, address)
        browser.find_element(By.NAME, "q").send_keys("council", Keys.ENTER)
        arrive(browser, f"{address}/search?q=council")
        box = "input[name=source][value=harbour-gazette]"
        browser.find_element(By.CSS_SELECTOR, box).click()
        browser.find_element(By.CSS_SELECTOR, ".filters form > button").click()
        arrive(browser, f"{address}/search?q=council&source=harbour-gazette")
        hit = browser.find_element(By.CSS_SELECTOR, ".hit h2 a")
        target = hit.get_attribute("href") or ""
        hit.click()
        arrive(browser, target)
        assert browser.find_elements(By.CSS_SELECTOR, "mark#m1")


def test_the_keyboard_goes_into_a_country_on_the_map_without_script(
    browser: webdriver.Chrome, addresses: dict[str, str]
) -> None:
    with without_scripts(browser):
        show(browser, f"{addresses['abroad']}/places")
        walk = browser.find_element(By.NAME, "prefix")
        walk.send_keys(Keys.TAB, Keys.TAB)
        circle = browser.switch_to.active_element
        told = circle.find_element(By.TAG_NAME, "title").get_attribute("textContent")
        ring = circle.find_element(By.CSS_SELECTOR, ".mark")
        width = ring.value_of_css_property("stroke-width")
        circle.send_keys(Keys.ENTER)
        WebDriverWait(browser, 10).until(url_contains("/places?within=2921044"))
        assert (str(told).partition(":")[0], width) == ("Germany", "3px")


def test_what_is_ticked_in_a_long_facet_stays_ticked_on_the_way_without_script(
    browser: webdriver.Chrome, addresses: dict[str, str]
) -> None:
    second = ".values li:nth-child(2) input"
    with without_scripts(browser):
        show(browser, f"{addresses['crowd']}/search/facet/source")
        browser.find_element(By.CSS_SELECTOR, second).click()
        browser.find_element(By.CSS_SELECTOR, "button[name=more]").click()
        WebDriverWait(browser, 10).until(url_contains("more=2"))
        browser.find_element(By.CSS_SELECTOR, second).click()
        browser.find_element(By.CSS_SELECTOR, "button[name=apply]").click()
        WebDriverWait(browser, 10).until(url_contains("/search?source="))
        assert browser.find_element(By.TAG_NAME, "h1").text == "2 articles"


def test_a_fieldset_that_was_changed_has_a_button_of_its_own(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, f"{address}/search?q=council")
    button = browser.find_element(By.CSS_SELECTOR, "fieldset:has([name=source]) .go")
    before = button.is_displayed()
    browser.find_element(By.CSS_SELECTOR, "input[name=source]").click()
    assert (before, button.is_displayed()) == (False, True)


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("asked", ["q" * 500, "zeppelin harbour " * 29])
def test_an_endless_question_leaves_room_for_its_answer(
    browser: webdriver.Chrome, address: str, asked: str, width: int
) -> None:
    show(browser, f"{address}/search?q={asked}", width)
    head = browser.find_element(By.TAG_NAME, "h1")
    assert head.rect["height"] < 110
    assert asked.strip() in (head.get_attribute("title") or "")
    assert asked.strip() in (head.get_attribute("textContent") or "")


@pytest.mark.parametrize(
    ("path", "repeated"),
    [(f"/doc/{STRIKE.id}", ".found"), ("/search/facet/source", ".back")],
)
@pytest.mark.parametrize("asked", ["q" * 500, "strike harbour " * 33])
def test_an_endless_question_is_not_repeated_at_length(
    browser: webdriver.Chrome, address: str, path: str, repeated: str, asked: str
) -> None:
    show(browser, f"{address}{path}?q={asked}", 320)
    found = browser.find_element(By.CSS_SELECTOR, repeated)
    assert 0 < found.rect["height"] < 130


@pytest.mark.parametrize("width", [320, 1440])
def test_the_latest_headlines_take_three_lines_at_most(
    browser: webdriver.Chrome, addresses: dict[str, str], width: int
) -> None:
    show(browser, addresses["crowd"], width)
    found = browser.find_elements(By.CSS_SELECTOR, ".latest h3")
    assert 0 < max(head.rect["height"] for head in found) < 80
    assert any(
        (head.get_attribute("textContent") or "").count(LONG) == 3 for head in found
    )


def test_a_bar_leads_to_its_articles(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/search?q=council")
    browser.find_element(By.CSS_SELECTOR, ".bars a:last-of-type rect").click()
    assert "&date=20" in browser.current_url


def test_focus_is_seen(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/search?q=strike")
    browser.find_element(By.NAME, "q").send_keys("")
    script = (
        "const style = getComputedStyle(document.activeElement);"
        "return [style.outlineStyle, parseFloat(style.outlineWidth)]"
    )
    assert browser.execute_script(script) == ["solid", 3]


def test_hostile_text_opens_no_dialog(browser: webdriver.Chrome, address: str) -> None:
    show(browser, f"{address}/doc/{NASTY.id}?q=script&removed=show")
    script = (
        "return [document.images.length,"
        " ...[...document.scripts].map(each => new URL(each.src).pathname)]"
    )
    assert browser.execute_script(script) == [0, "/static/dateline.js"]


def test_small_screens_show_a_hit_before_all_filters(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, f"{address}/search?q=strike", 320)
    hit = browser.find_element(By.CSS_SELECTOR, ".hit h2")
    assert hit.location["y"] < 900


@pytest.mark.parametrize("screen", ["home", "filtered", "article"])
def test_paper_shows_nothing_to_press(
    browser: webdriver.Chrome, address: str, screen: str
) -> None:
    show(browser, address + SCREENS["newsroom"][screen])
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    pressed = "button, input, select, .x, .clear, .jump, .tools"
    found = browser.find_elements(By.CSS_SELECTOR, pressed)
    shown = [element.tag_name for element in found if element.is_displayed()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert shown == []


def test_forced_colours_leave_more_and_less_apart(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, address)
    features = [{"name": "forced-colors", "value": "active"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    script = (
        "return ['.s2', '.s4'].map(name => {"
        "const style = getComputedStyle(document.querySelector('.strip ' + name));"
        "return style.fill + ' ' + style.opacity })"
    )
    few, most = browser.execute_script(script)
    off = [{"name": "forced-colors", "value": "none"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": off})
    assert few != most


@pytest.mark.parametrize("path", ["/search?q=strike", f"/doc/{STRIKE.id}?q=strike"])
def test_forced_colours_leave_a_match_in_a_headline_on_a_ground_of_its_own(
    browser: webdriver.Chrome, address: str, path: str
) -> None:
    show(browser, address + path)
    features = [{"name": "forced-colors", "value": "active"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    script = (
        "return ['h1 mark, h2 mark', 'p mark'].map(name => {"
        "const style = getComputedStyle(document.querySelector(name));"
        "return style.color + ' on ' + style.backgroundColor })"
    )
    headline, text = browser.execute_script(script)
    off = [{"name": "forced-colors", "value": "none"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": off})
    assert headline == text


def test_paper_is_white_whatever_a_screen_prefers(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, f"{address}/search?q=strike")
    preferred = [{"name": "prefers-color-scheme", "value": "dark"}]
    media = {"media": "print", "features": preferred}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    script = (
        "return ['body', '.snippet mark'].map(name =>"
        " getComputedStyle(document.querySelector(name)).backgroundColor)"
    )
    paper = browser.execute_script(script)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    assert paper == ["rgb(255, 255, 255)", "rgb(238, 238, 238)"]
