"""The outlook keeps its laws for any runner, and the recorded races are forecast as they are known to be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.race.made import fold, shipped
from tests.race.projection.made import FIVES, HALF, KINDS, MARATHON, MODEL, kinds, paces, runs, steady
from tracker.race.projection.condition import Timed
from tracker.race.projection.model import Ground, Kind
from tracker.race.projection.project import PATIENCE, Outlook, patient, project

TOTAL_M = 42_195.0


def outlook(
    marks: list[Timed],
    kind: Kind = "mass",
    ground: Ground = MARATHON,
    target_s: float | None = None,
    horizon_s: float | None = None,
) -> Outlook:
    """The outlook of a runner who has a mark."""
    found = project(marks, ground, kind, MODEL, target_s, horizon_s, FIVES)
    assert found is not None
    return found


def quantiles(found: Outlook) -> list[float]:
    """The seven quantiles of the finish, in order."""
    return [found.q05_s, found.q10_s, found.q25_s, found.q50_s, found.q75_s, found.q90_s, found.q95_s]


@given(runs(), kinds, st.one_of(st.none(), st.floats(0, 20_000)))
def test_quantiles_are_ordered_and_never_before_the_clock(
    marks: list[Timed], kind: Kind, horizon_s: float | None
) -> None:
    """The quantiles rise, from no earlier than the last mark and the horizon on; so do those of the next mat."""
    found = outlook(marks, kind, horizon_s=horizon_s)
    figures = quantiles(found)
    assert all(a <= b + 1e-6 for a, b in pairwise(figures))
    assert figures[0] >= max(marks[-1][1], horizon_s or 0.0)
    mat = found.next
    assert mat is not None
    assert mat.q10_s <= mat.eta_s <= mat.q90_s
    assert mat.late_s < mat.overdue_s
    assert mat.q10_s >= (horizon_s or 0.0)


@given(runs(), kinds, st.floats(5000, 25_000), st.floats(5000, 25_000))
def test_a_later_target_is_no_less_likely(marks: list[Timed], kind: Kind, a: float, b: float) -> None:
    """The chance of the target only grows with it, and is a chance."""
    early, late = (outlook(marks, kind, target_s=target).p_target for target in sorted((a, b)))
    assert early is not None
    assert late is not None
    assert 0.0 <= early <= late + 1e-12 <= 1.0 + 1e-9


@given(runs(), kinds, st.floats(1, 40_000), st.sampled_from([7200.0, 10_800.0, 14_400.0]))
def test_a_finisher_is_known_exactly(marks: list[Timed], kind: Kind, more: float, target_s: float) -> None:
    """Who has finished is forecast to the hundredth, whatever was waited for, and has met the target or has not."""
    finish_s = round(marks[-1][1] + more, 2)
    found = outlook([*marks, (TOTAL_M, finish_s, 1.0)], kind, target_s=target_s, horizon_s=99_999.0)
    assert quantiles(found) == [finish_s] * 7
    assert found.p_target == float(finish_s < target_s)
    assert (found.next, found.forecast, found.needed_pace_s_per_km) == (None, None, None)


@given(runs(least=2), kinds, st.randoms(use_true_random=False))
def test_order_and_repetition_of_marks_do_not_matter(marks: list[Timed], kind: Kind, random: object) -> None:
    """Marks in any order, and told twice, give the same outlook."""
    again = [*marks, marks[0]]
    random.shuffle(again)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert quantiles(outlook(again, kind)) == quantiles(outlook(marks, kind))


@given(runs(), kinds)
def test_mats_that_were_not_read_change_nothing(marks: list[Timed], kind: Kind) -> None:
    """A course twice as fine in mats, none of the new ones read, gives the same finish."""
    finer = tuple(2500.0 * n for n in range(1, 17))
    fine = project(marks, MARATHON, kind, MODEL, mats_m=(*finer, *FIVES))
    assert fine is not None
    assert quantiles(fine) == quantiles(outlook(marks, kind))


@given(paces, st.floats(0.8, 1.25), st.sampled_from([4000.0, 9000.0, 16_000.0]))
def test_a_distance_is_its_scale(pace: float, scale: float, at_m: float) -> None:
    """Where only the even runner is known, a race longer by a factor takes longer by it; mats lie as exactly as ever."""
    figures = []
    for total_m, factor in ((HALF.distance_m, 1.0), (HALF.distance_m * scale, scale)):
        found = project([(at_m * factor, at_m * factor * pace, 0.0)], Ground(total_m), "mass", MODEL)
        assert found is not None
        assert found.kind == "even"
        figures.append(found.q50_s / factor)
    assert figures[1] == pytest.approx(figures[0], rel=2e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_twenty_minutes_offline_change_nothing(kind: Kind) -> None:
    """The horizon stands still while the line is lost, and so does the outlook; with it the clock would move it."""
    marks = steady(0.3, 20_000)
    at_loss = outlook(marks, kind, horizon_s=6400.0, target_s=12_700.0)
    offline = outlook(marks, kind, horizon_s=6400.0, target_s=12_700.0)
    waited = outlook(marks, kind, horizon_s=7600.0, target_s=12_700.0)
    assert quantiles(offline) == quantiles(at_loss)
    assert offline.p_target == at_loss.p_target
    assert waited.q50_s > at_loss.q50_s + 60


def test_what_it_rests_on_is_said() -> None:
    """The basis names marks, population and course; the warnings what is not known."""
    found = outlook(steady(0.3, 5000))
    assert found.basis == "1 mark, mass, unknown course"
    assert "before 10 km: the band, not a point" in found.warnings
    boston = outlook(steady(0.3, 10_000), ground=MODEL.grounds[0])
    assert boston.basis == "2 marks, mass, boston course"
    assert not any("course" in said or "10 km" in said for said in boston.warnings)
    assert "not calibrated: few attempts" in outlook(steady(0.3, 5000), "paced").warnings
    half = project([(5000, 1500, 1)], HALF, "mass", MODEL)
    assert half is not None
    assert any("an even runner is assumed" in said for said in half.warnings)
    assert project([], MARATHON, "mass", MODEL) is None


def test_the_needed_pace_leads_to_the_target() -> None:
    """At the needed pace from here the finish is the target; a target that is over needs no pace."""
    found = outlook(steady(0.3, 20_000), target_s=12_000.0)
    assert found.needed_pace_s_per_km is not None
    assert found.last_s + (found.total_m - found.last_m) / 1000 * found.needed_pace_s_per_km == pytest.approx(12_000.0)
    assert found.even_pace_s == pytest.approx(TOTAL_M * 0.3)
    assert outlook(steady(0.3, 20_000), target_s=6000.0).needed_pace_s_per_km is None


RECORDS = ("breaking2-2017", "berlin-2018", "berlin-2022", "chicago-2023", "london-2026")


def carried(race: str) -> list[Timed]:
    """The carrying marks of a shipped race's own runner."""
    told = fold(shipped(race), origin=0.0)
    marks = told.sheet(told.snapshot(0.0).runner.id).carrying
    return [(mark.distance_m or 0.0, mark.elapsed_s, mark.resolution_s) for mark in marks]


