"""The command as a person runs it, in this process and in an empty folder."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dateline import main

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<link rel="canonical" href="https://{host}/{slug}"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>{title}</h1><p>{text}</p><p>The council will meet again on Thursday
evening to hear what people who live by the water have to say about the plan.</p>
</article><footer>All rights reserved.</footer></body></html>
"""


def page(path: Path, title: str, text: str, host: str = "courier.example") -> Path:
    """Write a saved page of an invented outlet and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    slug = f"2018/08/{title.lower().replace(' ', '-')}"
    path.write_text(PAGE.format(title=title, text=text, host=host, slug=slug))
    return path


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed and left with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return what it printed, as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Return what it printed, as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


class Terminal:
    """Runs ``dateline`` with the given words."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: Any) -> None:
        self._patch = patch
        self._capture = capture

    def __call__(self, *words: object, stdin: str = "") -> Ran:
        self._patch.setattr(sys, "argv", ["dateline", *map(str, words)])
        text = io.TextIOWrapper(io.BytesIO(stdin.encode()))
        self._patch.setattr(sys, "stdin", text)
        self._capture.readouterr()
        with pytest.raises(SystemExit) as leaving:
            main()
        said = self._capture.readouterr()
        return Ran(int(leaving.value.code or 0), said.out, said.err)
