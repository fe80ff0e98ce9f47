"""The measures of geoparsing, by hand-made documents."""

from __future__ import annotations

import pytest

from bench.place_scores import Placed, Tally, Toponym, count_countries

OSLO = Toponym(0, 4, 59.91, 10.75, id=3143244, country="NO")
KIEL = Toponym(10, 14, 54.32, 10.14, id=2891122, country="DE")


def scored(gold, found, countries=frozenset()):
    placed = Placed()
    placed.add(gold, found, countries)
    return placed


def test_a_span_is_right_only_with_both_its_ends():
    spans = scored([OSLO, KIEL], [OSLO, Toponym(9, 14, 54.3, 10.1)]).spans
    assert (spans.right, spans.wrong, spans.missed) == (1, 1, 1)


def test_what_gold_leaves_open_is_neither_missed_nor_wrong():
    open_ = Toponym(20, 25, optional=True)
    spans = scored([OSLO, open_], [OSLO, Toponym(20, 24)]).spans
    assert (spans.right, spans.wrong, spans.missed) == (1, 0, 0)


def test_a_place_within_161_km_of_gold_is_right():
    near, far = Toponym(0, 4, 60.5, 11.0), Toponym(10, 14, 48.1, 11.6)
    assert scored([OSLO, KIEL], [near, far]).within == 0.5


def test_the_same_geonames_id_is_right_however_far():
    elsewhere = Toponym(0, 4, 0.0, 0.0, id=3143244)
    assert scored([OSLO], [elsewhere]).within == 1.0


def test_end_to_end_counts_what_was_not_found():
    assert scored([OSLO, KIEL], [OSLO]).end_to_end == pytest.approx(2 / 3)


def test_end_to_end_counts_what_is_no_place():
    found = [OSLO, Toponym(30, 34, 1.0, 1.0)]
    assert scored([OSLO], found).end_to_end == pytest.approx(2 / 3)


def test_a_name_that_gold_does_not_place_is_left_out_of_end_to_end():
    bare = Toponym(10, 14)
    assert scored([OSLO, bare], [OSLO, KIEL]).end_to_end == 1.0


def test_a_country_that_is_no_more_is_met_by_one_it_became():
    tally = Tally()
    count_countries(tally, {"CS"}, {"SK", "FR"}, ["FR"])
    assert (tally.right, tally.wrong, tally.missed) == (1, 0, 0)
