"""Which paragraphs of one text are which of another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.compare.common import Pairs, common, rising

_WIDTH = 3  # words in a row that paragraphs are looked up by
_ALIKE = 0.2  # of those of the paragraph that has fewer; a stock phrase is a tenth
_SPREAD = 8  # paragraphs that have the same words in a row; more say nothing

Keys = Sequence[str]  # the words of a paragraph
Group = tuple[set[int], set[int]]  # paragraphs of both that belong together


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs of one text, and those of the other that they became.

    Numbers count from 0 and rise. One side is empty where the other has nothing like
    it. ``moved`` says that the other text has it in another place.
    """

    one: tuple[int, ...] = ()
    other: tuple[int, ...] = ()
    moved: bool = False


def aligned(one: Sequence[Keys], other: Sequence[Keys]) -> tuple[Row, ...]:
    """Return all paragraphs of both, each in one row, in the order of ``one``.

    What only ``other`` has comes after what stands before it there. Costs what the
    texts are long.
    """
    groups = _groups(one, other)
    groups = sorted([*groups, *_in_place(groups, one, other)], key=_first)
    stays = {a for a, _ in _staying(groups)}
    rows = [
        Row(tuple(sorted(a)), tuple(sorted(b)), min(a) not in stays) for a, b in groups
    ]
    met = {at for row in rows for at in row.one}
    rows += [Row(one=(at,)) for at in range(len(one)) if at not in met]
    rows.sort(key=lambda row: row.one)
    return tuple(_with_others(rows, len(other)))


def _first(group: Group) -> tuple[int, int]:
    return min(group[0]), min(group[1])


def _staying(groups: Sequence[Group]) -> Pairs:
    """Return the first paragraphs of those ``groups`` that are in one order."""
    return rising([_first(group) for group in groups])


def _in_place(
    groups: Sequence[Group], one: Sequence[Keys], other: Sequence[Keys]
) -> Iterator[Group]:
    """Yield what is as many paragraphs on both sides between two groups, by place.

    It is too little alike to be found anywhere else. Of one, a word in both will do; of
    more, half of those of the one that has fewer must be.
    """
    met = {at for some, _ in groups for at in some}
    mets = {at for _, some in groups for at in some}
    last = (-1, -1)
    for a, b in [*_staying(groups), (len(one), len(other))]:
        lone = [at for at in range(last[0] + 1, a) if at not in met]
        lones = [at for at in range(last[1] + 1, b) if at not in mets]
        if len(lone) == len(lones):
            some = 0.5 * (len(lone) > 1)
            pairs = zip(lone, lones, strict=True)
            yield from (({x}, {y}) for x, y in pairs if _alike(one[x], other[y], some))
        last = (a, b)


def _alike(one: Keys, other: Keys, least: float) -> bool:
    """Return whether a word is in both, and ``least`` of the words of the fewer."""
    said, others = {*one}, {*other}
    both = said & others
    if not any(map(str.isalnum, "".join(both))):
        return False
    return len(both) >= least * min(len(said), len(others))


def _with_others(rows: Sequence[Row], size: int) -> Iterator[Row]:
    """Yield ``rows``, and after each what of the other text follows it there."""
    owner = {at: number for number, row in enumerate(rows) for at in row.other}
    following: defaultdict[int, list[int]] = defaultdict(list)
    last = -1
    for at in range(size):
        if at in owner:
            if not rows[owner[at]].moved:
                last = owner[at]
        else:
            following[last].append(at)
    yield from (Row(other=(at,)) for at in following[-1])
    for number, row in enumerate(rows):
        yield row
        yield from (Row(other=(at,)) for at in following[number])


def _groups(one: Sequence[Keys], other: Sequence[Keys]) -> list[Group]:
    """Return paragraphs that belong together, by the first of ``one``."""
    joined: dict[int, Group] = {}  # by paragraph of other
    owner: dict[int, Group] = {}  # by paragraph of one
    for a, b in _links(one, other):
        left, right = owner.get(a), joined.get(b)
        group = left or right or (set(), set())
        if left and right and left is not right:
            group = (left[0] | right[0], left[1] | right[1])
        group[0].add(a)
        group[1].add(b)
        for at in group[0]:
            owner[at] = group
        for at in group[1]:
            joined[at] = group
    found = {id(group): group for group in owner.values()}
    return sorted(found.values(), key=lambda group: min(group[0]))


def _links(one: Sequence[Keys], other: Sequence[Keys]) -> list[tuple[int, int]]:
    """Return which paragraph each is most like, where one is like enough.

    Those that are the same, in one order, are like no other.
    """
    same = common([tuple(keys) for keys in one], [tuple(keys) for keys in other])
    left, right = {a for a, _ in same}, {b for _, b in same}
    grams = [set() if at in left else _grams(keys) for at, keys in enumerate(one)]
    others = [set() if at in right else _grams(keys) for at, keys in enumerate(other)]
    places: defaultdict[Keys, list[int]] = defaultdict(list)
    for at, some in enumerate(others):
        for gram in some:
            places[gram].append(at)
    counts = Counter(
        (a, b)
        for a, some in enumerate(grams)
        for gram in some
        if len(places.get(gram, ())) <= _SPREAD
        for b in places.get(gram, ())
    )
    best: dict[tuple[str, int], tuple[int, int, int, int]] = {}
    for (a, b), count in counts.items():
        if count < _ALIKE * min(len(grams[a]), len(others[b])):
            continue
        rank = (count, -abs(a - b), -a, -b)
        for end in (("one", a), ("other", b)):
            best[end] = max(best.get(end, rank), rank)
    return sorted({*same, *((-rank[2], -rank[3]) for rank in best.values())})


def _grams(keys: Keys) -> set[tuple[str, ...]]:
    if not keys:
        return set()
    width = min(_WIDTH, len(keys))
    return {tuple(keys[at : at + width]) for at in range(len(keys) - width + 1)}
