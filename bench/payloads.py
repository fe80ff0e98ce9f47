"""Hostile text through the whole site: what of it is alive on any page.

``python -m bench.payloads FILE...`` takes lists of payloads, a line each or a JSON
list. Each becomes an article with the payload in every field, and a query. Every answer
is parsed as a browser would, by lxml, and searched for what could run: scripts not
ours, handlers, styles, addresses that are not http. It leaves out the browser itself;
the policy that forbids it to run any is a test of its own.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from urllib.parse import quote

from lxml import html
from werkzeug.test import TestResponse

from search.engines import open_writer
from search.model import Agency, Article, Place, Published, Removed, Source
from search.settings import Settings
from web.app import create_app

_TAGS = ("iframe", "object", "embed", "style", "base", "applet", "frame", "math")


def main() -> None:
    """Print one JSON line of counts; exit 1 if anything is alive or failed."""
    payloads = [text for name in sys.argv[1:] for text in _read(Path(name))]
    began, answers = process_time(), 0
    alive: list[str] = []
    statuses: dict[int, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = f"{folder}/index"
        with open_writer(index) as writer:
            for number, text in enumerate(payloads):
                writer.add(_article(number, text))
        client = create_app(Settings(index=index)).test_client()
        for number, text in enumerate(payloads):
            for path, values in _asked(number, text):
                found = client.get(path, query_string=values, buffered=True)
                answers += 1
                statuses[found.status_code] = statuses.get(found.status_code, 0) + 1
                alive += [f"{path} {n}: {what}" for n, what in _alive(found, number)]
    told = {
        "payloads": len(payloads),
        "answers": answers,
        "alive": len(alive),
        "statuses": statuses,
        "cpu_s": round(process_time() - began, 1),
    }
    print(json.dumps(told))
    print("\n".join(alive[:20]), file=sys.stderr)
    sys.exit(bool(alive) or any(status >= 500 for status in statuses))


def _read(path: Path) -> list[str]:
    text = path.read_text("utf-8", "replace")
    if path.suffix == ".json":
        return [item for item in json.loads(text) if isinstance(item, str)]
    return [line for line in text.splitlines() if line.strip()]


def _article(number: int, text: str) -> Article:
    named = f"{number:016x}"
    return Article(
        id=named,
        title=text,
        text=f"{text}\n\nkestrel {text}",
        source=Source(text or "x", text or "x", "given"),
        agency=Agency(text or "x", "given"),
        published=Published("2020-01-01", "given"),
        authors=(text,),
        lang=text[:20],
        url=text,
        path=text,
        places=(Place(f"x:{text}", text, (f"x:{text}",)),),
        removed=(Removed(text, text, 0),),
    )


def _asked(number: int, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    named = f"{number:016x}"
    for path in ("/search", "/api/search", "/search.csv", "/search.atom"):
        yield path, {"q": text[:500]}
        yield path, {"source": text}
    yield "/search", {"from": text}
    yield "/search", {text[:100]: "1"}
    yield f"/doc/{named}", {"q": text[:500], "removed": "show"}
    yield f"/doc/{quote(text[:200])}", {}


def _alive(found: TestResponse, number: int) -> Iterator[tuple[int, str]]:
    if found.mimetype != "text/html" or not found.data:
        return
    for element in html.document_fromstring(found.data).iter():
        if not isinstance(element.tag, str):
            continue
        source = element.get("src", "")
        if element.tag in _TAGS or (
            element.tag == "script" and not source.startswith("/static/")
        ):
            yield number, f"<{element.tag}>"
        for name, value in element.items():
            target = name in ("href", "src", "action", "formaction", "xlink:href")
            safe = value.startswith(("/", "#", "http://", "https://", "?"))
            if (
                name.startswith("on")
                or name == "style"
                or (target and (not safe or value.startswith("//")))
            ):
                yield number, f"{name}={value[:60]}"


if __name__ == "__main__":
    main()
