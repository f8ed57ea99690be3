"""The gap to a schedule: exact at the mat, held until the next, estimated now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.race.made import TOTAL_M, fold, race, split, status, view
from tracker.race.plan import Plan, even
from tracker.race.snapshot import Gap, Snapshot

HOUR_S_PER_M = 3600 / TOTAL_M


def gap_of(snapshot: Snapshot) -> Gap:
    assert snapshot.gap is not None
    return snapshot.gap


def test_there_is_no_gap_before_the_first_mark() -> None:
    """No mark, no gap; no target, no gap."""
    assert view(fold(race()), 500).gap is None
    assert view(fold(race(targets=()), split("5km", 850)), 860).gap is None


@given(st.floats(0.001, 800) | st.just(0.0))
def test_the_gap_at_the_mat_is_held_until_the_next(later_s: float) -> None:
    """Between mats the gap at the mat does not tick; what is now is marked estimated."""
    gap = gap_of(view(fold(race(), split("5km", 850)), 850 + later_s))
    assert gap.seconds == pytest.approx(850 - 5000 * HOUR_S_PER_M)
    assert gap.age_s == pytest.approx(later_s, abs=1e-6)
    assert gap.quality == ("measured" if later_s < 0.0004 else "estimated")


def test_the_gap_is_negative_when_ahead_in_seconds_and_in_metres() -> None:
    """Before the line is minus, behind it plus, in seconds and metres alike."""
    ahead, behind = (
        gap_of(view(fold(race(), split("5km", 840)), 840)),
        gap_of(view(fold(race(), split("5km", 870)), 870)),
    )
    assert ahead.metres is not None and behind.metres is not None
    assert ahead.seconds < 0 and ahead.metres == pytest.approx(840 / HOUR_S_PER_M - 5000)
    assert behind.seconds > 0 and behind.metres == pytest.approx(870 / HOUR_S_PER_M - 5000)


def test_now_is_estimated_at_the_pace_of_the_last_stretch() -> None:
    """Faster than the target, the estimated gap grows until the next mat."""
    gap = gap_of(view(fold(race(), split("5km", 850)), 1020))
    metres = 5000 + 170 / 0.17
    assert gap.quality == "estimated"
    assert gap.now_s == pytest.approx(1020 - metres * HOUR_S_PER_M)
    assert gap.metres == pytest.approx(1020 / HOUR_S_PER_M - metres)


def test_from_the_mat_that_is_due_on_the_gap_only_worsens() -> None:
    """The runner is not thought beyond a mat that has not seen him: the gap worsens, and overdue it is a bound."""
    told = fold(race(), split("5km", 850))
    due, late = gap_of(view(told, 1705)), gap_of(view(told, 1730))
    assert (due.quality, late.quality) == ("estimated", "at_least")
    assert due.now_s == pytest.approx(1705 - 10000 * HOUR_S_PER_M)
    assert late.now_s == pytest.approx(1730 - 10000 * HOUR_S_PER_M)
    assert late.seconds == due.seconds


def test_decimals_follow_the_coarser_clock() -> None:
    """The resolution of a gap is that of the coarser of mark and schedule."""
    told = fold(race(), split("5km", 850.4, resolution_s=0.1))
    assert gap_of(view(told, 851)).resolution_s == 0.1
    ghost = Plan("G", ((0.0, 0.0), (TOTAL_M, 3700.0)), kind="ghost", resolution_s=1.0)
    assert gap_of(view(told, 851, target=ghost)).resolution_s == 1.0


def test_the_gap_at_the_finish_is_final() -> None:
    """At the finish the gap is exact and stays; metres are how far the line is short of it."""
    told = fold(race(), split("20km", 3400), split("finish", 3590.2))
    for elapsed_s in (3590.2, 3599.0, 9000.0):
        gap = gap_of(view(told, elapsed_s))
        assert (gap.seconds, gap.now_s) == pytest.approx((-9.8, -9.8))
        assert (gap.quality, gap.age_s) == ("measured", 0)
        assert gap.metres == pytest.approx(3590.2 / HOUR_S_PER_M - TOTAL_M)
        assert gap.before is not None and gap.before.checkpoint.id == "20km"


def test_behind_at_the_finish_there_are_no_metres() -> None:
    """When the line was in first, only seconds tell how far behind he was."""
    gap = gap_of(view(fold(race(), split("finish", 3611)), 3700))
    assert (gap.seconds, gap.metres) == pytest.approx((11, None))


def test_only_marks_that_carry_have_a_gap() -> None:
    """A derived mark between two others leaves the gap where it was."""
    told = fold(race(), split("5km", 850), split("10km", 1700, quality="derived"))
    gap = gap_of(view(told, 1800))
    assert gap.mark.checkpoint.id == "5km"
    assert view(told, 1800).marks[1].gap_s is None


def test_a_plan_says_nothing_before_it_begins() -> None:
    """Against a schedule that begins at 10 km there is no gap at 5 km."""
    plan = even("late", TOTAL_M, 3590.0, from_m=10000.0)
    told = fold(race(), split("5km", 850))
    assert view(told, 900, target=plan).gap is None
    told.receive(split("10km", 1700))
    gap = gap_of(view(told, 1750, target=plan))
    assert (gap.mark.checkpoint.id, gap.before) == ("10km", None)


def test_who_is_out_has_no_gap() -> None:
    """A runner who gave up is neither ahead nor behind."""
    shown = view(fold(race(), split("5km", 850), status("DNF")), 900)
    assert (shown.gap, shown.due, shown.phase) == (None, None, "out")
    assert shown.marks[0].gap_s is not None
    assert shown.position is not None and shown.position.quality == "at_least"


@given(st.floats(0, 9000))
def test_a_gap_says_where_the_line_is(elapsed_s: float) -> None:
    """The line is where the schedule is at the view's time, at the finish once that is over."""
    told = fold(race(), split("5km", 900))
    assert gap_of(view(told, 900 + elapsed_s)).line_m == pytest.approx(min((900 + elapsed_s) / HOUR_S_PER_M, TOTAL_M))
