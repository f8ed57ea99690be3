"""What was said, graded: as a single runner's projection would be, and not before its time is over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.race.projection.made import MARATHON, MODEL, runs
from tracker.race.grading import grades
from tracker.race.projection.basis import Basis
from tracker.race.projection.choose import choose_kind
from tracker.race.projection.condition import Timed
from tracker.race.projection.project import OVERDUE_P, PATIENCE, project

MATS = (5000.0, 10_000.0, 15_000.0, 20_000.0, 21_097.5, 25_000.0, 30_000.0, 35_000.0, 40_000.0, 42_195.0)
BASIS = Basis(MODEL, MARATHON)


def columns(people: list[list[Timed]]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Their times at the mats, nan where there is none."""
    times = np.full((len(people), len(MATS)), np.nan)
    for row, marks in enumerate(people):
        for metres, seconds, _ in marks:
            times[row, MATS.index(metres)] = seconds
    return times


@given(st.lists(runs(mats=MATS[:-1], least=2), min_size=1, max_size=6))
def test_it_is_what_single_runners_were_told(people: list[list[Timed]]) -> None:
    """Every share is that of the runners' own projections at each mat, set against what came."""
    times = columns(people)
    found = {
        (g.at, g.of): g for g in grades(times, MATS, np.zeros(len(people), bool), np.full(len(people), np.inf), BASIS)
    }
    for at in range(len(MATS) - 1):
        held, later = [], []
        for row, marks in enumerate(people):
            if np.isnan(times[row, at]) or np.isnan(times[row, at + 1]):
                continue
            known = [mark for mark in marks if mark[0] <= MATS[at]]
            kind = choose_kind(None, paced=False, paces_s_per_km=[times[row, at] / MATS[at] * 1000])
            said = project(known, MARATHON, kind, MODEL, mats_m=MATS)
            assert said is not None and said.forecast is not None
            chance = said.forecast.at(MATS[at + 1]).cdf(times[row, at + 1])
            if min(abs(abs(chance - 0.5) - 0.4), abs(chance - 0.5)) > 1e-3:
                held.append(abs(chance - 0.5) <= 0.4)
                later.append(chance > 0.5)
        grade = found.get((at, at + 1))
        if grade is not None and grade.shares.count == len(held):
            assert grade.shares.held80 == pytest.approx(np.mean(held) if held else 0.0)
            assert grade.shares.later == pytest.approx(np.mean(later) if later else 0.0)


@given(runs(mats=MATS[:-1], least=3), st.floats(0.0, 2.0))
def test_nothing_is_graded_before_its_time_is_over(marks: list[Timed], share: float) -> None:
    """However early somebody was: a band counts once the patience with it is over, and from then on."""
    if len(marks) < 2:
        return
    (last_m, last_s, _), (next_m, next_s, _) = marks[-2:]
    at, of = MATS.index(last_m), MATS.index(next_m)
    if of != at + 1:
        return
    kind = choose_kind(None, paced=False, paces_s_per_km=[last_s / last_m * 1000])
    said = project(marks[:-1], MARATHON, kind, MODEL, mats_m=MATS)
    assert said is not None and said.forecast is not None
    over_s = last_s + PATIENCE * (said.forecast.at(next_m).quantile(OVERDUE_P) - last_s)
    now_s = last_s + share * (over_s - last_s)
    if abs(now_s - over_s) < 1.0 or next_s > now_s:
        return
    graded = grades(columns([marks]), MATS, np.zeros(1, bool), np.array([now_s]), BASIS)
    assert any((g.at, g.of, g.shares.count) == (at, of, 1) for g in graded) == (now_s > over_s)


def test_bands_hold_as_often_as_they_say() -> None:
    """A field whose every next section was drawn from what was said of it: four of five bands hold, half come later."""
    dice = np.random.default_rng(42)
    count = 1500
    times = np.full((count, len(MATS)), np.nan)
    times[:, 0] = np.round(dice.uniform(1200, 1900, count), 1)
    from tracker.race.projection.many import many
    from tracker.race.projection.model import prior

    said = many(times[:, :1], MATS[:1], MARATHON, prior(MODEL, "mass", MARATHON), MODEL)
    shares = dice.uniform(0, 1, count)
    quantiles = said.quantiles([(n + 0.5) / 200 for n in range(200)])
    times[:, -1] = quantiles[np.arange(count), (shares * 200).astype(int)]
    found = grades(times, MATS, np.zeros(count, bool), np.full(count, np.inf), BASIS)
    (grade,) = [g for g in found if (g.at, g.of) == (0, len(MATS) - 1)]
    assert grade.shares.count == count
    assert (grade.shares.held50, grade.shares.held80, grade.shares.held90) == pytest.approx((0.5, 0.8, 0.9), abs=0.035)
    assert grade.shares.later == pytest.approx(0.5, abs=0.035)


def test_who_was_never_read_is_counted_apart() -> None:
    """Somebody out is not waited for; somebody read further on missed a mat; the third was never seen again."""
    pace = 0.3
    whole = [metres * pace for metres in MATS]
    times = np.array([[*whole[:2], *[np.nan] * 8], [*whole[:2], np.nan, *whole[3:]], [*whole[:2], *[np.nan] * 8]])
    found = grades(times, MATS, np.array([True, False, False]), np.full(3, np.inf), BASIS)
    (soon,) = [g for g in found if (g.at, g.of) == (1, 2)]
    assert (soon.shares.count, soon.shares.unseen) == (0, 1)
    (finish,) = [g for g in found if (g.at, g.of) == (1, len(MATS) - 1)]
    assert (finish.shares.count, finish.shares.unseen) == (1, 1)


@pytest.mark.parametrize(("asked", "paced"), [("elite", False), (None, True), (None, False)])
def test_the_kind_is_that_of_the_race(asked: str | None, paced: bool) -> None:
    """Asked for, or paced, or by everybody's pace: nobody is left out, and nobody is graded twice."""
    times = np.array([[metres * pace for metres in MATS] for pace in (0.14, 0.18, 0.3)])
    found = grades(times, MATS, np.zeros(3, bool), np.full(3, np.inf), Basis(MODEL, MARATHON, asked, paced))  # type: ignore[arg-type]
    assert {g.shares.count for g in found} == {3}
