"""Blocks as numbers, so that a million pages can be compared without their text."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from index.mending.mend import encoding_fixed

BITS = 29  # of a digest; the three left of 32 say what became of the block
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
_LABEL = 60  # characters; what counts or dates something is no longer


def digest(text: str) -> int:
    """Return a number for what ``text`` says, whatever its case and punctuation.

    Nor does it matter whether it was read in the wrong encoding. In a label the numbers
    do not matter either: they count comments and minutes.

    >>> digest("12 comments") == digest("3 Comments:")
    True
    >>> digest("The port opens.") == digest("The port opened.")
    False
    """
    text = encoding_fixed(text)
    folded = unicodedata.normalize("NFKC", text).casefold()
    said = " ".join(_WORD.findall(folded)) or folded
    if len(text) < _LABEL:
        said = _NUMBER.sub("0", said)
    data = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(data, "little") >> (32 - BITS)
