"""What an index must share with the code that reads it: format version and schema."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from search.language.schema import SCHEMA

if TYPE_CHECKING:
    from whoosh.fields import Schema

_VERSION = 6  # of the files below a generation; raise it when one changes

# Shows in its tokens most of what an analyzer may change.
_PROBE = (
    "The U.S. minister’s 1,200.5 re-opened ships, Łódź’s; don't stop the 2nd ferry"
    " — 東京タワー Sana'a Київ القاهرة naïve COVID-19 universal organization added"
    " emergency ecologists internationally " + "x" * 300  # stemmed otherwise before
)


def format_of(schema: Schema) -> str:
    """Return engine, format version and a fingerprint of fields and analyzers.

    The fingerprint is the last of the parts that hyphens separate.
    """
    fields = [(name, repr(field), _tokens(field)) for name, field in schema.items()]
    fingerprint = blake2b(repr(fields).encode(), digest_size=8).hexdigest()
    return f"columnar-{_VERSION}-{fingerprint}"


def _tokens(field: Any) -> list[tuple[str, int]]:
    if field.analyzer is None or not field.format.supports("positions"):
        return []
    return [(t.text, t.pos) for t in field.analyzer(_PROBE, positions=True)]


FORMAT = format_of(SCHEMA)
