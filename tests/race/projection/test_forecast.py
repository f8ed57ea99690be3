"""The way ahead: places and moments answer each other, and waiting tells only what was waited for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.race.projection.made import FIVES, HALF, KINDS, MARATHON, MODEL, kinds, mixture, runs, steady
from tracker.race.projection.condition import Timed
from tracker.race.projection.forecast import FASTEST, Forecast, forecast
from tracker.race.projection.model import Ground, Kind

TOTAL_M = 42_195.0


def ahead(marks: list[Timed], kind: Kind, horizon_s: float | None = None, next_m: float | None = None) -> Forecast:
    """The way ahead in a marathon."""
    return forecast(marks, MARATHON, mixture(kind), MODEL, horizon_s, next_m)


@given(runs(), kinds, st.floats(0, 1), st.floats(0, 1))
def test_farther_is_later(marks: list[Timed], kind: Kind, a: float, b: float) -> None:
    """The middle moment never falls with the distance."""
    found = ahead(marks, kind)
    near, far = (found.last_m + x * (TOTAL_M - found.last_m) for x in (min(a, b), max(a, b)))
    assert found.at(near).quantile(0.5) <= found.at(far).quantile(0.5) + 1e-6


@given(runs(), kinds, st.floats(0.05, 0.95), st.floats(0.02, 0.9))
def test_where_and_when_answer_each_other(marks: list[Timed], kind: Kind, p: float, x: float) -> None:
    """The place not passed with probability p is one whose chance of being passed by then is 1 − p."""
    found = ahead(marks, kind)
    instant_s = found.last_s + x * (found.at(TOTAL_M).quantile(0.05) - found.last_s)
    metres = found.where(instant_s, p)
    step_m = 2.0
    if found.last_m + 100 < metres < TOTAL_M - 100:
        assert 1 - found.at(metres - step_m).cdf(instant_s) <= p + 1e-3
        assert 1 - found.at(metres + step_m).cdf(instant_s) >= p - 1e-3


@given(runs(), kinds, st.floats(0.5, 1.6), st.floats(0.02, 0.98))
def test_nothing_is_before_the_clock(marks: list[Timed], kind: Kind, wait: float, p: float) -> None:
    """While a mat is waited for, neither it nor any place beyond it is reached before the horizon."""
    found = ahead(marks, kind)
    next_m = min((m for m in FIVES if m > found.last_m + 1), default=TOTAL_M)
    horizon_s = found.last_s + wait * (found.at(next_m).quantile(0.5) - found.last_s)
    held = ahead(marks, kind, horizon_s, next_m)
    for metres in (next_m, (next_m + TOTAL_M) / 2, TOTAL_M):
        assert held.at(metres).quantile(p) >= horizon_s
    assert held.at(next_m).cdf(horizon_s - 0.1) == 0.0


@given(runs(), kinds, st.floats(0.3, 1.5), st.floats(0.3, 1.5))
def test_waiting_longer_is_never_good_news(marks: list[Timed], kind: Kind, a: float, b: float) -> None:
    """The next mat's median only rises while nobody comes."""
    found = ahead(marks, kind)
    next_m = min((m for m in FIVES if m > found.last_m + 1), default=TOTAL_M)
    run_s = found.at(next_m).quantile(0.5) - found.last_s
    medians = [
        ahead(marks, kind, found.last_s + wait * run_s, next_m).at(next_m).quantile(0.5) for wait in sorted((a, b))
    ]
    assert medians[0] <= medians[1] + 1e-3
    assert found.free(next_m).quantile(0.5) <= medians[0] + 1e-3


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_not_waited_for_changes_nothing(kind: Kind) -> None:
    """A horizon at the last mark, or long before the mat could be reached, moves no quantile."""
    marks = steady(0.3, 20_000)
    plain = ahead(marks, kind).at(TOTAL_M).quantile(0.9)
    for horizon_s in (5000.0, 6000.0, 6100.0):
        assert ahead(marks, kind, horizon_s, 25_000.0).at(TOTAL_M).quantile(0.9) == pytest.approx(plain, abs=0.01)


@given(runs(), kinds)
def test_a_known_course_is_no_less_sure(marks: list[Timed], kind: Kind) -> None:
    """With the same paces, a course whose offsets are known leaves no wider band."""
    flat = Ground(TOTAL_M, "flat", (0.0,) * 10)
    widths = []
    for ground in (MARATHON, flat):
        finish = forecast(marks, ground, mixture(kind, ground), MODEL).at(TOTAL_M)
        widths.append(finish.quantile(0.9) - finish.quantile(0.1))
    # What the race adds is three normals where it shows and one where it does not: the seam is a few parts in a thousand.
    assert widths[1] <= 1.005 * widths[0]


def test_marks_narrow_the_band() -> None:
    """A steady runner's band narrows with every 5 km."""
    bands = []
    for upto in FIVES:
        finish = ahead(steady(0.3, upto), "mass").at(TOTAL_M)
        bands.append(finish.quantile(0.9) - finish.quantile(0.1))
    assert bands == sorted(bands, reverse=True)


