"""A site under load while its index is changed; `make torture` does it at length."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture import changing

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> changing.Outcome:
    work: Path = tmp_path_factory.mktemp("changing")
    return changing.run(work, seconds=1, runs=3, clients=2)


def test_every_answer_is_of_one_whole_state(outcome):
    assert outcome.faults == ()
    assert outcome.answers > 100
    assert outcome.generations > 1
    assert (outcome.full, outcome.reloads) == (1, 1)


def test_no_memory_and_no_descriptor_is_kept(outcome):
    assert outcome.memory_most - outcome.memory_before < 150
    assert outcome.descriptors_after <= outcome.descriptors_before + 4
