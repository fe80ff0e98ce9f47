"""What an index keeps of each document, one compressed frame each."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pyzstd import (
    CParameter,
    EndlessZstdDecompressor,
    ZstdCompressor,
    ZstdDict,
    ZstdError,
    train_dict,
)

from search.engines.columnar.spool import Spool
from search.engines.sealed import Damaged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.engines.columnar.container import Container, ContainerWriter

_LEVEL = 3
_SAMPLES = 1_000  # documents a dictionary is made from
_FEWEST = 200  # below that a dictionary costs more than it saves
_DICTIONARY = 110 << 10  # bytes
_MOST = 1 << 30  # bytes of a document; a frame that says more is damaged
_PIECE = 1 << 16  # bytes of frames handed on together
_RUN = 1_000  # frames copied together


class FrameWriter:
    """Compresses documents in the order they come.

    ``dictionary`` is what to compress with; where it is empty one is made from the
    first documents, if they are enough. Frames wait in a nameless file in ``folder``.
    """

    def __init__(self, folder: Path | None, dictionary: bytes = b"") -> None:
        self.dictionary = dictionary
        self._compressor = _compressor(dictionary)
        self._waiting: list[bytes] | None = None if dictionary else []
        self._frames: list[bytes] = []
        self._held = 0  # bytes of what waits, and of the frames
        self._bytes = Spool(np.uint8, folder)
        self._sizes = Spool(np.uint32, folder)

    @property
    def held(self) -> int:
        """Return about how much memory is held."""
        return self._held + self._bytes.held + self._sizes.held

    def add(self, data: bytes) -> None:
        """Append a document.

        Raises:
            OSError: the disk is full.
        """
        if self._waiting is None:
            self._push(data)
            return
        self._waiting.append(data)
        self._held += len(data)
        if len(self._waiting) >= _SAMPLES:
            self._train(self._waiting)

    def add_frames(self, sizes: NDArray[np.int64], data: NDArray[np.uint8]) -> None:
        """Append frames that were compressed with the same dictionary."""
        self._hand_on()
        self._sizes.append(sizes)
        self._bytes.append(data)

    def write(self, container: ContainerWriter) -> dict[str, Any]:
        """Write the frames and return what the segment's ``meta`` says of them."""
        if self._waiting is not None:
            self._train(self._waiting)
        self._hand_on()
        sizes = self._sizes.read().astype(np.uint64)
        ends = np.cumsum(sizes, dtype=np.uint64)
        container.put("stored/off", np.concatenate((np.zeros(1, np.uint64), ends)))
        self._bytes.write(container, "stored/bin")
        container.put("stored/dict", np.frombuffer(self.dictionary, np.uint8))
        return {"bytes": int(sizes.sum())}

    def _push(self, data: bytes) -> None:
        frame = self._compressor.compress(data, ZstdCompressor.FLUSH_FRAME)
        self._frames.append(frame)
        self._held += len(frame)
        if self._held >= _PIECE:
            self._hand_on()

    def _hand_on(self) -> None:
        """Put the frames together."""
        if self._frames:
            sizes = np.fromiter(map(len, self._frames), np.uint32, len(self._frames))
            self._sizes.append(sizes)
            self._bytes.append(np.frombuffer(b"".join(self._frames), np.uint8))
            self._frames.clear()
            self._held = 0

    def _train(self, samples: list[bytes]) -> None:
        """Make a dictionary, and compress what waited for it."""
        self._waiting, self._held = None, 0
        self.dictionary = _trained(samples)
        self._compressor = _compressor(self.dictionary)
        for data in samples:
            self._push(data)


class FrameReader:
    """The documents kept in a segment; threads may share it."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self.dictionary = container.array("stored/dict").tobytes()
        self._known = _known(self.dictionary)
        self._threads = threading.local()

    def frame(self, doc: int) -> bytes:
        """Return a document.

        Raises:
            Damaged: it is not what was written.
        """
        start, stop = self._container.part("stored/off", doc, doc + 2).tolist()
        data = self._container.part("stored/bin", start, stop)
        reader = self._reader
        try:
            found: bytes = reader.decompress(data.data, _MOST)
        except ZstdError as error:
            del self._threads.reader
            raise Damaged(f"a stored document cannot be read: {error}") from error
        if not reader.at_frame_edge:
            del self._threads.reader
            raise Damaged("a stored document is no whole frame")
        return found

    @property
    def _reader(self) -> EndlessZstdDecompressor:
        """Return this thread's decompressor, between two frames.

        To make one takes four times as long as to read a document.
        """
        reader: EndlessZstdDecompressor | None = getattr(self._threads, "reader", None)
        if reader is None:
            reader = self._threads.reader = EndlessZstdDecompressor(self._known)
        return reader

    def copies(
        self, docs: NDArray[np.int64]
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint8]]]:
        """Yield the frames of rising ``docs``: their sizes, and their bytes."""
        breaks = np.flatnonzero(np.diff(docs) != 1) + 1
        for run in np.split(docs, breaks) if docs.size else ():
            for at in range(0, len(run), _RUN):
                first, last = int(run[at]), int(run[at : at + _RUN][-1])
                ends = self._container.part("stored/off", first, last + 2)
                ends = ends.astype(np.int64)
                start, stop = int(ends[0]), int(ends[-1])
                yield np.diff(ends), self._container.part("stored/bin", start, stop)


def _known(dictionary: bytes) -> ZstdDict | None:
    return ZstdDict(dictionary) if dictionary else None


def _compressor(dictionary: bytes) -> ZstdCompressor:
    # The container has checksums; the dictionary is the segment's only one.
    options: dict[Any, int] = {
        CParameter.compressionLevel: _LEVEL,
        CParameter.checksumFlag: 0,
        CParameter.dictIDFlag: 0,
    }
    return ZstdCompressor(options, _known(dictionary))


def _trained(samples: list[bytes]) -> bytes:
    """Return a dictionary for documents like these, empty where they are too few."""
    if len(samples) < _FEWEST or not any(samples):
        return b""
    try:
        found = train_dict(samples, _DICTIONARY)
    except ZstdError:  # there is too little in them to make one from
        return b""
    return bytes(found.dict_content)
