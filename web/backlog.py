"""Who has connected to a listening socket and waits there to be accepted.

When the last process that has it closes it, they are reset. To accept all of them first
is not enough: another may connect in the moment between, and under load one does.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_ATTACH, _DETACH = 26, 27  # SO_ATTACH_FILTER and SO_DETACH_FILTER of Linux
_HANDSHAKE = 0.1  # seconds for those who are about to have connected
# Classic BPF over a TCP segment: drop it if it asks for a connection.
_NO_MORE = b"".join(
    struct.pack("HBBI", *step)
    for step in (
        (0x30, 0, 0, 13),  # load the byte of flags
        (0x54, 0, 0, 0x12),  # keep SYN and ACK
        (0x15, 0, 1, 0x02),  # SYN alone?
        (0x06, 0, 0, 0),  # drop all of it
        (0x06, 0, 0, 0xFFFFFFFF),  # or take all of it
    )
)


def turns() -> int | None:
    """Return a file for the processes forked from this one to take turns by.

    None where the system has none to give; nothing but the last moment needs it.
    """
    try:
        return os.memfd_create("turns") if sys.platform == "linux" else None
    except OSError:
        return None


@contextmanager
def last_call(
    listener: socket.socket, main: int, turn: int | None = None
) -> Iterator[None]:
    """Let nobody join those who wait while the block runs; it should accept them.

    Whoever tries is not heard, tries again a second later, and then meets what the
    socket has become: refused where it is closed, served where others go on with it.
    It is left as it was, for a process unknown to us may do so. Waits a moment, and
    for those who have the ``turn`` before us. The block is all that is run where the
    process ``main`` goes on listening, or the system is not Linux.
    """
    if is_shared(listener, main):
        yield
        return
    with _turn(turn):
        if not _filtered(listener):
            yield
            return
        time.sleep(_HANDSHAKE)
        try:
            yield
        finally:
            with suppress(OSError):
                listener.setsockopt(socket.SOL_SOCKET, _DETACH, 0)


def is_shared(listener: socket.socket, process: int) -> bool:
    """Return whether ``process`` has the socket too; True where that cannot be told."""
    try:
        own = Path(f"/proc/self/fd/{listener.fileno()}").readlink()
        theirs = list(Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return True
    return any(_link(each) == own for each in theirs)


@contextmanager
def _turn(file: int | None) -> Iterator[None]:
    """Keep other processes waiting meanwhile: one would end what the other began."""
    if file is None:
        yield
        return
    fcntl.lockf(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN)


def _filtered(listener: socket.socket) -> bool:
    """Have the system drop who asks for a connection; return whether it does."""
    if sys.platform != "linux":
        return False
    if listener.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    program = ctypes.create_string_buffer(_NO_MORE, len(_NO_MORE))
    steps = len(_NO_MORE) // struct.calcsize("HBBI")
    wanted = struct.pack("HP", steps, ctypes.addressof(program))
    try:
        listener.setsockopt(socket.SOL_SOCKET, _ATTACH, wanted)
    except OSError:
        return False
    return True


def _link(path: Path) -> Path | None:
    try:
        return path.readlink()
    except OSError:
        return None  # closed meanwhile
