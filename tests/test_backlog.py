"""Who waits to be accepted when a site ends, and who comes too late for that."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from web.backlog import is_shared, last_call, turns

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere it only runs the block"
)


ELSE = os.getppid()  # a process that has none of our sockets


@pytest.fixture(params=["127.0.0.1", "::1"])
def listener(request: pytest.FixtureRequest):
    family = socket.AF_INET6 if ":" in request.param else socket.AF_INET
    try:
        made = socket.create_server((request.param, 0), family=family)
    except OSError:
        pytest.skip("no IPv6 here")
    with made:
        made.setblocking(False)
        yield made


def begin(listener: socket.socket) -> socket.socket:
    """Return a client that asked for a connection, whatever becomes of it."""
    client = socket.socket(listener.family)
    client.setblocking(False)
    client.connect_ex(listener.getsockname())
    return client


def test_who_waits_already_is_heard_at_the_last_call(listener):
    with begin(listener) as client, last_call(listener, ELSE):
        accepted, who = listener.accept()
        with accepted:
            assert who == client.getsockname()


def test_nobody_joins_at_the_last_call(listener):
    with last_call(listener, ELSE), begin(listener), pytest.raises(BlockingIOError):
        listener.accept()


def test_it_is_no_last_call_while_the_main_process_goes_on_listening(listener):
    with last_call(listener, os.getpid()), begin(listener):
        listener.accept()[0].close()


def test_after_the_last_call_the_socket_is_as_it_was(listener):
    with last_call(listener, ELSE):
        pass
    with begin(listener):
        listener.accept()[0].close()


def test_the_last_call_is_one_process_s_at_a_time(listener):
    turn = turns()
    assert turn is not None
    with last_call(listener, ELSE, turn):
        code = f"import fcntl; fcntl.lockf({turn}, fcntl.LOCK_EX | fcntl.LOCK_NB)"
        command = [sys.executable, "-c", code]
        other = subprocess.run(
            command, pass_fds=[turn], capture_output=True, check=False
        )
    assert b"BlockingIOError" in other.stderr


@pytest.mark.parametrize("inherits", [True, False])
def test_a_socket_is_shared_with_a_process_that_has_it_open(listener, inherits):
    passed = [listener.fileno()] if inherits else []
    with subprocess.Popen(["/bin/sleep", "9"], pass_fds=passed) as other:
        assert is_shared(listener, other.pid) is inherits
        other.terminate()


def test_a_socket_may_be_shared_with_whom_nothing_is_known_of(listener):
    assert is_shared(listener, 0)
