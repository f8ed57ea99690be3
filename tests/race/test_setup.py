"""What the race message makes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.race.made import TOTAL_M, fold, race, split, times, view
from tracker.race.course import Course


def course_of(**more: Any) -> Course:
    return view(fold(race(**more)), 0).course


def test_mats_are_in_order_and_those_without_a_place_last() -> None:
    """Checkpoints come in the order of the course; the start is none of them."""
    listed = (
        {"id": "x"},
        {"id": "b", "distance_m": 10000.0},
        {"id": "start", "distance_m": 0.0, "type": "start"},
        {"id": "a", "name": "A mat", "distance_m": 5000.0},
        {"id": "a", "distance_m": 6000.0},
        {"id": "far", "distance_m": 99999.0},
    )
    course = course_of(checkpoints=listed)
    assert [(c.id, c.name, c.distance_m) for c in course.checkpoints] == [
        ("a", "A mat", 5000),
        ("b", "b", 10000),
        ("finish", "finish", TOTAL_M),
        ("far", "far", None),
        ("x", "x", None),
    ]


@pytest.mark.parametrize(
    "end",
    [
        {"id": "end", "type": "finish"},
        {"id": "end", "type": "finish", "distance_m": TOTAL_M - 0.5},
        {"id": "end", "distance_m": TOTAL_M},
    ],
)
def test_the_mat_at_the_whole_distance_is_the_finish(end: dict[str, Any]) -> None:
    """A finish may be named by its type or by its place; it lies at the course's whole distance."""
    finish = course_of(checkpoints=({"id": "5km", "distance_m": 5000.0}, end)).finish
    assert finish is not None
    assert (finish.id, finish.type, finish.distance_m) == ("end", "finish", TOTAL_M)


def test_a_course_is_as_long_as_its_finish() -> None:
    """Where the length is not said, the finish says it."""
    course = course_of(distance_m=None, checkpoints=({"id": "f", "type": "finish", "distance_m": 10000.0},))
    assert course.distance_m == 10000
    assert course.known


def test_a_course_with_only_a_length_has_a_finish_of_its_own() -> None:
    """Splits by distance on a course that names no mats still have gap and place."""
    told = fold(race(checkpoints=()), split(5000.0, 850), split("somewhere", 1000))
    shown = view(told, 900)
    assert [c.id for c in shown.course.checkpoints] == ["finish"]
    assert shown.gap is not None
    assert times(told) == {"5000 m": 850, "somewhere": 1000}


def test_a_mat_of_every_lap_stands_once_for_every_lap() -> None:
    """A rolled list of mats is unrolled; a list that already covers the course is left alone."""
    laps = {"count": 4, "lap_m": 5000.0}
    rolled = course_of(laps=laps, checkpoints=({"id": "lap", "name": "lap", "distance_m": 4000.0},))
    assert [(c.id, c.distance_m) for c in rolled.checkpoints] == [
        ("lap", 4000),
        ("lap#2", 9000),
        ("lap#3", 14000),
        ("lap#4", 19000),
        ("finish", TOTAL_M),
    ]
    assert [c.id for c in course_of(laps=laps).checkpoints] == ["5km", "10km", "15km", "20km", "finish"]


def test_targets_become_plans_in_their_order() -> None:
    """The first target is the default; a paced one called laser is a laser."""
    targets = (
        {"name": "1:00:00", "finish_s": 3600.0, "quality": "reported", "source": "x"},
        {"name": "laser fitted", "pace_s_per_km": 170.4, "from_m": 10000.0, "quality": "derived"},
        {"name": "by hand", "points": ((0.0, 0.0), (10000.0, 1800.0), (TOTAL_M, 3700.0))},
    )
    shown = view(fold(race(targets=targets)), 0)
    assert [(p.name, p.kind, p.from_m, p.quality) for p in shown.plans] == [
        ("1:00:00", "even", 0, "reported"),
        ("laser fitted", "laser", 10000, "derived"),
        ("by hand", "points", 0, "official"),
    ]
    assert shown.plan is shown.plans[0]
    assert shown.plans[1].when(TOTAL_M) == pytest.approx(170.4 * TOTAL_M / 1000)


def test_a_target_asked_for_by_text_waits_for_the_course() -> None:
    """Before the course is described no schedule is shown, afterwards the one asked for; nonsense is refused."""
    told = fold(split("5km", 850), origin=0.0)
    assert view(told, 900, athlete="a", target="1:01:00").plan is None
    told.receive(race())
    plan = view(told, 900, target="1:01:00").plan
    assert plan is not None and plan.finish_s == 3660
    with pytest.raises(ValueError, match="target 'soon'"):
        view(told, 900, target="soon")


def test_where_the_gun_is_unknown_the_axis_has_an_origin() -> None:
    """A recording without an instant of the gun runs on its own axis; time of day stays unknown."""
    shown = view(fold(race(gun=None), split("5km", 850), origin=0.0), 900)
    assert (shown.elapsed_s, shown.race.gun_s) == (900, None)
    assert view(fold(race(gun=None), origin=None), 900).elapsed_s is None


def test_a_race_describes_itself() -> None:
    """Name, place, date, zone, gun and eligibility are those of the winning message."""
    told = fold(race(place="Kyiv", date="2020-09-13", time_zone="Europe/Kyiv", record_eligible=False, synthetic=True))
    info = view(told, 0).race
    assert (info.id, info.name, info.place, info.date, info.time_zone) == (
        "r",
        "A Half",
        "Kyiv",
        "2020-09-13",
        "Europe/Kyiv",
    )
    assert (info.record_eligible, info.synthetic) == (False, True)


def test_geometry_is_in_order_with_what_was_surveyed() -> None:
    """Waypoints come in the order of the course; what was inferred is not surveyed."""
    points = (
        {"distance_m": 9.0, "lat": 48.0, "lon": 16.0, "quality": "derived"},
        {"distance_m": 0.0, "lat": 48.1, "lon": 16.1, "name": "Start", "quality": "official"},
    )
    course = course_of(course=points, landmarks=({"name": "Wheel", "lat": 48.2, "lon": 16.4},), course_note="flat")
    assert [(w.distance_m, w.name, w.surveyed) for w in course.waypoints] == [(0, "Start", True), (9, None, False)]
    assert (course.landmarks[0].name, course.note) == ("Wheel", "flat")
