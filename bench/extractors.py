"""What takes an article from a page's markup: Dateline's cleaner and its peers."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from index.cleaner.clean import clean
from index.page import CleanPage, Form, RawPage
from search.errors import BadPage

Extract = Callable[[str], str]

# The settings of trafilatura that make a difference; its best one is the peer.
_SETTINGS: dict[str, dict[str, bool]] = {
    "default": {},
    "favor_precision": {"favor_precision": True},
    "favor_precision, no tables": {"favor_precision": True, "include_tables": False},
    "favor_recall": {"favor_recall": True},
    "fast": {"fast": True},
}


def ours(content: str) -> str:
    """Return the article's text by our cleaner; nothing for a page it refuses."""
    page = cleaned(content)
    return page.text if page else ""


def cleaned(content: str) -> CleanPage | None:
    """Return a page cleaned, None for one that is refused."""
    try:
        return clean(
            RawPage("bench", "page", Path("page"), Form.HTML, content, "0" * 64)
        )
    except BadPage:
        return None


def peers() -> dict[str, Extract]:
    """Return every peer by name, those of trafilatura by setting.

    Raises:
        SystemExit: one is not installed; the message says what to do.
    """
    trafilatura = _module("trafilatura").extract
    found: dict[str, Extract] = {
        f"trafilatura {name}": partial(_trafilatura, trafilatura, setting)
        for name, setting in _SETTINGS.items()
    }
    found["readability-lxml"] = partial(
        _readability, _module("readability"), _module("lxml.html")
    )
    found["resiliparse"] = partial(
        _module("resiliparse.extract.html2text").extract_plain_text, main_content=True
    )
    return found


def _module(name: str) -> Any:
    # Peers, and never dependencies: most machines do not have them.
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise SystemExit(
            f"no {error.name}: run this in a throw-away environment that holds Dateline"
            " and has had `pip install trafilatura==2.3.1 readability-lxml resiliparse`"
        ) from error


def _trafilatura(extract: Any, setting: dict[str, bool], content: str) -> str:
    return extract(content, include_comments=False, **setting) or ""


def _readability(readability: Any, html: Any, content: str) -> str:
    try:
        summary = readability.Document(content).summary()
        return str(html.fromstring(summary).text_content())
    except (readability.readability.Unparseable, ValueError):
        return ""