def test_before_the_first_mark_there_is_the_prior() -> None:
    """Without marks the way ahead is that of the field."""
    found = ahead([], "mass")
    assert (found.last_m, found.last_s) == (0.0, 0.0)
    assert 9000 < found.at(TOTAL_M).quantile(0.05) < found.at(TOTAL_M).quantile(0.95) < 25_000


def test_a_place_behind_has_no_forecast() -> None:
    """What lies behind the last mark or beyond the finish is refused in one line, the mark itself is its own time."""
    found = ahead(steady(0.3, 10_000), "mass")
    assert found.at(10_000.0).quantile(0.5) == 3000.0
    for metres in (9000.0, 43_000.0):
        with pytest.raises(ValueError, match="no forecast for"):
            found.at(metres)


@given(st.floats(0.17, 0.4), st.integers(1, 20))
def test_other_distances_are_run_evenly(pace: float, count: int) -> None:
    """A half marathon by the kilometre is forecast near its even pace."""
    marks = [(1000.0 * n, 1000.0 * n * pace, 1.0) for n in range(1, count + 1)]
    found = forecast(marks, HALF, mixture("mass", HALF), MODEL)
    assert found.at(21_097.5).quantile(0.5) == pytest.approx(21_097.5 * pace, rel=0.015)


@given(st.floats(0.17, 0.42), st.sampled_from(FIVES))
def test_who_is_paced_and_runs_evenly_will_go_on_so(pace: float, upto: float) -> None:
    """A perfectly even runner under `paced` is forecast within 1.5 % of even pace, whatever the pace."""
    even_s = TOTAL_M * pace
    assert ahead(steady(pace, upto), "paced").at(TOTAL_M).quantile(0.5) == pytest.approx(even_s, rel=0.015)


@given(runs(), st.floats(0.05, 0.9), st.floats(0.05, 1.0))
def test_from_the_last_mark_on_it_is_the_forecast(marks: list[Timed], share: float, p: float) -> None:
    """From the last mark to a place takes as long as the forecast says, but for how finely that mark was read."""
    found = ahead(marks, "mass")
    to_m = found.last_m + share * (found.total_m - found.last_m)
    q = min(p, 0.95)
    assert found.between(found.last_m, to_m).quantile(q) == pytest.approx(
        found.at(to_m).quantile(q) - found.last_s, rel=0.01
    )


@given(runs(), st.floats(0.0, 0.45), st.floats(0.5, 0.9), st.sampled_from([0.05, 0.5, 0.95]))
def test_a_longer_way_takes_longer(marks: list[Timed], a: float, b: float, p: float) -> None:
    """At every quantile."""
    found = ahead(marks, "mass")
    left = found.total_m - found.last_m
    near, middle = found.last_m + a * left, found.last_m + b * left
    assert found.between(near, middle).quantile(p) < found.between(near, found.total_m).quantile(p)


@given(runs())
def test_it_is_narrower_than_two_moments_on_their_own(marks: list[Timed]) -> None:
    """The times of two places are one runner's: the time between them is surer than either suggests."""
    found = ahead(marks, "mass")
    near, far = (found.last_m + share * (found.total_m - found.last_m) for share in (0.4, 0.8))
    between = found.between(near, far)
    alone = found.at(far).quantile(0.9) - found.at(near).quantile(0.1)
    assert between.quantile(0.9) < alone


def test_there_is_no_way_back() -> None:
    """Behind the last mark, beyond the finish, or backwards: said."""
    found = ahead([(10_000.0, 3000.0, 1.0)], "mass")
    for from_m, to_m in ((5000.0, 20_000.0), (20_000.0, 15_000.0), (20_000.0, 50_000.0)):
        with pytest.raises(ValueError, match="no way ahead"):
            found.between(from_m, to_m)


@given(
    st.floats(0.17, 0.5), kinds, st.integers(5, 40), st.floats(2, 40), st.booleans(), st.sampled_from([0.02, 0.5, 0.98])
)
def test_whoever_is_waited_for_in_vain_has_the_rest_still_to_run(
    pace: float, kind: Kind, kilometres: int, wait: float, early: bool, p: float
) -> None:
    """However long a mat near by was waited for, the finish is not reached faster from there than a runner can."""
    marks = steady(pace, kilometres * 1000.0, mats=tuple(1000.0 * k for k in range(1, kilometres + 1)))
    next_m = kilometres * 1000.0 + (200.0 if early else 1000.0)
    horizon_s = marks[-1][1] + wait * (next_m - marks[-1][0]) * pace
    held = ahead(marks, kind, horizon_s, next_m).at(TOTAL_M)
    least_s = horizon_s + FASTEST * pace * (TOTAL_M - next_m)
    assert held.quantile(p) >= least_s - 1e-3
    assert held.cdf(least_s - 1.0) == 0.0
