"""The shape of what the API answers where something is wrong."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from search.wire.parts import Address, Shape


class BadParameter(Shape, frozen=True):
    """A parameter that is wrong, what it was given, and a stable word for why."""

    parameter: str
    value: str
    reason: str


class Problem(Shape, frozen=True):
    """What went wrong and what to do about it (RFC 9457).

    `request_id` is in the log of the site beside the details.
    """

    type: Address
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    instance: str
    request_id: str
    errors: tuple[BadParameter, ...] | UnsetType = UNSET
