"""What an index keeps of each document, one compressed frame each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from zstandard import (
    ZstdCompressionDict,
    ZstdCompressor,
    ZstdDecompressor,
    ZstdError,
    train_dictionary,
)

from search.engines.columnar.layout import Damaged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.engines.columnar.container import Container, ContainerWriter

_LEVEL = 1
_SAMPLES = 1_000  # documents a dictionary is made from
_FEWEST = 200  # below that a dictionary costs more than it saves
_DICTIONARY = 64 << 10  # bytes
_MOST = 1 << 30  # bytes of a document; a frame that says more is damaged


class FrameWriter:
    """Compresses documents in the order they come.

    ``dictionary`` is what to compress with; where it is empty one is made from the
    first documents, if they are enough.
    """

    def __init__(self, dictionary: bytes = b"") -> None:
        self.dictionary = dictionary
        self._compressor = _compressor(dictionary)
        self._frames: list[bytes] = []
        self._waiting: list[bytes] | None = None if dictionary else []
        self._held = 0

    @property
    def held(self) -> int:
        """Return about how much memory is held."""
        return self._held

    def add(self, data: bytes) -> None:
        """Append a document."""
        if self._waiting is None:
            self._push(data)
            return
        self._waiting.append(data)
        self._held += len(data)
        if len(self._waiting) >= _SAMPLES:
            self._train(self._waiting)

    def write(self, container: ContainerWriter) -> dict[str, Any]:
        """Write the frames and return what the segment's ``meta`` says of them."""
        if self._waiting is not None:
            self._train(self._waiting)
        sizes = np.fromiter(map(len, self._frames), np.uint64, len(self._frames))
        ends = np.cumsum(sizes, dtype=np.uint64)
        container.put("stored/off", np.concatenate((np.zeros(1, np.uint64), ends)))
        slot = container.reserve("stored/bin", np.uint8, (int(sizes.sum()),))
        at = 0
        for part in _gathered(self._frames):
            slot.write(at, part)
            at += part.size
        container.put("stored/dict", np.frombuffer(self.dictionary, np.uint8))
        return {"documents": len(sizes)}

    def _push(self, data: bytes) -> None:
        frame = self._compressor.compress(data)
        self._frames.append(frame)
        self._held += len(frame) + 40

    def _train(self, samples: list[bytes]) -> None:
        """Make a dictionary, and compress what waited for it."""
        self._waiting, self._held = None, 0
        self.dictionary = _trained(samples)
        self._compressor = _compressor(self.dictionary)
        for data in samples:
            self._push(data)


class FrameReader:
    """The documents kept in a segment."""

    def __init__(self, container: Container) -> None:
        self._container = container
        dictionary = container.array("stored/dict").tobytes()
        self._reader = decompressor(dictionary)

    def frame(self, doc: int) -> bytes:
        """Return a document.

        Raises:
            Damaged: it is not what was written.
        """
        start, stop = self._container.part("stored/off", doc, doc + 2).tolist()
        data = self._container.part("stored/bin", start, stop)
        try:
            return self._reader.decompress(data.data, max_output_size=_MOST)
        except ZstdError as error:
            raise Damaged(f"a stored document cannot be read: {error}") from error


def decompressor(dictionary: bytes) -> ZstdDecompressor:
    """Return what reads frames that were compressed with ``dictionary``."""
    if not dictionary:
        return ZstdDecompressor()
    return ZstdDecompressor(dict_data=ZstdCompressionDict(dictionary))


def _compressor(dictionary: bytes) -> ZstdCompressor:
    known = None
    if dictionary:
        known = ZstdCompressionDict(dictionary)
        known.precompute_compress(level=_LEVEL)
    # The container has checksums; the dictionary is the segment's only one.
    return ZstdCompressor(
        level=_LEVEL, dict_data=known, write_checksum=False, write_dict_id=False
    )


def _trained(samples: list[bytes]) -> bytes:
    """Return a dictionary for documents like these, empty where they are too few."""
    if len(samples) < _FEWEST:
        return b""
    try:
        return train_dictionary(_DICTIONARY, [*samples]).as_bytes()
    except ZstdError:  # there is too little in them to make one from
        return b""


def _gathered(frames: list[bytes]) -> Iterator[NDArray[np.uint8]]:
    """Yield the frames, some together."""
    for start in range(0, len(frames), 1_000):
        yield np.frombuffer(b"".join(frames[start : start + 1_000]), np.uint8)
