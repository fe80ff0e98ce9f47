"""HUP and TERM under load: nobody who asked goes without an answer."""

from __future__ import annotations

import re
import time
from collections import Counter
from http.client import HTTPResponse
from pathlib import Path

import pytest

from search.engines import open_writer
from tests.factories import article
from tests.serving import Load, Site, fetch, gunicorn, serving

pytestmark = pytest.mark.slow

PATHS = ("/search?q=harbour", "/api/search?q=storm", "/healthz", "/", "/help")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("signals") / "index"
    with open_writer(str(path)) as writer:
        for number in range(20):
            writer.add(article(id=f"{number:016x}"))
    return path


def is_well(path: str, answer: HTTPResponse, body: bytes) -> str | None:
    length = answer.headers.get("Content-Length")
    whole = length is None or int(length) == len(body)
    return None if answer.status == 200 and whole else f"{answer.status} {body[:80]!r}"


def settled(site: Site, route: str, answers: int) -> int:
    """Return how many answers the site has counted; a count follows the last byte."""
    end = time.monotonic() + 5
    while (count := counted(site)[route]) != answers and time.monotonic() < end:
        time.sleep(0.05)
    return count


def counted(site: Site) -> Counter[str]:
    """Return how many answers the site has counted, by route."""
    lines = fetch(site.url, "/metrics").splitlines()
    found = re.compile(r'dateline_requests_total\{route="(.*?)",status="\d+"\} (\d+)')
    counts: Counter[str] = Counter()
    for match in filter(None, map(found.fullmatch, lines)):
        counts[match[1]] += int(match[2])
    return counts


def replaced(site: Site, before: set[int]) -> None:
    """Wait until none of the workers of ``before`` is left."""
    end = time.monotonic() + 30
    while before & set(site.workers()):
        assert time.monotonic() < end, "workers that were told to end are still there"
        time.sleep(0.05)


@pytest.mark.parametrize("start", [serving, gunicorn])
def test_hup_under_load_replaces_the_workers_and_loses_no_request(start, index):
    with start(index) as site, Load(site.address, PATHS, is_well) as load:
        load.wait(50)
        before = set(site.workers())
        for _ in range(2):
            site.hang_up()
            load.wait(100)
            time.sleep(0.5)
        load.wait(50)
        after = set(site.workers())
    assert load.faults == []
    assert not before & after


@pytest.mark.parametrize("start", [serving, gunicorn])
def test_term_under_load_answers_whoever_was_connected(start, index):
    with start(index) as site, Load(site.address, PATHS, is_well, clients=8) as load:
        load.wait(200)
        code = site.end()
    # One may connect in the moment between the last accept and the close.
    lost = [fault for fault in load.faults if "ConnectionResetError" not in fault]
    assert (lost, load.refused, code) == ([], 8, 0)
    assert len(load.faults) <= 1


def test_workers_replaced_for_their_age_lose_no_request_and_no_count(index):
    with serving(index, "--threads", "4", DATELINE_LOG_REQUESTS="0") as site:
        fetch(site.url, "/help")
        with Load(site.address, ("/healthz",), is_well) as load:
            load.wait(100)
            before = set(site.workers())
            for _ in range(50):
                load.wait(200)
                if before - set(site.workers()):
                    break
        counts = settled(site, "/healthz", load.answers)
        after = set(site.workers())
    assert load.faults == []
    assert before - after
    assert counts == load.answers


@pytest.mark.parametrize("start", [serving, gunicorn])
def test_counts_of_all_workers_are_summed_also_of_those_that_ended(start, index):
    with start(index, DATELINE_WORKERS="3") as site:
        for _ in range(30):
            fetch(site.url, "/help")
        before = set(site.workers())
        site.hang_up()
        replaced(site, before)
        for _ in range(10):
            fetch(site.url, "/help")
        assert settled(site, "/help", 40) == 40
