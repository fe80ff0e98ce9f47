"""Whose bytes are shown as the original of an article, and whose are not."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import saved_files
from search.engine import Searcher
from search.engines import open_build, open_searcher, open_writer, state_of
from search.errors import NoOriginal
from search.model import Article, Query
from search.originals import Original, Originals
from search.status import LEDGER, LEDGER_VERSION
from tests.commanding import PAGE, Terminal, page
from tests.factories import article

Read = Callable[[str], bytes]


class Collection:
    """An index of a folder of pages, and what was in them."""

    def __init__(self, folder: Path, terminal: Terminal) -> None:
        self.pages = folder / "pages"
        self.index = folder / "index"
        self._terminal = terminal

    def reindex(self, *words: object, stdin: str = "") -> None:
        ran = self._terminal("reindex", *words, "--index", self.index, stdin=stdin)
        assert ran.code == 0, ran.err

    def article(self, title: str = "Storm") -> Article:
        searcher: Searcher = open_searcher(str(self.index))
        try:
            hits = searcher.search(Query(kinds=(), per_page=100)).hits
            (found,) = [hit.id for hit in hits if hit.title == title]
            return searcher.get(found)
        finally:
            searcher.close()

    def open(self) -> Original:
        return Originals(str(self.index)).open(self.article())

    def read(self) -> bytes:
        with closing(self.open()) as original:
            return b"".join(original.pieces)

    def digest(self) -> str | None:
        with closing(self.open()) as original:
            return original.digest

    def lacks(self, found: Article | None = None) -> str:
        with pytest.raises(NoOriginal) as lack:
            Originals(str(self.index)).open(found or self.article())
        return lack.value.why


@pytest.fixture
def collection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Collection:
    return Collection(tmp_path.resolve(), Terminal(monkeypatch, capsys))


@pytest.fixture
def storm(collection: Collection) -> Path:
    """One page, indexed."""
    path = page(collection.pages / "deep" / "storm.html", "Storm", "It blew hard.")
    collection.reindex(collection.pages)
    return path


def test_a_page_is_shown_byte_for_byte(collection: Collection, storm: Path) -> None:
    assert collection.read() == storm.read_bytes()


def test_what_is_shown_has_the_digest_of_the_article(
    collection: Collection, storm: Path
) -> None:
    shown = hashlib.sha256(collection.read()).hexdigest()
    assert shown == collection.article().digest == collection.digest()


def test_a_page_that_is_a_root_of_its_own_is_shown(collection: Collection) -> None:
    path = page(collection.pages / "storm.html", "Storm", "It blew hard.")
    collection.reindex(path)
    assert collection.read() == path.read_bytes()


def test_a_name_that_is_no_text_is_found(collection: Collection) -> None:
    path = page(collection.pages / "a.html", "Storm", "It blew hard.")
    odd = path.with_name(os.fsdecode(b"st\xf6rm.html"))
    path.rename(odd)
    collection.reindex(collection.pages)
    assert collection.read() == odd.read_bytes()


def test_a_zipped_page_is_shown_unzipped(collection: Collection) -> None:
    text = PAGE.format(title="Storm", text="It blew.", host="a.example", slug="b/c-d-e")
    (collection.pages).mkdir()
    (collection.pages / "storm.html.gz").write_bytes(gzip.compress(text.encode()))
    collection.reindex(collection.pages)
    assert collection.read().decode() == text


def test_a_zipped_page_has_no_digest_of_its_own(collection: Collection) -> None:
    text = PAGE.format(title="Storm", text="It blew.", host="a.example", slug="b/c-d-e")
    (collection.pages).mkdir()
    (collection.pages / "storm.html.gz").write_bytes(gzip.compress(text.encode()))
    collection.reindex(collection.pages)
    assert collection.digest() is None


def test_a_mail_archive_is_shown_as_it_was_saved(collection: Collection) -> None:
    html = PAGE.format(title="Storm", text="It blew.", host="a.example", slug="b/c-d-e")
    mail = (
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Location: https://a.example/b/c-d-e\r\n\r\n{html}\r\n--b--\r\n"
    )
    collection.pages.mkdir()
    (collection.pages / "storm.mhtml").write_bytes(mail.encode())
    collection.reindex(collection.pages)
    assert collection.read().decode() == mail


# Rows.


def rows(*titles: str) -> str:
    return "".join(
        json.dumps({"id": title, "title": title, "body": f"{title} came."}) + "\n"
        for title in titles
    )


def test_a_row_is_shown_without_its_neighbours(collection: Collection) -> None:
    collection.pages.mkdir()
    (collection.pages / "notes.jsonl").write_text(rows("Calm", "Storm", "Fog"))
    collection.reindex(collection.pages)
    assert json.loads(collection.read())["title"] == "Storm"


def test_a_row_of_a_zipped_file_is_shown(collection: Collection) -> None:
    collection.pages.mkdir()
    zipped = gzip.compress(rows("Calm", "Storm").encode())
    (collection.pages / "notes.jsonl.gz").write_bytes(zipped)
    collection.reindex(collection.pages)
    assert json.loads(collection.read())["title"] == "Storm"


def test_another_row_in_its_place_is_not_shown(collection: Collection) -> None:
    collection.pages.mkdir()
    (collection.pages / "notes.jsonl").write_text(rows("Calm", "Storm"))
    collection.reindex(collection.pages)
    (collection.pages / "notes.jsonl").write_text(rows("Storm", "Secret"))
    assert collection.lacks() == "changed"


def test_a_row_that_is_cut_off_has_changed(collection: Collection) -> None:
    collection.pages.mkdir()
    (collection.pages / "notes.jsonl").write_text(rows("Calm", "Storm"))
    collection.reindex(collection.pages)
    (collection.pages / "notes.jsonl").write_text(rows("Calm"))
    assert collection.lacks() == "changed"


def test_a_row_in_another_charset_says_that_it_cannot_be_shown(
    collection: Collection,
) -> None:
    collection.pages.mkdir()
    line = '{"title": "Storm", "body": "Bläst in Köln, sagt Björn."}\n'
    (collection.pages / "notes.jsonl").write_bytes(line.encode("cp1252"))
    collection.reindex(collection.pages)
    assert collection.lacks() == "row"


def test_a_row_of_a_table_says_that_it_cannot_be_shown(collection: Collection) -> None:
    collection.pages.mkdir()
    (collection.pages / "notes.csv").write_text("title,body\nStorm,It blew hard.\n")
    collection.reindex(collection.pages)
    assert collection.lacks() == "row"


def test_a_row_from_a_pipe_lies_nowhere(collection: Collection) -> None:
    collection.reindex("-", stdin=rows("Storm"))
    assert collection.lacks() == "piped"


# What is no longer there, or no longer the same.


def test_a_page_that_vanished_is_gone(collection: Collection, storm: Path) -> None:
    storm.unlink()
    assert collection.lacks() == "gone"


def test_a_page_whose_folder_vanished_is_gone(
    collection: Collection, storm: Path
) -> None:
    shutil.rmtree(collection.pages)
    assert collection.lacks() == "gone"


@pytest.mark.parametrize(
    "change",
    [
        lambda old: old + b" ",
        lambda old: old.replace(b"hard", b"soft"),
        lambda old: b"",
        lambda old: b"\x1f\x8b" + old,
        gzip.compress,
    ],
)
def test_a_page_that_changed_is_not_shown(
    collection: Collection, storm: Path, change: Callable[[bytes], bytes]
) -> None:
    storm.write_bytes(change(storm.read_bytes()))
    assert collection.lacks() == "changed"


def test_a_page_that_changes_while_it_is_sent_is_cut_short(
    collection: Collection, storm: Path
) -> None:
    storm.write_bytes(storm.read_bytes() + b" " * 300_000)
    collection.reindex(collection.pages)
    with closing(collection.open()) as original:
        next(original.pieces)
        with storm.open("r+b") as file:
            file.seek(299_000)
            file.write(b"x")
        with pytest.raises(NoOriginal):
            list(original.pieces)


def test_a_page_that_has_grown_too_large_is_not_read(
    collection: Collection, storm: Path
) -> None:
    os.truncate(storm, saved_files.LIMIT + 1)
    assert collection.lacks() == "too-large"


def test_what_unzips_to_too_much_is_not_read(
    collection: Collection, storm: Path
) -> None:
    storm.write_bytes(gzip.compress(b" " * (saved_files.LIMIT + 1), 9))
    assert collection.lacks() == "too-large"


# What was put in its place.


def test_a_link_in_the_place_of_a_page_is_not_followed(
    collection: Collection, storm: Path, tmp_path: Path
) -> None:
    outside = storm.rename(tmp_path / "outside.html")
    storm.symlink_to(outside)
    assert collection.lacks() == "linked"


def test_a_link_in_the_place_of_a_folder_is_not_followed(
    collection: Collection, storm: Path, tmp_path: Path
) -> None:
    outside = storm.parent.rename(tmp_path / "outside")
    storm.parent.symlink_to(outside, target_is_directory=True)
    assert collection.lacks() == "linked"


def test_a_link_in_the_place_of_a_root_is_not_followed(
    collection: Collection, storm: Path, tmp_path: Path
) -> None:
    outside = collection.pages.rename(tmp_path / "outside")
    collection.pages.symlink_to(outside, target_is_directory=True)
    assert collection.lacks() == "linked"


def test_a_link_to_nothing_is_a_link(collection: Collection, storm: Path) -> None:
    storm.unlink()
    storm.symlink_to("/nowhere")
    assert collection.lacks() == "linked"


def test_a_folder_in_the_place_of_a_page_is_no_page(
    collection: Collection, storm: Path
) -> None:
    storm.unlink()
    storm.mkdir()
    assert collection.lacks() == "gone"


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        # The name of a socket is short; a page's path need not be.
        folder = os.open(path.parent, os.O_RDONLY)
        listening.bind(f"/proc/self/fd/{folder}/{path.name}")
        os.close(folder)


@pytest.mark.parametrize("make", [os.mkfifo, _socket])
def test_what_is_no_file_is_neither_read_nor_waited_for(
    collection: Collection, storm: Path, make: Callable[[Path], None]
) -> None:
    storm.unlink()
    make(storm)
    assert collection.lacks() in ("gone", "unreadable")


def test_what_the_site_may_not_read_says_so(
    collection: Collection, storm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = collection.article()
    storm.chmod(0)
    if os.access(storm, os.R_OK):  # root reads everything: have the system refuse
        real = os.open

        def refuse(path: Any, flags: int, **more: Any) -> int:
            if path == storm.name:
                raise PermissionError(13, "Permission denied")
            return real(path, flags, **more)

        monkeypatch.setattr(os, "open", refuse)
    assert collection.lacks(found) == "unreadable"


# The ledger.


@pytest.mark.parametrize("away", ["../secret.html", "deep/../../secret.html", "."])
def test_a_ledger_that_leads_out_of_its_root_is_not_believed(
    collection: Collection, storm: Path, away: str
) -> None:
    secret = collection.pages.parent / "secret.html"
    shutil.copy(storm, secret)
    state = state_of(str(collection.index))
    assert state is not None
    db = sqlite3.connect(state / LEDGER)
    db.execute("UPDATE files SET path = ?", (f"{collection.pages}/{away}".encode(),))
    db.commit()
    db.close()
    assert collection.lacks() in ("gone", "unknown")


def test_a_file_of_a_root_that_is_not_known_is_not_read(
    collection: Collection, storm: Path
) -> None:
    state = state_of(str(collection.index))
    assert state is not None
    db = sqlite3.connect(state / LEDGER)
    db.execute("DELETE FROM roots")
    db.commit()
    db.close()
    assert collection.lacks() == "unknown"


def test_a_damaged_ledger_is_no_fault_of_the_site(
    collection: Collection, storm: Path
) -> None:
    state = state_of(str(collection.index))
    assert state is not None
    (state / LEDGER).write_bytes(b"no database" * 1000)
    assert collection.lacks() == "busy"


def test_notes_of_another_version_are_no_forgotten_folder(
    collection: Collection, storm: Path
) -> None:
    state = state_of(str(collection.index))
    assert state is not None
    with closing(sqlite3.connect(state / LEDGER)) as ledger:
        ledger.execute(f"PRAGMA user_version = {LEDGER_VERSION + 1}")
    assert collection.lacks() == "other-version"


def test_it_is_found_while_a_run_writes(collection: Collection, storm: Path) -> None:
    with open_build(str(collection.index)):
        assert collection.read() == storm.read_bytes()


def test_an_index_without_runs_knows_no_originals(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "index")) as writer:
        writer.add(article(id="a", digest="0" * 64, path="../../etc/passwd"))
    with pytest.raises(NoOriginal) as lack:
        Originals(str(tmp_path / "index")).open(article(id="a", digest="0" * 64))
    assert lack.value.why == "unknown"


def test_where_there_is_no_index_there_are_no_originals(tmp_path: Path) -> None:
    with pytest.raises(NoOriginal) as lack:
        Originals(str(tmp_path)).open(article(digest="0" * 64))
    assert lack.value.why == "unknown"


def test_an_article_of_another_state_of_the_file_is_not_shown(
    collection: Collection, storm: Path
) -> None:
    earlier = collection.article()
    page(storm, "Storm", "It blew harder still.")
    collection.reindex(collection.pages)
    assert collection.lacks(earlier) == "changed"


# Charsets.


@pytest.mark.parametrize(
    ("text", "codec", "charset"),
    [
        ("<html>Sturm über Köln", "utf-8", "utf-8"),
        ("<html>Sturm über Köln", "utf-8-sig", "utf-8"),
        ("<html>Sturm über Köln", "cp1252", "windows-1252"),
        ("<html>Sturm über Köln", "utf-16", "utf-16le"),
        ("<html>Sturm über Köln", "utf-16-le", "utf-16le"),
        ("<html>Sturm über Köln", "utf-16-be", "utf-16be"),
        ('<meta charset="windows-1251">Шторм', "cp1251", "windows-1251"),
        ("<meta charset=koi8-r>Шторм", "koi8-r", "koi8-r"),
        ('<meta charset="utf-7">Köln', "cp1252", "windows-1252"),
        ('<meta charset="utf-16">Köln', "cp1252", "windows-1252"),
        ("<meta charset=iso-2022-jp>嵐", "iso2022_jp", "iso-2022-jp"),
    ],
)
def test_the_charset_is_known_by_the_bytes_first(
    text: str, codec: str, charset: str
) -> None:
    data = text.encode(codec)
    try:
        data.decode("utf-8")
        is_utf8 = True
    except UnicodeDecodeError:
        is_utf8 = False
    assert saved_files.charset_of(data[:4096], is_utf8=is_utf8) == charset


@given(st.binary(max_size=200))
def test_every_head_has_a_charset(head: bytes) -> None:
    assert saved_files.charset_of(head, is_utf8=False).isascii()


@given(st.lists(st.sampled_from(["", ".", "..", "a/b", "a"]), max_size=4))
def test_no_way_out_of_a_folder_is_taken(tmp_path_factory, parts: list[str]) -> None:
    base = tmp_path_factory.getbasetemp().resolve()
    with pytest.raises(NoOriginal):
        saved_files.opened(base, (*parts, "nothing-here"))
