"""The pictures of the documentation, as a real browser takes them."""

from __future__ import annotations

import struct

from selenium import webdriver

from tests import browsing
from tests.newsroom import STRIKE
from tools.screens import Picture, taken

pytestmark = browsing.IN_BROWSER
browser, address = browsing.browser, browsing.address


def test_what_clings_to_the_edge_of_the_window_is_whole_in_a_picture(
    browser: webdriver.Chrome, address: str
) -> None:
    asked = f"{address}/doc/{STRIKE.id}?q=strike"
    picture = taken(browser, Picture("article", ""), asked)
    _, height = struct.unpack(">II", picture[16:24])  # of PNG's first chunk
    bottom = browser.execute_script(
        "return document.querySelector('.dock').getBoundingClientRect().bottom"
    )
    assert 0 < bottom <= height
