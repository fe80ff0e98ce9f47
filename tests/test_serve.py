"""The site as ``dateline serve`` runs it, from among hostile files."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from search.engines import open_writer
from tests.factories import article

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).parent.parent

# What pip writes for a console script; here for a checkout that is not installed.
SCRIPT = """#!{python}
import sys
sys.path.append({checkout!r})
from dateline import main
if __name__ == "__main__":
    sys.exit(main())
"""

TRAP = "import pathlib; pathlib.Path({flag!r}).touch()\n"
TRAPS = ("web", "search", "index", "dateline", "wsgi", "flask", "gunicorn", "json")


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """Return the installed command, or one like it."""
    installed = Path(sys.executable).with_name("dateline")
    if installed.exists():
        return installed
    script = tmp_path_factory.mktemp("bin") / "dateline"
    script.write_text(SCRIPT.format(python=sys.executable, checkout=str(CHECKOUT)))
    script.chmod(0o755)
    return script


@pytest.fixture
def hostile(tmp_path):
    """Return a folder of files that leave a flag when anything runs or reads them."""
    folder = tmp_path / "scraped"
    folder.mkdir()
    for name in TRAPS:
        (folder / f"{name}.py").write_text(TRAP.format(flag=str(tmp_path / name)))
    flag = TRAP.format(flag=str(tmp_path / "gunicorn.conf"))
    (folder / "gunicorn.conf.py").write_text(flag + "bind = '127.0.0.1:1'\n")
    (folder / "dateline.toml").write_text('bind = "127.0.0.1:1"\n')
    with open_writer(str(tmp_path / "index")) as writer:
        writer.add(article())
    return folder


@contextmanager
def serving(command, folder, *words, **environ):
    """Run ``dateline serve`` in ``folder``; yield its process and the URL it prints."""
    settings = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    process = subprocess.Popen(
        [command, "serve", "--index", "../index", "--bind", "127.0.0.1:0", *words],
        cwd=folder,
        env={**settings, **environ},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        url = re.search(r"http://\S+", said)
        assert url, said + process.stderr.read()
        yield process, url[0]
    finally:
        process.send_signal(signal.SIGTERM)
        # A worker told to end while it starts ends only after gunicorn's 30 seconds.
        process.wait(60)
        process.stderr.close()


def fetch(url, path, **headers):
    with urlopen(Request(url + path, headers=headers), timeout=30) as answer:  # noqa: S310
        return answer.read().decode()


def test_it_answers_and_nothing_of_the_working_folder_runs(command, hostile):
    with serving(command, hostile) as (_, url):
        page = fetch(url, "/search?q=harbour")
    assert "reopens after storm" in page
    assert sorted(path.name for path in hostile.parent.iterdir()) == [
        "index",
        "scraped",
    ]


def test_its_processes_load_no_parser(command, hostile):
    with serving(command, hostile) as (process, url):
        fetch(url, "/search?q=harbour")
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
        for pid in (process.pid, *children.split()):
            assert "lxml" not in Path(f"/proc/{pid}/maps").read_text()


def test_sighup_changes_workers_and_not_the_address(command, hostile):
    with serving(command, hostile) as (process, url):
        fetch(url, "/healthz")
        process.send_signal(signal.SIGHUP)
        time.sleep(1)
        assert fetch(url, "/healthz")


def test_gunicorns_variables_change_nothing(command, hostile):
    arguments = "--bind 127.0.0.1:1 --chdir /nowhere"
    with serving(command, hostile, GUNICORN_CMD_ARGS=arguments) as (_, url):
        assert fetch(url, "/healthz")


def test_sigterm_ends_it_and_all_its_processes(command, hostile):
    with serving(command, hostile) as (process, url):
        fetch(url, "/healthz")
    assert process.returncode == 0
    with pytest.raises(OSError, match="refused"):
        fetch(url, "/healthz")


def test_it_leaves_no_control_socket(command, hostile, tmp_path):
    home = tmp_path / "scraped" / "home"
    home.mkdir()
    with serving(command, hostile, HOME=str(home)) as (_, url):
        fetch(url, "/healthz")
        assert list(home.iterdir()) == []


def test_twenty_half_open_connections_leave_room(command, hostile):
    with serving(command, hostile) as (_, url):
        host, port = url.removeprefix("http://").split(":")
        with ExitStack() as stack:
            for _ in range(20):
                held = stack.enter_context(socket.create_connection((host, int(port))))
                held.sendall(b"GET / HTTP/1.1\r\n")
            began = time.monotonic()
            fetch(url, "/healthz")
            assert time.monotonic() - began < 4  # sooner than any of them is given up


def test_a_client_that_falls_silent_is_hung_up_on(command, hostile):
    with serving(command, hostile) as (_, url):
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as held:
            held.settimeout(20)
            held.sendall(b"GET / HTTP/1.1\r\n")
            assert held.recv(1) == b""


@pytest.mark.parametrize(
    ("bind", "code", "says"),
    [
        ("nonsense", 2, "--bind: must be HOST:PORT"),
        ("no.such.host.invalid:80", 2, "--bind no.such.host.invalid:80"),
        ("127.0.0.1:{taken}", 1, "cannot listen on 127.0.0.1:{taken}: Address already"),
    ],
)
def test_an_address_that_cannot_be_is_one_clear_line(
    command, hostile, bind, code, says
):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [command, "serve", "--bind", bind.format(taken=port)],
            cwd=hostile,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (ran.returncode, ran.stderr.count("\n")) == (code, 1)
    assert says.format(taken=port) in ran.stderr
