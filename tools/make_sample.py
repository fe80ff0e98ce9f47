"""Write the pages of the bundled sample: ``python -m tools.make_sample [FOLDER]``.

The texts and outlets are in ``tools/sample/texts``, the outlets' templates in
``tools/sample/templates``; the pages go to ``sample/pages``. The same sources give the
same pages, apart from how zlib compresses the gzipped ones.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tools.sample import saving
from tools.sample.dates import moment
from tools.sample.pages import TEMPLATES, Page, pages, stamp, where
from tools.sample.stories import Outlet

_PAGES = Path(__file__).resolve().parent.parent / "sample" / "pages"
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 8">'
    '<path fill="#9bb" d="M0 0h12v8H0z"/><path fill="#245" d="M0 6l4-3 3 2 5-3v6H0z"/>'
    "</svg>\n"
)
_STYLE = ".css-9sdh2a p{margin:0 0 1em}.css-rail5{float:right;width:300px}\n"


def files() -> dict[str, bytes]:
    """Return every file of the sample's pages by its path, in path order."""
    made = dict(_story_files())
    made |= dict(_other_kinds()) | dict(_collected())
    return dict(sorted(made.items()))


def _story_files() -> Iterator[tuple[str, bytes]]:
    for page in pages():
        if page.story.save != "row":
            yield where(page), _saved(page)
        if page.story.framed:
            folder = where(page).removesuffix(".html") + "_files"
            yield f"{folder}/main.css", _STYLE.encode()
            yield f"{folder}/photo.svg", _PICTURE.encode()
            yield f"{folder}/saved_resource.html", _frame().encode()
        if page.story.save == "sidecar":
            yield f"{where(page)}.json", _sidecar(page)


def _saved(page: Page) -> bytes:
    """Return the page as the tool that saved it wrote it."""
    story, save = page.story, page.story.save
    if save == "txt":
        return page.render("dump.txt").encode()
    if save == "front-matter":
        return _front_matter(page).encode()
    html = page.render(f"{story.outlet.key.partition('-')[0]}.html")
    if save == "mirror":
        return html.encode("cp1252")  # and it claims to be iso-8859-1, as they did
    if save == "gz":
        return saving.gzipped(html)
    if save == "saved-from":
        html = saving.saved_from(html, page.url)
    if save in ("singlefile", "mhtml"):
        later = moment(story.date, story.id) + timedelta(hours=3)
        if save == "mhtml":
            return saving.mhtml(html, _frame(), page.url, story.title, later)
        html = saving.singlefile(html, page.url, later)
    if save == "wayback":
        html = _archived(page, html)
    return html.encode()


def _archived(page: Page, html: str) -> str:
    taken = stamp(page.story)
    at = datetime.fromisoformat(taken[:8])
    around = {"url": page.url, "stamp": taken, "span": f"{at:%d %b %Y} - 30 Aug 2019"}
    around |= {"day": f"{at:%d}", "month": f"{at:%b}", "year": f"{at:%Y}"}
    head, toolbar = (
        TEMPLATES.get_template(f"wayback-{part}.html").render(around)
        for part in ("head", "toolbar")
    )
    return saving.wayback(html, page.story.outlet.home, taken, head, toolbar)


def _frame() -> str:
    return TEMPLATES.get_template("frame.html").render()


def _front_matter(page: Page) -> str:
    story = page.story
    title = json.dumps(story.title, ensure_ascii=False)
    head = f"title: {title}\ndate: {story.date}\nsource: {story.outlet.name}\n"
    body = "\n\n".join(story.content)
    return f"---\n{head}tags: [rail, strike]\n---\n\n{body}\n"


def _sidecar(page: Page) -> bytes:
    story = page.story
    said = {"date": story.date, "source": story.outlet.name}
    return _json(said, indent=1)


def _collected() -> Iterator[tuple[str, bytes]]:
    """Yield the files that speak of several stories: a manifest and rows."""
    table = io.StringIO()
    out = csv.writer(table, lineterminator="\n")
    out.writerow(("path", "url", "source", "date"))
    folder = ""
    rows = b""
    for page in pages():
        story = page.story
        if story.save == "manifest":
            folder, _, name = where(page).rpartition("/")
            out.writerow((name, page.url, story.outlet.name, story.date))
        if story.save == "row":
            rows += _json(_row(page))
            name = where(page)
    yield f"{folder}/manifest.csv", table.getvalue().encode()
    yield f"{folder}/notes.jsonl", rows


def _row(page: Page) -> dict[str, str]:
    story = page.story
    row = {
        "id": story.id,
        "title": story.title,
        "body": "\n\n".join(story.content),
        "url": page.url,
        "date": story.date,
        "source": story.outlet.name,
        "agency": story.agency,
        "lang": story.lang,
    }
    return {key: value for key, value in row.items() if value}


def _json(value: dict[str, str], indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode() + b"\n"


def _other_kinds() -> Iterator[tuple[str, bytes]]:
    """Yield the pages that are no articles: two walls, an error, a listing."""
    outlets = {page.story.outlet.key: page.story.outlet for page in pages()}
    shores, courier, prairie = (
        outlets[key] for key in ("shores", "courier", "prairie")
    )
    wall = TEMPLATES.get_template("bot-wall.html").render(outlet=shores)
    address = f"{shores.home}/ports/the-long-quay-20117"
    when = moment("2019-05-30", "wall")
    yield (
        f"{shores.folder}/just-a-moment (30 May 2019).html",
        saving.singlefile(wall, address, when).encode(),
    )
    consent = TEMPLATES.get_template("consent-wall.html").render(outlet=courier)
    address = f"{courier.home}/consent?next=%2Fworld"
    yield (
        f"{courier.folder}/before-you-continue.html",
        saving.saved_from(consent, address).encode(),
    )
    gone = TEMPLATES.get_template("not-found.html").render()
    yield f"{prairie.folder}/2018/06/30/grain-elevator.html", gone.encode()
    yield f"{prairie.folder}/northwest/index.html", _listing(prairie)


def _listing(outlet: Outlet) -> bytes:
    """Return the section page that lists the outlet's stories, newest first."""
    listed = [
        {
            "href": page.url.removeprefix(outlet.home),
            "title": page.story.title,
            "shown": page.shown,
        }
        for page in reversed(pages())
        if page.story.outlet == outlet
    ]
    text = TEMPLATES.get_template("listing.html").render(stories=listed, outlet=outlet)
    return text.encode("cp1252")


def write(folder: Path) -> int:
    """Write the pages below ``folder`` and return how many files there are."""
    made = files()
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(made)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if sys.argv[1:] else _PAGES
    print(f"{write(target)} files in {target}")
