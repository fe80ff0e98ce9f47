"""Names behind a word that lost its vowel: *d'Essaouira*, *dell'Isernia*, *l'Olot*.

French, Italian and Catalan write such articles and prepositions together with the
name. Where the gazetteer has both (*L'Aquila*, *Côte d'Ivoire*) they are the name's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.gazetteer import key

_ELIDED = re.compile(
    r"(?P<particle>d|l|qu|jusqu|lorsqu|puisqu|dell|nell|sull|all|dall|coll|quell)"
    r"['’ʼ‘`](?=[^\W\d_])",
    re.IGNORECASE,
)
_OF = frozenset(("d", "dell"))
_LOCATIVE = frozenset(("jusqu", "nell", "sull", "all", "dall"))


def cut(raw: str) -> int:
    """Return how many characters stand before the name in a word; 0 where it has none.

    >>> cut("dell’Isernia"), cut("d'abord"), cut("O'Brien")
    (5, 0, 0)
    """
    found = _ELIDED.match(raw)
    return found.end() if found and raw[found.end()].isupper() else 0


def bare(raw: str, *, opens: bool) -> Iterator[str]:
    """Yield the keys that a word's name may have without the particle, best first.

    A particle with a capital amid a sentence is a surname's, as in *D'Angelo*;
    ``opens`` tells that a sentence may begin.
    """
    at = cut(raw)
    if not at or (raw[0].isupper() and not opens and not raw.isupper()):
        return
    if raw[at - 2] in "lL" and at > 2:  # dell' is of the: L'Aquila keeps its own
        yield key("l" + raw[at:])
    yield key(raw[at:])


def sense(raw: str) -> str | None:
    """Return what a particle says of the name: ``of``, ``locative`` or nothing."""
    particle = raw[: cut(raw)][:-1].lower()
    if particle in _OF:
        return "of"
    return "locative" if particle in _LOCATIVE else None
