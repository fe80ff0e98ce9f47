"""Fit the weights of ``index/toponyms`` to gold toponyms.

For maintainers: ``python -m tools.train_places $DATELINE_DATA/places`` writes
``index/toponyms/weights.json``: numbers on features, none keyed by a site, a document
or a word of the data. ``python -m bench.places`` measures models that were fitted in
the same way on the other folds.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from index.toponyms import finding
from index.toponyms.company import Company
from index.toponyms.evidence import score
from index.toponyms.mentions import Mention
from index.toponyms.priors import Prior, Testimony
from index.toponyms.ranking import Context, Named
from index.toponyms.resolver import CHOICES, candidates, resolve
from index.toponyms.surroundings import named_in
from index.toponyms.weights import Model, Rounds
from search.gazetteer import GazetteerPlace, Sense, gazetteer
from tools.distances import km
from tools.place_fitting import Labelled, Ranked, conditional, logistic
from tools.place_gold import Gold, gold, outlets

NEAR = 161.0  # km, as the published measures have it

# What a document of a set counts: by themselves American local papers would be two
# thirds of all.
SHARES = {"lgl": 0.7, "trnews": 2.0, "geovirus": 1.2}


def main() -> None:
    """Fit on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    args = parser.parse_args()
    model = fitted([Seen(doc) for doc in gold(args.data)])
    out = Path(finding.__file__).with_name("weights.json")
    kept = {
        part: {
            name: {key: round(value, 2) for key, value in sorted(weights.items())}
            for name, weights in (("first", rounds.first), ("second", rounds.second))
        }
        for part, rounds in (
            ("recogniser", model.recogniser),
            ("resolver", model.resolver),
        )
    }
    out.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")


class Seen:
    """A gold document with what does not depend on weights."""

    def __init__(self, doc: Gold) -> None:
        self.doc = doc
        self.reading = finding.read(doc.article, gazetteer())
        self.body = self.reading.body
        self.labels = dict(self._labels())
        self.truth = self._truth()
        self.share = SHARES.get(doc.name, 1.0)

    def _labels(self) -> Iterable[tuple[Mention, bool]]:
        """Yield whether gold has each known name as a place; what it leaves open
        (demonyms, parts of names) and what overlaps only is none.
        """
        spans = {
            (p["start"] + self.body, p["end"] + self.body): bool(p.get("optional"))
            for p in self.doc.record["places"]
        }
        for mention in self.reading.features:
            span = (mention.start, mention.end)
            if mention.start < self.body or spans.get(span):
                continue
            open_ = any(
                o and s < span[1] and span[0] < e for (s, e), o in spans.items()
            )
            if not open_:
                yield mention, span in spans

    def _truth(self) -> dict[str, dict[str, object]]:
        """Return what a name stands for by gold, most often where there are several."""
        spans = {p["start"] + self.body: p for p in self.doc.record["places"]}
        counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
        for mention in self.reading.features:
            place = spans.get(mention.start)
            if place and place.get("lat") is not None and not place.get("optional"):
                counts[mention.name][mention.start] += 1
        by_name: dict[str, dict[str, object]] = {}
        for name, starts in counts.items():
            where = Counter(
                (spans[s]["lat"], spans[s]["lon"], spans[s].get("geonameid"))
                for s in starts
            )
            lat, lon, number = where.most_common(1)[0][0]
            by_name[name] = {"lat": lat, "lon": lon, "id": number}
        return by_name


def fitted(docs: list[Seen]) -> Model:
    """Return the model that fits ``docs`` best."""
    none: dict[int, Prior | None] = {}
    recogniser = recognising(docs, [none])
    resolver = Rounds(ranking(docs, recogniser, None, [none]), {})
    resolver = replace(resolver, second=ranking(docs, recogniser, resolver, [none]))
    views = [none, priors(docs, Model(recogniser, resolver))]
    recogniser = recognising(docs, views)
    resolver = replace(resolver, first=ranking(docs, recogniser, None, views))
    resolver = replace(resolver, second=ranking(docs, recogniser, resolver, views))
    return Model(recogniser, resolver)


