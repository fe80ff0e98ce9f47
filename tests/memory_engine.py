"""An engine that is plainly right: a list and a loop.

It shares the query language and the snippets with the real engines, and nothing else:
trees are evaluated article by article, facets counted with a Counter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Any

from whoosh.query import (
    And,
    Every,
    FuzzyTerm,
    Not,
    NumericRange,
    Or,
    Phrase,
    Prefix,
    Term,
    Wildcard,
)

from search import snippets
from search.copies.lineage import original
from search.engines.rows import check
from search.errors import BadQuery, NotFound
from search.fields import FACETS
from search.folding import begins, fold
from search.gazetteer import Gazetteer, gazetteer
from search.language.analyzers import WORDS
from search.language.names import Names
from search.language.parser import read
from search.language.schema import SCHEMA, fields_of
from search.language.terms import is_in_a_row
from search.language.values import values_of
from search.matching import Wanted
from search.mentions import PlaceCounts, PlaceReport
from search.model import (
    Article,
    Bucket,
    Copy,
    Export,
    Facet,
    Group,
    Hit,
    IndexInfo,
    Interval,
    Marks,
    Published,
    Query,
    Scope,
    SearchResult,
    Sort,
)
from search.periods import span
from tests.memory_places import PlaceLoop
from tests.near_copies import groups_of, percent, telling

Doc = dict[str, list[tuple[str, int]]]


class MemorySearcher:
    """A Searcher over a list of articles; a later one replaces one with its id."""

    def __init__(self, articles: Iterable[Article]) -> None:
        articles = list(articles)
        for article in articles:
            check(article)
        self.articles = list({article.id: article for article in articles}.values())
        self.docs = {article.id: _tokens(article) for article in self.articles}
        self.names = Names.load(None)
        self.groups = groups_of(self.articles)

    # Corpus

    @property
    def gazetteer(self) -> Gazetteer:
        return gazetteer()

    def places_written(self, spelling: str) -> dict[str, int]:
        wanted = " ".join(fold(spelling).split())
        return Counter(
            place.id
            for article in self.articles
            for place in article.places
            for written in dict.fromkeys(place.as_written)
            if " ".join(fold(written).split()) == wanted
        )

    def spellings_of(self, place: str) -> dict[str, int]:
        return Counter(
            written
            for article in self.articles
            for written in {
                w for p in article.places if p.id == place for w in p.as_written
            }
        )

    def articles_writing(self, place: str, words: str) -> int:
        return sum(_writes(article, place, words) for article in self.articles)

    def articles_of(self, place: str) -> int:
        return sum(any(place in p.path for p in a.places) for a in self.articles)

    def values_by_name(self, facet: str) -> dict[str, tuple[str, ...]]:
        return names_of(self.articles, facet)

    def articles_with(self, words: str) -> int:
        tokens = [t.text for t in SCHEMA["text"].analyzer(words, mode="query")]
        tree = Phrase("text", tokens)
        return sum(matches(tree, doc) for doc in self.docs.values() if tokens)

    # Searcher

    def search(self, query: Query) -> SearchResult:
        if query.page < 1 or query.page * query.per_page > 10_000:
            raise BadQuery("page", parameter="page")
        if not 0 <= query.facet_size <= 200:
            raise BadQuery("facet_size", parameter="facet_size")
        for name in (*query.facets, *query.exclude):
            if name not in FACETS:
                raise BadQuery("facet", parameter="facet")
        if query.group not in (None, "copy"):
            raise BadQuery("group", parameter="group", value=query.group)
        reading = read(query.text, query.scope, self, self.names)
        query = reading.applied(query)
        found = [a for a in self.articles if matches(reading.tree, self.docs[a.id])]
        hits = sorted(self._passing(query, found), key=_order(query))
        shown, groups = hits, None
        if query.group == "copy":
            groups = collapsed(hits, self.groups)
            shown = [members[0] for members in groups]
        start = int(query.cursor or (query.page - 1) * query.per_page)
        end = start + query.per_page
        wanted = Wanted.of(reading.tree)
        return SearchResult(
            total=len(hits),
            groups=None if groups is None else len(groups),
            hits=tuple(
                replace(
                    _hit(shown[n], wanted, query),
                    group=self._group_of(groups[n]) if groups else None,
                )
                for n in range(len(shown))[start:end]
            ),
            facets=tuple(
                self._facet(query, name, list(self._passing(query, found, but=name)))
                for name in dict.fromkeys(query.facets)
            ),
            index=IndexInfo("1", len(self.articles)),
            read_as=reading.read_as,
            warnings=reading.warnings,
            expansions=reading.expansions,
            offers=reading.offers,
            in_chrome=None if hits else self._in_chrome(query),
            cursor=str(end) if start < end < len(shown) else None,
        )

    def totals(self, queries: Sequence[Query]) -> tuple[int | None, ...]:
        return tuple(self.search(query).total for query in queries)

    def export(self, query: Query) -> Export:
        asked = replace(query, facets=(), page=1, cursor=None, per_page=10_000)
        found = [self.search(asked)]
        while found[-1].cursor is not None:
            found.append(self.search(replace(asked, cursor=found[-1].cursor)))
        hits = (hit for page in found for hit in page.hits)
        return Export(total=found[0].total, hits=hits, index=found[0].index)

    def info(self) -> IndexInfo:
        return IndexInfo("1", len(self.articles))

    def words(self, start: str, number: int) -> tuple[str, ...]:
        counts = Counter(
            word
            for doc in self.docs.values()
            for word in {text for text, _ in doc.get("exact", [])}
            if word.startswith(start.lower())
        )
        found = sorted(counts, key=lambda word: (-counts[word], word.encode()))
        return tuple(found[: min(number, 200)])

    def places(self, query: Query) -> PlaceCounts:
        reading = read(query.text, query.scope, self, self.names)
        query = reading.applied(query)
        found = [a for a in self.articles if matches(reading.tree, self.docs[a.id])]
        found = list(self._passing(query, found))
        listed = self._mentions(found).listed()
        if query.facet_prefix:
            listed = [one for one in listed if self._fits("place", one.id, query)]
        unplaced = sum(not article.places for article in found)
        return PlaceCounts(
            places=(*listed,),
            articles=len(found),
            unplaced=unplaced,
            parents=self._parents(),
            index=self.info(),
        )

    def place(self, id: str) -> PlaceReport:
        usual = list(self._passing(Query(), self.articles))
        found = [a for a in usual if any(id in p.path for p in a.places)]
        loop, known = self._mentions(found), gazetteer().place(id)
        opening = [
            a for a in found if any(p.dateline and id in p.path for p in a.places)
        ]
        return PlaceReport(
            place=loop.count(id),
            people=known.population if known else 0,
            names=() if found else gazetteer().spellings(id),
            path=tuple((step, self._label("place", step)) for step in loop.path(id)),
            articles=len(usual),
            datelined=len(opening),
            written=(*loop.written(id),),
            companions=(*loop.companions(id, usual),) if found else (),
            inside=tuple(
                sorted(
                    (one for one in loop.listed() if one.parent == id),
                    key=lambda one: (-one.count, one.id),
                )
            ),
            index=self.info(),
        )

    def _mentions(self, articles: list[Article]) -> PlaceLoop:
        return PlaceLoop(articles, self.articles, self._parents(), self._label)

    def get(self, id: str) -> Article:
        for article in self.articles:
            if article.id == id:
                return article
        raise NotFound(id)

    def marks(self, id: str, query: Query) -> Marks:
        tree = read(query.text, query.scope, self, self.names).tree
        return Wanted.of(tree).found_in(self.get(id)).marks

    def copies(self, id: str) -> Group | None:
        own, name = self.get(id), self.groups.get(id)
        others = [a for a in self.articles if a is not own]
        members = [
            a for a in others if name is not None and self.groups.get(a.id) == name
        ]
        return self._group_of([own, *sorted(members, key=_by_last_day)])

    def close(self) -> None:
        self.articles = []

    def _group_of(self, members: list[Article]) -> Group | None:
        if len(members) == 1:
            return None
        hit = members[0]
        copies = tuple(
            Copy(
                article.id,
                article.source.value if article.source else None,
                article.source.label if article.source else None,
                percent(hit, article) / 100,
                article.published.value if article.published else None,
            )
            for article in members[1:21]
        )
        group = self.groups[hit.id]
        whole = [a for a in self.articles if self.groups.get(a.id) == group]
        likely = original([telling(article) for article in whole])
        sources = [a.source.value if a.source else None for a in members]
        shared = [percent(hit, article) / 100 for article in members[1:]]
        return Group(
            "copy",
            len(members),
            copies,
            likely.id if likely else None,
            likely.why if likely else (),
            len({*sources} - {None, sources[0]}),
            sources[1:].count(None),
            (min(shared), max(shared)),
        )

    def _in_chrome(self, query: Query) -> int | None:
        if not query.text.strip() or query.scope is Scope.CHROME:
            return None
        tree = read(query.text, Scope.CHROME, self, self.names).tree
        found = [a for a in self.articles if matches(tree, self.docs[a.id])]
        return len(list(self._passing(query, found)))

    # Filters

    def _passing(
        self, query: Query, articles: Iterable[Article], but: str = ""
    ) -> Iterator[Article]:
        chosen = {
            name: self._resolved(name, getattr(query, field.selection))
            for name, field in FACETS.items()
        }
        excluded = {
            name: self._resolved(name, query.exclude.get(name, ())) for name in FACETS
        }
        for article in articles:
            if not _overlaps(article, query.since, query.until):
                continue
            if all(
                (not chosen[name] or _has(article, name, chosen[name]))
                and not _has(article, name, excluded[name])
                for name in FACETS
                if name != but
            ):
                yield article

    def _resolved(self, name: str, given: Iterable[str]) -> set[str]:
        return {value for one in given for value in self._resolve(name, one)}

    def _resolve(self, name: str, given: str) -> set[str]:
        if name == "date":
            if given != "undated":
                try:
                    span(given)
                except ValueError as error:
                    raise BadQuery("date", parameter="date") from error
            return {given}
        return set(values_of(name, given, self, self.names)) or {given}

    # Facets

    def _facet(self, query: Query, name: str, articles: list[Article]) -> Facet:
        field = FACETS[name]
        chosen = self._resolved(name, getattr(query, field.selection))
        excluded = self._resolved(name, query.exclude.get(name, ()))
        if name == "date":
            facet = _histogram(query, articles, chosen, excluded)
            kept = [b for b in facet.buckets if b.value.startswith(query.facet_prefix)]
            shown = bool(query.facet_prefix)
            total = sum(b.count > 0 for b in kept) if shown else facet.total
            return replace(facet, buckets=tuple(kept), total=total)
        counts = Counter(v for a in articles for v in set(values(a, name)))
        missing = sum(not values(a, name) for a in articles)
        if missing and field.unknown:
            counts[field.unknown] += missing
        parents = self._parents() if name == "place" else {}
        if query.facet_prefix:
            counts = Counter(
                {v: n for v, n in counts.items() if self._fits(name, v, query)}
            )
            chosen &= {*counts}
            excluded &= {*counts}

        def order(value: str) -> tuple[int, int, str]:
            return -counts[value], _level(value, parents), value

        first = query.facet_size * (query.facet_page - 1)
        listed = sorted(counts, key=order)[first : first + query.facet_size]
        wanted = (chosen | excluded) if query.facet_page == 1 else set()
        for value in [] if query.facet_prefix else list(wanted):
            while value := parents.get(value, ""):
                wanted.add(value)
        listed += sorted(wanted - {*listed}, key=order)
        buckets = tuple(
            Bucket(
                value,
                self._label(name, value),
                counts[value],
                value in chosen,
                value in excluded,
                (parents[value] or None) if value in parents else None,
                _level(value, parents) if value in parents else None,
            )
            for value in listed
        )
        return Facet(name, buckets, len(counts), missing)

    def _fits(self, name: str, value: str, query: Query) -> bool:
        names = [value, self._label(name, value)]
        if name == "place":
            names = [names[1], *self.spellings_of(value)]
        if value == FACETS[name].unknown:
            names = [value]
        return any(begins(one, query.facet_prefix) for one in names)

    def _parents(self) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for article in self.articles:
            pairs = {
                pair
                for place in article.places
                for pair in zip(place.path, ("", *place.path[:-1]), strict=True)
            }
            for step, above in pairs:
                found.setdefault(step, []).append(above)
        return {step: _commonest(above) or "" for step, above in found.items()}

    def _label(self, name: str, value: str) -> str:
        if name == "source":
            labels = [
                a.source.label
                for a in self.articles
                if a.source and a.source.value == value
            ]
            named = [label for label in labels if label != value]
            return _commonest(named) or value
        if name == "place":
            known = gazetteer().place(value)
            labels = [
                label
                for article in self.articles
                for label in {p.label for p in article.places if p.id == value}
            ]
            return known.label if known else _commonest(labels) or value
        return value


def matches(tree: Any, doc: Doc) -> bool:
    """Return whether ``doc`` is among the matches of ``tree``."""
    match tree:
        case And():
            return bool(tree.subqueries) and all(matches(q, doc) for q in tree)
        case Or():
            return any(matches(q, doc) for q in tree)
        case Not():
            return not matches(tree.query, doc)
        case Every():
            return True
        case Phrase():
            return _has_phrase(tree, doc)
        case NumericRange():
            return any(
                _within(tree, int(text)) for text, _ in doc.get(tree.fieldname, [])
            )
        case Term() | Prefix() | Wildcard() | FuzzyTerm():
            test = _test(tree)
            return any(test(text) for text, _ in doc.get(tree.fieldname, []))
    assert tree.__class__.__name__ == "_NullQuery", tree
    return False


def _test(tree: Any) -> Callable[[str], bool]:
    match tree:
        case Prefix():
            return lambda text: text.startswith(tree.text)
        case Wildcard():
            return lambda text: fnmatchcase(text, tree.text)
        case FuzzyTerm():
            head = tree.text[: tree.prefixlength]
            return lambda text: (
                text.startswith(head) and _distance(text, tree.text) <= tree.maxdist
            )
    wanted = tree.text.decode() if isinstance(tree.text, bytes) else tree.text
    return lambda text: bool(text == wanted)


def _has_phrase(tree: Phrase, doc: Doc) -> bool:
    tokens = doc.get(tree.fieldname, [])
    ends = [position for text, position in tokens if text == tree.words[0]]
    for word in tree.words[1:]:
        ends = [
            there
            for text, there in tokens
            if text == word and any(0 < there - end <= tree.slop for end in ends)
        ]
    return bool(ends)


def _within(tree: NumericRange, number: int) -> bool:
    low, high = tree.start, tree.end
    above = low is None or number > low or (number == low and not tree.startexcl)
    below = high is None or number < high or (number == high and not tree.endexcl)
    return above and below


def _distance(a: str, b: str) -> int:
    """Return the edit distance of two words, two letters swapped counting as two."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]


