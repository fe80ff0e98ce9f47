"""A watcher of a run for benchmarks, which have figures of their own to print."""

from __future__ import annotations


class Silent:
    """Says nothing of a run; what it could not read stands in its report."""

    def failed(self, path: str, reason: str) -> None:
        """Say nothing."""

    def committed(self, articles: int) -> None:
        """Say nothing."""

    def step(self) -> None:
        """Say nothing."""
