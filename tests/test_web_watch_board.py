"""Counts that processes share."""

from __future__ import annotations

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.watch.board import EDGES, Board


def in_child(board: Board, number: int | None, *names: str) -> None:
    """Count ``names`` in a process of its own, which then ends."""
    child = os.fork()
    if child == 0:
        board.take(number)
        for name in names:
            board.row.add(name)
        os._exit(0)
    os.waitpid(child, 0)


def test_the_counts_of_all_processes_are_summed():
    board = Board(2)
    board.row.add("a")
    in_child(board, board.lend(), "a", "b")
    in_child(board, board.lend(), "b", "a")
    assert board.totals() == {"a": (3.0,), "b": (2.0,)}


def test_a_row_handed_on_goes_on_counting():
    board = Board(1)
    for names in (("a", "b"), ("c", "b"), ("b", "a")):
        row = board.lend()
        in_child(board, row, *names)
        board.give_back(row)
    assert board.totals() == {"a": (2.0,), "b": (3.0,), "c": (1.0,)}


def test_a_row_given_back_counts_for_no_process():
    board = Board(1)
    row = board.lend()
    in_child(board, row, "a")
    assert set(board.processes()) == {0, 1}
    board.give_back(row)
    assert board.processes() == {0: os.getpid()}


def test_a_process_without_a_row_disturbs_no_other():
    board = Board(1)
    assert [board.lend(), board.lend()] == [1, None]
    in_child(board, None, "a")
    assert board.totals() == {}


def test_what_has_no_room_is_left_out_and_the_rest_goes_on():
    board = Board()
    for number in range(5_000):
        board.row.add(f"name_{number}")
        board.row.observe(f"times_{number}", 0.1)
    board.row.add("name_0")
    totals = board.totals()
    assert totals["name_0"] == (2.0,)
    assert len(totals) < 5_000


def test_threads_lose_no_count():
    board = Board()

    def count() -> None:
        for _ in range(2_000):
            board.row.add("a")

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert board.totals() == {"a": (8_000.0,)}


@pytest.mark.parametrize(("seconds", "bucket"), [(0, 0), (0.001, 0), (0.0011, 1)])
def test_a_time_is_in_the_first_bucket_that_is_not_below_it(seconds, bucket):
    board = Board()
    board.row.observe("t", seconds)
    assert board.totals()["t"][bucket] == 1


@given(st.lists(st.floats(0, 100), max_size=20))
def test_every_time_is_in_one_bucket_and_in_the_sum(times):
    board = Board()
    for seconds in times:
        board.row.observe("t", seconds)
    values = board.totals().get("t", (0.0,) * (len(EDGES) + 2))
    assert sum(values[:-1]) == len(times)
    assert values[-1] == pytest.approx(sum(times))
