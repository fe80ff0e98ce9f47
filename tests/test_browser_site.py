"""The site in a real browser: nobody is kept out, and nothing sticks out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import url_to_be
from selenium.webdriver.support.wait import WebDriverWait
from werkzeug.serving import make_server

from tests.newsroom import ARABIC, NASTY, STRIKE, site

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
MISSING = [
    package
    for package, found in (("chromium", CHROMIUM), ("chromium-driver", DRIVER))
    if found is None
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        bool(MISSING), reason=f"not installed: {' and '.join(MISSING)} (apt packages)"
    ),
    # One browser for the file: its tests belong to one worker.
    pytest.mark.xdist_group("browser"),
]

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--disable-dev-shm-usage"),
)
SCREENS = {
    "home": "/",
    "results": "/search?q=strike",
    "filtered": "/search?place=Hamburg&exclude_source=northern-courier&date=2023-03",
    "browse": "/search?page=2",
    "filters": "/search?q=council#filters",
    "furniture": "/search?q=zeppelin&in=chrome",
    "nothing": "/search?q=zeppelin",
    "dropped": "/search?q=cranes&source=unknown&place=Hamburg",
    "article": f"/doc/{STRIKE.id}?q=strike&removed=show",
    "arabic": f"/doc/{ARABIC.id}?q=السفن",
    "hostile": f"/doc/{NASTY.id}",
    "sources": "/sources",
    "help": "/help",
    "refused": "/search?q=strike&sauce=1",
    "missing": "/doc/0123456789abcdef",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site(), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    service = Service(DRIVER or "", log_output=os.devnull)
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


def show(
    browser: webdriver.Chrome, address: str, width: int = 1440, scheme: str = "light"
) -> None:
    """Open a page in a window this wide with this colour scheme preferred."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(address)


def arrive(browser: webdriver.Chrome, address: str) -> None:
    """Wait until the browser shows ``address``."""
    WebDriverWait(browser, 10).until(url_to_be(address))


def violations(browser: webdriver.Chrome) -> list[str]:
    """Return what axe finds wrong with the page, each with the element it means."""
    browser.execute_script(AXE.read_text("utf-8"))
    run = "axe.run({runOnly: arguments[0]}).then(arguments[1])"
    found: dict[str, Any] = browser.execute_async_script(run, TAGS)
    assert len(found["passes"]) > 10
    return [
        f"{violation['id']}: {node['html']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_keeps_anybody_out(
    browser: webdriver.Chrome, address: str, screen: str, width: int, scheme: str
) -> None:
    show(browser, address + SCREENS[screen], width, scheme)
    assert violations(browser) == []


@pytest.mark.parametrize("width", [320, 1440])
def test_what_is_folded_keeps_nobody_out_when_it_is_opened(
    browser: webdriver.Chrome, address: str, width: int
) -> None:
    show(browser, f"{address}/search?q=strike#filters", width)
    browser.find_element(By.CSS_SELECTOR, ".table summary").click()
    assert violations(browser) == []


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_sticks_out_sideways(
    browser: webdriver.Chrome, address: str, screen: str, width: int
) -> None:
    show(browser, address + SCREENS[screen], width)
    for details in browser.find_elements(By.TAG_NAME, "details"):
        browser.execute_script("arguments[0].open = true", details)
    script = "return document.documentElement.scrollWidth - window.innerWidth"
    assert browser.execute_script(script) <= 0


@pytest.mark.parametrize("screen", SCREENS)
def test_a_page_asks_for_nothing_but_its_own_style_and_script(
    browser: webdriver.Chrome, address: str, screen: str
) -> None:
    show(browser, address + SCREENS[screen])
    script = "return performance.getEntriesByType('resource').map(each => each.name)"
    asked = [name for name in browser.execute_script(script) if "favicon" not in name]
    own = ("dateline.css", "doc.css", "dateline.js")
    assert {name.split("?")[0] for name in asked} <= {
        f"{address}/static/{name}" for name in own
    }


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_breaks_its_own_policy(
    browser: webdriver.Chrome, address: str, screen: str
) -> None:
    browser.get_log("browser")
    show(browser, address + SCREENS[screen])
    told = browser.get_log("browser")
    assert [entry for entry in told if "status of 40" not in entry["message"]] == []


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


def test_a_search_is_asked_narrowed_and_read_without_script(
    browser: webdriver.Chrome, address: str
) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
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
    finally:
        browser.execute_cdp_cmd(
            "Emulation.setScriptExecutionDisabled", {"value": False}
        )


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
    show(browser, address + SCREENS[screen])
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
