"""Schemathesis finds nothing wrong; ``python -m tests.api_fuzz`` looks for longer."""

from __future__ import annotations

import pytest

from tests.api_fuzz import failures


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_app_keeps_to_its_description_whatever_is_asked() -> None:
    assert [*failures(cases=2)] == []
