"""Things that turn out to belong together, one pair after another."""

from __future__ import annotations

from collections import defaultdict


class Families:
    """Sets of numbers that are joined; each is in a set of its own at first."""

    def __init__(self) -> None:
        self._parents: dict[int, int] = {}

    def root(self, one: int) -> int:
        """Return the number that stands for all in the set of ``one``."""
        root = one
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while one != root:
            self._parents[one], one = root, self._parents[one]
        return root

    def join(self, one: int, other: int) -> None:
        """Make one set of those of ``one`` and ``other``."""
        a, b = self.root(one), self.root(other)
        self._parents[max(a, b)] = min(a, b)
        self._parents.setdefault(min(a, b), min(a, b))

    def sets(self) -> list[list[int]]:
        """Return the sets of several, by their lowest numbers, members rising."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for one in sorted(self._parents):
            found[self.root(one)].append(one)
        return [members for _, members in sorted(found.items()) if len(members) > 1]
