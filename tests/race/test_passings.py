"""Which mat, which lap, which of several reads."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import EVENTS, TOTAL_M, at, event, fold, mark, race, split, times, view, void


@given(st.floats(-0.99, 0.99))
def test_a_distance_within_a_metre_of_a_mat_is_that_mat(off_m: float) -> None:
    """A split named by a distance within a metre of a checkpoint is that checkpoint's, correction included."""
    told = fold(race(), split(5000.0 + off_m, 850), split("5km", 851, rev=2))
    assert times(told) == {"5km": 851}
    assert mark(told, "5km").was_s == 850


def test_a_distance_elsewhere_is_a_place_of_its_own() -> None:
    """A split between the mats keeps its distance and carries."""
    told = fold(race(), split(7300.0, 1241))
    (only,) = told.sheet("a").marks
    assert (only.distance_m, only.carries) == (7300.0, True)


@given(st.permutations([850.0, 852.0, 854.9]))
def test_reads_within_five_seconds_are_one_passing_and_the_first_counts(order: list[float]) -> None:
    """Of several reads at one mat within 5 s the first counts, whatever came first."""
    assert times(fold(race(), [split("5km", t) for t in order])) == {"5km": 850.0}


@given(st.permutations([3.0, 5.0, 7.5]))
def test_at_the_start_the_last_read_counts(order: list[float]) -> None:
    """Of several reads at the start within 5 s the last counts: it is when the runner left."""
    told = fold(race(), [split(0.0, t) for t in order], split("5km", 840, clock="net"))
    assert told.sheet("a").net_begin_s == 7.5


def test_the_main_mat_counts_before_the_backup() -> None:
    """A backup read counts only where the main mat has none, and says what it is."""
    backup = split("5km", 849.0, device="backup")
    told = fold(race(), backup, split("5km", 850.4))
    assert times(told) == {"5km": 850.4}
    told = fold(race(), backup)
    assert times(told) == {"5km": 849.0}
    assert mark(told, "5km").backup


LAPS = {
    "laps": {"count": 4, "lap_m": 5000.0},
    "distance_m": 20000.0,
    "checkpoints": ({"id": "lap", "name": "lap", "distance_m": 5000.0},),
}


@given(st.permutations([900.0, 902.0, 1800.0, 2701.0, 3600.0]))
def test_laps_are_told_apart_by_time_and_never_by_arrival(order: list[float]) -> None:
    """Reads without an occurrence are counted in the order of their times; two within a lap's least time are one."""
    told = fold(race(**LAPS), [split("lap", t) for t in order])
    assert [(m.distance_m, m.elapsed_s) for m in told.sheet("a").marks] == [
        (5000.0, 900.0),
        (10000.0, 1800.0),
        (15000.0, 2701.0),
        (20000.0, 3600.0),
    ]


def test_a_named_occurrence_is_that_lap() -> None:
    """A lap that names its number is that one, though earlier ones were missed; so is its void."""
    told = fold(race(**LAPS), split("lap", 2700, occurrence=3))
    assert [(m.checkpoint.id, m.distance_m) for m in told.sheet("a").marks] == [("lap#3", 15000.0)]
    told.receive(void("lap", occurrence=3))
    assert times(told) == {}


def test_a_void_without_an_occurrence_is_about_every_lap() -> None:
    """A void that names no lap withdraws them all."""
    told = fold(race(**LAPS), split("lap", 900), split("lap", 1800), void("lap"))
    assert times(told) == {}


def test_a_mat_that_is_passed_once_has_one_passing() -> None:
    """Where no laps pass a mat, two times are two words for one passing, not two laps."""
    told = fold(race(), split("5km", 850), split("5km", 2000, rev=2))
    assert times(told) == {"5km": 2000}


def test_a_split_beyond_the_course_is_rejected_with_the_reason() -> None:
    """A distance that the course does not have counts for nothing and says why."""
    told = fold(race(), split(TOTAL_M + 30, 3600))
    (only,) = told.sheet("a").marks
    assert only.rejected == "21127.5 m is beyond the course, which is 21097.5 m long"
    assert not only.carries
    assert view(told, 3700).counts.rejected == 1


def test_an_unknown_checkpoint_is_kept_aside_with_the_reason() -> None:
    """A mat that the course does not name is listed, struck out, and moves nobody."""
    told = fold(race(), split("5km", 850), split("tunnel", 1200))
    assert mark(told, "tunnel").rejected == "no checkpoint 'tunnel' on this course"
    last = view(told, 1300).last
    assert last is not None
    assert last.checkpoint.id == "5km"


