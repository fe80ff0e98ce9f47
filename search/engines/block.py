"""A with block told as one generator: what it holds, and what leaving it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from types import TracebackType
from typing import Generic, Self, TypeVar

Held = TypeVar("Held")


class Block(Generic[Held]):
    """A context manager whose ``_hold`` yields once: what is used inside the block.

    What stands before the ``yield`` is done on entering, what follows it on leaving;
    an exception of the block is raised there, and goes on.
    """

    _manager: AbstractContextManager[Held] | None = None
    _inside: Held | None = None

    def _hold(self) -> Iterator[Held]:
        raise NotImplementedError

    @property
    def _held(self) -> Held:
        """Return what the block holds.

        Raises:
            ValueError: it was not entered, or is over.
        """
        if self._inside is None:
            raise ValueError(f"a {type(self).__name__} is used inside its with block")
        return self._inside

    def __enter__(self) -> Self:
        self._manager = contextmanager(self._hold)()
        self._inside = self._manager.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        manager, self._manager, self._inside = self._manager, None, None
        if manager is not None:
            manager.__exit__(kind, error, trace)
