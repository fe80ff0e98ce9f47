"""What ``dateline clean`` prints, and what the door does with errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commanding import Terminal, page

APPEAL = "Your gift keeps our presses going through winter; become a friend."
CHECKOUT = Path(__file__).parent.parent
COMMANDS = ("reindex", "search", "serve", "clean", "annotate", "status", "verify")


class Bar:
    """A progress bar that only notes what it is told."""

    def __init__(self, drawn: list[int]) -> None:
        self.update = drawn.append

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


@pytest.fixture
def dateline(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("DATELINE_INDEX", "DATELINE_CONFIG", "DATELINE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return Terminal(monkeypatch, capsys)


def test_a_cleaned_page_has_the_promised_keys(dateline, tmp_path):
    page(tmp_path / "a.html", "Storm closes harbour", "A storm closed the harbour.")
    (record,) = dateline("clean", "a.html").lines
    assert list(record) == [
        *("id", "path", "kind", "title", "date", "author", "source", "agency"),
        *("lang", "text", "removed"),
    ]


def test_chrome_is_removed_and_named(dateline, tmp_path):
    page(tmp_path / "a.html", "Storm closes harbour", "A storm closed the harbour.")
    (record,) = dateline("clean", "a.html").lines
    assert record["text"].startswith("A storm closed the harbour.")
    assert any("rights reserved" in block["text"] for block in record["removed"])


def test_pages_come_in_the_order_asked_for(dateline, tmp_path):
    for name in "cab":
        page(tmp_path / f"{name}.html", f"Title {name}", "A storm closed the harbour.")
    lines = dateline("clean", "c.html", "a.html", "b.html").lines
    assert [line["path"] for line in lines] == ["c.html", "a.html", "b.html"]


def test_a_folder_is_cleaned_in_path_order(dateline, tmp_path):
    for name in "cab":
        page(tmp_path / "p" / f"{name}.html", f"Title {name}", "A storm closed it.")
    lines = dateline("clean", "p").lines
    assert [line["path"] for line in lines] == ["p/a.html", "p/b.html", "p/c.html"]


def test_the_rows_of_a_file_are_cleaned(dateline, tmp_path):
    rows = ({"id": n, "body": f"Bells rang at {n}."} for n in "12")
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    lines = dateline("clean", "x.jsonl").lines
    assert [line["path"] for line in lines] == ["x.jsonl#1", "x.jsonl#2"]


def test_explain_adds_every_block(dateline, tmp_path):
    page(tmp_path / "a.html", "Storm closes harbour", "A storm closed the harbour.")
    (record,) = dateline("clean", "a.html", "--explain").lines
    assert {block["kept"] for block in record["blocks"]} == {True, False}
    assert set(record["blocks"][0]) == {"text", "kept", "rule", "score"}


def test_pages_in_work_at_once_come_in_order(dateline, tmp_path):
    for number in range(60):
        words = "storm " * (4_000 if number % 7 == 0 else 10)
        page(tmp_path / "p" / f"{number:02}.html", f"Title {number}", f"A {words}.")
    lines = dateline("clean", "p", "p/03.html", "--jobs", "2").lines
    names = [f"p/{number:02}.html" for number in range(60)]
    assert [line["path"] for line in lines] == [*names, "p/03.html"]


def test_pages_are_printed_while_others_are_still_to_come(tmp_path):
    for number in range(200):
        page(tmp_path / f"{number:03}.html", f"Title {number}", "storm " * 200)
    os.mkfifo(tmp_path / "zz.html")
    code = "import sys; sys.argv[0] = 'dateline'; from dateline import main; main()"
    command = [sys.executable, "-c", code, "clean", str(tmp_path), "--jobs", "1"]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["title"] == "Title 0"
        assert process.poll() is None
        process.kill()


def test_what_an_index_knows_to_recur_is_taken_out_too(dateline, tmp_path):
    for number in range(6):
        told = "".join(
            f"<p>The storm closed quay {n} of harbour {number} for {number + n} days;"
            f" it cost {n * 7 + number} crowns, its master said.</p>"
            for n in range(5)
        )
        text = f"It was {number} degrees.</p>{told}<p>{APPEAL}"
        page(tmp_path / "p" / f"{number}.html", f"Harbour {number}", text)
    dateline("reindex", "p", "--index", "known")
    (alone,) = dateline("clean", "p/0.html").lines
    (more,) = dateline("clean", "p/0.html", "--index", "known", "--explain").lines
    assert APPEAL in alone["text"]
    assert APPEAL not in more["text"]
    assert {"text": APPEAL, "rule": "recurring"} in more["removed"]
    assert [b["rule"] for b in more["blocks"] if b["text"] == APPEAL] == ["recurring"]


def test_an_index_that_is_not_there_is_exit_5(dateline, tmp_path):
    page(tmp_path / "a.html", "Storm closes harbour", "A storm closed it.")
    ran = dateline("clean", "a.html", "--index", "gone")
    assert (ran.code, ran.out) == (5, "")
    assert "reindex" in ran.err


@pytest.mark.parametrize("terminal", [True, False])
def test_a_bar_is_drawn_on_a_terminal_only(dateline, tmp_path, monkeypatch, terminal):
    for number in range(3):
        page(tmp_path / "p" / f"{number}.html", f"Title {number}", "A storm.")
    monkeypatch.setattr("index.progress._SOON", -1.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
    drawn: list[int] = []
    monkeypatch.setattr("click.progressbar", lambda **_: Bar(drawn))
    dateline("clean", "p")
    assert bool(drawn) is terminal


def test_a_bad_page_is_named_and_the_rest_is_cleaned(dateline, tmp_path):
    page(tmp_path / "p" / "b.html", "Storm closes harbour", "A storm closed it.")
    (tmp_path / "p" / "a.html").write_bytes(b"")
    ran = dateline("clean", "p")
    assert (ran.code, len(ran.lines)) == (3, 1)
    assert ran.err.startswith("p/a.html: ")


def test_a_links_path_is_as_it_was_given(dateline, tmp_path):
    page(tmp_path / "a.html", "Storm closes harbour", "A storm closed the harbour.")
    (tmp_path / "link.html").symlink_to("a.html")
    (record,) = dateline("clean", "link.html").lines
    assert record["path"] == "link.html"


def test_what_is_no_page_is_named_and_the_rest_is_cleaned(dateline, tmp_path):
    page(tmp_path / "a.html", "Storm closes harbour", "A storm closed the harbour.")
    os.mkfifo(tmp_path / "pipe")
    ran = dateline("clean", "pipe", "a.html")
    assert (ran.code, len(ran.lines)) == (3, 1)
    assert ran.err.startswith("pipe: ")


def test_a_folder_that_may_not_be_read_is_named(dateline, tmp_path, monkeypatch):
    page(tmp_path / "a.html", "Storm closes harbour", "A storm closed the harbour.")
    (tmp_path / "closed").mkdir()
    real = os.scandir

    def scandir(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    ran = dateline("clean", "closed", "a.html")
    assert (ran.code, len(ran.lines)) == (3, 1)
    assert ran.err == "closed: cannot be read: Permission denied\n"


def test_an_interrupted_clean_says_nothing_of_commits(dateline, tmp_path, monkeypatch):
    page(tmp_path / "a.html", "Storm closes harbour", "A storm closed the harbour.")

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("index.commands.clean.cleaned", interrupt)
    ran = dateline("clean", "a.html")
    assert (ran.code, ran.err.strip()) == (130, "dateline: interrupted")


def test_a_missing_path_is_exit_2(dateline):
    assert dateline("clean", "gone").code == 2


def test_a_bad_setting_is_exit_2_and_named(dateline, monkeypatch):
    monkeypatch.setenv("DATELINE_COLOUR", "red")
    ran = dateline("search", "x")
    assert (ran.code, "DATELINE_COLOUR" in ran.err) == (2, True)


def test_an_unexpected_error_is_one_line(dateline, monkeypatch):
    monkeypatch.setattr("dateline.load", lambda *_, **__: 1 / 0)
    ran = dateline("search", "x")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "ZeroDivisionError" in ran.err


def test_debug_shows_the_traceback(dateline, monkeypatch):
    monkeypatch.setattr("dateline.load", lambda *_, **__: 1 / 0)
    assert "Traceback" in dateline("--debug", "search", "x").err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_leads_with_what_it_does(dateline, command):
    ran = dateline(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage: dateline " + command)


def test_the_commands_are_listed_by_the_first_line_of_their_own_help(dateline):
    listed = " ".join(dateline("--help").out.split("Commands:")[1].split())
    own = {
        name: " ".join(dateline(name, "--help").out.split("\n\n")[1].split())
        for name in COMMANDS
    }
    assert listed == " ".join(f"{name} {line}" for name, line in own.items())


@pytest.mark.parametrize(
    ("words", "unloaded"),
    [
        (["search", "--help"], {"index", "bs4", "lxml", "flask", "gunicorn"}),
        (["serve", "--help"], {"index", "bs4", "lxml"}),
        (["clean", "--help"], {"web", "flask", "gunicorn"}),
    ],
)
def test_a_command_loads_its_own_door_only(words, unloaded):
    code = (
        "import sys, dateline\n"
        f"try: dateline.dateline.main({words})\n"
        "except SystemExit: pass\n"
        f"sys.exit(' '.join({unloaded} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=CHECKOUT, check=False, capture_output=True)
    assert ran.stderr == b"\n"


def test_help_loads_neither_engine_nor_cleaner_nor_site():
    code = (
        "import sys, dateline\n"
        "try: dateline.dateline.main(['--help'])\n"
        "except SystemExit: pass\n"
        "bad = {'whoosh', 'bs4', 'numpy', 'flask', 'gunicorn', 'index', 'web'}\n"
        "sys.exit(str(bad & sys.modules.keys()) if bad & sys.modules.keys() else 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, check=False)
    assert ran.returncode == 0


def test_a_reader_that_leaves_early_hears_nothing(tmp_path):
    for number in range(40):
        page(tmp_path / f"{number}.html", f"Title {number}", "storm " * 5000)
    code = "import sys; sys.argv[0] = 'dateline'; from dateline import main; main()"
    command = [sys.executable, "-c", code, "clean", str(tmp_path)]
    with subprocess.Popen(
        command,
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""