def _tokens(article: Article) -> Doc:
    doc: Doc = {}
    for name, value in fields_of(article).items():
        if isinstance(value, list):
            doc[name] = [(text, 0) for text in value]
        elif isinstance(value, int) or name == "id":
            doc[name] = [(str(value), 0)]
        else:
            analyzed = SCHEMA[name].analyzer(value, positions=True, mode="index")
            doc[name] = [(token.text, token.pos) for token in analyzed]
    return doc


def values(article: Article, name: str) -> list[str]:
    """Return the values ``article`` has of a facet, but dates."""
    match name:
        case "source":
            return [article.source.value] if article.source else []
        case "agency":
            return [article.agency.value] if article.agency else []
        case "lang":
            return [article.lang] if article.lang else []
        case "author":
            return list(article.authors)
        case "kind":
            return [article.kind.value]
    return [step for place in article.places for step in place.path]


def _writes(article: Article, place: str, words: str) -> bool:
    row = WORDS.phrase(words)
    ways = {w for p in article.places if p.id == place for w in p.as_written}
    return any(is_in_a_row(row, WORDS.phrase(way)) for way in ways)


def names_of(articles: Iterable[Article], facet: str) -> dict[str, tuple[str, ...]]:
    """Return the values of a facet by value and label, folded."""
    found: dict[str, dict[str, None]] = {}
    for article in articles:
        labels = [article.source.label] if facet == "source" and article.source else []
        for value in values(article, facet):
            for name in (value, *labels):
                found.setdefault(" ".join(fold(name).split()), {})[value] = None
    return {name: tuple(known) for name, known in found.items()}


