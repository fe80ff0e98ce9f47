"""The ways people save a page, as the sample shows them.

Each takes a rendered page with its address and returns it as that tool writes it.
"""

from __future__ import annotations

import gzip
import quopri
import re
from datetime import datetime
from email.header import Header

_BARE = re.compile(r'(?<=\s)([a-z:-]+)="([\w./:#,-]+)"(?=[\s>])')
_ADVERT = "https://adverts.example/f"
_BOUNDARY = "----MultipartBoundary--Kq4vT1mWz8sYc0RdLx6uNfBh2pAe7GjoI5----"


def saved_from(page: str, url: str) -> str:
    """Return ``page`` with the comment a browser puts below the document type."""
    mark = f"<!-- saved from url=({len(url):04d}){url} -->"
    return page.replace("<!DOCTYPE html>", f"<!DOCTYPE html>\n{mark}", 1)


def singlefile(page: str, url: str, saved: datetime) -> str:
    """Return ``page`` as SingleFile writes it: its comment, and few quotes."""
    comment = (
        "<!--\n Page saved with SingleFile \n"
        f" url: {url} \n"
        f" saved date: {saved:%a %b %d %Y %H:%M:%S} GMT+0000"
        " (Coordinated Universal Time)\n-->"
    )
    bare = _BARE.sub(r"\1=\2", page)
    return re.sub(r"(<html[^>]*>)", rf"\1{comment}", bare, count=1)


def wayback(page: str, site: str, stamp: str, head: str, toolbar: str) -> str:
    """Return ``page`` as the Wayback Machine served it at ``stamp``.

    ``stamp`` is ``YYYYMMDDhhmmss``; links to ``site`` lead through the archive.
    """
    archive = f"https://web.archive.org/web/{stamp}"
    for attribute, flag in (("href", ""), ("src", "im_")):
        through = f'{attribute}="{archive}{flag}/{site}'
        page = page.replace(f'{attribute}="{site}', through)
    page = page.replace(f"{archive}/{site}/css", f"{archive}cs_/{site}/css")
    page = page.replace(f"{archive}im_/{site}/js", f"{archive}js_/{site}/js")
    page = page.replace("<head>\n", f"<head>{head}", 1)
    page = page.replace("<body>\n", f"<body>{toolbar}", 1)
    at = datetime.strptime(f"{stamp}+0000", "%Y%m%d%H%M%S%z")
    return (
        f"{page}<!--\n     FILE ARCHIVED ON {at:%H:%M:%S %b %d, %Y} AND RETRIEVED "
        "FROM THE\n     INTERNET ARCHIVE ON 09:14:02 Sep 02, 2019.\n-->\n"
    )


def mhtml(page: str, frame: str, url: str, title: str, saved: datetime) -> bytes:
    """Return ``page`` and a ``frame`` of it as one MHTML file of Chromium's shape."""
    head = (
        "From: <Saved by Blink>\n"
        f"Snapshot-Content-Location: {url}\n"
        f"Subject: {Header(title, 'utf-8', maxlinelen=300).encode()}\n"
        f"Date: {saved:%a, %d %b %Y %H:%M:%S} -0000\n"
        "MIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n'
        f'\tboundary="{_BOUNDARY}"\n\n'
    )
    parts = [
        _part("text/html", "<frame-7F31@mhtml.blink>", url, page),
        _part("text/css", None, f"{url}/main.css", "p { line-height: 1.5 }\n"),
        _part("text/html", "<frame-A09C@mhtml.blink>", _ADVERT, frame),
    ]
    text = head + "".join(parts) + f"\n--{_BOUNDARY}--\n"
    return text.replace("\n", "\r\n").encode("ascii")


def _part(kind: str, name: str | None, location: str, content: str) -> str:
    body = quopri.encodestring(content.encode()).decode("ascii")
    ident = f"Content-ID: {name}\n" if name else ""
    return (
        f"\n--{_BOUNDARY}\nContent-Type: {kind}\n{ident}"
        "Content-Transfer-Encoding: quoted-printable\n"
        f"Content-Location: {location}\n\n{body}"
    )


def gzipped(page: str) -> bytes:
    """Return ``page`` in UTF-8, compressed, without the time it was done."""
    return gzip.compress(page.encode(), mtime=0)
