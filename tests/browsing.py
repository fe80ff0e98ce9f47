"""A real browser for tests, and what to ask of a page in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.expected_conditions import url_to_be
from selenium.webdriver.support.wait import WebDriverWait
from werkzeug.serving import make_server

from tests.newsroom import site

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
MISSING = [
    package
    for package, found in (("chromium", CHROMIUM), ("chromium-driver", DRIVER))
    if found is None
]
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(
        bool(MISSING), reason=f"not installed: {' and '.join(MISSING)} (apt packages)"
    ),
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WIDTHS = (320, 1440)
HEIGHT = 900
# What is dark has the same colours whether it is narrow or wide.
VIEWS = ((320, "light"), (1440, "light"), (1440, "dark"))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--disable-dev-shm-usage"),
)

# Only what is wrong is told at length, which is quicker by half.
_RUN = """
const done = arguments[1]
axe.run({runOnly: arguments[0], resultTypes: ['violations']}).then(found => done([
  found.passes.length,
  found.violations.flatMap(each => each.nodes.map(
    node => `${each.id}: ${node.html} ${node.failureSummary}`)),
]))
"""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve ``app`` on a free port of this machine; the value is its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium(profile: Path) -> Iterator[webdriver.Chrome]:
    """Run a browser that keeps its things in ``profile``."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    service = Service(DRIVER or "", log_output=os.devnull)
    driver = webdriver.Chrome(options=options, service=service)
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A browser for all tests of a worker."""
    with chromium(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the newsroom's site is, for all tests of a file."""
    with serving(site()) as address:
        yield address


def show(
    browser: webdriver.Chrome,
    address: str,
    width: int = 1440,
    scheme: str = "light",
    height: int = HEIGHT,
) -> None:
    """Open a page in a window of this size with this colour scheme preferred."""
    _adapt(browser, width, {"prefers-color-scheme": scheme}, height)
    browser.get(address)


def turn(browser: webdriver.Chrome, width: int, scheme: str = "light") -> None:
    """Give the page that is open another width and scheme, without a new visit.

    Nothing moves meanwhile: a colour that is on its way has a contrast of its own.
    """
    wanted = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
    _adapt(browser, width, wanted)
    script = (
        "return [window.innerWidth, ...arguments[0].map("
        "([name, value]) => matchMedia(`(${name}: ${value})`).matches)]"
    )
    there = [width, True, True]
    WebDriverWait(browser, 10, poll_frequency=0.02).until(
        lambda found: found.execute_script(script, list(wanted.items())) == there
    )


def _adapt(
    browser: webdriver.Chrome,
    width: int,
    wanted: dict[str, str],
    height: int = HEIGHT,
) -> None:
    features = [{"name": name, "value": value} for name, value in wanted.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def arrive(browser: webdriver.Chrome, address: str) -> None:
    """Wait until the browser shows ``address``."""
    WebDriverWait(browser, 10).until(url_to_be(address))


@contextmanager
def without_scripts(browser: webdriver.Chrome) -> Iterator[None]:
    """Let no page run a script meanwhile."""
    command = "Emulation.setScriptExecutionDisabled"
    browser.execute_cdp_cmd(command, {"value": True})
    try:
        yield
    finally:
        browser.execute_cdp_cmd(command, {"value": False})


def violations(browser: webdriver.Chrome) -> list[str]:
    """Return what axe finds wrong with the page, each with the element it means."""
    if not browser.execute_script("return 'axe' in window"):
        browser.execute_script(AXE.read_text("utf-8"))
    passed, found = browser.execute_async_script(_RUN, TAGS)
    assert passed > 10
    return list(found)


def seen_by_all(browser: webdriver.Chrome) -> dict[tuple[int, str], list[str]]:
    """Return the violations of the page by width and scheme, of one visit."""
    found = {}
    for width, scheme in VIEWS:
        turn(browser, width, scheme)
        found[width, scheme] = violations(browser)
    return found


def sticking_out(browser: webdriver.Chrome) -> int:
    """Return how many pixels the page is wider than its window, all of it unfolded."""
    script = (
        "document.querySelectorAll('details').forEach(each => { each.open = true });"
        "return document.documentElement.scrollWidth - window.innerWidth"
    )
    return int(browser.execute_script(script))
