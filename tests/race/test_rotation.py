"""Who paces: legs, changes, loads."""

from __future__ import annotations

from typing import Any

import pytest

from feeds.events import Event
from tests.race.made import at, event, fold, race, split, view
from tracker.race.snapshot import Rotation, Snapshot


def leg(n: int, team: str, from_m: float, to_m: float, **more: Any) -> Event:
    fields: dict[str, Any] = {"quality": "derived", "size": 7, "legs": 3}
    return event(kind="formation", leg=n, team=team, from_m=from_m, to_m=to_m, **(fields | more))


LEGS = (leg(1, "A", 0.0, 4000.0), leg(2, "B", 4000.0, 9000.0), leg(3, "A", 9000.0, 21097.5))
ALONE = event(kind="formation", plan="actual", from_m=20500.0, quality="reported")


def turn_of(snapshot: Snapshot) -> Rotation:
    assert snapshot.rotation is not None
    return snapshot.rotation


def test_the_leg_of_now_and_the_change_to_come() -> None:
    """The current leg is where the runner is; the change is a place, and a moment at the pace of now."""
    turn = turn_of(view(fold(race(), LEGS, split("5km", 850)), 1020))
    assert turn.current is not None and turn.next is not None
    assert (turn.current.number, turn.current.team, turn.next.team) == (2, "B", "A")
    assert (turn.next_change_m, turn.next_change_s) == pytest.approx((9000, 850 + 4000 * 0.17))
    assert turn.to_change_s == pytest.approx(510)
    assert turn.inferred


def test_before_the_gun_the_first_leg_stands_ready() -> None:
    """Before the gun the first formation is at the start, and the first change is known by the plan's pace."""
    turn = turn_of(view(fold(race(), LEGS), -250))
    assert turn.current is not None
    assert (turn.current.number, turn.next_change_m) == (1, 4000)


def test_published_legs_are_not_inferred() -> None:
    """Legs that were published are plain."""
    legs = [leg(1, "A", 0.0, 9000.0, quality="official"), leg(2, "B", 9000.0, 21097.5, quality="official")]
    assert not turn_of(view(fold(race(), legs), 10)).inferred


def test_what_was_reported_to_happen_shows_only_when_he_is_there() -> None:
    """That he will be alone is not known before he is; then no leg is current and no change to come."""
    told = fold(race(), LEGS, ALONE, split("5km", 850), split("20km", 3400))
    before, after = turn_of(view(told, 3420)), turn_of(view(told, 3500))
    assert (before.alone_since_m, before.next_change_m) == (None, None)
    assert before.current is not None and before.current.number == 3
    assert (after.alone_since_m, after.current, after.next, after.laser_ahead_m) == (20500, None, None, None)


def test_what_happened_takes_the_place_of_what_was_planned() -> None:
    """An actual leg stands for the planned one of its number, once the runner is in it."""
    actual = leg(2, "C", 4500.0, 9000.0, plan="actual", quality="reported")
    told = fold(race(), LEGS, actual, split("5km", 850))
    turn = turn_of(view(told, 900))
    assert turn.current is not None
    assert (turn.current.team, turn.current.from_m, turn.current.plan) == ("C", 4500, "actual")
    assert [x.number for x in turn.legs] == [1, 2, 3]
    assert [x.team for x in turn_of(view(fold(race(), LEGS, actual), 60)).legs] == ["A", "B", "A"]


def test_a_formation_may_begin_at_an_instant() -> None:
    """A formation that names a moment begins where the runner was then, and is unknown before."""
    seen = event(kind="formation", plan="actual", at=at(1020), team="X", size=3, quality="witnessed")
    told = fold(race(), split("5km", 850), seen)
    assert turn_of(view(told, 1000)).legs == ()
    turn = turn_of(view(told, 1105))
    assert turn.current is not None
    assert (turn.current.team, turn.current.from_m) == pytest.approx(("X", 6000))


