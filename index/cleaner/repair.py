"""Repairs of how text is shown; no word is changed that was read as it was written."""

from __future__ import annotations

import html
import re

from ftfy import fix_encoding

# Soft hyphen, zero-width characters but the joiners (scripts need those), and the
# byte order mark; controls that no text has a use for.
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF])
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), 65532], " ")
_TABLE: dict[int, str | None] = {**_INVISIBLE, **_CONTROLS}

_SECOND_SET = re.compile("[\x80-\x9f]")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")


def tidy(text: str) -> str:
    """Return ``text`` on one line, single-spaced, without invisible characters.

    Controls of the second set are what is left of UTF-8 that was read as Latin-1; what
    they were part of is read anew, as far as that is sure.

    >>> tidy("a\\u00a0 b\\u00adc\\n d")
    'a bc d'
    >>> tidy("you\\u00e2\\u0080\\u0099re")
    'you’re'
    """
    if not text.isascii() and _SECOND_SET.search(text):
        text = fix_encoding(text)
    return " ".join(text.translate(_TABLE).split())


def unescape(text: str) -> str:
    """Return ``text`` with the entities a double escape or a text dump left in it.

    >>> unescape("Q&amp;A &lt;b&gt; AT&T")
    'Q&A <b> AT&T'
    """
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    return html.unescape(match.group())
