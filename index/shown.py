"""Cleaned pages and the state of an index, as lines for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from search.printed import plain

Style = Callable[[str], str]

_QUOTED = 5  # recurring blocks of a source; --json has them all
_BRIEF = 90  # characters of a block that is quoted


def page(
    record: dict[str, Any], *, bold: Style, faint: Style, kept: Style, cut: Style
) -> Iterator[str]:
    """Yield the lines of a cleaned page; with blocks, each as kept or cut."""
    yield bold(plain(record["title"] or "(no title)"))
    about = (record[name] for name in ("source", "date", "author", "agency", "lang"))
    known = " · ".join(plain(value) for value in about if value)
    yield faint(f"{known or 'nothing known'} · {plain(record['path'])}")
    if "blocks" in record:
        for block in record["blocks"]:
            score = "" if block["score"] is None else f" {block['score']:.2f}"
            line = f"[{block['rule']}{score}] {plain(block['text'])}"
            yield kept(f"+ {line}") if block["kept"] else cut(f"- {line}")
    else:
        for paragraph in record["text"].split("\n\n"):
            yield ""
            yield plain(paragraph)
        yield ""
        yield faint(f"({len(record['removed'])} blocks removed)")
    yield ""


def status(found: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of what ``index.status.status`` returns."""
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in found["kinds"].items())
    yield f"documents   {found['documents']:,}" + (f" ({kinds})" if kinds else "")
    yield f"generation  {found['generation']}, built {found['built']}"
    yield f"size        {found['bytes'] / 1e6:,.1f} MB, {found['segments']} segment(s)"
    yield from (f"root        {plain(root)}" for root in found["roots"])
    run = found["last_run"]
    if run is not None:
        counts = (run["tally"] or {}).items()
        tally = ", ".join(f"{count:,} {name}" for name, count in counts if count)
        yield f"last run    {run['ended'] or 'not finished'}: {tally or 'no pages'}"
    rules: Counter[str] = Counter()
    for source in found["removed"].values():
        rules.update({each["rule"]: each["blocks"] for each in source})
    if rules:
        said = ", ".join(f"{count:,} {rule}" for rule, count in rules.most_common())
        yield f"removed     {rules.total():,} blocks ({said})"
    for source, texts in found["recurring"].items():
        yield f"recurring   {plain(source) or 'unknown source'}: {len(texts):,} blocks"
        for each in texts[:_QUOTED]:
            yield f"            {each['stories']:,} stories: {_brief(each['text'])}"
    for failure in found["failures"]:
        yield f"failed      {plain(failure['path'])}: {plain(failure['reason'])}"


def _brief(text: str) -> str:
    """Return the beginning of ``text``, on one line."""
    line = plain(text)
    return line if len(line) <= _BRIEF else f"{line[:_BRIEF]}…"
