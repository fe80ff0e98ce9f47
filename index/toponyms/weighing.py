"""How much each place matters to its article, and the countries the article is about.

The constants are a flat optimum of document countries on Reuters-21578: what a search
finds on one half is as good on the other within .003 (``python -m bench.places``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from index.toponyms.finding import Found

_TITLE = 1.5  # times what a mention in the text says
_DATELINE = 3.0
_AGAIN = 0.75  # of what the mention before said
_DEMONYM = 0.6  # of a mention: "the German minister" may be anywhere
_DEMONYMS = 2.0  # at the most, and only where the country's places are named at all
_SHARE = 0.35  # of the foremost country's evidence
_ENOUGH = 1.75  # two mentions, which tell of a country whatever the foremost one has


def evidence(
    listed: Iterable[Found], title: int, first: int | None
) -> dict[str, float]:
    """Return what speaks for each place, by its id: mentions, the later the less; one
    in the title, which ends at offset ``title``, or as the dateline, which stands at
    ``first``, more.
    """
    found: defaultdict[str, float] = defaultdict(float)
    seen: Counter[str] = Counter()
    for each in listed:
        number = each.place.id
        says = _AGAIN ** seen[number]
        seen[number] += 1
        if each.mention.start == first:
            says *= _DATELINE
        elif each.mention.start < title:
            says *= _TITLE
        found[number] += says
    return dict(found)


def shares(evidence: Mapping[str, float]) -> dict[str, float]:
    """Return for each place its share of all evidence, 1 in sum."""
    whole = sum(evidence.values())
    return {number: round(says / whole, 4) for number, says in evidence.items()}


def countries(
    evidence: Mapping[str, float],
    country_of: Mapping[str, str],
    demonyms: Mapping[str, int],
) -> tuple[str, ...]:
    """Return the ISO codes of the countries an article is about, the foremost first.

    ``country_of`` gives each place's code, ``demonyms`` counts peoples named, by code.
    """
    total: defaultdict[str, float] = defaultdict(float)
    for number, says in evidence.items():
        if country_of[number]:
            total[country_of[number]] += says
    for code in total.keys() & demonyms.keys():
        total[code] += min(_DEMONYMS, _DEMONYM * demonyms[code])
    least = min(_ENOUGH, _SHARE * max(total.values(), default=0.0))
    kept = {code: says for code, says in total.items() if says >= least}
    return tuple(sorted(kept, key=lambda code: (-kept[code], code)))
