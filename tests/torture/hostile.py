"""Pages nobody would write, and texts made against each pattern: what they cost.

The cleaner and the readers get what mutation makes of small pages; each must answer or
refuse by name. A pattern gets its own letters over and over, then something that fails,
ever longer: time that grows faster than the text, by far, is a fault.
"""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from index.cleaner.clean import clean
from index.page import Form
from index.readers import rows
from index.readers.files import read
from index.walk import Found
from index.way import STAGES
from search.errors import BadPage
from tests.factories import raw
from tests.patterns import Found as Pattern
from tests.patterns import found_below
from tests.test_patterns import BOUNDED

_ROOT = Path(__file__).parent.parent
_SLOW = 2.0  # seconds of CPU; no page may take longer
_PIECES = (
    *(
        "<p>",
        "</p>",
        "<div class=",
        "<table><tr><td>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
    ),
    *("<script>", "</script>", "<style>", "<title>", "</title>", "<textarea>", "<svg>"),
    *('<script type="application/ld+json">', '{"@type": "NewsArticle", "headline": '),
    *(
        "&#x0;",
        "&#1114112;",
        "&amp;amp;",
        "&nbsp;",
        "\x00",
        "\x1b$B",
        "\ufeff",
        "\u202e",
    ),
    *("<base href=x>", "<meta charset=utf-16>", "<meta name=author content=", "<time "),
    *(
        "datetime=9999-99-99",
        "<a href=javascript:x>",
        "<br>" * 50,
        "<b>" * 50,
        '"',
        "'",
    ),
    *("By Ilse Brandt", "© 2031", "READ MORE: ", "(AP) —", "31/02/2031", "10:61 p.m."),
    *("\n\n", "\r", "\t" * 40, " " * 200, "|" * 60, "9" * 400, "a" * 900, "A. " * 90),
    *("---\ntitle: x\n---\n", "From: x\nSubject: y\n\n", "Content-Type: multipart/x\n"),
    *(
        "# Heading",
        "* item",
        "“Quote,” she said.",
        "東京の選挙",
        "выборы",
        "e\u0301" * 50,
    ),
)
_SUFFIXES = (".html", ".txt", ".md", ".mhtml", ".xhtml", ".csv", ".jsonl", ".html.gz")


@dataclass(slots=True)
class Fuzzed:
    """How many were tried, and the most CPU time one of them took."""

    tried: int = 0
    refused: int = 0
    slowest: float = 0.0


def cleaner(seed: int, seconds: float) -> Fuzzed:
    """Clean, describe and locate mutated pages for so long."""
    random, done = Random(seed), Fuzzed()
    STAGES.load and STAGES.load()
    for page in _pages(random, seconds):
        form = random.choice((Form.HTML, Form.HTML, Form.TEXT, Form.CLEAN))

        def work(page: str = page, form: Form = form) -> None:
            source = raw(page, form)
            cleaned = clean(source)
            article = STAGES.describe(source, cleaned)
            STAGES.locate(article, ())

        _try(done, work, page)
    return done


def readers(seed: int, seconds: float, work: Path) -> Fuzzed:
    """Read mutated files of every kind for so long."""
    random, done = Random(seed), Fuzzed()
    for page in _pages(random, seconds):
        data = page.encode(random.choice(("utf-8", "utf-16", "cp1252")), "replace")
        if random.random() < 0.3:
            data = _flipped(random, data)
        path = work / f"page{random.choice(_SUFFIXES)}"
        path.write_bytes(gzip.compress(data, 1) if path.suffix == ".gz" else data)
        if random.random() < 0.1:
            path.write_bytes(_flipped(random, path.read_bytes()))

        def take(path: Path = path) -> None:
            for _ in read(Found(path, path.name, ()), "pages"):
                pass
            with path.open("rb") as lines:
                for _ in rows.read(lines, "stdin"):
                    pass

        _try(done, take, page)
        path.unlink()
    return done


def patterns(seed: int) -> dict[str, object]:
    """Try texts of doubling length on every pattern of the way in."""
    random = Random(seed)
    tried, worst = 0, 0.0
    for found in found_below(_ROOT.parent / "index"):
        if found.where in BOUNDED:
            continue
        compiled = re.compile(found.pattern, found.flags)
        used = compiled.search if found.searches else compiled.match
        for text in _against(found, random):
            tried += 1
            short, long = (_cost(used, text * n) for n in (400, 6_400))
            grown = long / max(short, 0.001)
            worst = max(worst, grown)
            # 16 times the text; 100 leaves room for a machine that is busy
            assert grown < 100, (found.where, found.pattern, text)
    return {"tried": tried, "most_growth": round(worst, 1)}


def _against(found: Pattern, random: Random) -> Iterator[str]:
    """Yield pieces that, repeated, may lead a pattern on."""
    letters = re.findall(r"[^\W_]+|\W", found.pattern) or ["a"]
    yield from (
        "a",
        " ",
        "9",
        "A.",
        "a ",
        "-",
        "\n",
        "a-",
        "'a",
        "(",
        "a9 ",
        "é",
        "By A ",
    )
    for _ in range(20):
        yield "".join(random.choice(letters) for _ in range(random.randint(1, 4)))


def _cost(used: Callable[[str], object], text: str) -> float:
    times = []
    for _ in range(3):
        began = time.process_time()
        used(text)
        times.append(time.process_time() - began)
    return min(times)


def _try(done: Fuzzed, work: Callable[[], None], page: str) -> None:
    began = time.process_time()
    try:
        work()
    except BadPage:
        done.refused += 1
    except Exception as error:
        raise AssertionError(f"{error!r} on {page[:2_000]!r}") from error
    spent = time.process_time() - began
    assert spent < _SLOW, f"{spent:.1f} s on {page[:2_000]!r}"
    done.tried += 1
    done.slowest = max(done.slowest, round(spent, 3))


def _pages(random: Random, seconds: float) -> Iterator[str]:
    """Yield pages put together of pages that are sound and of what breaks them."""
    sound = [
        path.read_text("utf-8")
        for path in sorted((_ROOT / "pages").iterdir())
        if path.suffix in (".html", ".txt")
    ]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page = random.choice(sound)
        for _ in range(random.randint(1, 12)):
            at = random.randrange(len(page) + 1)
            cut = at + random.choice((0, 0, 1, 30, 400))
            piece = random.choice(_PIECES)
            if random.random() < 0.05:
                piece *= random.choice((50, 500, 3_000))
            page = page[:at] + piece + page[cut:]
        yield page[:400_000]


def _flipped(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)
