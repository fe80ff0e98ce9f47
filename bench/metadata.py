"""Measure title, date and author: ``python -m bench.metadata $DATELINE_DATA/clean``.

The folder holds ``gold.jsonl.gz`` (id, set, title, date, author) and ``html/``. One
JSON line for each set of pages: the share, in percent, of titles equal after folding,
of dates of the same day, and of pages whose authors share a last name with the gold's;
then milliseconds a page. ``--peer`` adds trafilatura, where it is installed, on the
same pages in the same run; ``--halves`` also halves each set by a hash of the site.
``--write FILE`` writes what was found as JSON lines. ``--check`` fails where a figure
is below its floor in ``floors.json``.

Milliseconds are of processor time: ours of reading the head and of describing, without
reading, parsing and cleaning; the peer's of all it does, parsing too. Pages are taken
in the order of the gold, nothing is random. The gold addresses are withheld: a page
knows its own from its markup only. Left out: text without markup; sources, sections,
publishers and agencies, for which there is no gold.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from time import process_time
from typing import Any

from bench import floors
from index.cleaner import head
from index.cleaner.clean import clean
from index.cleaner.tree import parse
from index.metadata import language
from index.metadata.describe import describe
from index.page import Form, RawPage
from search.errors import BadPage

_QUOTES = str.maketrans("‘’“”", "''\"\"")
_FIELDS = ("title", "date", "author")
Found = Mapping[str, str | None]
Tool = Callable[[str], tuple[Found, float]]


def main() -> int:
    """Print the figures as JSON lines; return the command's exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--halves", action="store_true")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if not (options.data / "gold.jsonl.gz").is_file():
        sys.stderr.write(f"no pages: {options.data}/gold.jsonl.gz is absent\n")
        return 2
    gold = list(_rows(options.data / "gold.jsonl.gz"))
    tools = {"dateline": ours} | ({"trafilatura": peer()} if options.peer else {})
    language.load()
    figures: dict[str, float] = {}
    for tool, extract in tools.items():
        found, spent = _run(extract, gold, options.data)
        for row in _table(gold, found, halves=options.halves):
            print(json.dumps({"tool": tool, **row}), flush=True)
            if tool == "dateline" and "half" not in row:
                figures |= {
                    f"metadata_{row['set']}_{k}": row[k]
                    for k in row
                    if k.endswith("_pct")
                }
        print(json.dumps({"tool": tool, "ms_per_page": round(spent, 2)}), flush=True)
        if tool == "dateline" and options.write:
            lines = (json.dumps({"id": key, **said}) for key, said in found.items())
            options.write.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for line in (wrong := floors.missed(figures) if options.check else []):
        sys.stderr.write(line + "\n")
    return 1 if wrong else 0


def ours(content: str) -> tuple[Found, float]:
    """Return what we find on a page, and the processor time of finding it."""
    raw = RawPage("bench", "page", Path("page"), Form.HTML, content, "0" * 64)
    try:
        page = clean(raw)
    except BadPage:
        return {}, 0.0
    soup = parse(content)
    begun = process_time()
    head.read(soup)
    article = describe(raw, page)
    took = process_time() - begun
    found = {
        "title": article.title,
        "date": article.published.value if article.published else None,
        "date_method": article.published.method if article.published else None,
        "author": "; ".join(article.authors),
        "source": article.source.label if article.source else None,
    }
    return found, took


def peer() -> Tool:
    """Return trafilatura as a tool; its own dates are htmldate's."""
    try:
        # A peer, and never a dependency: most machines do not have it.
        module = importlib.import_module("trafilatura")
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"no {error.name}: run this in a throw-away environment that holds Dateline"
            " and has had `pip install trafilatura==2.3.1`"
        ) from error

    def extract(content: str) -> tuple[Found, float]:
        begun = process_time()
        said = module.extract_metadata(content)
        took = process_time() - begun
        return {name: getattr(said, name, None) for name in _FIELDS}, took

    return extract


def _run(
    extract: Tool, gold: Sequence[Mapping[str, Any]], data: Path
) -> tuple[dict[str, Found], float]:
    found: dict[str, Found] = {}
    spent: list[float] = []
    for page in gold:
        with gzip.open(data / page["html_file"], "rt", encoding="utf-8") as file:
            content = file.read()
        found[page["id"]], took = extract(content)
        spent.append(took)
    return found, 1000 * fmean(spent[1:] or spent)


def _table(
    gold: Sequence[Mapping[str, Any]], found: Mapping[str, Found], *, halves: bool
) -> Iterator[dict[str, Any]]:
    scores: dict[tuple[str, str | None], dict[str, list[bool]]] = defaultdict(dict)
    for page in gold:
        half = (
            "even" if hashlib.md5(page["site"].encode()).digest()[0] % 2 == 0 else "odd"
        )
        for field in _FIELDS:
            if not page.get(field):
                continue
            said = found[page["id"]].get(field)
            right = bool(said) and _RIGHT[field](str(said), str(page[field]))
            for part in (None, half) if halves else (None,):
                scores[page["set"], part].setdefault(field, []).append(right)
    for (name, part), fields in sorted(scores.items(), key=str):
        row: dict[str, Any] = {"set": name} | ({"half": part} if part else {})
        for field, rights in fields.items():
            row[f"{field}_pct"] = round(100 * fmean(rights), 1)
            row[f"{field}_pages"] = len(rights)
        yield row


def _folded(text: str) -> str:
    straight = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return " ".join(straight.split())


def _surnames(authors: str) -> set[str]:
    parts = re.split(r"[;,]| and ", authors)
    return {_folded(name).split()[-1] for name in parts if name.strip()}


_RIGHT: dict[str, Callable[[str, str], bool]] = {
    "title": lambda said, gold: _folded(said) == _folded(gold),
    "date": lambda said, gold: said[:10] == gold[:10],
    "author": lambda said, gold: bool(_surnames(said) & _surnames(gold)),
}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    sys.exit(main())
