"""The site as processes of its own: how to start it, ask it, load it and end it."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

CHECKOUT = Path(__file__).parent.parent


@dataclass
class Site:
    """A running site: its process, its address, and what it has said on stderr."""

    process: subprocess.Popen[str]
    url: str
    said: list[str] = field(default_factory=list)

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or 0

    def workers(self) -> list[int]:
        """Return the ids of the processes that answer."""
        pid = self.process.pid
        return [
            int(child)
            for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]

    def hang_up(self) -> None:
        self.process.send_signal(signal.SIGHUP)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        # A worker told to end while it starts ends only after gunicorn's 30 seconds.
        return self.process.wait(60)


@contextmanager
def serving(index: Path, *words: str, **environ: str) -> Iterator[Site]:
    """Run ``dateline serve`` over ``index`` on a free port."""
    command = [
        *(sys.executable, "-m", "dateline", "serve", "--index", str(index)),
        *("--bind", "127.0.0.1:0", *words),
    ]
    with _running(command, r"http://\S+", **environ) as site:
        yield site


@contextmanager
def gunicorn(index: Path, **environ: str) -> Iterator[Site]:
    """Run ``gunicorn wsgi:app`` from the checkout, on a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--log-level", "info"]
    environ |= {"DATELINE_INDEX": str(index), "DATELINE_BIND": bind}
    with _running(command, r"http://[^\s\"]+", **environ) as site:
        yield site


@contextmanager
def _running(command: Sequence[str], ready: str, **environ: str) -> Iterator[Site]:
    settings = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    process = subprocess.Popen(
        command,
        cwd=CHECKOUT,
        env={**settings, **environ},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    site = Site(process, "")
    try:
        for line in process.stderr:
            site.said.append(line)
            found = re.search(ready, line)
            if found:
                site.url = found[0]
                break
        assert site.url, "".join(site.said)
        _follow(process.stderr, site.said)
        yield site
    finally:
        if process.poll() is None:
            site.end()
        process.stderr.close()


def _follow(stream: IO[str], said: list[str]) -> None:
    """Read on in a thread, so that no full pipe holds the site up."""

    def read() -> None:
        try:
            said.extend(stream)
        except ValueError:
            return  # closed

    threading.Thread(target=read, daemon=True).start()


def fetch(url: str, path: str, **headers: str) -> str:
    """Return the body at ``path``; an error status raises."""
    request = Request(url + path, headers=headers)  # noqa: S310 - our own address
    with urlopen(request, timeout=30) as answer:  # noqa: S310
        return str(answer.read().decode())


def send(address: tuple[str, int], request: bytes, timeout: float = 30) -> bytes:
    """Return all that comes back for the bytes of a request."""
    with socket.create_connection(address, timeout) as connection:
        connection.sendall(request)
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
        return received


@dataclass
class Load:
    """Clients that ask without pause until they are stopped or refused.

    ``judge`` returns what is wrong with an answer, or None. ``faults`` is what went
    wrong; a connection that is refused is none: nothing was asked yet.
    """

    address: tuple[str, int]
    paths: Sequence[str]
    judge: Callable[[str, http.client.HTTPResponse, bytes], str | None]
    clients: int = 4
    answers: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Load:
        for number in range(self.clients):
            thread = threading.Thread(target=self._ask, args=(number,))
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def wait(self, answers: int, seconds: float = 30) -> None:
        """Return when that many more answers have come."""
        goal, end = self.answers + answers, time.monotonic() + seconds
        while self.answers < goal and time.monotonic() < end and not self.faults:
            time.sleep(0.01)

    def _ask(self, number: int) -> None:
        connection: http.client.HTTPConnection | None = None
        turn = number
        while not self._stopped.is_set():
            if connection is None:
                connection = http.client.HTTPConnection(*self.address, timeout=30)
                try:
                    connection.connect()
                except ConnectionRefusedError:
                    self.refused += 1
                    return
            path = self.paths[turn % len(self.paths)]
            turn += 1
            fault = self._one(connection, path)
            if fault:
                self.faults.append(f"{path}: {fault}")
            # Every other client asks anew each time; the rest keep their connection.
            if number % 2 or fault or connection.sock is None:
                connection.close()
                connection = None
        if connection is not None:
            connection.close()

    def _one(self, connection: http.client.HTTPConnection, path: str) -> str | None:
        began = time.monotonic()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            return repr(error)
        self.seconds.append(time.monotonic() - began)
        self.answers += 1
        return self.judge(path, answer, body)
