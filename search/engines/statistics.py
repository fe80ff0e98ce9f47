"""What scores depend on beside the articles themselves, which changes with commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

_NAME = 4  # bytes of a term's name
_MOST = 1 << 40  # more than any index has


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the words of a query counted for in the commit a list of hits began in.

    ``documents`` of the index; ``tokens`` of each field, by its name; how many
    documents are ``containing`` each term, by :func:`name_of`.

    Raises:
        ValueError, TypeError: no index has such numbers.
    """

    documents: int
    tokens: Mapping[str, int]
    containing: Mapping[str, int]

    def __post_init__(self) -> None:
        if not (isinstance(self.tokens, dict) and isinstance(self.containing, dict)):
            raise TypeError("tokens and terms have no names")
        _check((self.documents,), 1, _MOST)
        _check(self.tokens.values(), 0, _MOST)
        _check(self.containing.values(), 0, self.documents)


def name_of(field: str, term: bytes) -> str:
    """Return what :class:`Statistics` calls a term: short, and rarely another's."""
    return blake2b(field.encode() + b"\0" + term, digest_size=_NAME).hexdigest()


def _check(numbers: Iterable[object], least: int, most: int) -> None:
    for number in numbers:
        if type(number) is not int or not least <= number <= most:
            raise ValueError(f"no index counts {number!r}")
