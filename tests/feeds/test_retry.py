"""When to try again."""

from __future__ import annotations

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from feeds.retry import Trouble, delays, wait_s


def test_the_ceiling_doubles_from_one_second_to_sixty() -> None:
    """1, 2, 4 … 32, 60, 60: full jitter goes from nothing up to it."""
    assert list(islice(delays(lambda _, most: most), 8)) == [1, 2, 4, 8, 16, 32, 60, 60]
    assert list(islice(delays(lambda least, _: least), 3)) == [0, 0, 0]


@given(st.floats(0, 60), st.none() | st.floats(0, 1e9))
def test_retry_after_is_kept_within_five_minutes(delay_s: float, after_s: float | None) -> None:
    """Never sooner than the server asked, never sooner than the back-off, never later than five minutes for its sake."""
    waited = wait_s(Trouble("busy", after_s=after_s), delay_s)
    assert delay_s <= waited <= max(delay_s, 300.0)
    assert after_s is None or waited >= min(after_s, 300.0)