def priors(docs: list[Seen], model: Model) -> dict[int, Prior | None]:
    """Return what the other articles of each document's outlet tell, by its place in
    ``docs``.
    """
    number = {id(seen.doc): at for at, seen in enumerate(docs)}
    found: dict[int, Prior | None] = {}
    source = gazetteer()
    for listed in outlets([seen.doc for seen in docs]).values():
        prior = Prior()
        told = {}
        for doc in listed:
            seen = docs[number[id(doc)]]
            places = finding.found(seen.reading, source, model, None)
            own = {f.place.id: f.place for f in places if f.sure}
            told[number[id(doc)]] = testimony = Testimony.of(own.values())
            prior.count(testimony)
        for at, testimony in told.items():
            found[at] = prior.without(testimony)
    return found


def recognising(docs: list[Seen], views: list[dict[int, Prior | None]]) -> Rounds:
    """Return the weights that tell places from other names."""
    first = logistic(
        [
            (s.reading.features[m], label, s.share)
            for s in docs
            for m, label in s.labels.items()
        ]
    )
    rows: list[Labelled] = []
    for view in views:
        for at, seen in enumerate(docs):
            if len(views) > 1 and view is views[-1] and view.get(at) is None:
                continue
            scores = {m: score(f, first) for m, f in seen.reading.features.items()}
            company = Company(scores, view.get(at))
            rows += [
                (
                    seen.reading.features[m] + company.features_of(m, scores[m]),
                    label,
                    seen.share,
                )
                for m, label in seen.labels.items()
            ]
    second = logistic(rows)
    return Rounds(first, second)


def ranking(
    docs: list[Seen],
    recogniser: Rounds,
    resolver: Rounds | None,
    views: list[dict[int, Prior | None]],
) -> dict[str, float]:
    """Return the weights that tell namesakes apart: without their context where there
    is no ``resolver`` yet, else with what it chooses as such.
    """
    rows: list[Ranked] = []
    for view in views:
        for at, seen in enumerate(docs):
            if len(views) > 1 and view is views[-1] and view.get(at) is None:
                continue
            rows += _ranked(seen, recogniser, resolver, view.get(at))
    return conditional(rows)


def _ranked(
    seen: Seen, recogniser: Rounds, resolver: Rounds | None, prior: Prior | None
) -> Iterable[Ranked]:
    reading = seen.reading
    scores = finding.judged(reading.features, recogniser, prior)
    kept = {m for m, value in scores.items() if value > finding.LEAST}
    names = named_in(reading.mentions, kept, reading.words, reading.body)
    context = None
    if resolver is not None:
        chosen = resolve(names, reading.demonyms, resolver, prior)
        context = Context(names, {name: c.place for name, c in chosen.items()})
    for named in names:
        truth = seen.truth.get(named.name)
        if truth is None or len(named.senses) < 2:
            continue
        right = _right(named, truth)
        if not any(right):
            continue
        found = candidates(named, seen.reading.demonyms, prior)
        if context is not None:
            found = [
                row | context.of(sense, named)
                for row, sense in zip(found, named.senses[:CHOICES], strict=True)
            ]
        yield found, right, seen.share


def _right(named: Named, truth: Mapping[str, object]) -> list[bool]:
    """Return which senses gold means: the very one, else those that are near."""
    senses = named.senses[:CHOICES]
    same = [s.place.id == str(truth["id"]) for s in senses]
    if any(same):
        return same
    return [_far(s, truth) <= NEAR for s in senses]


def _far(sense: Sense, truth: Mapping[str, object]) -> float:
    place: GazetteerPlace = sense.place
    return km(place.lat, place.lon, float(truth["lat"]), float(truth["lon"]))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
