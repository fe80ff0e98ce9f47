"""No pattern of the way in takes worse than linear time, whatever it is tried on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.patterns import Automaton, Found, found_below

INDEX = Path(__file__).parent.parent / "index"

# Patterns that are quadratic, but only ever tried on so much; with what sees to it.
BOUNDED = {
    "phrases.CREDIT_END": "160 characters: wording._ends_in_credit",
}


@pytest.mark.parametrize(
    ("pattern", "searches", "exponential", "quadratic"),
    [
        (r"\s+$", True, False, True),
        (r"\s+$", False, False, False),
        (r"(\w+\s?)+$", False, True, True),
        (r"<[^>]+>", True, False, True),
        (r"(a|a)*b", False, True, False),
        (r"(?:[a-z]{2,8}){1,40}$", False, True, False),
        (r"a*a*b", False, False, True),
        (r"(a+)+b", False, True, True),
        (r"\w+", True, False, False),
        (r"[a-z]+\d", False, False, False),
        (r"^\s*a", True, False, False),
        (r"[-_].*[-_]", True, False, False),
        (r"[a-z]+(?:[aʼ][a-z]+)*", True, False, False),
    ],
)
def test_ambiguity_is_told(pattern, searches, exponential, quadratic):
    found = Found("here", pattern, 0, searches)
    told = (
        Automaton(found, loose=True).is_exponential(),
        Automaton(found, loose=False).is_quadratic(),
    )
    assert told == (exponential, quadratic)


def test_the_patterns_of_the_way_in_are_found():
    assert len({each.where for each in found_below(INDEX)}) > 80


def test_no_pattern_of_the_way_in_is_worse_than_linear():
    bad = [
        (each.where, each.pattern)
        for each in found_below(INDEX)
        if each.where not in BOUNDED
        and (
            Automaton(each, loose=True).is_exponential()
            or Automaton(each, loose=False).is_quadratic()
        )
    ]
    assert bad == []
