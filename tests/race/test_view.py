"""The snapshot of the shipped race of 2019, at the moments people will look at."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import EVENTS, GUN_S, event, fold, race, shipped, split, until, view
from tracker.race.book import Race
from tracker.race.snapshot import Counts, Snapshot

VIENNA = shipped("vienna-2019")


def at_moment(elapsed_s: float) -> Snapshot:
    return view(until(VIENNA, elapsed_s), elapsed_s)


def test_at_25_km() -> None:
    """7 s and 40 m ahead of 2:00:00, measured; leg 6 of 9 with team D until km 27.15; even pace 1:59:48."""
    shown = at_moment(4259)
    assert shown.gap is not None and shown.rotation is not None and shown.rotation.current is not None
    assert shown.gap.plan.name == "2:00:00"
    assert (shown.gap.quality, shown.gap.resolution_s, shown.gap.age_s) == ("measured", 1, 0)
    assert shown.gap.seconds == pytest.approx(-6.9, abs=0.05)
    assert shown.gap.metres == pytest.approx(-40.5, abs=0.1)
    assert (shown.rotation.current.number, shown.rotation.current.team) == (6, "D")
    assert (len(shown.rotation.legs), shown.rotation.next_change_m, shown.rotation.current.quality) == (
        9,
        27150,
        "derived",
    )
    assert shown.projection.even_pace_s == pytest.approx(7188.3, abs=0.05)
    assert shown.projection.needed_pace_s_per_km == pytest.approx(171.04, abs=0.005)


def test_at_1_12_03() -> None:
    """The pictures' moment: 41 m in front of the line, 25.37 km, change in 5 min, 30 km due at 1:25:11."""
    shown = at_moment(4323)
    assert shown.gap is not None and shown.position is not None and shown.due is not None and shown.rotation is not None
    assert (shown.gap.quality, shown.gap.age_s) == ("estimated", 64)
    assert shown.gap.metres == pytest.approx(-41, abs=0.1)
    assert shown.position.distance_m == pytest.approx(25375.6, abs=0.1)
    assert (shown.due.eta_s, shown.due.in_s) == pytest.approx((5111, 788))
    assert shown.rotation.to_change_s == pytest.approx(302, abs=1)
    assert shown.rotation.next is not None and shown.rotation.next.team == "C"
    assert [(m.checkpoint.id, round(m.gap_s or 0, 1), m.section_s, m.pace_s_per_km) for m in shown.marks[-3:]] == [
        ("21km", -8.4, None, pytest.approx(168)),
        ("half", 0, None, None),
        ("25km", -6.9, 852, pytest.approx(170.4)),
    ]


def test_at_one_hour() -> None:
    """The gap rests on 21 km, 25 s old; the line and both of its neighbours are known."""
    shown = at_moment(3600)
    assert shown.gap is not None and shown.rotation is not None
    assert (shown.gap.mark.checkpoint.id, shown.gap.quality, shown.gap.age_s) == ("21km", "estimated", 25)
    assert shown.gap.line_m == pytest.approx(21097.5)
    assert shown.gap.before is not None and shown.gap.before.checkpoint.id == "20km"
    assert (shown.rotation.laser_quality, shown.rotation.car_ahead_m) == ("derived", 15)


def test_at_the_finish() -> None:
    """1:59:40.2, 19.8 s and 116 m ahead, alone since 41.7 km."""
    shown = at_moment(7180.2)
    assert shown.gap is not None and shown.rotation is not None
    assert (shown.phase, shown.projection.finish_s) == ("finished", 7180.2)
    assert (shown.gap.seconds, shown.gap.metres) == pytest.approx((-19.8, -116.0), abs=0.05)
    assert (shown.rotation.alone_since_m, shown.rotation.current) == (41700, None)


