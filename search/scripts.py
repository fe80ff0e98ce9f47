"""Scripts without spaces between words, as pieces of a character class.

A character stands for a word there: what a word is, only a dictionary knows.
"""

from __future__ import annotations

IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff"  # with the kana
UNSPACED = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff{IDEOGRAPHS}"
