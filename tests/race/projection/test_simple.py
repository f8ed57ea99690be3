"""Finish times that need no model, each named for what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.race.made import TOTAL_M, fold, race, split, view


def test_the_plain_figures_at_a_mark() -> None:
    """Even pace, goal and gap, the last 5 km and what is needed from the mark on."""
    shown = view(fold(race(), split("5km", 860), split("10km", 1700)), 1750).projection
    assert shown.even_pace_s == pytest.approx(1700 / 10000 * TOTAL_M)
    assert shown.goal_gap_s == pytest.approx(3600 + 1700 - 10000 / TOTAL_M * 3600)
    assert shown.needed_pace_s_per_km == pytest.approx((3600 - 1700) / (TOTAL_M - 10000) * 1000)
    assert (shown.last_pace_s_per_km, shown.last_m) == pytest.approx((168, 5000))
    assert (shown.mean_pace_s_per_km, shown.median_s, shown.finish_s) == pytest.approx((170, None, None))
    assert shown.basis == "2 marks, last 10 km"


@given(st.floats(0, 100))
def test_the_figures_are_held_between_mats(later_s: float) -> None:
    """Between mats no figure of the finish ticks."""
    told = fold(race(), split("5km", 850))
    then, now = view(told, 850).projection, view(told, 850 + later_s).projection
    assert (then.even_pace_s, then.goal_gap_s, then.needed_pace_s_per_km) == (
        now.even_pace_s,
        now.goal_gap_s,
        now.needed_pace_s_per_km,
    )


def test_at_the_finish_all_of_them_are_the_finish() -> None:
    """A finisher's figures are his time, and nothing is needed any more."""
    shown = view(fold(race(), split("20km", 3400), split("finish", 3590.2)), 4000).projection
    assert (shown.finish_s, shown.even_pace_s, shown.goal_gap_s) == pytest.approx((3590.2, 3590.2, 3590.2))
    assert shown.needed_pace_s_per_km is None


def test_a_target_that_is_over_needs_no_pace() -> None:
    """When the target's time has passed no pace meets it."""
    shown = view(fold(race(), split("20km", 3700)), 3750).projection
    assert shown.needed_pace_s_per_km is None
    assert shown.even_pace_s is not None


def test_before_the_first_mark_only_the_target_speaks() -> None:
    """Without a mark there is no pace of his own to go by."""
    shown = view(fold(race()), 300).projection
    assert (shown.even_pace_s, shown.goal_gap_s, shown.last_pace_s_per_km) == (None, None, None)
    assert shown.needed_pace_s_per_km == pytest.approx(3600 / TOTAL_M * 1000)
