"""A gunicorn worker that half-open connections cannot stall, and that loses nobody.

Its parent class accepts many more connections than it has threads, and then reads each
for as long as the client likes: twenty clients that never finish a request line, all
accepted by one worker, silence it. When told to end, it leaves those who wait to be
accepted without an answer, and what it says of a request that is none repeats it.
"""

from __future__ import annotations

import socket
import struct
import time
from contextlib import suppress
from secrets import token_hex
from typing import Any

from gunicorn.http.errors import (
    ExpectationFailed,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import ThreadWorker

from web.security import HEADERS, NOTHING
from web.watch.logs import REQUESTS
from web.watch.requests import NO_ROUTE

PATIENCE = 5  # seconds a client may be silent in the middle of a request
TOGETHER = 20  # seconds it may take to send one
FAREWELL = 1  # seconds it may take to hang up after its last answer
UNREAD = 30  # seconds it may read nothing of an answer

_MOST = 1000  # connections of one worker, waiting ones included

_REFUSALS = (
    (LimitRequestLine, 414, "URI Too Long"),
    (LimitRequestHeaders, 431, "Request Header Fields Too Large"),
    (ExpectationFailed, 417, "Expectation Failed"),
    (UnsupportedTransferCoding, 501, "Not Implemented"),
    (InvalidResponseHeader, 500, "Internal Server Error"),
    (InvalidResponseHeaderName, 500, "Internal Server Error"),
    (ParseException, 400, "Bad Request"),
    (Exception, 500, "Internal Server Error"),
)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn is untyped
    """Accepts only while a thread is free: another worker may have one."""

    keepalived_conns: Any = ()
    pending_conns: Any = ()
    board: Any = None
    sockets: Any = ()

    @property
    def worker_connections(self) -> int:
        """Return how many connections fit, those that take no thread now on top."""
        idle = len(self.keepalived_conns) + len(self.pending_conns)
        return min(_MOST, int(self.cfg.threads) + idle)

    @worker_connections.setter
    def worker_connections(self, value: int) -> None:
        """Ignore what the parent class takes from its settings."""

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - gunicorn's
        """Do as the parent class does; at the end, accept all who wait already.

        Their connection stands, so that they would otherwise be reset when the last
        worker closes its listener. Later ones are refused at once, or go to others. Who
        connects in the 20 µs between is reset: nothing short of a packet filter helps.
        """
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            listeners, self.sockets = self.sockets, ()
            for listener in listeners:
                listener.settimeout(0)
                self._accept_all(listener)
                listener.close()

    def enqueue_req(self, conn: Any) -> None:
        """Read the connection in a thread, and not for longer than it is worth."""
        if not isinstance(conn.sock, Impatient):
            conn.sock = Impatient(fileno=conn.sock.detach())
        conn.sock.begin()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Do as the parent class does, and part from the client in this thread.

        The parent would wait for the client to hang up where it accepts all others.
        """
        kept = super().handle(conn)
        if not kept:
            conn.sock.part()
        return kept

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:  # noqa: ARG002
        """Refuse what is no request, or say that we failed; repeat nothing of it."""
        status, reason = next(
            (status, reason)
            for kind, status, reason in _REFUSALS
            if isinstance(exc, kind)
        )
        number = token_hex(8)
        said = {"message": reason, "request": number, "status": status}
        if status == 500:
            REQUESTS.error(said, exc_info=exc)
        else:
            REQUESTS.info({**said, "fault": type(exc).__name__})
        if self.board is not None:
            labels = f'{{route="{NO_ROUTE}",status="{status}"}}'
            self.board.row.add(f"dateline_requests_total{labels}")
        with suppress(OSError):
            client.sendall(_refusal(status, reason, number))

    def _accept_all(self, listener: Any) -> None:
        while self.nr_conns < _MOST:
            before = self.nr_conns
            self.accept(listener)
            if self.nr_conns == before:
                return


class Impatient(socket.socket):
    """A blocking socket whose client counts as gone when it is silent or dawdles."""

    def __init__(self, fileno: int) -> None:
        super().__init__(fileno=fileno)
        self.settimeout(None)
        for option, seconds in (
            (socket.SO_RCVTIMEO, PATIENCE),
            (socket.SO_SNDTIMEO, UNREAD),
        ):
            limit = struct.pack("ll", seconds, 0)
            self.setsockopt(socket.SOL_SOCKET, option, limit)
        self.begin()

    def begin(self) -> None:
        """Give the client its time anew, for one request."""
        self._end = time.monotonic() + TOGETHER

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """Return what the client sent.

        Raises:
            ConnectionResetError: it has sent nothing for a while, or not all for a long
                while, which gunicorn takes as a client that went away.
        """
        if time.monotonic() > self._end:
            self.close()
            raise ConnectionResetError
        try:
            return super().recv(bufsize, flags)
        except BlockingIOError as error:
            self.close()
            raise ConnectionResetError from error

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        """Send all of ``data``.

        Raises:
            ConnectionResetError: the client has read nothing for a while.
        """
        try:
            super().sendall(data, flags)
        except BlockingIOError as error:
            self.close()
            raise ConnectionResetError from error

    def part(self) -> None:
        """Close, after the client has read all and hung up, or dawdled again.

        Closed sooner, what it still sends would tear the answer off.
        """
        with suppress(OSError):
            self.shutdown(socket.SHUT_WR)
            self.settimeout(FAREWELL)
            for _ in range(16):
                if not super().recv(4096):
                    break
        self.close()

    def setblocking(self, flag: bool) -> None:  # noqa: FBT001 - socket's own
        """Do as the parent class does; to a closed one nothing."""
        if self.fileno() >= 0:
            super().setblocking(flag)


def _refusal(status: int, reason: str, number: str) -> bytes:
    """Return a whole answer, as plain text: nothing is known of who asked."""
    body = f"{status} {reason}\nRequest {number}\n"
    headers = {
        "Connection": "close",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        "Content-Security-Policy": NOTHING,
        "Cache-Control": "no-store",
        "X-Request-ID": number,
        **HEADERS,
    }
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join((*lines, "", body)).encode()
