"""How much of a page is cleaned; one beyond it is named in the report.

No page may take two seconds of a processor or half a gigabyte, whatever is in it. The
largest of a thousand saved news pages has a tenth of this. Measured with bench.hostile.
"""

from __future__ import annotations

import re

from index.page import Form, RawPage
from search.errors import BadPage

TAGS = 60_000
BLOCKS = 20_000  # paragraphs and lines
CHARACTERS = 750_000  # of text: a novel of 120,000 words

_TAG = re.compile(r"<[A-Za-z]")


def check(raw: RawPage) -> None:
    """Do nothing if ``raw`` is small enough to be parsed.

    Raises:
        BadPage: it has too many tags, or it is text and too long.
    """
    if raw.form is Form.HTML:
        if raw.content.count("<") > TAGS and _tags(raw.content) > TAGS:
            raise BadPage(f"has more than {TAGS:,} tags")
        return
    check_text(len(raw.content), raw.content.count("\n"))


def check_text(characters: int, blocks: int) -> None:
    """Do nothing if a page of so much text is small enough to be cleaned.

    Raises:
        BadPage: it is not.
    """
    if characters > CHARACTERS:
        raise BadPage(f"has more than {CHARACTERS:,} characters of text")
    if blocks > BLOCKS:
        raise BadPage(f"has more than {BLOCKS:,} paragraphs or lines")


def _tags(content: str) -> int:
    return sum(1 for _ in _TAG.finditer(content))
