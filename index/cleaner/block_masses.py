"""How many characters of each piece are what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.cleaner import container
from index.cleaner.pieces import Piece

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Masses:
    """Characters of each piece: all, linked, and of running text that is no link."""

    length: Vector
    linked: Vector
    prose: Vector


def of(pieces: Sequence[Piece]) -> Masses:
    """Return the masses of ``pieces``."""
    length = np.array([len(piece.text) for piece in pieces], dtype=np.float64)
    linked = np.array([piece.linked for piece in pieces], dtype=np.float64)
    running = np.array([container.is_prose(piece) for piece in pieces], dtype=bool)
    return Masses(length, linked, running * np.maximum(0, length - linked))
