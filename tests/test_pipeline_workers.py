"""Worker processes: order, bounds, death and delay."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import re
import signal
import time

import pytest

from index.workers import AHEAD, Lost, Pool


def work(job: str) -> str:
    """Do what the job says; anything else is answered in capitals."""
    verb, _, rest = job.partition(" ")
    if verb == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if verb == "die-once" and not os.path.exists(rest):  # noqa: PTH110
        os.close(os.open(rest, os.O_CREAT))
        os._exit(1)
    if verb == "crash":
        faulthandler.disable()
        ctypes.string_at(0)
    if verb == "bomb":
        held = []
        while True:
            held.append(bytearray(64 << 20))
    if verb == "spin":  # in C, where nothing in this process could stop it
        re.match(r"(a+)+$", "a" * 60 + "b")
    if verb == "sleep":
        time.sleep(float(rest))
    return job.upper()


def results(jobs, workers=2, limit=30.0):
    with Pool(work, workers, limit=limit) as pool:
        return [result for _, result in pool.map(jobs)]


def test_results_come_in_the_order_of_the_jobs():
    jobs = ["sleep 0.1", *(f"job{i}" for i in range(100))]
    assert results(jobs) == [job.upper() for job in jobs]


def test_no_jobs_give_no_results():
    assert results([]) == []


def test_workers_share_what_was_loaded_before_the_first():
    loaded: list[int] = []

    def load() -> None:
        loaded.append(os.getpid())

    with Pool[str, int](lambda job: loaded[0], 2, load=load) as pool:
        assert loaded == []
        assert {result for _, result in pool.map("abcd")} == {os.getpid()}


def test_large_jobs_and_large_results_pass():
    jobs = [letter * 300_000 for letter in "abcdefgh"]
    assert results(jobs) == [job.upper() for job in jobs]


def test_jobs_are_read_no_further_ahead_than_the_bound():
    read: list[str] = []

    def jobs():
        for number in range(1000):
            read.append(f"job{number}")
            yield read[-1]

    with Pool(work, 2) as pool:
        next(pool.map(jobs()))
    assert len(read) <= 2 * AHEAD + 1


def test_a_job_that_kills_its_worker_is_lost_alone():
    jobs = [f"job{i}" for i in range(20)]
    jobs.insert(7, "die")
    lost = Lost("ended its process: killed, or out of memory")
    expected = [lost if job == "die" else job.upper() for job in jobs]
    assert results(jobs) == expected


@pytest.mark.parametrize("verb", ["crash", "bomb"])
def test_a_crash_and_a_bomb_of_memory_cost_no_other_job(verb):
    jobs = ["a", "b", verb, "c", "d"]
    lost = Lost("ended its process: killed, or out of memory")
    assert results(jobs) == ["A", "B", lost, "C", "D"]


def test_what_no_signal_of_its_own_could_stop_is_lost_alone():
    expected = ["A", Lost("took longer than 0.5 s"), "B", "C"]
    assert results(["a", "spin", "b", "c"], limit=0.5) == expected


def test_a_job_whose_worker_died_is_tried_again(tmp_path):
    job = f"die-once {tmp_path}/flag"
    assert results(["a", job, "b"]) == ["A", job.upper(), "B"]


def test_every_job_may_kill_its_worker():
    assert all(isinstance(result, Lost) for result in results(["die"] * 5))


def test_a_job_over_the_time_limit_is_lost_alone():
    jobs = ["a", "sleep 60", "b", "c", "d"]
    expected = ["A", Lost("took longer than 0.3 s"), "B", "C", "D"]
    assert results(jobs, limit=0.3) == expected


def test_time_away_from_the_pool_counts_against_no_job():
    with Pool(work, 1, limit=0.2) as pool:
        seen = []
        for _, result in pool.map(["a", "b", "c", "d"]):
            time.sleep(0.3)
            seen.append(result)
    assert seen == ["A", "B", "C", "D"]


def test_leaving_the_pool_ends_its_processes():
    with Pool(pid_of, 1) as pool:
        ((_, pid),) = pool.map([0])
    assert isinstance(pid, int)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def pid_of(job: int) -> int:
    return os.getpid()
