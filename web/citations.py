"""An article as a citation: a sentence, RIS, BibTeX. All of it on lines of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from markupsafe import Markup, escape

from search.model import Article, Kind, Precision, Published
from search.wire.parts import web_address
from web import wording

_APART, _TOGETHER = "\u2068", "\u2069"  # what is between has a direction of its own
_ISOLATES = re.compile(f"[{_APART}{_TOGETHER}]")
# Ends of lines, halves of characters, and what turns the direction of what follows.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
           "dec")  # fmt: skip
_BIBTEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&%#_"},
})  # fmt: skip


def plain(article: Article, paragraph: int | None = None) -> str:
    """Return ``article`` cited in one sentence, and how its saved page is known."""
    return _ISOLATES.sub("", _sentence(article, paragraph))


def shown(article: Article, paragraph: int | None = None) -> Markup:
    """Return the same as markup in which each name keeps its own direction."""
    said = str(escape(_sentence(article, paragraph)))
    said = said.replace(_APART, "<bdi>").replace(_TOGETHER, "</bdi>")
    return Markup(said)  # noqa: S704 - escaped above


def ris(article: Article) -> str:
    """Return ``article`` in RIS, with its line ends."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris(article))


def bibtex(article: Article) -> str:
    """Return ``article`` as an entry of BibTeX that BibLaTeX reads too."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _bibtex(article))
    return f"@{_entry(article)}{{{_key(article)},\n{fields}}}\n"


def _sentence(article: Article, paragraph: int | None) -> str:
    """Return the citation with each name set apart from the words around it."""
    title = _line(wording.heading(article))
    stop = "" if title.endswith(("?", "!", "…", ".")) else ","
    parts = [", ".join(map(_apart, article.authors)), f"“{_apart(title)}{stop}”"]
    cited = ", ".join(part for part in parts if part)
    details = [
        _outlet(article),
        wording.day(article.published) if article.published else "undated",
        f"paragraph {paragraph}" if paragraph else "",
        _address(article) or "",
    ]
    proof = f"SHA-256 {_line(article.digest)}" if article.digest else ""
    saved = f"saved {_day(article.saved)}" if article.saved else ""
    kept = ", ".join(filter(None, (f"Dateline {_line(article.id)}", saved, proof)))
    return f"{cited} {', '.join(filter(None, details))}. {kept}."


def _ris(article: Article) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS" if article.kind is Kind.ARTICLE else "ELEC"
    for author in article.authors:
        yield "AU", _line(author)
    yield "TI", _line(wording.heading(article))
    if article.source:
        yield "T2", _line(article.source.label)
    if article.published:
        yield "PY", article.published.value[:4]
        yield "DA", _slashed(article.published)
    if address := _address(article):
        yield "UR", address
    if article.lang:
        yield "LA", _line(article.lang)
    if article.saved:
        yield "Y2", f"{article.saved:%Y/%m/%d}/"
    yield "AN", _line(article.id)
    if article.agency:
        yield "N1", f"Agency: {_line(article.agency.value)}"
    if article.digest:
        yield "N1", f"SHA-256 of the saved page: {_line(article.digest)}"
    yield "ER", ""


def _bibtex(article: Article) -> Iterator[tuple[str, str]]:
    if article.authors:
        yield "author", f"{{{' and '.join(map(_author, article.authors))}}}"
    yield "title", f"{{{{{_tex(wording.heading(article))}}}}}"
    if article.source:
        name = "journal" if article.kind is Kind.ARTICLE else "organization"
        yield name, f"{{{_tex(article.source.label)}}}"
    if article.published:
        value = article.published.value
        yield "year", f"{{{value[:4]}}}"
        if len(value) > 4:
            yield "month", _MONTHS[int(value[5:7]) - 1]
        yield "date", f"{{{value}}}"
    if address := _address(article):
        yield "url", f"{{{address}}}"
    if article.saved:
        yield "urldate", f"{{{article.saved:%Y-%m-%d}}}"
    notes = [
        _tex(article.agency.value) if article.agency else "",
        f"Dateline {_tex(article.id)}",
        f"SHA-256 {_tex(article.digest)}" if article.digest else "",
    ]
    yield "note", f"{{{', '.join(filter(None, notes))}}}"


def _entry(article: Article) -> str:
    return "article" if article.kind is Kind.ARTICLE else "misc"


def _key(article: Article) -> str:
    source = article.source.value.split(".")[0] if article.source else "unknown"
    year = article.published.value[:4] if article.published else "undated"
    parts = (re.sub(r"[^a-z0-9]+", "", part.lower()) for part in (source, article.id))
    name, own = (part[:32] for part in parts)
    return f"{name or 'source'}{year}-{own or 'article'}"


def _outlet(article: Article) -> str:
    source = _apart(article.source.label) if article.source else "source unknown"
    return f"{source} ({_apart(article.agency.value)})" if article.agency else source


def _apart(name: str) -> str:
    return f"{_APART}{_line(name)}{_TOGETHER}"


def _author(name: str) -> str:
    said = _tex(name)
    # A name with a comma or an "and" is one name nevertheless.
    whole = "," in said or re.search(r"\band\b", said, re.IGNORECASE)
    return f"{{{said}}}" if whole else said


def _address(article: Article) -> str | None:
    """Return the page's address with nothing in it that ends a line or a field."""
    address = web_address(article.url)
    if address is None:
        return None
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]-._", errors="replace")


def _slashed(published: Published) -> str:
    year, month, day = (*published.value.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/"


def _day(moment: datetime) -> str:
    value = f"{moment:%Y-%m-%d}"
    return wording.day(Published(value, Precision.DAY))


def _tex(text: str) -> str:
    return _line(text).translate(_BIBTEX)


def _line(text: str) -> str:
    """Return ``text`` on one line: a line's end would begin a field of its own."""
    return " ".join(_CONTROLS.sub(" ", text).split())
