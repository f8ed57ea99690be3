"""The course: mats in order, and pieces between points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.race.course import Checkpoint, Course, interpolate


def course(*metres: float, total_m: float = 42195.0) -> Course:
    mats = tuple(Checkpoint(f"{m:g}", f"{m:g}", m) for m in metres)
    return Course(total_m, (*mats, Checkpoint("finish", "finish", total_m, "finish"), Checkpoint("x", "x", None)))


@pytest.mark.parametrize(
    ("metres", "stride_m"),
    [
        ([5000.0 * i for i in range(1, 9)], 5000.0),
        ([5000.0 * i for i in range(1, 9)] + [21097.5, 21000.0], 5000.0),
        ([1000.0 * i for i in range(1, 43)], 1000.0),
        ([7000.0, 13500.0, 28000.0], None),
        ([], None),
    ],
)
def test_the_regular_spacing_of_the_mats(metres: list[float], stride_m: float | None) -> None:
    """Most mats lie on a grid; the few beside it do not hide it, and where there is none none is made up."""
    assert course(*sorted(metres)).stride_m == stride_m


@given(st.floats(0, 42195))
def test_the_next_mat_lies_beyond(metres: float) -> None:
    """The mat after a place is beyond it, the one at a place within a metre."""
    way = course(5000.0, 10000.0, 21097.5)
    after, here = way.after(metres), way.at(metres)
    assert after is None or (after.distance_m or 0) > metres
    assert here is None or abs((here.distance_m or 0) - metres) <= 1
    assert after is not None or metres >= 42194


def test_a_course_is_known_with_a_length_and_a_placed_mat() -> None:
    """Without a length, or without any mat's place, nothing can be computed."""
    assert course(5000.0).known
    assert not Course(42195.0, (Checkpoint("x", "x", None),)).known
    assert not Course(None, (Checkpoint("x", "x", 5.0),)).known


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=6), st.floats(-10, 110))
def test_interpolation_stays_between_its_points(points: list[tuple[int, int]], x: float) -> None:
    """On straight pieces nothing leaves the points' range, and nothing is said outside them."""
    ordered = tuple(sorted((float(a), float(b)) for a, b in points))
    y = interpolate(ordered, x)
    assert (y is None) == (x < ordered[0][0] or x > ordered[-1][0])
    if y is not None:
        heights = [b for _, b in ordered]
        assert min(heights) - 1e-9 <= y <= max(heights) + 1e-9


def test_nobody_is_waited_for_where_there_is_no_mat() -> None:
    """A place whose times are only derived is never the next mat."""
    course = Course(42195.0, (Checkpoint("half", "half", 21097.5, carries=False), Checkpoint("25km", "25 km", 25000.0)))
    found = course.after(21000.0)
    assert found is not None and found.id == "25km"
