"""The query language: query text to a Whoosh query, a reading in words, warnings.

``docs/query-language.md`` describes the language. Trees are made of Whoosh's ``And``,
``Or``, ``Not``, ``Term``, ``Phrase``, ``Prefix``, ``Wildcard``, ``FuzzyTerm``,
``NumericRange``, ``Every`` and ``NullQuery``, and are to be taken as they stand: a
``Not`` is everything else, wherever it is, which Whoosh's ``normalize`` forgets.
"""

from __future__ import annotations

from typing import Any

from whoosh.query import Every, NullQuery

from search.errors import BadQuery
from search.folding import whole
from search.language.budget import MAX_CHARACTERS, Notes
from search.language.builder import Builder, has_content, scope_in
from search.language.names import Names
from search.language.reading import Corpus, Reading
from search.language.syntax import parse
from search.model import Scope


def read(text: str, scope: Scope, corpus: Corpus, names: Names) -> Reading:
    """Return what ``text`` asks for; empty text, or ``in:`` alone, asks for everything.

    Other text without a word in it, such as ``""`` or ``( )``, finds nothing.
    ``scope`` is where words without a field are looked for, unless the text has an
    ``in:`` of its own. Any text has a reading; what cannot be read as syntax is read
    as words, and what costs too much is simplified, with a warning.

    Raises:
        BadQuery: ``text`` has more than 512 characters.
    """
    if len(text) > MAX_CHARACTERS:
        raise BadQuery(
            f"A query has at most {MAX_CHARACTERS} characters; this one has"
            f" {len(text)}.",
            parameter="q",
            value=text[:MAX_CHARACTERS],
            reason="too-long",
        )
    text = whole(text)
    notes = Notes()
    nodes: Any = parse(text, notes)
    builder = Builder(text, scope_in(nodes, scope, notes), corpus, names, notes)
    meaning = builder.meaning(nodes)
    if meaning is not None:
        tree, words = meaning.tree, meaning.words
    elif has_content(text, nodes):
        notes.warn("There is no word to search for in this query.")
        tree, words = NullQuery, "nothing"
    else:
        tree, words = Every(), "everything"
    return Reading(
        tree,
        words,
        notes.warnings,
        tuple(builder.expansions),
        tuple(builder.offers),
    )
