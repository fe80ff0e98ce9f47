"""Which regular expressions there are, and which of them could take too long.

A pattern is turned into an automaton of its letters. It may take exponential time where
a state can be reached from itself by two ways that read the same, and quadratic time
where two loops, one behind the other, read the same before something fails. A search
has a loop in front: it begins anew at each letter. (Weber and Seidl, On the degree of
ambiguity of finite automata, 1991.)
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

# The parser of `re` is undocumented and has no types; its tree is what we need.
c: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

_ANCHORED = frozenset(("match", "fullmatch"))
_USES = _ANCHORED | {"search", "sub", "subn", "finditer", "findall", "split"}
_ALPHABET = "aZz09_ \n\t.,-'\"<>/&;:=éß中\x00"
_PAIRS = 20_000  # of states looked at before a pattern is let through
_MANY = 20  # times; a repeat of fewer is no loop
_BEGIN, _END = "\ue000", "\ue001"  # stand for the beginning and the end of the text


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern in the sources; ``searches`` unless it is only ever matched."""

    where: str
    pattern: str
    flags: int
    searches: bool


def found_below(folder: Path) -> Iterator[Found]:
    """Yield every pattern that modules in ``folder`` hold, or use at once."""
    trees = {p: ast.parse(p.read_text("utf-8")) for p in sorted(folder.rglob("*.py"))}
    uses = {path: _uses(tree) for path, tree in trees.items()}
    for path, tree in trees.items():
        for name, pattern in _held(path):
            private = name.startswith("_")
            known = [uses[path]] if private else list(uses.values())
            used = set().union(*(each.get(name, set()) for each in known))
            yield _found(f"{path.stem}.{name}", pattern, used)
        yield from _used_at_once(path, tree)


def _uses(tree: ast.Module) -> dict[str, set[str]]:
    """Return how a module uses what it calls by each name."""
    uses: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _USES:
            uses[ast.unparse(node.value).rpartition(".")[2]].add(node.attr)
    return uses


def _held(path: Path) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the patterns that stand in a module, alone or in tuples and the like."""
    parts = path.with_suffix("").parts
    at = len(parts) - 1 - parts[::-1].index("index")
    module = import_module(".".join(parts[at:]).removesuffix(".__init__"))
    for name, value in vars(module).items():
        inside = [value]
        while inside:
            each = inside.pop()
            if isinstance(each, re.Pattern):
                yield name, each
            elif isinstance(each, tuple | list | frozenset):
                inside += each
            elif isinstance(each, dict) and name != "__builtins__":
                inside += [*each, *each.values()]


def _used_at_once(path: Path, tree: ast.Module) -> Iterator[Found]:
    """Yield the patterns of calls such as ``re.findall``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            if called.startswith("re.") and called[3:] in _USES:
                text = ast.literal_eval(node.args[0])
                where = f"{path.stem}:{node.lineno}"
                yield _found(where, re.compile(text), {called[3:]})


def _found(where: str, pattern: re.Pattern[Any], used: set[str]) -> Found:
    text = pattern.pattern
    text = text.decode("latin-1") if isinstance(text, bytes) else text
    flags = pattern.flags & ~re.UNICODE
    return Found(where, text, flags, searches=not used or bool(used - _ANCHORED))


@dataclass(slots=True)
class _State:
    reads: frozenset[str] = frozenset()
    then: int = -1
    free: list[int] = field(default_factory=list)


