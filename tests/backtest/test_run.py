"""Laws of tracker/backtest/run.py, on a small sample of real runners and the shipped parameters."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np

from tracker.backtest.report import number
from tracker.backtest.run import called, ground_of, scored
from tracker.backtest.score import MEDIAN, PROBABILITIES, TARGETS_S, Scored
from tracker.backtest.tables import FINISH, MATS, PLACES_M, Table, read
from tracker.priors import shipped
from tracker.race.projection.forecast import forecast
from tracker.race.projection.model import prior

SPLITS = Path(__file__).parent.parent / "data" / "splits"
BOSTON = ground_of("boston", shipped())
UNKNOWN = ground_of("hill_town", shipped())


@cache
def storm() -> Table:
    """A race whose runners miss many mats."""
    return read(SPLITS / "boston_2018.csv.gz")


@cache
def found() -> tuple[Scored, ...]:
    """Scored at every mat."""
    return tuple(scored(storm(), BOSTON, "mass", shipped(), lambda: None))


def test_a_course_is_known_by_its_name() -> None:
    """And any other is a marathon without offsets."""
    assert BOSTON.offsets is not None
    assert UNKNOWN.offsets is None


def test_every_mat_is_scored_on_those_who_were_read_there_and_finished() -> None:
    """Whatever they missed before it."""
    marks = storm().marks_s
    assert [one.mat for one in found()] == list(MATS)
    for mat, one in enumerate(found()):
        assert len(one.finish_s) == int((~np.isnan(marks[:, [mat, FINISH]]).any(axis=1)).sum())


def test_a_runner_is_told_what_the_tracker_would_have_told() -> None:
    """The quantiles are those of the runner's own forecast from the marks so far, missed ones missing."""
    mat = 6
    marks = storm().marks_s
    marks = marks[~np.isnan(marks[:, [mat, FINISH]]).any(axis=1)]
    holes = np.flatnonzero(np.isnan(marks[:, :mat]).any(axis=1))
    assert len(holes) > 0
    for row in (0, int(holes[0])):
        told = [
            (m, t, 1.0) for m, t in zip(PLACES_M, marks[row, : mat + 1].tolist(), strict=False) if not math.isnan(t)
        ]
        moment = forecast(told, BOSTON, prior(shipped(), "mass", BOSTON), shipped()).at(PLACES_M[FINISH])
        assert np.allclose(found()[mat].quantiles_s[row], [moment.quantile(p) for p in PROBABILITIES], atol=0.02)
        assert np.allclose(found()[mat].chances[0][row], [moment.cdf(t) for t in TARGETS_S], atol=1e-4)


def test_the_projection_is_nearer_than_both_rivals() -> None:
    """From 10 km on, summed over the sample, and its chances are worth more."""
    for one in found()[1:8]:
        (row, *_) = list(one.rows())
        assert number(row, "mae") < min(number(row, "mae_even"), number(row, "mae_last5"))
        assert number(row, "brier") < min(number(row, "brier_even"), number(row, "brier_last5"))


def test_an_unknown_course_has_the_wider_band() -> None:
    """In the mean of the runners, at every mat."""
    wider = scored(storm(), UNKNOWN, "mass", shipped(), lambda: None)
    for known, unknown in zip(found(), wider, strict=True):
        assert np.ptp(unknown.quantiles_s, axis=1).mean() > np.ptp(known.quantiles_s, axis=1).mean()
        assert (np.diff(known.quantiles_s, axis=1) > 0).all()
        assert known.quantiles_s[:, MEDIAN].min() > 0


def test_who_stops_for_an_hour_is_called_overdue_once() -> None:
    """And late; a runner who keeps to the expected moments is neither."""
    calm = np.array([PLACES_M]) * 0.3
    stopped = calm + np.where(np.arange(10) >= 4, 3600.0, 0.0)
    table = Table("a_1", np.concatenate([calm, stopped]))
    alarms = called(table, UNKNOWN, "mass", shipped())
    assert (alarms.finishers, alarms.late, alarms.overdue) == (2, 1, 1)
    assert alarms.as_json()["overdue_share"] == 0.5


def test_a_mat_that_nobody_was_read_at_calls_nobody() -> None:
    """Neither late there nor judged by it."""
    marks = np.array([PLACES_M]) * 0.3
    marks[:, 5] = np.nan
    assert called(Table("a_1", marks), UNKNOWN, "mass", shipped()).late == 0
