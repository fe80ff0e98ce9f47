"""How many examples a property tries: few in ``./check``, many in ``make torture``."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

AT_LENGTH = "torture"
_TIMES = 20


def register() -> None:
    """Make the profile known to ``pytest --hypothesis-profile``."""
    settings.register_profile(
        AT_LENGTH,
        max_examples=100 * _TIMES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


def examples(number: int) -> settings:
    """Return settings for ``number`` examples, at length for twenty times as many."""
    is_long = settings.get_current_profile_name() == AT_LENGTH
    return settings(
        max_examples=number * (_TIMES if is_long else 1),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
