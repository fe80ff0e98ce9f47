"""The words and phrases the cleaner knows, by list, from ``vocabulary.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> frozenset[str]:
    """Return the folded words of the list ``name``.

    >>> "tweet" in words("labels")
    True
    """
    return _split(_lists()[name])


@cache
def marks() -> Mapping[str, tuple[int, str]]:
    """Return for each telling word of a class its rank, 0 first, and its rule."""
    rules = _lists()["marks"].items()
    return {
        word: (rank, rule)
        for rank, (rule, entries) in enumerate(rules)
        for word in _split(entries)
    }


def _split(entries: str) -> frozenset[str]:
    parts = " ".join(entries.split()).split(";")
    return frozenset(part.strip() for part in parts if part.strip())


@cache
def _lists() -> dict[str, Any]:
    text = (files("index.cleaner") / "vocabulary.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
