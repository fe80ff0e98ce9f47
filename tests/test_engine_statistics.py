"""The numbers a cursor carries from the commit that its list began in."""

from __future__ import annotations

from typing import Any

import pytest

from search.engines.statistics import Statistics


@pytest.mark.parametrize(
    ("documents", "tokens", "containing"),
    [
        (0, {}, {}),  # whose logarithm no score has
        (-1, {}, {}),
        (True, {}, {}),
        (9, {"text": -1}, {}),
        (9, {"text": 9.5}, {}),
        (9, {}, {"t": 10}),
    ],
)
def test_numbers_no_index_has_are_refused(
    documents: Any, tokens: Any, containing: Any
) -> None:
    with pytest.raises(ValueError, match="no index counts"):
        Statistics(documents, tokens, containing)
