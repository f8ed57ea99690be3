"""Where the runner is between mats, and when the next one is due."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import EVENTS, GUN_S, TOTAL_M, at, event, fold, race, split, view
from tracker.race.position import left_s

LASER = {"targets": ({"name": "1:00:00", "finish_s": 3600.0}, {"name": "laser announced", "pace_s_per_km": 168.0})}


def test_before_the_first_mark_the_announced_laser_sets_the_pace() -> None:
    """Without a mark the place is that of the announced laser, else of the target, and says so; else none."""
    by_laser, by_target = view(fold(race(**LASER)), 420).position, view(fold(race()), 420).position
    assert by_laser is not None and by_target is not None
    assert by_laser.distance_m == pytest.approx(2500)
    assert by_target.distance_m == pytest.approx(420 / 3600 * TOTAL_M)
    assert (by_laser.quality, by_laser.basis, by_target.basis) == ("estimated", "laser announced", "1:00:00")
    assert view(fold(race(targets=())), 420).position is None


def test_before_the_gun_there_is_no_place() -> None:
    """Before the gun nothing is estimated and nothing is due."""
    shown = view(fold(race()), -250)
    assert (shown.phase, shown.position, shown.due, shown.elapsed_s) == ("before", None, None, -250)


def test_the_last_stretch_is_about_five_kilometres() -> None:
    """The pace is that from the latest mark at least 4.9 km back, so a mat off the grid does not shorten it."""
    told = fold(race(), split("5km", 900), split("10km", 1700), split(11000.0, 1860))
    shown = view(told, 1860).position
    assert shown is not None
    assert shown.pace_s_per_km == pytest.approx((1860 - 900) / 6)
    assert shown.basis == "last 6 km"


def test_a_place_is_measured_at_a_mark_and_estimated_after() -> None:
    """At the moment of a mark the place is measured; after it is estimated, never beyond the next mat."""
    told = fold(race(), split("5km", 850))
    places = [view(told, t).position for t in (850, 1020, 1712)]
    assert [(p.quality, round(p.distance_m)) for p in places if p] == [
        ("measured", 5000),
        ("estimated", 6000),
        ("estimated", 10000),
    ]


def test_overdue_only_the_last_mark_is_sure() -> None:
    """Once the mat is overdue the runner is at least where he was last seen."""
    shown = view(fold(race(), split("5km", 850)), 1730)
    assert shown.position is not None and shown.due is not None
    assert (shown.position.quality, shown.position.distance_m) == ("at_least", 5000)
    assert shown.due.state == "overdue"


def test_due_and_overdue_begin_by_the_rule() -> None:
    """Due at the expected moment; overdue ten seconds or 2 % of the section later, and the feed's latency."""
    told = fold(race(), split("5km", 850))
    assert [d.state for t in (1699, 1701, 1716, 1718) if (d := view(told, t).due)] == [None, "due", "due", "overdue"]
    slow = view(told, 1720, latency_s=8.0).due
    assert slow is not None and slow.state == "due"
    assert slow.overdue_from_s == pytest.approx(1725)


def test_silence_counts_only_up_to_the_horizon() -> None:
    """Twenty minutes offline make nobody overdue."""
    told = fold(race(), split("5km", 850))
    shown = view(told, 2900, horizon_s=GUN_S + 1400)
    assert shown.due is not None and shown.due.state is None
    assert shown.position is not None and shown.position.quality == "estimated"


def test_a_mat_of_which_only_a_derived_time_is_known_is_not_waited_for() -> None:
    """After a derived mark the next mat is the one behind it."""
    told = fold(race(), split("5km", 850), split("10km", 1700, quality="derived"))
    assert (due := view(told, 1800).due) is not None
    assert due.checkpoint.id == "15km"


def test_a_position_moves_the_estimate_and_never_outranks_a_mat() -> None:
    """A place from a car moves the estimate on, never beyond the next mat and never back behind the last."""
    told = fold(race(), split("5km", 850))

    def seen(metres: float, elapsed_s: float) -> float:
        twin = told.copy()
        twin.receive(event(kind="position", athlete="a", at=at(elapsed_s), distance_m=metres))
        shown = view(twin, 1020).position
        assert shown is not None
        return shown.distance_m

    assert seen(6500, 1020) == 6500
    assert seen(6500, 1003) == pytest.approx(6600)
    assert seen(14000, 1000) == 10000
    assert seen(4000, 1000) == pytest.approx(6000)
    assert seen(9000, 1021) == pytest.approx(6000)


def test_after_the_finish_nothing_is_due() -> None:
    """A finisher is at the finish, and no mat waits."""
    shown = view(fold(race(), split("finish", 3590)), 9000)
    assert shown.position is not None
    assert (shown.position.distance_m, shown.position.quality, shown.due) == (TOTAL_M, "measured", None)


@given(st.lists(EVENTS, max_size=12), st.floats(-100, 10000))
def test_no_figure_is_absurd(events: list[Event], elapsed_s: float) -> None:
    """Whatever a feed says there is a snapshot: no NaN, no infinity, no negative distance, and the runner at least at
    his last mark."""
    shown = fold(race(rev=9), events).snapshot(GUN_S + elapsed_s)
    last_m = shown.last.distance_m if shown.last else None
    if shown.position is not None:
        assert math.isfinite(shown.position.distance_m)
        assert (last_m or 0.0) <= shown.position.distance_m <= TOTAL_M
    figures = [m.pace_s_per_km for m in shown.marks] + [m.section_s for m in shown.marks]
    figures += [shown.projection.even_pace_s, shown.projection.needed_pace_s_per_km, shown.projection.goal_gap_s]
    figures += [shown.gap.now_s, shown.gap.metres, shown.gap.line_m] if shown.gap else []
    figures += [shown.due.eta_s, shown.due.overdue_from_s] if shown.due else []
    assert all(math.isfinite(f) for f in figures if f is not None)


@given(st.lists(st.floats(0, 3000), min_size=2, max_size=6))
def test_between_marks_the_place_never_goes_back(times: list[float]) -> None:
    """While nothing new is told and no mat is overdue, the estimate only moves on."""
    told = fold(race(), split("5km", 850))
    places = [p.distance_m for t in sorted(times) if (p := view(told, t).position) and p.quality != "at_least"]
    assert places == sorted(places)


@given(st.floats(-600, 90_000), st.floats(-600, 90_000))
def test_what_is_left_adds_up_on_the_screen(then_s: float, now_s: float) -> None:
    """The clock that is shown and the seconds left make the moment that is shown."""
    assert math.floor(now_s + 1e-6) + left_s(then_s, now_s) == math.floor(then_s + 0.5)
