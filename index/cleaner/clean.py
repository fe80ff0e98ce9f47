"""The cleaner's one door: from a page as read to the same page cleaned."""

from __future__ import annotations

from index.cleaner import given, lines, markup
from index.page import CleanPage, Form, RawPage

_BY_FORM = {Form.HTML: markup.clean, Form.TEXT: lines.clean, Form.CLEAN: given.clean}


def clean(raw: RawPage) -> CleanPage:
    """Return the article on ``raw``, with every removed block and its rule.

    A page that is a listing, an error or a wall is no failure: its kind says so.

    Raises:
        BadPage: there is nothing to read on it; the message is the reason.
    """
    return _BY_FORM[raw.form](raw)
