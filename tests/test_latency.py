"""How late a feed is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.latency import Latency, drift

SECONDS = st.lists(st.floats(-10, 1e5), max_size=300)


@given(SECONDS)
def test_negative_ones_are_counted_apart_and_quantiles_are_of_the_rest(seconds: list[float]) -> None:
    """Whatever the order; the most is never forgotten."""
    latency = Latency()
    for s in seconds:
        latency.add(s)
    late = sorted(s for s in seconds if s >= 0)
    assert (latency.count, latency.negative) == (len(late), len(seconds) - len(late))
    assert latency.max_s == (late[-1] if late else None)
    assert latency.median_s == (late[len(late) // 2] if late else None)


@given(st.permutations([float(n) for n in range(500)]))
def test_memory_is_bounded_and_the_quantiles_stay_near(seconds: list[float]) -> None:
    """Of five hundred a tenth is kept, and the median is still in the middle."""
    latency = Latency(most=50)
    for s in seconds:
        latency.add(s)
    assert len(latency._seconds) <= 50 and len(latency.latest) <= 240 and latency.count == 500
    assert latency.median_s is not None and 100 < latency.median_s < 400


def test_a_mat_whose_clock_differs_is_named_with_its_shift() -> None:
    """More than two seconds off the others; a few reads say nothing."""
    by_mat = {"5km": [7.0] * 9, "10km": [7.5] * 9, "15km": [12.0] * 9, "20km": [99.0] * 2}
    assert [(d.mat, d.shift_s) for d in drift(by_mat)] == [("15km", 4.5)]
    assert drift({"5km": [7.0] * 9}) == [] and drift({}) == []
