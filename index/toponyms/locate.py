"""The places of an article: names in title and text, each resolved to one id."""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.toponyms import finding, weighing
from index.toponyms.finding import Found, Reading
from index.toponyms.given import places_given
from index.toponyms.mentions import Mention
from index.toponyms.priors import Prior, Testimony
from index.toponyms.weights import Model, shipped
from search.gazetteer import Gazetteer, GazetteerPlace, gazetteer
from search.model import Article, Place

OUTLET = "outlet"  # how a place is known that the text alone does not lead to


@dataclass(frozen=True, slots=True)
class Located:
    """An article's places in order of appearance, the ISO codes of the countries it is
    about, the foremost first, and the places that are beyond doubt. ``rivals`` are
    those that its outlet might have it mean instead.
    """

    places: tuple[Place, ...]
    countries: tuple[str, ...]
    sure: tuple[GazetteerPlace, ...]
    rivals: tuple[GazetteerPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """An article with the places that were found in it, and what those it names for
    sure, without a prior, tell of its outlet.
    """

    article: Article
    testimony: Testimony


def locate(
    article: Article,
    given: tuple[str, ...] = (),
    known: Gazetteer | None = None,
    prior: Prior | None = None,
) -> Article:
    """Return ``article`` with its places, in order of appearance.

    ``given`` are GeoNames ids, ISO 3166 codes or names; where there are any they
    replace recognition, and one the gazetteer does not know becomes ``x:name``.
    ``known`` may have places of a user's own; ``prior`` is what the outlet's other
    articles tell. About 2 ms for 400 words, of which it reads the first 40,000. The
    same input always gives the same places.
    """
    source = known or gazetteer()
    if any(value.strip() for value in given):
        return replace(article, places=places_given(given, source))
    reading = finding.read(article, source)
    return replace(article, places=located(reading, source, prior).places)


def recognise(
    article: Article, prior: Prior | None = None, known: Gazetteer | None = None
) -> Recognised:
    """Return ``article`` with the places that title and text name.

    Those that only ``prior`` leads to have the method ``outlet``. Costs what
    :func:`locate` does, half as much again with a prior.
    """
    source = known or gazetteer()
    reading = finding.read(article, source)
    alone = located(reading, source)
    places = alone.places
    if prior is not None:
        found = {place.id for place in places}
        places = tuple(
            place if place.id in found else replace(place, method=OUTLET)
            for place in located(reading, source, prior).places
        )
    return Recognised(
        replace(article, places=places), Testimony.of(alone.sure, alone.rivals)
    )


def located(
    reading: Reading,
    source: Gazetteer,
    prior: Prior | None = None,
    model: Model | None = None,
) -> Located:
    """Return the places of an article that was read with ``source``, and what follows
    from them; ``model`` are weights other than those that come with the program.
    """
    listed = list(finding.found(reading, source, model or shipped(), prior))
    says = weighing.evidence(listed, reading.title, reading.first)
    country_of = {each.place.id: each.place.country for each in listed}
    return Located(
        _grouped(listed, reading, weighing.shares(says)),
        weighing.countries(says, country_of, reading.demonyms),
        tuple({each.place.id: each.place for each in listed if each.sure}.values()),
        tuple({p.id: p for each in listed for p in each.rivals}.values()),
    )


def _grouped(
    listed: list[Found], reading: Reading, shares: dict[str, float]
) -> tuple[Place, ...]:
    """Return one value a place; spans count from where the text begins."""
    text, body = reading.text, reading.body
    by_id: dict[str, list[Mention]] = {}
    places: dict[str, GazetteerPlace] = {}
    for each in listed:
        places[each.place.id] = each.place
        by_id.setdefault(each.place.id, []).append(each.mention)
    return tuple(
        Place(
            id=number,
            label=places[number].label,
            path=places[number].path,
            lat=places[number].lat,
            lon=places[number].lon,
            as_written=tuple(dict.fromkeys(text[m.start : m.end] for m in mentions)),
            spans=tuple(
                (m.start - body, m.end - body) for m in mentions if m.start >= body
            ),
            dateline=any(m.start == reading.first for m in mentions),
            weight=shares[number],
        )
        for number, mentions in by_id.items()
    )
