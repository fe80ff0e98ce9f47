"""Write what the metadata of saved pages is found to be, for its scorer.

    python -m bench.metadata $DATELINE_DATA/clean > predicted.jsonl

Standard output is one JSON line a page: id, title, date, author, source. Standard
error is one JSON line: pages, failures and milliseconds a page of describing alone;
the time of reading and cleaning is left out. Pages are read in path order after one
that is not counted; nothing is random. The gold addresses are withheld: a page knows
its own from its markup only.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from index.cleaner.clean import clean
from index.metadata.describe import describe
from index.page import RawPage
from index.readers.files import read
from index.walk import Found, walk
from search.errors import BadPage


def main(folder: Path) -> int:
    """Describe each page below ``folder/html``; return the command's exit code."""
    if not (folder / "html").is_dir():
        sys.stderr.write(f"no pages: {folder}/html is absent\n")
        return 2
    pages = failures = 0
    seconds = 0.0
    for found in walk(folder / "html"):
        try:
            took = _describe(found)
        except BadPage:
            failures += 1
            continue
        pages += 1
        seconds += took if pages > 1 else 0.0
    per_page = round(1000 * seconds / max(1, pages - 1), 2)
    figures = {"pages": pages, "failures": failures, "describe_ms_per_page": per_page}
    sys.stderr.write(json.dumps(figures) + "\n")
    return 0


def _describe(found: object) -> float:
    if not isinstance(found, Found):
        raise BadPage("is no page")
    (raw,) = (page for page in read(found, "html") if isinstance(page, RawPage))
    page = clean(raw)
    begun = perf_counter()
    article = describe(raw, page)
    took = perf_counter() - begun
    line = {
        "id": found.name.partition(".")[0],
        "title": article.title,
        "date": article.published.value if article.published else None,
        "date_method": article.published.method if article.published else None,
        "author": "; ".join(article.authors),
        "source": article.source.label if article.source else None,
        "agency": article.agency.value if article.agency else None,
        "lang": article.lang,
    }
    sys.stdout.write(json.dumps(line) + "\n")
    return took


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
