"""Running text on a page that has nothing to do with its story.

What an outlet prints into all its stories shares hardly a word with any of them. The
standing paragraphs of running coverage, which recur as well, name what the rest of
the story is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from index.cleaner.title import site_names
from index.page import Block, CleanPage, RawPage

_WORD = re.compile(r"[^\W\d_]+")
_STEM = 5  # letters that tell a word; shorter words are mostly of grammar
_FEWEST = 4  # telling words; with fewer, none in common says nothing
_COMMON = 0.25  # of them; one in ten paragraphs of real stories has no more in common
# Of grammar in spite of their length; and those that news of any kind is told with.
_GRAMMAR = frozenset(
    (
        *("about", "above", "after", "again", "against", "along", "already"),
        *("although", "always", "among", "another", "around", "because"),
        *("before", "behind", "being", "below", "between", "beyond", "could"),
        *("doing", "during", "either", "every", "first", "found", "given"),
        *("going", "having", "however", "including", "instead", "least"),
        *("might", "never", "often", "other", "others", "people", "perhaps"),
        *("rather", "second", "several", "shall", "should", "since", "still"),
        *("their", "theirs", "themselves", "there", "these", "thing", "things"),
        *("think", "those", "though", "three", "through", "today", "together"),
        *("towards", "under", "until", "using", "wants", "where", "whether"),
        *("which", "while", "whole", "whose", "within", "without", "would"),
        *("years", "yours"),
    )
)
_SPACED = 15  # characters a word; more are a script that sets no spaces
_LONGEST = 2_000  # characters looked at


def foreign(blocks: Sequence[Block], names: AbstractSet[str]) -> list[int]:
    """Return the kept blocks that have next to no word in common with the others.

    ``names`` are words that count as in common with nothing: what the site is called.
    """
    told = {block.text: _telling(block.text) - names for block in blocks if block.kept}
    spread = Counter(word for words in told.values() for word in words)
    alien = {
        text
        for text, words in told.items()
        if len(words) >= _FEWEST
        and sum(spread[word] > 1 for word in words) <= _COMMON * len(words)
        and text[:_LONGEST].count(" ") >= len(text[:_LONGEST]) // _SPACED
    }
    return [n for n, b in enumerate(blocks) if b.kept and b.text in alien]


def names_of(raw: RawPage, page: CleanPage) -> frozenset[str]:
    """Return the telling words of what the page calls its site."""
    names = [*site_names(page.head), *(said.source or "" for said in raw.given)]
    return frozenset().union(*map(_telling, names))


def _telling(text: str) -> frozenset[str]:
    words = _WORD.findall(text[:_LONGEST].casefold())
    return frozenset(
        word[:_STEM] for word in words if len(word) >= _STEM and word not in _GRAMMAR
    )
