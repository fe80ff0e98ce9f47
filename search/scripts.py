"""Scripts without spaces between words, as pieces of a character class.

A character stands for a word there: what a word is, only a dictionary knows.
"""

from __future__ import annotations

# With the kana, and the marks that repeat or number.
IDEOGRAPHS = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
UNSPACED = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff{IDEOGRAPHS}"
