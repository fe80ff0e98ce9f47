"""What a query may cost, and what is said when it asks for more."""

from __future__ import annotations

from search.language.analyzers import EXACT

MAX_CHARACTERS = 512
MAX_CLAUSES = 32
MAX_PHRASE = 32  # words that hang together
MAX_DEPTH = 8  # brackets within brackets
MAX_SLOP = 20  # words
MAX_NEAR = 6  # words that may be apart; what can stand between them multiplies
MAX_EDITS = 2
MIN_FUZZY = 4  # letters
MAX_FUZZY = 24  # letters; no word worth guessing is longer
MIN_PREFIX = 3  # letters before the first wildcard
MAX_WILDCARDS = 4
MAX_VARIANTS = 8  # readings of a phrase whose words have inner apostrophes
MAX_EXPANSIONS = 200  # words a prefix, a pattern or a fuzzy word may stand for


class Notes:
    """Collects the warnings of one reading, each said once, and counts its clauses."""

    def __init__(self) -> None:
        self._warnings: dict[str, None] = {}
        self._clauses = 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return what was said, in order."""
        return tuple(self._warnings)

    def warn(self, sentence: str) -> None:
        """Keep a sentence for the asker."""
        self._warnings[sentence] = None

    def room(self) -> bool:
        """Count one more clause; return whether it still fits."""
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            self.warn(f"Only the first {MAX_CLAUSES} words and phrases were searched.")
        return self._clauses <= MAX_CLAUSES

    def shortened(self, text: str) -> str:
        """Return as many words of ``text``, a phrase, as may be searched together."""
        ends = [token.endchar for token in EXACT(text, chars=True)]
        if len(ends) <= MAX_PHRASE:
            return text
        self.warn(f"Only the first {MAX_PHRASE} words of a phrase were searched.")
        return text[: ends[MAX_PHRASE - 1]]
