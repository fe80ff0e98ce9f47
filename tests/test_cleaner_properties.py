"""What holds for every page: no error but BadPage, and no word lost or invented."""

from __future__ import annotations

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from index.cleaner.clean import clean
from index.page import CleanPage, Form
from search.errors import BadPage
from tests.factories import raw

WORD = re.compile(r"\w+")
TAGS = ("p", "div", "article", "h1", "h2", "li", "nav", "aside", "a", "b", "td", "span")

BROKEN = ("<", ">", "&", "<div", "</p>", "<!--", "]]>", "\x00", "<p class=", '"', "x ")
BROKEN_TOO = ("<script>", "&#0;", "&amp;lt;", "<![CDATA[", "<br>", "<table><p>", "<?")

texts = st.lists(
    st.text(alphabet="abcdefgh ABC.,?:()[]é", min_size=1, max_size=60), max_size=8
).map("".join)


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, label, inside: f"<{tag} class='{label}'>{''.join(inside)}</{tag}>",
        st.sampled_from(TAGS),
        st.sampled_from(
            ("", "story-body", "related", "caption", "share-bar", "author")
        ),
        st.lists(children, max_size=4),
    )


pages = st.recursive(texts, _element, max_leaves=25)


def cleaned(content: str, form: Form) -> CleanPage | None:
    try:
        return clean(raw(content, form))
    except BadPage:
        return None


@given(st.text(max_size=2_000), st.sampled_from(Form))
def test_clean_raises_nothing_but_bad_page(content: str, form: Form) -> None:
    page = cleaned(content, form)
    assert page is None or all(block.text.strip() for block in page.blocks)


@given(st.lists(st.sampled_from(BROKEN + BROKEN_TOO)).map("".join))
def test_clean_survives_broken_markup(content: str) -> None:
    page = cleaned(content, Form.HTML)
    assert page is None or page.blocks


@given(pages)
def test_kept_and_removed_cover_every_word_of_the_page(content: str) -> None:
    page = cleaned(f"<html><body>{content}</body></html>", Form.HTML)
    assume(page)
    blocks = " ".join(block.text for block in page.blocks) if page else ""
    seen = re.sub(r"<[^>]{0,60}>", "", content)
    assert "".join(WORD.findall(blocks)) == "".join(WORD.findall(seen))


@given(st.lists(texts, max_size=12))
def test_a_dump_keeps_or_removes_every_line(lines: list[str]) -> None:
    page = cleaned("\n".join(lines), Form.TEXT)
    seen = " ".join(block.text for block in page.blocks) if page else ""
    assert WORD.findall(seen) == WORD.findall("\n".join(lines))


@given(st.lists(texts, max_size=12))
def test_a_given_body_loses_nothing(lines: list[str]) -> None:
    page = cleaned("\n".join(lines), Form.CLEAN)
    text = page.text if page else ""
    assert WORD.findall(text) == WORD.findall("\n".join(lines))
