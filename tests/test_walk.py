"""What is found below a root, and what is left alone."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.page import Unread
from index.report import Line
from index.walk import Found, Skipped, walk

PAGE = "<!doctype html><title>Quay</title><p>The quay reopened."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


def put(root: Path, name: str, text: str = PAGE) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(root: Path, kind: type[Found | Skipped | Unread] = Found) -> list[str]:
    return [entry.name for entry in walk(root) if isinstance(entry, kind)]


def test_pages_come_in_path_order(root):
    for name in ("b/a.html", "a.html", "b.txt", "a/z.md", "c.jsonl.gz"):
        put(root, name)
    assert names(root) == ["a/z.md", "a.html", "b/a.html", "b.txt", "c.jsonl.gz"]


def test_hidden_files_are_found(root):
    put(root, ".cache/.story.html")
    assert names(root) == [".cache/.story.html"]


def test_other_file_types_are_skipped(root):
    for name in ("app.js", "photo.jpg", "notes.docx", "feed.rss", "crawl.warc.gz"):
        put(root, name)
    assert (names(root), len(names(root, Skipped))) == ([], 5)


def test_corrections_at_the_top_are_no_page(root):
    put(root, "corrections.csv", "id,date\n")
    (entry,) = walk(root)
    assert isinstance(entry, Skipped)
    assert entry.reason == "corrections"


def test_corrections_further_down_are_said_not_to_be_read(root):
    put(root, "quay/corrections.csv", "id,date\n")
    (entry,) = walk(root)
    assert isinstance(entry, Skipped)
    assert entry.reason == "corrections are read at the top of a root only"


def test_corrections_without_their_folder_are_said_not_to_be_read(root):
    (entry,) = walk(put(root, "corrections.csv", "id,date\n"))
    assert isinstance(entry, Skipped)
    assert entry.reason == "corrections are read with their folder: name it"


def test_a_table_of_articles_may_be_called_corrections(root):
    put(root, "corrections.csv", "title,body\nQuay reopens,It does.\n")
    (entry,) = walk(root)
    assert isinstance(entry, Found)


def test_corrections_that_cannot_be_read_are_a_fault(root):
    put(root, "corrections.csv", "title,published\nQuay reopens,2021\n")
    (entry,) = walk(root)
    assert isinstance(entry, Unread)
    assert "no column id, path or source" in entry.reason


@pytest.mark.parametrize(
    "suffix", ["_files", "_FILES", ".files", "-Dateien", "_archivos", "_fichiers"]
)
def test_the_folder_beside_a_saved_page_holds_no_articles(root, suffix):
    put(root, "Storm.html")
    put(root, f"Storm{suffix}/deep/frame.html")
    assert names(root) == ["Storm.html"]
    assert names(root, Skipped) == [f"Storm{suffix}/deep/frame.html"]


@pytest.mark.parametrize("name", ["Storm.shtml", "Storm.php?id=3", "Storm"])
def test_a_page_without_a_telling_name_has_its_folder_too(root, name):
    put(root, name)
    put(root, "Storm_files/frame.html")
    assert names(root) == [name]


@pytest.mark.parametrize("name", ["court.txt", "court.png", "court/a.html"])
def test_a_folder_beside_what_no_browser_saved_is_read(root, name):
    put(root, name)
    put(root, "court_files/verdict.html")
    assert "court_files/verdict.html" in names(root)


def test_a_folder_named_like_one_without_its_page_is_read(root):
    put(root, "court_files/verdict.html")
    assert names(root) == ["court_files/verdict.html"]


@pytest.mark.parametrize("name", ["index.html@p=1", "article?id=3", "2017/11/story"])
def test_html_without_a_telling_name_is_found(root, name):
    put(root, name)
    assert names(root) == [name]


def test_a_file_without_suffix_that_is_no_html_is_skipped(root):
    put(root, "LICENSE", "All rights reserved.")
    assert names(root, Skipped) == ["LICENSE"]


def test_a_page_names_its_sidecars_nearest_first(root):
    put(root, "a/page.html")
    sidecar = put(root, "a/page.html.json", "{}")
    near = put(root, "a/manifest.csv", "path,source\n")
    far = put(root, "manifest.csv", "path,url,source,date\n")
    (found,) = (entry for entry in walk(root) if isinstance(entry, Found))
    assert found.sidecars == (sidecar, near, far)


@pytest.mark.parametrize(
    "rows",
    [
        '"a.html,' + "x" * 200_000,
        '"a.html,Post',
        'a.html,"Post\nb.html,Echo\n',
        'a.html,"Post\nb.html,"Echo"\n',
        '"a.html,Post\nb.html,"\n',
    ],
)
def test_a_broken_manifest_is_reported_once_for_all_its_pages(root, rows):
    put(root, "manifest.csv", "path,source\n" + rows)
    for name in ("a.html", "b.html"):
        put(root, name)
    (unread,) = (entry for entry in walk(root) if isinstance(entry, Unread))
    assert (unread.name, "quotation mark" in unread.reason) == ("manifest.csv", True)


def test_a_table_of_articles_may_be_called_manifest(root):
    put(root, "manifest.csv", "title,body\nQuay,Text\n")
    assert names(root) == ["manifest.csv"]


def test_a_root_may_be_a_file(root):
    assert names(put(root, "page.html")) == ["page.html"]


def test_a_missing_root_is_an_error(root):
    with pytest.raises(FileNotFoundError):
        list(walk(root / "nowhere"))


def test_a_link_out_of_the_root_is_reported_and_not_followed(root):
    secret = put(root.parent, "secret.html")
    (root / "link.html").symlink_to(secret)
    (root / "folder").symlink_to(root.parent)
    assert names(root) == names(root, Unread) == []
    assert names(root, Skipped) == ["folder", "link.html"]


def test_a_link_to_a_folder_above_it_is_not_followed(root):
    (root / "up").mkdir()
    (root / "up" / "again").symlink_to(root)
    assert names(root, Skipped) == ["up/again"]


def test_a_link_to_itself_is_reported(root):
    (root / "self.html").symlink_to(root / "self.html")
    assert names(root, Unread) == ["self.html"]


def test_a_broken_link_is_a_failure_only_where_it_stands_for_a_page(root):
    (root / "page.html").symlink_to(root / "gone")
    (root / "logo.png").symlink_to(root / "gone")
    assert names(root, Unread) == ["page.html"]
    assert names(root, Skipped) == ["logo.png"]


def test_a_page_with_a_link_to_it_is_found_once(root):
    put(root, "page.html")
    (root / "also.html").symlink_to(root / "page.html")
    assert names(root) == ["page.html"]


def test_a_link_may_tell_what_a_stored_file_is(root):
    put(root, "store/4f2a.bin")
    (root / "page.html").symlink_to(root / "store" / "4f2a.bin")
    assert "page.html" in names(root)


def test_a_fifo_is_skipped_and_not_opened(root):
    os.mkfifo(root / "pipe.html")
    assert names(root, Skipped) == ["pipe.html"]


def test_a_socket_is_skipped(root, monkeypatch):
    monkeypatch.chdir(root)  # a socket's path may be no longer than 107 bytes
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.html")
        assert names(root, Skipped) == ["s.html"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_reported(root):
    (root / "closed").mkdir(mode=0)
    assert names(root, Unread) == ["closed"]


def test_a_name_that_is_no_text_becomes_one(root):
    Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.html")).write_text(PAGE)
    assert names(root) == ["caf\\xe9.html"]


@given(
    links=st.lists(
        st.sampled_from(["..", "../..", "/", "/etc", ".", "a", "b", "../root", "x"]),
        max_size=6,
    )
)
def test_nothing_outside_the_root_is_found(tmp_path_factory, links):
    root = tmp_path_factory.mktemp("walk") / "root"
    put(root, "a/page.html")
    put(root.parent, "outside.html")
    for number, target in enumerate(links):
        (root / "a" / f"link{number}").symlink_to(target)
    found = [entry.path for entry in walk(root) if isinstance(entry, Found)]
    assert found == [root / "a" / "page.html"]


@pytest.mark.parametrize(
    "name",
    ["cookies.txt", "site/cookies.txt", "hts-cache/a.txt", "wget-log.txt", "wget-log"],
)
def test_what_a_mirroring_program_leaves_is_no_page(root, name):
    put(root, name)
    assert names(root) == []
    assert names(root, Skipped) == [name]


def test_an_article_may_be_about_a_log(root):
    put(root, "wget-log.html")
    assert names(root) == ["wget-log.html"]


@pytest.mark.parametrize("name", ["jar.txt", "jar.md", "jar"])
def test_cookies_are_no_page_under_any_name(root, name):
    put(root, name, "# Netscape HTTP Cookie File\n.courier.example\tTRUE\t/\n")
    assert names(root, Skipped) == [name]


def test_a_report_of_ours_is_no_page(root):
    line = Line("/a/" + "ä" * 4000, "0" * 16, "added")
    put(root, "out.jsonl", f"{line}\n{line}\n")
    assert names(root, Skipped) == ["out.jsonl"]


def test_rows_that_name_paths_are_no_report(root):
    put(root, "rows.jsonl", '{"path": "a.html", "title": "Quay", "body": "Text"}\n')
    assert names(root) == ["rows.jsonl"]


@pytest.mark.parametrize("top", ["d", "page_files"])
def test_folders_may_be_nested_deeper_than_calls(root, top):
    put(root, "page.html")
    folders = [root / top]
    for _ in range(sys.getrecursionlimit() + 300):
        folders.append(folders[-1] / "d")
    try:
        for folder in folders:
            folder.mkdir()
        put(folders[-1], "deep.html")
        assert {Path(entry.name).name for entry in walk(root)} == {
            "deep.html",
            "page.html",
        }
    finally:
        (folders[-1] / "deep.html").unlink(missing_ok=True)
        for folder in reversed(folders):
            folder.rmdir()
