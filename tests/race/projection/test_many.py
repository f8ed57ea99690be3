"""A field in columns is what its runners are one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.race.projection.made import FIVES, HALF, MARATHON, MODEL, kinds, mixture, runs
from tracker.race.projection.condition import Timed
from tracker.race.projection.forecast import forecast
from tracker.race.projection.many import many
from tracker.race.projection.model import Ground, Kind, prior
from tracker.race.projection.moment import Moment
from tracker.race.projection.moments import Array

TOTAL_M = 42_195.0
LEVELS = (0.05, 0.1, 0.5, 0.9, 0.995)
MATS = (*FIVES, TOTAL_M)

fields = st.lists(st.one_of(runs(), runs(MATS, least=10)), min_size=1, max_size=8)


def table(field: list[list[Timed]], mats: tuple[float, ...] = MATS) -> Array:
    """The field's times, a row a runner."""
    out = np.full((len(field), len(mats)), np.nan)
    for row, marks in zip(out, field, strict=True):
        for metres, seconds, _ in marks:
            row[mats.index(metres)] = seconds
    return out


def one_by_one(
    field: list[list[Timed]], kind: Kind, horizon_s: float | None, *, to_next: bool, ground: Ground = MARATHON
) -> list[Moment]:
    """The same moments, each made alone."""
    found = []
    for marks in field:
        last_m = max((mark[0] for mark in marks), default=0.0)
        next_m = min((m for m in MATS if m > last_m + 1), default=TOTAL_M)
        ahead = forecast(marks, ground, mixture(kind, ground), MODEL, horizon_s, next_m)
        found.append(ahead.at(next_m if to_next else TOTAL_M))
    return found


RIGHT_BEHIND_A_CUT: list[list[Timed]] = [[(10000.0, 2199.6, 1.0), (20000.0, 4528.1, 1.0)]]


@given(fields, kinds, st.one_of(st.none(), st.floats(500, 12_000)), st.booleans())
@example(RIGHT_BEHIND_A_CUT, "mass", 5625.0, True)
def test_a_field_is_its_runners(field: list[list[Timed]], kind: Kind, horizon_s: float | None, to_next: bool) -> None:
    """Quantiles are those of every runner alone to a hundredth of a second, chances to a hundred-thousandth."""
    alone = one_by_one(field, kind, horizon_s, to_next=to_next)
    found = many(table(field), MATS, MARATHON, mixture(kind), MODEL, to_next=to_next, horizon_s=horizon_s)
    expected = np.array([[moment.quantile(p) for p in LEVELS] for moment in alone])
    np.testing.assert_allclose(found.quantiles(LEVELS), expected, atol=0.01, rtol=0)
    at_s = float(np.median(expected))
    np.testing.assert_allclose(found.cdf(at_s), [moment.cdf(at_s) for moment in alone], atol=1e-5)


def test_a_known_course_and_another_distance_hold_for_a_field() -> None:
    """Offsets and the even runner's scale are the field's as they are the runner's."""
    boston = MODEL.grounds[0]
    marks: list[Timed] = [(5000, 1500, 1), (10_000, 3050, 1)]
    [alone] = one_by_one([marks], "mass", None, to_next=False, ground=boston)
    found = many(table([marks]), MATS, boston, mixture("mass", boston), MODEL)
    assert found.quantiles([0.5])[0, 0] == pytest.approx(alone.quantile(0.5), abs=0.01)
    half = prior(MODEL, "mass", HALF)
    alone = forecast(marks, HALF, half, MODEL).at(21_097.5)
    found = many(table([marks], (5000, 10_000)), (5000, 10_000), HALF, half, MODEL)
    assert found.quantiles([0.9])[0, 0] == pytest.approx(alone.quantile(0.9), abs=0.01)


def test_kilometre_splits_are_thinned_alike() -> None:
    """With a mat every kilometre a field stands on the marks that its runners stand on, repeats and slips included."""
    mats = tuple(1000.0 * n for n in range(1, 31))
    rng = np.random.default_rng(5)
    times = np.cumsum(rng.normal(300, 20, (20, 30)), axis=1).round()
    times[rng.random(times.shape) < 0.2] = np.nan
    times[3, 7] = times[3, 9]
    found = many(times, mats, MARATHON, mixture("mass"), MODEL).quantiles([0.5])[:, 0]
    for row, median in zip(times, found, strict=True):
        marks = [(m, float(t), 1.0) for m, t in zip(mats, row, strict=True) if not np.isnan(t)]
        alone = forecast(marks, MARATHON, mixture("mass"), MODEL).at(TOTAL_M)
        assert median == pytest.approx(alone.quantile(0.5), abs=0.01)


def test_nobody_and_no_mats_are_fields_too() -> None:
    """An empty field has no moments; before the first mat everyone's is the prior's."""
    nobody = many(np.zeros((0, 2)), (5000, 10_000), MARATHON, mixture("mass"), MODEL)
    assert nobody.quantiles([0.5]).shape == (0, 1)
    unread = many(np.full((2, 1), np.nan), (5000,), MARATHON, mixture("mass"), MODEL).quantiles([0.5])
    alone = forecast([], MARATHON, mixture("mass"), MODEL).at(TOTAL_M)
    assert unread[:, 0] == pytest.approx(alone.quantile(0.5), abs=0.01)


def test_a_field_that_waits_longest_is_alike() -> None:
    """However long a mat is waited for, field and runner agree, and nothing is before the horizon."""
    field: list[list[Timed]] = [
        [(5000, 1500, 1)],
        [(5000, 1500, 1), (10_000, 3050, 1)],
        [(5000, 2400, 1)],
        [(40_000, 14_000, 1)],
    ]
    for horizon_s in (2900.0, 3300.0, 4000.0, 9000.0, 30_000.0):
        for to_next in (True, False):
            found = many(table(field), MATS, MARATHON, mixture("mass"), MODEL, to_next=to_next, horizon_s=horizon_s)
            alone = one_by_one(field, "mass", horizon_s, to_next=to_next)
            expected = [[moment.quantile(p) for p in LEVELS] for moment in alone]
            np.testing.assert_allclose(found.quantiles(LEVELS), expected, atol=0.01, rtol=1e-6)
            assert (found.quantiles([0.01]) >= horizon_s).all()
