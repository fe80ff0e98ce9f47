"""What English newspapers call regions, and towns beside the regions named for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.toponyms.transliteration import skeleton
from search.gazetteer import key
from tools.gazetteer_row import Row
from tools.newspaper_names import ascii_form, newspaper_name

# Countries whose towns reach English through transliteration from another script.
TRANSLITERATED = re.compile(
    "A[EFMZ]|B[DGHY]|CY|D[JZ]|E[GHRT]|G[ER]|I[LNQR]|JO|K[GHMWZ]|L[ABKY]|M[ADEKLMNRV]|"
    "N[EP]|OM|P[KS]|QA|R[SU]|S[ADNOSY]|T[DHJMNR]|U[AZ]|XK|YE"
)
ARABIC = re.compile(
    "AE|BH|D[JZ]|E[GH]|I[LQ]|JO|K[MW]|L[BY]|M[AR]|OM|PS|QA|S[ADOY]|T[DN]|YE"
)
_OFFICIAL = re.compile(
    r",| (?:respublika|republic|oblast|kra[iy]|okrug|sheng|zizhiqu|autonomous|"
    r"province)",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:skaya oblast'?|skiy kray)$")
DESCRIBED = re.compile(
    r" (?:Governorate|Province|Region|State|Oblast|District|Prefecture|Krai"
    r"|Republic)$"
)
# Aliases that say in English what a division is, and so name it in English.
_ENGLISH = re.compile(
    r"^(?:(?:Free )?State of )(?P<of>.+)$|^(?P<its>.+) (?:Governorate|Province|Oblast"
    r"|Voivodeship|Autonomous Region|Prefecture)$"
)


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


def share_names(region: Row, towns: list[Row]) -> None:
    """Give the large town a region is named after the region's own spellings, and the
    label by which English knows the region where the town is spelled so too.
    """
    for town in sorted(towns, key=lambda t: (-t.population, t.id))[:3]:
        bare = skeleton(ascii_form(town.main))
        if not bare or skeleton(region.label) != bare:
            continue
        spelled = region.strong | region.others
        own = {n for n in spelled if skeleton(ascii_form(n)) == bare}
        town.strong |= own
        english = english_names(region) & town.others
        if TRANSLITERATED.match(region.country) and len(english) == 1:
            (name,) = english
            if name[:1] == town.label[:1] and skeleton(name) == skeleton(town.label):
                town.label = region.label = name
        return


def namesakes(region: Row, cities: list[Row]) -> list[Row]:
    """Return the towns called like a region to which GeoNames counts no towns."""
    bare = skeleton(ascii_form(region.main))
    return [
        city
        for city in cities
        if city.country == region.country and skeleton(ascii_form(city.main)) == bare
    ]


def english_names(region: Row) -> set[str]:
    """Return the names by which an alias like "Free State of Saxony" knows a region."""
    said = {m["of"] or m["its"] for a in region.others if (m := _ENGLISH.match(a))}
    plain = {n for n in region.others if n.isascii() and " of " not in n}
    return {
        name
        for name in plain & (said | {one.removesuffix("n") for one in said})
        if not (name.endswith("n") and name[:-1] in plain)
    }


def label_of_region(region: Row, towns: list[Row]) -> str:
    """Return the label of the large town a region is named after, else its own."""
    names = {key(DESCRIBED.sub("", n)) for n in region.strong | region.others}
    bare = {skeleton(ascii_form(region.main))} - {""}
    for town in sorted(towns, key=lambda t: (-t.population, t.id))[:3]:
        if key(town.label) in names or skeleton(town.label) in bare:
            return town.label
    main = ascii_form(region.main)
    english = english_names(region)
    english = {name for name in english if not main.startswith(name)} or (
        english if _OFFICIAL.search(main) else set()
    )
    if english and not {main, f"{main} Voivodeship"} & (english | region.others):
        return min(english, key=lambda n: (len(n), n))
    if not _OFFICIAL.search(region.label):
        return region.label
    plain = _plainest(region)
    if plain == _ADJECTIVE.sub("", main) != main:
        for town in sorted(towns, key=lambda t: (-t.population, t.id))[:3]:
            if town.label[:3] == plain[:3]:  # Tul'skaya oblast' is Tula's
                return town.label
    return plain


def _common(one: str, other: str) -> int:
    """Return how many letters two names begin with in common."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same


def _plainest(region: Row) -> str:
    """Return a region's name without the word for what it is, else its label."""
    plain = {n for n in region.others if n.isascii() and not _OFFICIAL.search(n)}
    bare = {DESCRIBED.sub("", n) for n in region.others if n.isascii()} - region.others
    main = ascii_form(region.main)
    for forms in (plain, bare, {_ADJECTIVE.sub("", main)}, {main.split(",")[0]}):
        near = [f for f in forms if f[:4] == main[:4] and not _OFFICIAL.search(f)]
        if near:
            return min(near, key=lambda f: (-_common(f, main), len(f), f))
    return region.label


def shorten(city: Row, admins: dict[str, Row]) -> None:
    """Take *City* off a label where the city is called by its region's name anyway."""
    short = city.label.removesuffix(" City")
    region = admins.get(city.above)
    if short != city.label and region and region.label == short:
        city.label = short if f"City of {short}" in city.others else city.label
