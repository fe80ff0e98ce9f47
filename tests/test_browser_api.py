"""The API's page in a real browser, and what a browser makes of the search box."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from tests import browsing
from tests.browsing import CHROMIUM, DRIVER, FLAGS, VIEWS, seen_by_all, show

pytestmark = browsing.IN_BROWSER
address = browsing.address
browser = browsing.browser


@pytest.fixture(scope="module")
def seen(browser: webdriver.Chrome, address: str) -> dict[tuple[int, str], list[str]]:
    show(browser, f"{address}/api")
    return seen_by_all(browser)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_the_apis_page_keeps_nobody_out(seen, width: int, scheme: str) -> None:
    assert seen[width, scheme] == []


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_of_it_sticks_out_sideways(
    browser: webdriver.Chrome, address: str, width: int
) -> None:
    show(browser, f"{address}/api", width)
    script = "return document.documentElement.scrollWidth - window.innerWidth"
    assert browser.execute_script(script) <= 0


def test_it_breaks_no_policy_and_asks_nobody_else(
    browser: webdriver.Chrome, address: str
) -> None:
    browser.get_log("browser")
    show(browser, f"{address}/api")
    script = "return performance.getEntriesByType('resource').map(each => each.name)"
    asked = browser.execute_script(script)
    assert all(name.startswith(f"{address}/static/") for name in asked)
    assert browser.get_log("browser") == []


def test_every_link_on_it_leads_somewhere_on_it(
    browser: webdriver.Chrome, address: str
) -> None:
    show(browser, f"{address}/api")
    script = """return [...document.querySelectorAll('a[href^="#"]')]
        .map(a => a.hash.slice(1)).filter(id => !document.getElementById(id))"""
    assert browser.execute_script(script) == []


def test_chromium_takes_the_site_as_a_search_engine(
    address: str, tmp_path: Path
) -> None:
    """It reads the description when it has time, and keeps it in its profile."""
    for patience in (1, 4, 12):  # seconds
        profile = tmp_path / str(patience)
        _visit(address, profile, patience)
        if f"{address}/search?q={{searchTerms}}" in _engines(profile):
            return
    pytest.fail("the site is not among its search engines")


def _visit(address: str, profile: Path, seconds: int) -> None:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    service = Service(DRIVER or "", log_output=os.devnull)
    driver = webdriver.Chrome(options=options, service=service)
    try:
        driver.get(address)
        time.sleep(seconds)
    finally:
        driver.quit()


def _engines(profile: Path) -> set[str]:
    found: set[str] = set()
    for database in profile.rglob("Web Data"):
        with closing(sqlite3.connect(database)) as opened:
            found |= {url for (url,) in opened.execute("SELECT url FROM keywords")}
    return found
