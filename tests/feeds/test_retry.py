"""When to try again."""

from __future__ import annotations

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from feeds.retry import Trouble, asked_s, delays, least_s


def test_the_ceiling_doubles_from_one_second_to_sixty() -> None:
    """1, 2, 4 … 32, 60, 60: full jitter goes from nothing up to it."""
    assert list(islice(delays(lambda _, most: most), 8)) == [1, 2, 4, 8, 16, 32, 60, 60]
    assert list(islice(delays(lambda least, _: least), 3)) == [0, 0, 0]


@given(st.none() | st.floats(0, 1e9))
def test_retry_after_is_kept_within_five_minutes(after_s: float | None) -> None:
    """What the server asked for, at most five minutes; nobody tries again sooner, nor within a second."""
    trouble = Trouble("busy", after_s=after_s)
    assert asked_s(trouble) == min(after_s or 0.0, 300.0) <= least_s(trouble)
    assert least_s(trouble) >= 1.0
