"""What to tell a program that cannot use its own index.

No run of ``dateline`` can make it anew: it would put articles in the documents' place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.engines.unusable import PROGRAMS, Remedies
from search.errors import IndexUnusable, NoIndex

if TYPE_CHECKING:
    from pathlib import Path


class _ForPrograms(Remedies):
    def missing(self, path: Path) -> NoIndex:
        return NoIndex(f"there is no index in {path}; make one with create_in()")

    def outdated(self, path: Path, found: str, wanted: str) -> IndexUnusable:
        if not found.startswith(PROGRAMS):
            return IndexUnusable(
                f"the index in {path} is one of `dateline`, not made through the"
                " Whoosh API; name another folder"
            )
        if _version(found) != _version(wanted):
            return IndexUnusable(
                f"the index in {path} was made by another version of this engine;"
                " add its documents to a new one in another folder"
            )
        return IndexUnusable(
            f"the index in {path} was opened with another schema than it was made"
            " with; open it with that one, or make a new one in another folder"
        )

    def damaged(self, path: Path, cause: object, *, knows_roots: bool) -> IndexUnusable:
        del knows_roots
        return IndexUnusable(
            f"the index in {path} is damaged ({type(cause).__name__}: {cause});"
            " put a backup in its place, or add its documents to a new one in"
            " another folder"
        )


def _version(format: str) -> str:
    return format.rpartition("-")[0]


REMEDIES = _ForPrograms()
