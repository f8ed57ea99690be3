"""Laws of tracker/backtest/rivals.py."""

from __future__ import annotations

import numpy as np

from tracker.backtest.rivals import constant_pace, last_pace, spread, standing
from tracker.backtest.tables import PLACES_M

EVEN = np.array([PLACES_M]) * 0.3


def test_both_are_exact_on_an_even_runner() -> None:
    """At every mat."""
    for mat in range(9):
        assert np.allclose(constant_pace(EVEN, mat), EVEN[:, 9])
        assert np.allclose(last_pace(EVEN, mat), EVEN[:, 9])


def test_the_last_5_km_are_those_before_the_mat() -> None:
    """What came before them does not matter; a missed mat is bridged by the one before it."""
    slow = EVEN + np.where(np.arange(10) >= 2, 100.0, 0.0)
    assert np.allclose(last_pace(slow, 3), slow[:, 9])
    assert np.allclose(last_pace(slow, 5), slow[:, 9])
    missed = slow.copy()
    missed[0, 2] = np.nan
    assert np.allclose(last_pace(missed, 3), slow[0, 3] + (slow[0, 3] - slow[0, 1]) / 10 * 22.195)
    assert np.allclose(last_pace(slow, 0), constant_pace(slow, 0))


def test_the_chance_of_a_target_comes_from_the_errors_own_spread() -> None:
    """A target at the forecast stands at 0, one that has passed at −∞, and errors of 10 % make a spread of 0.1."""
    here, forecast = np.full(2, 100.0), np.full(2, 200.0)
    finish = 100.0 + 100.0 * np.exp(np.array([0.1, -0.1]))
    sd = spread(forecast, finish, here)
    assert abs(sd - 0.1) < 1e-12
    found = standing(forecast, here, sd, np.array([90.0, 200.0, 100.0 + 100.0 * np.exp(0.2)]))
    assert found[0, 0] == -np.inf
    assert np.allclose(found[:, 1:], [[0.0, 2.0]] * 2)