def test_seven_places_with_the_names_that_are_known() -> None:
    """A formation of seven has seven men; who is not published has no name, and a vague place stays vague."""
    names = event(kind="athlete", id="p", name="Pia Pace", role="pacer")
    slots = ({"slot": "front_right", "athlete": "p", "quality": "reported"},)
    turn = turn_of(view(fold(race(), names, leg(1, "A", 0.0, 9000.0, slots=slots), leg(2, "B", 9000.0, 20000.0)), 10))
    first, second = turn.legs
    assert len(first.slots) == len(second.slots) == 7
    assert [(p.slot, p.name, p.quality) for p in first.slots if p.name] == [("front_right", "Pia Pace", "reported")]
    assert sorted(p.slot for p in first.slots) == sorted(
        ["captain", "left_inner", "left_outer", "front_right", "front_right", "rear_left", "rear_right"]
    )
    assert {p.name for p in second.slots} == {None}
    assert [p.role for p in second.slots if p.slot == "captain"] == ["captain"]


def test_names_whose_place_is_unknown_leave_the_others_unplaced() -> None:
    """Where only the leg of some is known, only a captain who is known keeps a place."""
    slots = ({"slot": "captain", "athlete": "c"}, *({"slot": "unplaced", "athlete": f"u{i}"} for i in range(3)))
    (only,) = turn_of(view(fold(race(), leg(1, "A", 0.0, 9000.0, slots=slots)), 10)).legs
    assert [p.slot for p in only.slots] == ["captain", *["unplaced"] * 6]
    assert [p.name for p in only.slots] == ["c", "u0", "u1", "u2", None, None, None]


def test_a_slot_that_is_not_full_keeps_its_size() -> None:
    """Another size than seven lists only who is known."""
    (only,) = turn_of(view(fold(race(), leg(1, "A", 0.0, 9000.0, size=3)), 10)).legs
    assert (only.size, only.slots) == (3, ())


def test_the_load_of_each_team() -> None:
    """Each team's legs and metres run, its legs to come, and how long it has rested."""
    told = fold(race(), LEGS, split("5km", 850), split("10km", 1700))
    loads = {load.team: load for load in turn_of(view(told, 1700)).loads}
    assert (loads["A"].legs_run, loads["A"].metres_run, loads["A"].legs_to_come, loads["A"].resting_m) == (
        2,
        5000,
        0,
        None,
    )
    assert (loads["B"].legs_run, loads["B"].metres_run, loads["B"].resting_m) == (1, 5000, 1000)
    early = {load.team: load for load in turn_of(view(told.copy(), 1700)).loads}
    assert early.keys() == {"A", "B"}


def test_lines_that_run_ahead() -> None:
    """The laser and the car run before the formation, each with its own quality; the latest word that holds here."""
    lines = (
        event(kind="line", name="laser", ahead_m=2.0, quality="derived"),
        event(kind="line", name="car", ahead_m=15.0, quality="reported"),
        event(kind="line", name="car", ahead_m=25.0, from_m=10000.0),
    )
    told = fold(race(), LEGS, lines, split("5km", 850))
    turn = turn_of(view(told, 900))
    assert (turn.laser_ahead_m, turn.laser_quality, turn.car_ahead_m) == (2, "derived", 15)
    told.receive(split("10km", 1700))
    assert turn_of(view(told, 1750)).car_ahead_m == 25


def test_without_pacers_there_is_no_rotation() -> None:
    """A race that names no formation, line or pacer has none."""
    assert view(fold(race(), split("5km", 850)), 900).rotation is None


def test_a_missing_course_leaves_the_legs_listed() -> None:
    """Where the course is unknown the legs are listed without times."""
    bare = event(kind="race", id="r", name="Somewhere", gun=at(0), runner="a")
    turn = turn_of(view(fold(bare, LEGS, split("K1", 600)), 700))
    assert [(x.number, x.start_s) for x in turn.legs] == [(1, None), (2, None), (3, None)]