def _has(article: Article, name: str, wanted: set[str]) -> bool:
    if name != "date":
        found = set(values(article, name)) or {FACETS[name].unknown or ""}
        return bool(found & wanted)
    if article.published is None:
        return "undated" in wanted
    periods = [span(value) for value in wanted - {"undated"}]
    return any(_overlaps(article, first, last) for first, last in periods)


def _overlaps(article: Article, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    if article.published is None or (since or date.min) > (until or date.max):
        return False
    first, last = article.published.first, article.published.last
    return last >= (since or date.min) and first <= (until or date.max)


def _level(value: str, parents: dict[str, str]) -> int:
    above = parents.get(value, "")
    return 1 + _level(above, parents) if above else 0


def _commonest(labels: list[str]) -> str | None:
    counts = Counter(labels)
    return max(counts, key=lambda label: (counts[label], label), default=None)


def _order(query: Query) -> Callable[[Article], Any]:
    def newest(article: Article) -> tuple[bool, int, str]:
        day = article.published.first.toordinal() if article.published else 0
        return day == 0, -day, article.id

    def oldest(article: Article) -> tuple[bool, int, str]:
        undated, day, name = newest(article)
        return undated, -day, name

    def source(article: Article) -> tuple[bool, str, tuple[bool, int, str]]:
        value = article.source.value if article.source else ""
        return value == "", value, newest(article)

    # There is no score here: relevance is left to the engines.
    return {Sort.OLDEST: oldest, Sort.SOURCE: source}.get(query.order, newest)


def _by_last_day(article: Article) -> tuple[date, date, str]:
    days = article.published
    last, first = (days.last, days.first) if days else (date.max, date.max)
    return last, first, article.id


def collapsed(
    hits: Iterable[Article], groups: Mapping[str, int]
) -> list[list[Article]]:
    """Return the groups of ``hits``, in the order of their first, members in order."""
    found: dict[int | str, list[Article]] = {}
    for article in hits:
        found.setdefault(groups.get(article.id, article.id), []).append(article)
    return list(found.values())


def _hit(article: Article, wanted: Wanted, query: Query) -> Hit:
    found = wanted.found_in(article)
    marks = found.marks
    removed = sum(len(block.text) for block in article.removed)
    return Hit(
        id=article.id,
        score=0.0,
        title=article.title,
        lead=snippets.lead(article.text),
        kind=article.kind,
        url=article.url,
        source=article.source,
        agency=article.agency,
        published=article.published,
        authors=article.authors,
        lang=article.lang,
        places=article.places,
        snippets=snippets.snippets(
            found, query.snippets, snippets.Weights(lambda *_: 1.0)
        ),
        title_ranges=marks.title,
        matches=len(marks.title) + len(marks.text),
        removed_blocks=len(article.removed),
        removed_share=removed / max(1, removed + len(article.text)),
    )


# Dates, day by day


def _histogram(
    query: Query, articles: list[Article], chosen: set[str], excluded: set[str]
) -> Facet:
    dated = [a.published for a in articles if a.published]
    missing = len(articles) - len(dated)
    buckets = []
    interval = query.interval or Interval.DAY
    if dated:
        first = max(min(p.first for p in dated), query.since or date.min)
        last = min(max(p.last for p in dated), query.until or date.max)
        first, last = _fullest(first, last, dated)
        interval = _interval(first, last, query.interval)
        for value, start, end in _spans(first, last, interval):
            count = sum(p.first <= end and p.last >= start for p in dated)
            if count:
                flags = (_inside(start, end, chosen), _inside(start, end, excluded))
                days = f"{start}..{end}" if interval is Interval.WEEK else value
                bucket = Bucket(days, value, count, *flags, last=end.isoformat())
                buckets.append(bucket)
    total = len(buckets) + bool(missing)
    if missing or "undated" in chosen | excluded:
        flags = ("undated" in chosen, "undated" in excluded)
        buckets.append(Bucket("undated", "undated", missing, *flags))
    return Facet("date", tuple(buckets), total, missing, interval)


def _fullest(first: date, last: date, dated: list[Published]) -> tuple[date, date]:
    """Return the days of the articles of the 200 years that have the most of them."""
    if last.year - first.year < 200:
        return first, last

    def inside(year: int) -> list[Published]:
        return [p for p in dated if year <= p.first.year and p.last.year < year + 200]

    year = max(
        range(first.year, last.year - 198), key=lambda year: (len(inside(year)), year)
    )
    kept = inside(year)
    start, end = min(p.first for p in kept), max(p.last for p in kept)
    return max(first, start), min(last, end)


def _interval(first: date, last: date, asked: Interval | None) -> Interval:
    order = list(Interval)
    for interval in order[order.index(asked or Interval.DAY) :]:
        if len(_spans(first, last, interval)) <= (200 if asked else 60):
            return interval
    return Interval.YEAR


def _spans(first: date, last: date, interval: Interval) -> list[tuple[str, date, date]]:
    """Return value, first and last day of each bucket, found day by day."""
    found: dict[str, list[date]] = {}
    day = first - timedelta(min(400, first.toordinal() - 1))
    while day <= last + timedelta(min(400, date.max.toordinal() - last.toordinal())):
        found.setdefault(_bucket(day, interval), []).append(day)
        if day == date.max:
            break
        day += timedelta(1)
    return [
        (value, days[0], days[-1])
        for value, days in found.items()
        if days[-1] >= first and days[0] <= last
    ]


def _bucket(day: date, interval: Interval) -> str:
    match interval:
        case Interval.DAY:
            return day.isoformat()
        case Interval.WEEK:
            return (day - timedelta(day.weekday())).isoformat()
        case Interval.MONTH:
            return day.isoformat()[:7]
    return day.isoformat()[:4]


def _inside(start: date, end: date, wanted: set[str]) -> bool:
    periods = [span(value) for value in wanted - {"undated"}]
    return any(first <= start and end <= last for first, last in periods)
