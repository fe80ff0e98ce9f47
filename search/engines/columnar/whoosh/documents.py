"""What a Whoosh document is made of: terms, unique values, stored fields, columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from whoosh.fields import UnknownFieldError

from search.engines.columnar.whoosh.values import Kept, pack

if TYPE_CHECKING:
    from whoosh.fields import FieldType, Schema

Unique = tuple[str, bytes]  # a field, and a term that one document of the index has
Fields = Mapping[str, Any]

_BOOST = "boost"


class Reading:
    """How documents of ``schema`` are read."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def values(self, fields: Fields) -> dict[str, Any]:
        """Return what is to be indexed of ``fields``, as ``add_document`` takes them.

        Raises:
            UnknownFieldError: the schema has no such field.
            ValueError: a field is boosted, which is not kept.
        """
        self._check(fields)
        found = dict(self._given(fields))
        for name in [*found]:
            field = self._schema[name]
            if field.separate_spelling():  # Whoosh has put its field into the schema
                words = [*dict.fromkeys(field.spellable_words(found[name]))]
                found[field.spelling_fieldname(name)] = words
        return found

    def kept(self, fields: Fields) -> bytes:
        """Return stored fields and columns.

        Raises:
            TypeError: a value is of a type that cannot be kept.
        """
        stored, columns = {}, {}
        for name, value in self._given(fields):
            field = self._schema[name]
            value = fields.get(f"_stored_{name}", value)  # noqa: PLW2901
            if field.stored:
                stored[name] = value
            if field.column_type and value is not None:
                columns[name] = field.to_column_value(value)
        return pack(Kept(stored, columns))

    def uniques(self, fields: Fields) -> list[Unique]:
        """Return the values no other document may have."""
        return [
            (name, self._schema[name].to_bytes(value))
            for name, value in self._given(fields)
            if self._schema[name].unique
        ]

    def _given(self, fields: Fields) -> Iterator[tuple[str, Any]]:
        for name, value in fields.items():
            if not name.startswith("_") and value is not None:
                yield name, value

    def _check(self, fields: Fields) -> None:
        for name, value in fields.items():
            if not name.startswith("_") and name not in self._schema:
                raise UnknownFieldError(f"the schema has no field {name!r}")
            if name.startswith("_") and name.endswith(_BOOST) and float(value) != 1.0:
                raise ValueError(
                    f"{name} is {value}: an index keeps no weights;"
                    " boost the field in the query"
                )


def fixed(name: str, field: FieldType | None = None) -> ValueError:
    """Return the error that says why a field cannot be added, or removed if None."""
    return ValueError(
        f"the fields of an index are fixed, {name!r} cannot be"
        f" {'removed' if field is None else 'added'};"
        " make a new index with the schema you want"
    )
