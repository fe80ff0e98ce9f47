"""Invented articles that show all a page can show, and the site over them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient

from search.engine import Searcher
from search.model import Article, Kind, Place, Removed
from search.settings import Settings
from tests.factories import article, place
from tests.memory_engine import MemorySearcher
from web.app import create_app

OUTLETS = (
    "Harbour Gazette",
    "Northern Courier",
    "Le Quotidien du Port",
    "Evening Ledger of the Hanseatic Towns and Counties",
)
HAMBURG = place("2911298", "Hamburg", "2921044", lat=53.55, lon=10.0)
BEIRUT = place("276781", "Beirut", "272103", as_written=("Beirut", "Beyrouth"))
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"

STRIKE = article(
    id="00000000000000a1",
    title="Dock workers in Hamburg begin a strike over night shifts",
    text=(
        "HAMBURG (AP) — Dock workers walked out on Monday after talks over night "
        "shifts broke down, the union said.\n\n"
        "The strike stopped cranes at three of four terminals. “Nobody wants this "
        "strike, and nobody can end it alone,” said Ilse Brandt, who speaks for the "
        "port.\n\n"
        "Ships bound for Beirut, or Beyrouth as their papers have it, wait in the "
        "estuary.\n\n"
        "A ruling is due on Thursday; the strike may go on until then."
    ),
    source=OUTLETS[0],
    agency="AP",
    published="2024-03-04",
    authors=("Mira Okonkwo", "Tomas Lindqvist"),
    url="https://harbour-gazette.example/2024/03/04/strike",
    path="harbour-gazette/2024/strike.html",
    places=(HAMBURG, BEIRUT),
    saved=datetime(2024, 3, 5, 10, 2, tzinfo=UTC),
    digest="9f" * 32,
    removed=(
        Removed("Home News Sport Weather Lighthouse", "link-list", 0),
        Removed("Subscribe now and read on any device.", "appeal", 2),
        Removed("More from this section: zeppelin museum opens", "teasers", 4),
    ),
)
ARABIC = article(
    id="00000000000000a2",
    title="إضراب في ميناء هامبورغ يؤخر السفن",
    text="قال عمال الميناء إن الإضراب مستمر.\n\nتنتظر السفن في المصب منذ يوم الاثنين.",
    source=OUTLETS[1],
    published="2024-03",
    lang="ar",
    places=(HAMBURG,),
)
UNTITLED = article(
    id="00000000000000a3",
    title=None,
    text="The strike reached the ferries, too, and the timetable was withdrawn.",
    source=None,
)
NASTY = article(
    id="00000000000000a4",
    title=f"Strike {HOSTILE}",
    text=f"A strike, {HOSTILE} and nothing else.",
    source=HOSTILE,
    agency=HOSTILE,
    published="2023",
    authors=(HOSTILE,),
    lang='en" onload="x',
    url="javascript:alert(3)",
    path=HOSTILE,
    places=(Place(f"x:{HOSTILE}", HOSTILE, (f"x:{HOSTILE}",)),),
    removed=(Removed(HOSTILE, HOSTILE, 0), Removed(HOSTILE, HOSTILE, 1)),
)
WALL = article(
    id="00000000000000a5",
    title="Are you a robot?",
    text="Tick the box about the strike.",
    kind=Kind.WALL,
    source=OUTLETS[1],
)


def _daily(number: int) -> Article:
    day = date(2023, 1, 9) + timedelta(number * 13)
    return article(
        id=f"{number:016x}",
        title=f"Council debates the {number}th harbour plan"
        + ("" if number % 5 else " and the very long road to the ferry terminal" * 4),
        text=f"The council met on day {number} of the harbour debate.\n\n"
        "Members asked for a new quay, and the ferry line for time.",
        source=OUTLETS[number % len(OUTLETS)],
        agency="Reuters" if number % 6 == 0 else None,
        published=day.isoformat(),
        authors=("Mira Okonkwo",) if number % 3 else (),
        lang="fr" if number % 4 == 2 else "en",
        places=(HAMBURG, BEIRUT)[: number % 3],
    )


ARTICLES = (STRIKE, ARABIC, UNTITLED, NASTY, WALL, *map(_daily, range(36)))


def site(searcher: Searcher | None = None) -> Flask:
    """Return the site over ``searcher``, else over the invented articles."""
    return create_app(Settings(), searcher or MemorySearcher(ARTICLES))


def visitor(searcher: Searcher | None = None) -> FlaskClient:
    """Return a client of that site."""
    return site(searcher).test_client()
