"""The cleaner's one door: from a page as read to the same page cleaned."""

from __future__ import annotations

from index.cleaner import bounds, given, lines, markup
from index.page import CleanPage, Form, RawPage
from search.errors import BadPage
from search.model import Kind

_BY_FORM = {Form.HTML: markup.clean, Form.TEXT: lines.clean, Form.CLEAN: given.clean}


def clean(raw: RawPage) -> CleanPage:
    """Return the article on ``raw``, with every removed block and its rule.

    A page that is a listing, an error or a wall is no failure: its kind says so.

    Raises:
        BadPage: there is nothing to read on it, or too much; the message is the reason.
    """
    bounds.check(raw)
    page = _BY_FORM[raw.form](raw)
    if page.kind is Kind.ARTICLE and not page.text and not _is_titled(raw, page):
        rules = sorted({block.rule for block in page.blocks})
        raise BadPage(f"nothing to read on the page, only: {', '.join(rules)}")
    return page


def _is_titled(raw: RawPage, page: CleanPage) -> bool:
    return bool(page.title) or any(said.title for said in raw.given)
