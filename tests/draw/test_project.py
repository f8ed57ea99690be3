"""A course laid flat."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from tests.draw import courses
from tracker.draw.project import LANE_DOTS, flatten, project
from tracker.race.course import Course, Waypoint

DEGREES = st.floats(-0.2, 0.2).filter(lambda d: abs(d) > 0.01)


@given(DEGREES, DEGREES)
def test_the_longest_straight_is_level(lat: float, lon: float) -> None:
    """Whatever its bearing, it lies level, and north never points down."""
    flat = flatten(courses.straight(lat, lon))
    assert flat is not None
    first, last = flat.straight
    assert abs(flat.points[last][1] - flat.points[first][1]) < 1e-6 * flat.straight_m
    assert math.sin(flat.north) >= -1e-9


def test_the_prater() -> None:
    """The avenue is the straight, 4.3 km long, and north is up left."""
    flat = flatten(courses.PRATER)
    assert flat is not None
    assert flat.names[flat.straight[0]] == "Hauptallee" and abs(flat.straight_m - 4300) < 60
    assert round(flat.north / (math.pi / 4)) == 3


def test_out_and_back_lie_apart() -> None:
    """The way back runs above the way out, two lanes wide; the spur that is run once has no lane."""
    drawn = project(courses.PRATER, 200, 64)
    assert drawn is not None
    out, back = drawn.at(5000.0), drawn.at(4000.0 + 2100 + 950)
    assert math.isclose(out[0], back[0], abs_tol=1.5)
    assert math.isclose(out[1] - back[1], 2 * LANE_DOTS, abs_tol=0.2)
    spur, flat = drawn.at(0.0), drawn.flat
    assert math.dist(spur, drawn.dots(flat.points[0])) < 1e-6


def test_the_loop_goes_round_the_end() -> None:
    """Half way round a loop the runner is beyond the end of the straight, between the lanes."""
    drawn = project(courses.PRATER, 200, 64)
    assert drawn is not None
    end = drawn.dots(drawn.flat.place(*courses.LUSTHAUS))
    turning = drawn.at(4000.0 + 2025)
    assert turning[0] > end[0] + 2 and abs(turning[1] - end[1]) < 1.0


@given(st.integers(16, 400), st.integers(12, 200), st.floats(0, 42195))
def test_everything_stays_on_the_field(width: int, height: int, metres: float) -> None:
    """The course, lanes and loops included, is drawn inside its dots, to one scale."""
    drawn = project(courses.PRATER, width, height)
    assert drawn is not None
    x, y = drawn.at(metres)
    assert -0.5 <= x < width and -0.5 <= y < height


@given(st.lists(st.tuples(st.floats(0, 1e5), st.floats(-80, 80), st.floats(-170, 170)), max_size=12))
def test_any_geometry(points: list[tuple[float, float, float]]) -> None:
    """Any waypoints a feed may send are drawn or refused."""
    course = Course(42195.0, (), tuple(Waypoint(*p) for p in points))
    drawn = project(course, 120, 60)
    if drawn is not None:
        assert all(map(math.isfinite, drawn.at(1000.0)))


def test_one_place_is_no_course() -> None:
    """Without two different places there is nothing to draw."""
    assert project(Course(1000.0, (), (Waypoint(0, 48.0, 16.0), Waypoint(1000, 48.0, 16.0))), 120, 60) is None
    assert project(Course(1000.0), 120, 60) is None
