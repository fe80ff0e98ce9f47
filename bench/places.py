"""Measure places on gold toponyms: ``python -m bench.places $DATELINE_DATA OUT``.

Writes predictions for ``score_places.py`` into the folder named second and prints one
JSON line a set: its articles a second of processor time, the gazetteer opened before.
The document countries are those whose mentions weigh at least 0.3 of the foremost
one's. Leaves out reading and cleaning of pages; the weights were fitted on articles of
LGL, TR-News and GeoVirus, so only GeoWebNews and Reuters are unseen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from index.toponyms.locate import locate
from search.gazetteer import gazetteer
from search.model import Article

SETS = ("lgl", "trnews", "geovirus", "geowebnews", "reuters")
SHARE = 0.3


def main() -> None:
    """Annotate each set that is there and print how fast that went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="*", default=SETS)
    parser.add_argument("--limit", type=int, default=2_000)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    warm_up = Article(id="0" * 16, text="The ferry from Oslo to Kiel was late.")
    locate(warm_up)
    for name in args.only:
        path = args.data / "places" / f"{name}.jsonl.gz"
        if not path.exists():
            print(json.dumps({"set": name, "absent": str(path)}))
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            docs = [json.loads(line) for line in lines][: args.limit]
        start = time.process_time()
        found = [annotate(doc) for doc in docs]
        seconds = time.process_time() - start
        (args.out / f"{name}.gold").write_text("\n".join(map(json.dumps, docs)))
        (args.out / f"{name}.pred").write_text("\n".join(map(json.dumps, found)))
        print(json.dumps({"set": name, "articles_per_s": round(len(docs) / seconds)}))


def annotate(doc: dict[str, Any]) -> dict[str, Any]:
    """Return the places of a gold document in the scorer's form."""
    title = doc.get("title") if "body" in doc else None
    article = Article(id="0" * 16, title=title, text=doc.get("text") or _told(doc))
    places: list[dict[str, Any]] = []
    counts: defaultdict[str, float] = defaultdict(float)
    for place in locate(article).places:
        known = gazetteer().place(place.id)
        country = known.country if known else ""
        # A country named outright says more than a town that lies in it.
        weight = 1.0 + (known is not None and known.kind == "country") + place.dateline
        counts[country] += weight * max(1, len(place.spans))
        for start, end in place.spans:
            places.append(
                {
                    "start": start,
                    "end": end,
                    "geonameid": int(place.id) if place.id.isdecimal() else 0,
                    "lat": place.lat,
                    "lon": place.lon,
                    "country": country or None,
                }
            )
    counts.pop("", None)
    top = max(counts.values(), default=0)
    countries = [code for code, count in counts.items() if count >= SHARE * top]
    return {"id": doc["id"], "places": places, "countries": countries}


def _told(doc: dict[str, Any]) -> str:
    return f"{doc.get('dateline') or ''} {doc['body']}".strip()


if __name__ == "__main__":
    main()
