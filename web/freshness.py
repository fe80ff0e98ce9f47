"""Whether a client already has an answer, told before it is worked out.

An answer depends on the state of the index, on what was asked, on the program and on
the names it knows. Its ETag is a hash of them: weak, since answers tell how long they
took.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path

from flask import Response, current_app, request

from search.model import IndexInfo

_OURS = ("search", "web")
_DIGEST = 12  # bytes


def tag(index: IndexInfo, asked: str) -> str:
    """Return the ETag of what ``asked``, an address without what does not matter, gets.

    Two states of one number, as of two folders, differ in when they were built.
    """
    known = _names(current_app.extensions["settings"].names)
    said = f"{_program()}\0{known}\0{index.generation}\0{index.built}\0{asked}"
    digest = blake2b(said.encode("utf-8", "replace"), digest_size=_DIGEST)
    return f'W/"{digest.hexdigest()}"'


def of_program() -> str:
    """Return the ETag of what the program alone decides."""
    return f'W/"{_program()}"'


def unchanged(etag: str) -> Response | None:
    """Return 304 if the request says that its client has what ``etag`` is of."""
    if "If-None-Match" not in request.headers:
        return None
    asked = request.if_none_match
    # A star asks whether there is anything, which is not known here.
    if asked.star_tag or not asked.contains_weak(etag[3:-1]):
        return None
    return Response(status=304, headers={"ETag": etag})


@cache
def _program() -> str:
    """Return a hash of the program's own files; it takes milliseconds, once."""
    digest = blake2b(digest_size=_DIGEST)
    for package in _OURS:
        found = [resources.files(package)]
        while found:
            for entry in sorted(found.pop().iterdir(), key=lambda entry: entry.name):
                if entry.is_dir() and entry.name not in {"__pycache__", "data"}:
                    found.append(entry)
                elif entry.is_file() and not entry.name.endswith(".pyc"):
                    digest.update(entry.read_bytes())
    return digest.hexdigest()


@cache
def _names(path: Path | None) -> str:
    """Return a hash of the file of names, which a process reads once; "" for ours."""
    if path is None:
        return ""
    return blake2b(path.read_bytes(), digest_size=_DIGEST).hexdigest()
