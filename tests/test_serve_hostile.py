"""What a running site answers to requests that are none, and to clients that stall."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines import open_writer
from tests.factories import article
from tests.serving import CHECKOUT, Site, fetch, send, serving
from web import worker
from web.worker import Impatient

pytestmark = pytest.mark.slow

INSIDE = re.compile(
    r"Traceback|File \"|\.py\b|gunicorn/|Werkzeug|Python/|/site-packages|/home|"
    r"/tmp|secretword|[^.\d]\d+\.\d+\.\d+[^.\d]",  # a font's file has a version, too
    re.IGNORECASE,
)
LINE = b"GET /%s HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    index = tmp_path_factory.mktemp("hostile") / "index"
    with open_writer(str(index)) as writer:
        writer.add(article())
    with serving(index, DATELINE_LOG_REQUESTS="1") as running:
        yield running


def get(path: bytes = b"help", *headers: bytes, close: bool = True) -> bytes:
    lines = b"".join(header + b"\r\n" for header in headers)
    return LINE % path + lines + (b"Connection: close\r\n" if close else b"") + b"\r\n"


ODD = {
    "no http": (b"\x16\x03\x01\x02\x00\x01\x00secretword\r\n\r\n", 400),
    "no version": (b"GET /?q=secretword\r\n\r\n", 400),
    "odd version": (b"GET /?q=secretword HTTP/9.9\r\n\r\n", 400),
    "odd method": (b"G<E>T /?q=secretword HTTP/1.1\r\n\r\n", 400),
    "long line": (get(b"search?q=" + b"secretword" * 900), 414),
    "many headers": (get(b"", *(b"X-%d: secretword" % n for n in range(60))), 431),
    "long header": (get(b"", b"X: " + b"secretword" * 2000), 431),
    "folded header": (get(b"", b"X: a\r\n secretword"), 400),
    "header without colon": (get(b"", b"secretword"), 400),
    "space before colon": (get(b"", b"X-secretword : a"), 400),
    "bare line feed": (get(b"", b"X: a\nY: secretword\x00"), 400),
    "odd transfer": (get(b"", b"Transfer-Encoding: secretword"), 501),
    "two lengths": (get(b"", b"Content-Length: 1", b"Content-Length: 2"), 400),
    "length and chunks": (
        get(b"", b"Content-Length: 1", b"Transfer-Encoding: chunked"),
        400,
    ),
    "negative length": (get(b"", b"Content-Length: -1"), 400),
    "odd expectation": (get(b"", b"Expect: secretword"), 417),
    "other host": (
        b"GET / HTTP/1.1\r\nHost: secretword.example\r\nConnection: close\r\n\r\n",
        400,
    ),
    "no host": (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    "whole address": (
        get().replace(b"/help", b"http://secretword.example/nothing"),
        404,
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_a_request_that_is_none_is_refused_and_not_repeated(site, name):
    request, status = ODD[name]
    head, _, body = send(site.address, request).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), head
    for header in (b"X-Request-ID: ", b"X-Content-Type-Options: nosniff"):
        assert header.lower() in head.lower()
    assert b"Content-Security-Policy: default-src 'none'" in head
    assert not INSIDE.search((head + body).decode("latin-1"))


def test_no_refusal_is_logged_with_what_was_sent(site):
    for request, _ in ODD.values():
        send(site.address, request)
    send(site.address, get(b"search?q=secretword"))
    said = "".join(site.said)
    assert "URI Too Long" in said
    assert "secretword" not in said


def test_every_line_of_the_log_is_json(site):
    send(site.address, get(b"\xff%ff%0a?q=\x1b"))
    for line in site.said[1:]:  # the first one is for people
        assert json.loads(line)["level"]


@pytest.mark.parametrize(
    "path",
    [
        b"search?q=%0d%0aSet-Cookie:%20a=b",
        b"doc/x%0d%0aSet-Cookie:%20a=b",
        b"search?from=%0d%0aSet-Cookie:%20a=b",
        b"search?source=%0d%0aSet-Cookie:%20a=b&sort=&from=",
        b"%0d%0aSet-Cookie:%20a=b",
        b"static/%0d%0aSet-Cookie:%20a=b",
    ],
)
def test_no_parameter_becomes_a_header(site, path):
    head = send(site.address, get(path)).partition(b"\r\n\r\n")[0]
    assert b"\nset-cookie" not in head.lower()


@pytest.mark.parametrize("name", ["X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"])
def test_forwarded_headers_change_nothing(site, name):
    plain, forwarded = (
        send(site.address, get(b"search?q=harbour&q=", *headers))
        for headers in ((), (f"{name}: https".encode(), b"PATH_INFO: /metrics"))
    )
    assert plain.split(b"\r\n")[0] == forwarded.split(b"\r\n")[0]
    assert b"https" not in forwarded.partition(b"\r\n\r\n")[0]


def test_a_large_body_is_not_waited_for(site):
    began = time.monotonic()
    request = b"POST /search HTTP/1.1\r\nHost: localhost\r\n"
    request += b"Content-Length: 1000000000\r\nConnection: close\r\n\r\n"
    assert send(site.address, request).startswith(b"HTTP/1.1 405")
    assert time.monotonic() - began < 10


def test_clients_that_do_not_hang_up_stop_nobody(site):
    held = [socket.create_connection(site.address) for _ in range(20)]
    try:
        for connection in held:
            connection.sendall(get(b"healthz"))
        began = time.monotonic()
        fetch(site.url, "/healthz")
        assert time.monotonic() - began < 3 * worker.FAREWELL
    finally:
        for connection in held:
            connection.close()


def test_forty_half_open_connections_stop_nobody_for_long(site):
    held = [socket.create_connection(site.address) for _ in range(40)]
    try:
        for connection in held:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x")
        began = time.monotonic()
        fetch(site.url, "/healthz")
        assert time.monotonic() - began < 2 * worker.PATIENCE
    finally:
        for connection in held:
            connection.close()


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, Impatient]]:
    client, server = socket.socketpair()
    impatient = Impatient(fileno=server.detach())
    with client, impatient:
        yield client, impatient


def test_a_client_that_dawdles_is_given_up(pair, monkeypatch):
    client, impatient = pair
    monkeypatch.setattr(worker, "TOGETHER", 0.05)
    impatient.begin()
    client.sendall(b"GE")
    assert impatient.recv(1) == b"G"
    time.sleep(0.1)
    with pytest.raises(ConnectionResetError):
        impatient.recv(1)


def test_each_request_has_its_own_time(pair, monkeypatch):
    client, impatient = pair
    monkeypatch.setattr(worker, "TOGETHER", 0.05)
    time.sleep(0.1)
    impatient.begin()
    client.sendall(b"G")
    assert impatient.recv(1) == b"G"


def test_a_client_that_reads_nothing_is_given_up(monkeypatch):
    monkeypatch.setattr(worker, "UNREAD", 1)
    client, server = socket.socketpair()
    impatient = Impatient(fileno=server.detach())
    with client, impatient, pytest.raises(ConnectionResetError):
        impatient.sendall(b"x" * 50_000_000)


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        ("reader:a long password", 0o644, "chmod o="),
        ("reader:short", 0o600, "at least 12"),
    ],
)
def test_secrets_that_are_none_are_refused_in_one_line(tmp_path, content, mode, says):
    keys = tmp_path / "keys"
    keys.write_text(content)
    keys.chmod(mode)
    ran = subprocess.run(
        [sys.executable, "-m", "dateline", "serve", "--bind", "127.0.0.1:0"],
        cwd=CHECKOUT,
        env={"DATELINE_ACCESS": str(keys)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert says in ran.stderr
    assert "password" not in ran.stderr.replace("NAME:PASSWORD", "")


def test_keys_are_asked_for_by_a_running_site(tmp_path: Path):
    keys = tmp_path / "keys"
    keys.touch(0o600)
    keys.write_text("0123456789abcdef")
    index = tmp_path / "index"
    with open_writer(str(index)) as writer:
        writer.add(article())
    with serving(index, DATELINE_ACCESS=str(keys)) as site:
        refused = send(site.address, get(b"api/search"))
        site.hang_up()
        page = fetch(site.url, "/help", Authorization="Bearer 0123456789abcdef")
    assert refused.startswith(b"HTTP/1.1 401 ")
    assert "<h1" in page
    assert "0123456789abcdef" not in "".join(site.said)
