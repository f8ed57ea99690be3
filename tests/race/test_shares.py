"""Shares of bands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.race.shares import Shares, summed


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=6))
def test_the_sum_is_that_of_every_band(mats: list[tuple[int, int]]) -> None:
    """Mats are weighed by their bands, as if all of them had been graded at one; without a band nothing held."""
    rows = [Shares(held + missed, held80=held / (held + missed) if held + missed else 0.0) for held, missed in mats]
    held, count = sum(held for held, _ in mats), sum(map(sum, mats))
    graded, share = summed(rows)
    assert graded == count and share == pytest.approx(held / count if count else 0.0)
