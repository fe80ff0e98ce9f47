"""What the keys of a row, a sidecar or a manifest's line say of a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from index.decoding import one_line, tidy
from index.page import Given


def given_from(said: Mapping[str, object], method: str) -> Given:
    """Return what the keys of ``said`` that are known say; the others are ignored.

    Values of another type than text, or a list of text, say nothing. All but ``id``
    and ``url``, which tell one page from another as they stand, are made one line.
    """
    return Given(
        method=method,
        id=_as_it_stands(said.get("id")),
        title=_one(said.get("title")),
        url=_as_it_stands(said.get("url")),
        date=_one(said.get("date")),
        source=_one(said.get("source")),
        agency=_one(said.get("agency")),
        authors=_many(said.get("authors") or said.get("author")),
        places=tuple(p for item in _list(said.get("places")) if (p := place_of(item))),
        lang=_one(said.get("lang")),
        saved=_moment(_one(said.get("saved") or said.get("fetched"))),
    )


def place_of(value: object) -> str | None:
    """Return the place ``value`` names: text, a number, or an object with its id.

    >>> place_of({"geonameid": 2950159, "name": "Berlin"}), place_of("DE")
    ('2950159', 'DE')
    """
    if not isinstance(value, dict):
        return _one(value)
    keys = ("geonameid", "id", "name", "label")
    return next((text for key in keys if (text := _one(value.get(key)))), None)


def _moment(text: str | None) -> datetime | None:
    """Return the time ``text`` names in ISO 8601, UTC where it names no zone."""
    try:
        moment = datetime.fromisoformat(text or "")
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _as_it_stands(value: object) -> str | None:
    return tidy(_text(value)).strip() or None


def _one(value: object) -> str | None:
    return one_line(_text(value)) or None


def _text(value: object) -> str:
    """Return a text or a number as text, and "" for what is neither."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _many(value: object) -> tuple[str, ...]:
    return tuple(text for item in _list(value) if (text := _one(item)))


def _list(value: object) -> list[object]:
    if isinstance(value, str):
        return [*value.split(";")]
    return value if isinstance(value, list) else []