def test_at_nine_minutes_and_before_the_gun() -> None:
    """No mat yet: the first is due at the laser's pace. Before the gun: nothing yet, the first leg ready."""
    shown, before = at_moment(540), at_moment(-250)
    assert shown.position is not None and shown.due is not None
    assert (shown.gap, shown.last, shown.position.basis) == (None, None, "laser announced")
    assert (shown.position.distance_m, shown.due.in_s) == pytest.approx((3176.5, 310), abs=0.1)
    assert (before.phase, before.position, before.happened, before.elapsed_s) == ("before", None, (), -250)
    assert [b[1] for b in before.runner.bests] == [7299]


@given(st.floats(-300, 7400), st.randoms(use_true_random=False))
def test_a_snapshot_depends_on_what_arrived_and_not_on_its_order(elapsed_s: float, dice: object) -> None:
    """The race as known at a moment is the same, told in any order."""
    told = until(VIENNA, elapsed_s)
    events = list(VIENNA)
    dice.shuffle(events)  # type: ignore[attr-defined]
    ours, theirs = view(told, elapsed_s), view(until(events, elapsed_s), elapsed_s)
    assert [(h.kind, h.elapsed_s, h.text, h.gap_s) for h in ours.happened] == [
        (h.kind, h.elapsed_s, h.text, h.gap_s) for h in theirs.happened
    ]
    assert (ours.position and ours.position.distance_m) == (theirs.position and theirs.position.distance_m)


def test_an_unknown_race_is_empty() -> None:
    """Before anything is told there is a snapshot that says nothing."""
    shown = Race().snapshot(GUN_S)
    assert (shown.phase, shown.runner.id, shown.marks, shown.elapsed_s) == ("empty", "", (), None)


def test_who_is_shown() -> None:
    """The one asked for, else the race's own runner, else the first who runs."""
    told = fold(
        race(runner=None), event(kind="athlete", id="a", role="pacer"), split("5km", 850, "c"), split("5km", 860, "b")
    )
    assert view(told, 900).runner.id == "b"
    assert view(told, 900, athlete="c").runner.id == "c"
    assert view(fold(race(), split("5km", 850, "b")), 900).runner.id == "a"


def test_the_logs_counts_are_kept_and_added_to() -> None:
    """What the log counted stays, what the book sees is added."""
    told = fold(race(), split("5km", 850), split("10km", 900), split(30000.0, 5000))
    counts = view(told, 1000, counts=Counts(events=9, rejected=2)).counts
    assert (counts.events, counts.rejected, counts.quarantined) == (9, 3, 1)


@given(st.lists(EVENTS, max_size=10), st.floats(-100, 8000), EVENTS)
def test_a_snapshot_never_changes_the_state(events: list[Event], elapsed_s: float, more: Event) -> None:
    """Looking changes nothing, and what is told later does not change an earlier look."""
    told = fold(race(rev=9), events)
    before = told.state_hash()
    shown = told.snapshot(GUN_S + elapsed_s)
    marks = [replace(m) for m in shown.marks]
    assert told.state_hash() == before
    told.receive(more)
    assert [m.elapsed_s for m in shown.marks] == [m.elapsed_s for m in marks]


def test_a_snapshot_of_one_runner_is_fast() -> None:
    """Far under a frame: the best of several looks at the whole race takes a few milliseconds at most."""
    told = until(VIENNA, 7180)
    best_s = 1.0
    for i in range(20):
        begun = time.perf_counter()
        view(told, 7000 + i)
        best_s = min(best_s, time.perf_counter() - begun)
    assert best_s < 0.005


def test_after_the_end_nothing_is_due() -> None:
    """Once the feed has said that the race is over, a runner still on the road is waited for nowhere; before, at the next mat."""
    run = [race(), split("5km", 850)]
    before, after = view(fold(*run), 1000), view(fold(*run, event(kind="end")), 1000)
    assert before.due is not None and not before.over
    assert after.due is None and after.over
    assert after.position is not None and (after.position.quality, after.position.distance_m) == ("at_least", 5000)
    assert after.gap is not None and after.gap.metres is None
