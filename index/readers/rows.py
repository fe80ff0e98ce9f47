"""Rows of JSON lines, each an article."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO

from index.decoding import tidy
from index.page import Form, Given, RawPage, Unread
from index.readers import lines
from index.readers.saying import given_from, place_of
from index.records import STDIN

# What a row's text may stand under, best first.
FORMS = (("body", Form.CLEAN), ("text", Form.TEXT), ("html", Form.HTML))
_TEXTS = ("body", "text", "html", "title", "url", "date", "source", "agency", "lang")


def read(
    stream: IO[bytes],
    root: str,
    name: str = "-",
    path: Path = STDIN,
    given: tuple[Given, ...] = (),
) -> Iterator[RawPage | Unread]:
    """Yield the article of each JSON line in ``stream``; ``name#3`` is the third line.

    A row is ``{id?, title, body | text | html, url, date, source, agency, places,
    lang}``; other keys are ignored, blank lines too. ``given`` is said of every row.

    Raises:
        BadPage: the stream is no text.
    """
    place = Place(root, name, path, given)
    for number, line in lines.read(stream):
        if isinstance(line, Unread):
            yield replace(line, name=place.name(number))
        elif line.strip():
            yield _row(line, number, place)


class Place:
    """Where rows are from, which every page made of them says."""

    def __init__(
        self, root: str, name: str, path: Path, given: tuple[Given, ...]
    ) -> None:
        self._root, self._name, self._path, self._given = root, name, path, given

    def name(self, number: int) -> str:
        """Return the name of row ``number``."""
        return f"{self._name}#{number}"

    def page(self, row: object, number: int, line: str) -> RawPage | Unread:
        """Return the page ``row`` holds; ``line`` is the row as written."""
        name = self.name(number)
        if not isinstance(row, dict):
            return Unread(name, "not a JSON object")
        if fault := _fault(row):
            return Unread(name, fault)
        form, content = _content(row)
        if form is None:
            return Unread(name, "has no body, text or html")
        given = given_from(row, "row")
        return RawPage(
            root=self._root,
            name=name,
            path=self._path,
            form=form,
            content=tidy(content),
            digest=hashlib.sha256(line.strip().encode("utf-8", "replace")).hexdigest(),
            url=given.url,
            url_method="row" if given.url else None,
            saved=given.saved,
            given=(given, *self._given),
        )


def _row(line: str, number: int, place: Place) -> RawPage | Unread:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unread(place.name(number), f"not JSON: {error}")
    return place.page(row, number, line)


def _content(row: Mapping[str, object]) -> tuple[Form | None, str]:
    empty: tuple[Form | None, str] = (None, "")
    for key, form in FORMS:
        value = row.get(key)
        if isinstance(value, str) and value.strip():
            return form, value
        if isinstance(value, str) and row.get("title") and empty[0] is None:
            empty = form, ""  # a flash: a headline that never got its text
    return empty


def _fault(row: Mapping[str, object]) -> str | None:
    for key in _TEXTS:
        if not isinstance(row.get(key), str | None):
            return f"{key} is not text"
    if isinstance(row.get("id"), bool) or not isinstance(
        row.get("id"), str | int | None
    ):
        return "id is neither text nor a whole number"
    places = row.get("places")
    if isinstance(places, list):
        places = None if all(place_of(place) for place in places) else places
    return None if isinstance(places, str | None) else "places is not a list of text"