def test_vienna_is_not_forecast_to_fade() -> None:
    """Behind a laser the median stays within 15 s of 1:59:40.2, the band holds it, and two hours are never unlikely."""
    *marks, (_, finish_s, _) = carried("vienna-2019")
    assert finish_s == 7180.2
    for count in range(1, len(marks) + 1):
        found = outlook(marks[:count], "paced", target_s=7200.0)
        assert abs(found.q50_s - finish_s) <= 15.0
        assert found.q10_s <= finish_s <= found.q90_s
        assert (found.p_target or 0.0) >= (0.85 if found.last_m == 40_000 else 0.5)


def test_records_lie_within_the_wide_band() -> None:
    """From 20 km on, the record races' finishes lie within the 90 % band of an elite field as a rule."""
    within = []
    for race in RECORDS:
        *marks, (_, finish_s, _) = carried(race)
        for count in range(4, len(marks) + 1):
            found = outlook(marks[:count], "elite")
            within.append(found.q05_s <= finish_s <= found.q95_s)
    assert sum(within) >= 0.8 * len(within)


@given(runs(), kinds)
def test_overdue_leaves_a_fifth_more_than_the_995th_of_a_thousand(marks: list[Timed], kind: Kind) -> None:
    """Counted from the last mark, so that who merely stops for a while is not called."""
    found = outlook(marks, kind)
    assert found.next is not None
    assert found.forecast is not None
    quantile = found.forecast.free(found.next.distance_m).quantile(0.995)
    assert found.next.overdue_s == pytest.approx(patient(marks[-1][1], quantile))
    assert found.next.overdue_s - marks[-1][1] == pytest.approx(PATIENCE * (quantile - marks[-1][1]))
