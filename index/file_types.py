"""What a file is, told by its name and, where that tells nothing, by its head."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

HTML = frozenset({".html", ".htm", ".xhtml"})
ARCHIVES = frozenset({".mhtml", ".mht"})
TEXT = frozenset({".txt", ".md"})
ROWS = frozenset({".jsonl", ".csv"})
PAGES = HTML | ARCHIVES | TEXT | ROWS


# The suffix of the folder a browser writes beside a page it saves, as Windows and the
# browsers localise it; compared without case.
_COMPANIONS = (
    *("_files", ".files", "-files", "-dateien", "_dateien", "_fichiers", "_archivos"),
    *("_file", "_bestanden", "-filer", "_filer", "_tiedostot", "_pliki", "_soubory"),
    *("_elemei", "_ficheiros", "_arquivos", "_dosyalar", "_datoteke", "_fitxers"),
    *("_failid", "_fails", "_bylos", "_fajlovi", "_fitxategiak", "_archivo"),
)

# Types that are never a page, so that their content is not looked at. Later issues
# read archives of the web and feeds.
OTHER = frozenset(
    (
        *(
            ".js",
            ".mjs",
            ".css",
            ".map",
            ".json",
            ".xml",
            ".rss",
            ".atom",
            ".warc",
            ".tsv",
            ".yaml",
            ".yml",
            ".toml",
        ),
        *(
            ".png",
            ".jpg",
            ".jpeg",
            ".gif",
            ".webp",
            ".avif",
            ".svg",
            ".ico",
            ".bmp",
            ".tif",
            ".tiff",
        ),
        *(
            ".mp3",
            ".mp4",
            ".m4a",
            ".m4v",
            ".webm",
            ".ogg",
            ".wav",
            ".mov",
            ".avi",
            ".mkv",
            ".swf",
        ),
        *(".woff", ".woff2", ".ttf", ".otf", ".eot"),
        *(".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".epub"),
        *(".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst"),
        *(
            ".exe",
            ".dll",
            ".so",
            ".py",
            ".pyc",
            ".sh",
            ".ini",
            ".cfg",
            ".log",
            ".lst",
            ".lock",
        ),
        *(".db", ".sqlite", ".pickle", ".parquet"),
    )
)
_HEAD = 1024  # bytes looked at to tell a page without a telling name
_LINE = 65_536  # bytes of a first line looked at: a path may take 24,576 as JSON
_COOKIES = (b"# netscape http cookie file", b"# http cookie file")
_REPORT = {"path", "id", "status", "reason"}  # of index/report.py


def kind_of(name: str) -> str:
    """Return the suffix that tells how to read a file, without a final ``.gz``.

    >>> kind_of("a/Story.HTML.gz"), kind_of("article?id=3"), kind_of("notes.gz")
    ('.html', '', '')
    """
    pure = PurePosixPath(name.lower())
    return PurePosixPath(pure.stem).suffix if pure.suffix == ".gz" else pure.suffix


def looks_like_html(path: Path) -> bool:
    """Return whether the file's first bytes are those of an HTML page."""
    with path.open("rb") as file:
        head = file.read(_HEAD).replace(b"\0", b"").lower()
    head = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    starts = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!-- saved from")
    return head.startswith(starts) or (
        head.startswith((b"<?xml", b"<!--", b"<!doctype")) and b"<html" in head
    )


def no_news(path: Path) -> str | None:
    """Return why a text or row file is none by its first line, else None."""
    with path.open("rb") as file:
        line = file.readline(_LINE).removeprefix(b"\xef\xbb\xbf")
    if line.lower().startswith(_COOKIES):
        return "cookies, not a page"
    return "the report of a run, not a page" if _is_report(line) else None


def _is_report(line: bytes) -> bool:
    if not line.startswith(b'{"path": '):
        return False
    try:
        return set(json.loads(line)) == _REPORT
    except ValueError:
        return False


def is_companion(folder: str, stems: set[str]) -> bool:
    """Return whether ``folder`` is what a browser saved beside one of the pages.

    >>> is_companion("Storm-Dateien", {"Storm"}), is_companion("files", {"Storm"})
    (True, False)
    """
    lower = folder.lower()
    return any(
        lower.endswith(suffix) and folder[: -len(suffix)] in stems
        for suffix in _COMPANIONS
    )


def stem_of(name: str) -> str:
    """Return a page's name without its suffix and ``.gz``."""
    bare = name[:-3] if name.lower().endswith(".gz") else name
    return bare.rpartition(".")[0] or bare
