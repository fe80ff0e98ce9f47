"""The places of articles that come as JSON lines: the ``annotate`` command's work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from index.page import Unread
from index.toponyms import finding
from index.toponyms.locate import Located, located
from index.toponyms.priors import Prior
from index.workers import Lost, Pool
from search.errors import BadPage
from search.gazetteer import Gazetteer, GazetteerPlace
from search.model import Article


@dataclass(frozen=True, slots=True)
class Line:
    """A line of input by its number from 1, and what its outlet's others tell."""

    number: int
    text: str
    prior: Prior | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed for a line of input, or the reason why nothing is."""

    number: int
    text: str | None = None
    reason: str | None = None


Job = Line | Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """An article whose places are asked for; ``id`` is any JSON value."""

    id: Any
    outlet: str | None
    article: Article


def annotated(
    lines: Iterable[tuple[int, str | Unread] | None], workers: int, source: Gazetteer
) -> Iterator[Answer]:
    """Yield an answer for each line that is not blank, in order, as they come.

    None among ``lines`` says that the next line lets wait for itself. All workers
    share ``source``.
    """
    with Pool[Job | None, Answer | None](partial(_work, source), workers) as pool:
        for job, result in pool.map(None if x is None else job_of(*x) for x in lines):
            if job is not None and result is not None:
                yield settled(job, result)


def job_of(number: int, line: str | Unread) -> Job | None:
    """Return what there is to do for a line; nothing where it is blank."""
    if isinstance(line, Unread):
        return Answer(number, reason=line.reason)
    return Line(number, line) if line.strip() else None


def settled(job: Job, result: Answer | Lost) -> Answer:
    """Return the answer to a job whose worker may have been lost."""
    if isinstance(result, Lost):
        return Answer(job.number, reason=result.reason)
    return result


def answered(source: Gazetteer, job: Job) -> Answer:
    """Return the answer to a line; never raises."""
    if isinstance(job, Answer):
        return job
    try:
        request = asked(job.text)
        reading = finding.read(request.article, source)
        return answer(job, request, located(reading, source, job.prior), source)
    except Exception as error:  # noqa: BLE001 - one line must not end the command
        return failed(job, error)


def failed(line: Line, error: Exception) -> Answer:
    """Return why a line has no answer."""
    if isinstance(error, BadPage):
        return Answer(line.number, reason=str(error))
    return Answer(line.number, reason=f"unexpected {type(error).__name__}: {error}")


def asked(line: str) -> Asked:
    """Return the article that a line asks about.

    Raises:
        BadPage: it is no JSON object with ``id`` and ``text``.
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadPage(f"is no JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadPage("is no JSON object")
    if "id" not in row:
        raise BadPage('has no "id"')
    try:
        json.dumps(row["id"], allow_nan=False)
    except ValueError as error:
        raise BadPage('its "id" is no number of JSON') from error
    if not isinstance(row.get("text"), str):
        raise BadPage('has no "text" that is a string')
    for name in ("title", "outlet", "lang"):
        if not isinstance(row.get(name), str | None):
            raise BadPage(f'its "{name}" is no string')
    article = Article(
        id="0" * 16,
        title=row.get("title") or None,
        text=row["text"],
        lang=row.get("lang") or None,
    )
    return Asked(row["id"], row.get("outlet") or None, article)


def answer(line: Line, request: Asked, found: Located, source: Gazetteer) -> Answer:
    """Return what is printed for a line whose places were found."""
    listed = [(span, place) for place in found.places for span in place.spans]
    listed.sort(key=lambda each: each[0])
    places = [
        {
            "start": start,
            "end": end,
            "name": request.article.text[start:end],
            "geonameid": int(place.id) if place.id.isdecimal() else None,
            "lat": place.lat,
            "lon": place.lon,
            "country": _country(source.place(place.id)),
        }
        for (start, end), place in listed
    ]
    record = {"id": request.id, "places": places, "countries": found.countries}
    return Answer(line.number, json.dumps(record))


def _work(source: Gazetteer, job: Job | None) -> Answer | None:
    return None if job is None else answered(source, job)


def _country(place: GazetteerPlace | None) -> str | None:
    return (place.country or None) if place else None
