"""A gunicorn worker that half-open connections cannot stall.

Its parent class accepts many more connections than it has threads, and then reads each
for as long as the client likes: twenty clients that never finish a request line, all
accepted by one worker, silence it.
"""

from __future__ import annotations

import socket
import struct
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

PATIENCE = 5  # seconds a client may be silent in the middle of a request

_MOST = 1000  # connections of one worker, waiting ones included


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn is untyped
    """Accepts only while a thread is free: another worker may have one."""

    keepalived_conns: Any = ()
    pending_conns: Any = ()

    @property
    def worker_connections(self) -> int:
        """Return how many connections fit, those that take no thread now on top."""
        idle = len(self.keepalived_conns) + len(self.pending_conns)
        return min(_MOST, int(self.cfg.threads) + idle)

    @worker_connections.setter
    def worker_connections(self, value: int) -> None:
        """Ignore what the parent class takes from its settings."""

    def enqueue_req(self, conn: Any) -> None:
        """Read the connection in a thread, and not for longer than it is worth."""
        if not isinstance(conn.sock, _Impatient):
            conn.sock = _Impatient(fileno=conn.sock.detach())
        super().enqueue_req(conn)


class _Impatient(socket.socket):
    """A blocking socket whose client counts as gone when it falls silent."""

    def __init__(self, fileno: int) -> None:
        super().__init__(fileno=fileno)
        self.settimeout(None)
        limit = struct.pack("ll", PATIENCE, 0)
        self.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """Return what the client sent.

        Raises:
            ConnectionResetError: it has sent nothing for a while, which gunicorn takes
                as a client that went away.
        """
        try:
            return super().recv(bufsize, flags)
        except BlockingIOError as error:
            raise ConnectionResetError from error
