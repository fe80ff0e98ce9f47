"""The option that says how many processes clean pages."""

from __future__ import annotations

import os

import click

option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    help="How many processes clean pages.  [default: one a core]",
)


def number(given: int | None) -> int:
    """Return how many processes to use where ``given`` was asked for."""
    if given is None and hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))  # of all cores those we may use
    return given or os.cpu_count() or 1