class Automaton:
    """The automaton of a pattern; ``loose`` takes long bounded repeats for loops."""

    def __init__(self, found: Found, *, loose: bool) -> None:
        self._states: list[_State] = []
        self._loose = loose
        tree = parser.parse(found.pattern, found.flags)
        self._flags = tree.state.flags
        self._alphabet = frozenset(_ALPHABET) | set(_letters(tree)) | {_BEGIN, _END}
        self._final = self._new()
        start = self._sequence(tree, self._final)
        if found.searches:
            start = self._loop(start)
        self._start = start

    def is_exponential(self) -> bool:
        """Tell whether one state leads to itself by two ways that read the same."""
        return any(
            self._twice(state, at_all=False) and self._twice(state, at_all=True)
            for state in self._reached
        )

    def is_quadratic(self) -> bool:
        """Tell whether two loops read the same, one after the other, and then fail."""
        loops = [s for s in self._reached if s in self._component[s][1]]
        return any(
            self._follows(first, second)
            for first in loops
            for second in loops
            if first != second
        )

    # Building.

    def _new(self, **of: Any) -> int:
        self._states.append(_State(**of))
        return len(self._states) - 1

    def _loop(self, then: int) -> int:
        any_letter = self._new(reads=self._alphabet - {_BEGIN, _END})
        start = self._new(free=[then, any_letter])
        self._states[any_letter].then = start
        return start

    def _sequence(self, items: Any, then: int) -> int:
        for op, argument in reversed(list(items)):
            then = self._item(op, argument, then)
        return then

    def _item(self, op: Any, argument: Any, then: int) -> int:
        if op in (c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN):
            return self._new(reads=self._set(op, argument), then=then)
        if op is c.SUBPATTERN:
            return self._sequence(argument[3], then)
        if op is c.ATOMIC_GROUP:
            return self._sequence(argument, then)
        if op is c.BRANCH:
            return self._new(free=[self._sequence(x, then) for x in argument[1]])
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            least, most, inside = argument
            return self._repeat(least, most, inside, then)
        if op is c.AT and argument in (c.AT_END, c.AT_END_STRING):
            return self._new(reads=frozenset((_END,)), then=then)
        begins = op is c.AT and argument in (c.AT_BEGINNING, c.AT_BEGINNING_STRING)
        if begins and not self._flags & re.MULTILINE:
            return self._new(reads=frozenset((_BEGIN,)), then=then)
        if op is c.ASSERT and argument[0] < 0:  # what it looks back at is read as well
            return self._sequence(argument[1], then)
        return then  # the other assertions only make a pattern fail sooner

    def _repeat(self, least: int, most: Any, items: Any, then: int) -> int:
        loops = most is c.MAXREPEAT or (self._loose and most >= _MANY)
        if not loops:
            for _ in range(min(most, 3) - min(least, 3)):
                then = self._new(free=[self._sequence(items, then), then])
        else:
            again = self._new()
            self._states[again].free = [self._sequence(items, again), then]
            then = again
        for _ in range(min(least, 2)):
            then = self._sequence(items, then)
        return then

    def _set(self, op: Any, argument: Any) -> frozenset[str]:
        letters = self._alphabet - {_BEGIN, _END}
        return frozenset(x for x in letters if self._is_in(x, op, argument))

    def _is_in(self, letter: str, op: Any, argument: Any) -> bool:
        forms = {letter}
        if self._flags & re.IGNORECASE:
            forms |= {letter.lower(), letter.upper()}
        if op is c.ANY:
            return letter != "\n" or bool(self._flags & re.DOTALL)
        if op is c.IN:
            negated = argument[0][0] is c.NEGATE
            inside = any(self._is_in(letter, o, a) for o, a in argument[negated:])
            return inside != negated
        if op is c.RANGE:
            return any(
                argument[0] <= ord(f) <= argument[1] for f in forms if len(f) == 1
            )
        if op is c.CATEGORY:
            kind = str(argument).rpartition("_")[2].lower()
            tests = {"digit": r"\d", "space": r"\s", "word": r"\w"}
            inside = re.match(tests[kind], letter) is not None
            return inside != ("NOT" in str(argument))
        same = any(f == chr(argument) for f in forms)
        return same == (op is c.LITERAL)

    # Asking. States that read are all there is; what is free is followed at once.

    def _ways(self, state: int) -> list[int]:
        """Return the reading states free ways lead to, each as often as ways do."""
        found: list[int] = []
        stack: list[tuple[int, frozenset[int]]] = [(state, frozenset())]
        while stack and len(found) < 2_000:
            at, met = stack.pop()
            if self._states[at].reads or at == self._final:
                found.append(at)
            else:
                free = self._states[at].free
                stack += [(n, met | {at}) for n in free if n not in met]
        return found

    @cached_property
    def _next(self) -> dict[int, list[int]]:
        return {
            number: self._ways(state.then) if state.then >= 0 else []
            for number, state in enumerate(self._states)
            if state.reads or number == self._final
        }

    @cached_property
    def _reached(self) -> list[int]:
        seen: dict[int, None] = dict.fromkeys(self._ways(self._start))
        queue = list(seen)
        while queue:
            for state in self._next[queue.pop()]:
                if state not in seen:
                    seen[state] = None
                    queue.append(state)
        return list(seen)

    @cached_property
    def _component(self) -> dict[int, tuple[int, frozenset[int]]]:
        """Return for each state those it leads to that lead back to it."""
        leads = {s: self._from(s) for s in self._reached}
        return {
            s: (s, frozenset(t for t in leads[s] if s in leads[t]))
            for s in self._reached
        }

    def _from(self, start: int) -> set[int]:
        seen: set[int] = set()
        queue = [start]
        while queue:
            for state in self._next[queue.pop()]:
                if state not in seen:
                    seen.add(state)
                    queue.append(state)
        return seen

    def _twice(self, state: int, *, at_all: bool) -> bool:
        """Tell whether ``state`` leads to itself by two ways that read the same.

        Looked ``at_all`` ways, what they read must not be a match: then nothing would
        be tried again.
        """
        inside = self._component[state][1]
        ways = [n for n in self._next[state] if n in inside]
        double = len(ways) != len(set(ways))
        begun = (state, state, double, frozenset((state,) if at_all else ()))
        seen, queue = {begun}, [begun]
        while queue and len(seen) < _PAIRS:
            one, two, parted, all_ = queue.pop()
            reads = self._states[one].reads & self._states[two].reads
            for letter in reads & self._classes:
                then = self._after(all_, letter)
                if self._final in then:
                    continue
                for a, b in product(
                    self._inside(one, inside), self._inside(two, inside)
                ):
                    now = (a, b, parted or a != b, then)
                    if now[:3] == (state, state, True):
                        return True
                    if now not in seen:
                        seen.add(now)
                        queue.append(now)
        return False

    def _follows(self, first: int, second: int) -> bool:
        """Tell whether a word leads from both to themselves, and from one to two.

        It must not be a match on the way: then nothing would be tried again.
        """
        one, two = self._component[first][1], self._component[second][1]
        if second not in self._from(first):
            return False
        begun = (first, first, second, frozenset((second,)))
        seen, queue = {begun}, [begun]
        while queue and len(seen) < _PAIRS:
            a, b, c_, all_ = queue.pop()
            states = [self._states[s].reads for s in (a, b, c_)]
            for letter in frozenset.intersection(*states) & self._classes:
                now = self._after(all_, letter)
                if self._final in now:
                    continue
                for step in product(
                    self._inside(a, one), self._next[b], self._inside(c_, two)
                ):
                    if step == (first, second, second):
                        return True
                    if (*step, now) not in seen:
                        seen.add((*step, now))
                        queue.append((*step, now))
        return False

    def _after(self, states: frozenset[int], letter: str) -> frozenset[int]:
        """Return all states that ``letter`` leads to."""
        return frozenset(
            then
            for state in states
            if letter in self._states[state].reads
            for then in self._next[state]
        )

    def _inside(self, state: int, component: frozenset[int]) -> frozenset[int]:
        return component.intersection(self._next[state])

    @cached_property
    def _classes(self) -> frozenset[str]:
        """Return one letter of each kind that no state tells from the others."""
        kinds: dict[tuple[bool, ...], str] = {}
        sets = {state.reads for state in self._states}
        for letter in sorted(self._alphabet):
            kinds.setdefault(tuple(letter in reads for reads in sets), letter)
        return frozenset(kinds.values())


def _letters(tree: Any) -> Iterator[str]:
    """Yield the letters that a pattern names."""
    for op, argument in tree:
        yield from _letters_of(op, argument)


def _letters_of(op: Any, argument: Any) -> Iterator[str]:
    if op in (c.LITERAL, c.NOT_LITERAL):
        yield chr(argument)
    elif op is c.RANGE:
        yield from map(chr, argument)
    elif op is c.IN:
        for inner in argument:
            yield from _letters_of(*inner)
    elif op is c.BRANCH:
        for branch in argument[1]:
            yield from _letters(branch)
    elif op is c.SUBPATTERN:
        yield from _letters(argument[3])
    elif op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
        yield from _letters(argument[2])
    elif op is c.ATOMIC_GROUP:
        yield from _letters(argument)
