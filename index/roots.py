"""Which folders and files a run covers, and to which root a file belongs.

A file belongs to the innermost root above it, so that the order in which roots became
known changes nothing. A run over a root is also one over the roots below it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from index.ledger import Ledger
from index.records import Root
from search.errors import BadRoot, BadSetting


@dataclass(frozen=True, slots=True)
class Part:
    """Share number ``number``, from 1, of ``of``; told by a hash of a file's path."""

    number: int = 1
    of: int = 1

    def holds(self, root: str, name: str) -> bool:
        """Return whether the file ``name`` below the root named ``root`` is in it."""
        if self.of == 1:
            return True
        # A root's name need not be Unicode.
        path = f"{root}/{name}".encode("utf-8", "backslashreplace")
        digest = hashlib.sha256(path).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1


class Missing(BadRoot):
    """The root at ``path`` cannot be walked; ``reason`` says why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; nothing below it was deleted")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Ground:
    """A root to walk; ``only`` names the one file of it that is asked for."""

    root: Root
    only: Path | None = None
    inner: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    def covers(self, path: Path) -> bool:
        """Return whether ``path``, found below the root, is in this ground."""
        text = str(path)
        if any(text == own or text.startswith(f"{own}/") for own in self.apart):
            return False
        if self.only is not None:
            return path == self.only
        return not (self.inner and text.startswith(self.inner))


def part_of(text: str) -> Part:
    """Return the part that ``I/N`` names.

    Raises:
        BadSetting: ``text`` has another form.
    """
    number, slash, of = text.partition("/")
    digits = all(part.isascii() and part.isdigit() for part in (number, of))
    if slash and digits and 1 <= int(number) <= int(of):
        return Part(int(number), int(of))
    raise BadSetting(f"--part: must be I/N as in 1/4, not {text!r}")


def ground(
    ledger: Ledger, paths: Iterable[Path], apart: Iterable[Path] = ()
) -> tuple[list[Ground], list[Missing]]:
    """Return what to walk for ``paths``, and which of them cannot be.

    Paths that are new become roots; without a path it is all the known ones. What is
    at or below ``apart`` is never walked, such as the index itself.
    """
    found, faults = _found(ledger, paths)
    left_out = tuple(str(path.resolve()) for path in apart)
    return [replace(each, apart=left_out) for each in found], faults


def _found(ledger: Ledger, paths: Iterable[Path]) -> tuple[list[Ground], list[Missing]]:
    faults, named = [], []
    for path in paths:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            faults.append(missing(path, error))
            continue
        if real.is_file() or real.is_dir():
            named.append(real)
        else:
            faults.append(Missing(path, "not a folder or file; `-` reads a pipe"))
    for path in sorted(named, key=Path.is_file):  # folders first: they take files in
        _register(ledger, path)
    if not named and not faults:
        return [_whole(ledger, root) for root in ledger.roots()], []
    folders = tuple(path for path in named if not path.is_file())
    found = [
        _whole(ledger, root)
        for root in ledger.roots()
        if root.path in named or any(root.path.is_relative_to(f) for f in folders)
    ]
    covered = {each.root.path for each in found}
    for path in named:
        owner = _owner(ledger, path)
        if owner is not None and owner.path not in covered:
            found.append(Ground(owner, only=path))
    return sorted(found, key=lambda each: str(each.root.path)), faults


def missing(path: Path, error: BaseException) -> Missing:
    """Return the error that says the root at ``path`` cannot be walked, and why."""
    return Missing(path, getattr(error, "strerror", None) or str(error))


def _register(ledger: Ledger, path: Path) -> None:
    """Make ``path`` a root, unless it is a file below one."""
    single = path.is_file()
    if single and _owner(ledger, path) is not None:
        return
    known = ledger.roots()
    if any(root.path == path for root in known):
        return
    for root in known:
        if root.single and not single and root.path.is_relative_to(path):
            ledger.drop_root(root.path)
    base = path.parent if single else path
    taken = {root.name for root in known if root.base != base}
    ledger.add_root(Root(path, _name(base, taken), single))


def _name(base: Path, taken: set[str]) -> str:
    """Return the last parts of ``base``, as few as tell it from the names ``taken``."""
    parts = [part for part in base.parts if part != base.anchor]
    names = ["/".join(parts[-count:]) for count in range(1, len(parts) + 1)]
    return next((name for name in names if name not in taken), str(base))


def _owner(ledger: Ledger, path: Path) -> Root | None:
    """Return the innermost root that ``path`` is or lies below."""
    above = [root for root in ledger.roots() if path.is_relative_to(root.path)]
    return max(above, key=lambda root: len(root.path.parts), default=None)


def _whole(ledger: Ledger, root: Root) -> Ground:
    """Return all of ``root`` but what belongs to roots below it."""
    inner = tuple(
        f"{other.path}/"
        for other in ledger.roots()
        if other.path != root.path and other.path.is_relative_to(root.path)
    )
    return Ground(root, inner=inner)