def test_without_a_described_course_every_mat_is_listed() -> None:
    """A race whose course is unknown still folds and lists; gap, place and projection are none."""
    told = fold(
        event(kind="race", id="r", name="Somewhere", gun=at(0), runner="a"), split("K1", 600), split("K2", 1300)
    )
    shown = view(told, 1400)
    assert [(m.checkpoint.id, m.elapsed_s, m.rejected) for m in shown.marks] == [("K1", 600, None), ("K2", 1300, None)]
    assert shown.last is not None and shown.last.checkpoint.id == "K2"
    assert (shown.gap, shown.position, shown.due, shown.projection.even_pace_s) == (None, None, None, None)
    assert shown.phase == "running"


def test_reads_before_the_gun_are_ignored_and_counted() -> None:
    """A read before the gun is no mark, and is counted."""
    told = fold(race(), split("5km", at=at(-12)), split("5km", 850))
    assert times(told) == {"5km": 850}
    assert view(told, 900).counts.before_gun == 1


def test_a_read_with_only_an_instant_waits_for_the_gun() -> None:
    """Before the gun is known an instant is no time; afterwards it is, without being told again."""
    told = fold(race(gun=None), split("5km", at=at(851)))
    assert told.sheet("a").marks == ()
    waiting = told.state_hash()
    told.receive(event(kind="start", scope="race", id="r", at=at(0)))
    assert times(told) == {"5km": 851.0}
    assert told.state_hash() != waiting


def test_gun_and_net_of_one_mat_are_two_words_for_one_mark() -> None:
    """A mat read on both clocks is one mark, on the clock that has more of them."""
    told = fold(race(), split("5km", 900), split("5km", 840, clock="net"), split("10km", 1690, clock="net"))
    assert times(told) == {"5km": 840, "10km": 1690}
    assert told.sheet("a").begin_s == 60


def test_clocks_are_never_mixed() -> None:
    """A mat known only on the other clock is converted by the start's offset, or stays aside where that is unknown."""
    known = fold(
        race(), split("5km", 900), split("5km", 840, clock="net"), split("10km", 1690, clock="net"), split("15km", 2600)
    )
    assert times(known) == {"5km": 900, "10km": 1750, "15km": 2600}
    unknown = fold(race(), split("10km", 1690, clock="net"), split("15km", 2600), split("20km", 3500))
    assert times(unknown) == {"15km": 2600, "20km": 3500}
    assert mark(unknown, "10km").rejected == "only on the net clock, and the start's offset is unknown"


def test_a_wave_moves_the_net_clock() -> None:
    """A runner's net clock begins with the wave; what was seen by instant is told on it."""
    told = fold(
        race(),
        event(kind="athlete", id="a", wave="w"),
        event(kind="start", scope="wave", id="w", at=at(410)),
        split("5km", 1750, clock="net"),
        split("10km", at=at(410 + 3500), clock="net"),
    )
    assert times(told) == {"5km": 1750, "10km": 3500}
    shown = view(told, 4200)
    assert shown.due is not None
    assert shown.due.eta_s == pytest.approx(410 + 3500 + 1750)


@given(st.lists(EVENTS, max_size=14))
def test_a_mark_is_one_a_mat_and_in_order(events: list[Event]) -> None:
    """However reads overlap, each mat has one mark, those that carry rise in place and never fall in time."""
    sheet = fold(race(rev=9), events).sheet("a")
    ids = [m.checkpoint.id for m in sheet.marks]
    assert len(ids) == len(set(ids))
    carrying = [(m.distance_m or 0.0, m.elapsed_s) for m in sheet.carrying]
    assert carrying == sorted(carrying)
    assert all(b[1] >= a[1] for a, b in pairwise(carrying))


def test_resolution_is_told_by_the_figure() -> None:
    """Where a message does not name its clock's step, whole seconds have one of a second, tenths of a tenth."""
    told = fold(
        race(), split("5km", 850), split("10km", 1700.5), split("15km", 2550.25), split("20km", 3400, resolution_s=0.1)
    )
    assert [m.resolution_s for m in told.sheet("a").marks] == [1.0, 0.1, 0.01, 0.1]


def test_before_the_first_mat_a_later_wave_is_not_due_by_the_gun() -> None:
    """Nobody of a wave that began ten minutes after the gun is due, late or overdue ten minutes too early."""
    first = fold(race())
    wave = fold(race(), event(kind="athlete", id="a", wave="w"), event(kind="start", scope="wave", id="w", at=at(600)))
    by_gun, by_wave = view(first, 900).due, view(wave, 1500).due
    assert by_gun is not None and by_wave is not None
    assert by_wave.eta_s == pytest.approx(by_gun.eta_s + 600)
    assert by_wave.overdue_from_s == pytest.approx(by_gun.overdue_from_s + 600)
    assert by_wave.state == by_gun.state
