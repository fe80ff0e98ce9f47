"""Takes the pictures in docs/screens/ again, of the bundled sample and nothing else.

    python -m tools.screens [FOLDER]

It needs Chromium and its driver (`./check --install`), and makes an index of its own.
Each picture is of a screen as it is: nothing is composed, and nothing is cut but what
is below HEIGHT.
"""

from __future__ import annotations

import base64
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from selenium import webdriver

from search.address import comparison_of
from search.settings import Settings
from tests.browsing import chromium, serving, show
from web.app import create_app

HERE = Path(__file__).parent.parent
HEIGHT = 860  # pixels of the window, and of a page that are shown at the most


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen, and in what window it is shown.

    In ``path`` stand an article's address and a comparison's by their names.
    """

    name: str
    path: str
    width: int = 1120
    scheme: str = "light"


STORM = "/search?q=odesa+storm"
PICTURES = (
    Picture("home", "/"),
    Picture("home-dark", "/", scheme="dark"),
    Picture("search", STORM),
    Picture("search-dark", f"{STORM}&agency=Reuters", scheme="dark"),
    Picture("search-phone", STORM, 360),
    Picture("filters-phone", f"{STORM}#filters", 360, "dark"),
    Picture("nothing-found", "/search?q=strom+odesa&lang=en"),
    Picture("right-to-left", "/search?lang=ar&lang=he"),
    Picture("places", "/search/facet/place?q=storm"),
    Picture("map", "/places"),
    Picture("map-dark", "/places?within=690791", scheme="dark"),
    Picture("map-phone", "/places", 360),
    Picture("place", "/place/698740"),
    Picture("sources", "/sources"),
    Picture("help", "/help"),
    Picture("status-dark", "/status", scheme="dark"),
    Picture("article", "{article}"),
    Picture("article-dark", "{article}", scheme="dark"),
    Picture("article-phone", "{article}", 360),
    Picture("compare", "{compare}"),
    Picture("compare-phone", "{compare}", 360),
    Picture("api", "/api"),
)


def main(folder: Path) -> None:
    """Write every picture into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        index = f"{scratch}/index"
        words = ["reindex", "sample/pages", "--index", index]
        command = [sys.executable, "-m", "dateline", *words]
        subprocess.run(command, check=True, cwd=HERE)
        app = create_app(Settings(index=index))
        known = addresses(app)
        profile = Path(scratch) / "profile"
        with serving(app) as address, chromium(profile) as browser:
            for picture in PICTURES:
                at = address + picture.path.format(**known)
                to = folder / f"{picture.name}.png"
                to.write_bytes(taken(browser, picture, at))
                print(f"{to} {to.stat().st_size:,} bytes")


def addresses(app: Flask) -> dict[str, str]:
    """Return where an article of the sample is, and a comparison of two copies."""
    asked = "/api/search?q=odesa+storm&group=copy"
    hits = app.test_client().get(asked).get_json()["hits"]
    grouped = next(hit for hit in hits if hit["group"])
    ids = grouped["id"], grouped["group"]["copies"][0]["id"]
    return {
        "article": f"{hits[0]['url']}?q=odesa+storm",
        "compare": comparison_of("/compare", ids),
    }


def taken(browser: webdriver.Chrome, picture: Picture, address: str) -> bytes:
    """Return the picture of the page at ``address`` as PNG.

    The window ends where the picture does: what clings to its edge is whole.
    """
    show(browser, address, picture.width, picture.scheme, HEIGHT)
    browser.execute_async_script("document.fonts.ready.then(arguments[0])")
    script = "return document.documentElement.scrollHeight"
    height = min(HEIGHT, int(browser.execute_script(script)))
    clip = {"x": 0, "y": 0, "width": picture.width, "height": height, "scale": 1}
    asked = {"format": "png", "captureBeyondViewport": True, "clip": clip}
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", asked)
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else HERE / "docs" / "screens")
