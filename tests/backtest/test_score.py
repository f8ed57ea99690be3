"""Laws of tracker/backtest/score.py."""

from __future__ import annotations

import numpy as np
import pytest

from tracker.backtest.score import PROBABILITIES, TARGETS_S, Scored, pinball

NAMES = ["race", "mat", "group", "n", "mae", "median_abs", "bias", "cov50", "cov80", "cov90", "width80", "pinball",
         "mae_even", "mae_last5", "brier", "brier_even", "brier_last5"]  # fmt: skip
FINISH = np.array([10_000.0, 12_000.0, 8000.0])


def scored(half: tuple[float, float, float] = (4800.0, 5500.0, np.nan)) -> Scored:
    """Three runners; the median 100 s late, the bands 25, 150 and 400 s to each side of it."""
    sides = np.array([-400.0, -150.0, -25.0, 0.0, 25.0, 150.0, 400.0])
    sure = (FINISH[:, None] < TARGETS_S).astype(float)
    return Scored("a_1", "20K", FINISH, np.array(half), FINISH[:, None] + 100.0 + sides, FINISH - 60.0, FINISH + 30.0,
                  (sure, np.full_like(sure, 0.5), 1 - sure))  # fmt: skip


def test_the_figures_are_what_their_names_say() -> None:
    """Errors are forecast minus finish; a band counts where it holds the finish."""
    row = next(scored().rows())
    assert list(row) == NAMES
    assert {name: row[name] for name in NAMES[3:11]} == pytest.approx(
        {"n": 3, "mae": 100, "median_abs": 100, "bias": 100, "cov50": 0, "cov80": 1, "cov90": 1, "width80": 300}
    )
    assert [row[name] for name in NAMES[12:]] == pytest.approx([60, 30, 0, 0.25, 1])


def test_groups_go_by_the_half_and_a_runner_without_one_counts_in_all_only() -> None:
    """Under 1:28 and under 1:10:30; a group without a runner has no row."""
    assert [(row["group"], row["n"]) for row in scored().rows()] == [("all", 3), ("half<1:28", 1)]
    assert [row["group"] for row in scored((4000.0, 5500.0, np.nan)).rows()] == ["all", "half<1:28", "half<1:10:30"]


def test_the_pinball_loss_is_least_at_the_true_quantile() -> None:
    """Of many draws, each quantile moved by a tenth to either side loses."""
    draws = np.random.default_rng(1).random(20_000)
    at = np.tile(PROBABILITIES, (len(draws), 1))
    assert pinball(draws, at) < min(pinball(draws, at + 0.1), pinball(draws, at - 0.1))


def test_reliability_tells_how_often_each_tenth_came_true() -> None:
    """The sure and right one has the first and the last tenth, the one that says a half the sixth."""
    rows = list(scored().reliability())
    mine = [(row["tenth"], row["said"], row["came"]) for row in rows if row["who"] == "paceline"]
    assert mine == [(0, 0.0, 0.0), (9, 1.0, 1.0)]
    (half,) = [row for row in rows if row["who"] == "constant pace"]
    assert (half["tenth"], half["n"]) == (5, 3 * len(TARGETS_S))
