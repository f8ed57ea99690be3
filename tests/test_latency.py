"""How late a feed is."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.race.made import event
from tracker.latency import MOST_A_MAT, MOST_MATS, ByMat, Latency, drift, mat_of

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


def test_the_latest_delays_of_every_mat_are_kept_in_bounded_memory() -> None:
    """They give the figures of all while there are few; of more mats than a race has, the rest is left out."""
    kept, all_of_them = ByMat(), {"5km": [7.0] * 9, "10km": [-1.0] * 9, "15km": [12.0] * 9}
    for mat, seconds in all_of_them.items():
        for each in seconds:
            kept.add(mat, each)
    assert kept.drift() == drift(all_of_them)
    for n in range(3 * MOST_A_MAT):
        kept.add("5km", float(n))
        kept.add(f"m{n}", 1.0)
    assert len(kept._seconds) == MOST_MATS and len(kept._seconds["5km"]) == MOST_A_MAT


def test_a_mat_is_called_what_its_split_calls_it() -> None:
    """The checkpoint, else the metres; with its lap from the second on."""
    places: list[tuple[dict[str, Any], str]] = [
        ({"checkpoint": "5km"}, "5km"),
        ({"distance_m": 5000.0}, "5000 m"),
        ({"checkpoint": "lap", "occurrence": 2}, "lap#2"),
    ]
    for place, name in places:
        made = event(kind="split", athlete="a", elapsed_s=9.0, **place)
        assert made.kind == "split" and mat_of(made) == name
