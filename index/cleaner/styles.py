"""What an element's attributes say of the text in it."""

from __future__ import annotations

import re

from bs4 import Tag

from index.cleaner import marks
from index.cleaner.tree import attribute

_LABELS = ("class", "id", "data-component", "data-type")
# A link that only passes its own words on to a network leads nowhere.
_PASSED_ON = re.compile(r"https?://(?:www\.)?(?:twitter|x)\.com/(?:share|intent)\b")


def marked(tag: Tag, name: str) -> tuple[str, str | None]:
    """Return an element's class and id, and the rule it calls for."""
    attributes = tag.attrs
    if not attributes:
        return "", marks.rule_of(name, "", "")
    parts = (attribute(tag, key) for key in _LABELS if key in attributes)
    label = " ".join(part for part in parts if part)
    if _is_hidden(tag):
        return label, "hidden"
    return label, marks.rule_of(name, attribute(tag, "role").lower(), label)


def is_passed_on(tag: Tag) -> bool:
    """Tell whether a link only passes its words on."""
    return _PASSED_ON.match(attribute(tag, "href")) is not None


def is_small(name: str, tag: Tag) -> bool:
    """Tell whether an element's text is in small print."""
    return name == "small" or (
        name == "font" and attribute(tag, "size").strip() in ("1", "-1", "-2")
    )


def _is_hidden(tag: Tag) -> bool:
    if "hidden" in tag.attrs:
        return True
    if "style" not in tag.attrs:
        return False
    style = attribute(tag, "style").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style
