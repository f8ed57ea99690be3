"""Marks become weights and paces to come; checked against the textbook formulas in numpy."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.race.projection.made import FIVES, MARATHON, mixture, runs, steady
from tracker.race.projection.condition import (
    MAT_SD_M,
    NEGLIGIBLE,
    Timed,
    cholesky,
    condition,
    gains,
    log_paces,
    shares,
    tidy,
)

MASS = mixture("mass")


@given(runs(), st.randoms(use_true_random=False))
def test_order_and_repetition_of_marks_do_not_matter(marks: list[Timed], random: object) -> None:
    """The marks that are stood on are the same in any order and told twice."""
    again = [*marks, *marks]
    random.shuffle(again)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert tidy(again, MASS) == tidy(marks, MASS)


def test_of_a_segment_the_last_mark_is_stood_on() -> None:
    """Kilometre splits are thinned to the last of every segment and the last of all; the half is a segment's end."""
    kilometres = tuple(1000.0 * n for n in range(1, 24))
    kept = [metres for metres, _, _ in tidy(steady(0.3, 23_000, mats=(*kilometres, 21_097.5)), MASS)]
    assert kept == [5000, 10_000, 15_000, 20_000, 21_097.5, 23_000]


def test_a_mark_not_later_than_the_one_before_is_passed_over() -> None:
    """A time that stands still or runs backwards is not stood on."""
    assert tidy([(5000, 1500, 1), (10_000, 1500, 1), (15_000, 4500, 1)], MASS) == ((5000, 1500, 1), (15_000, 4500, 1))


@given(st.floats(0, 42_195), st.floats(0, 42_195))
def test_shares_of_a_stretch_add_up(a: float, b: float) -> None:
    """What lies in the segments together is the stretch."""
    low, high = min(a, b), max(a, b)
    assert math.isclose(sum(shares(low, high, MASS.ends_m)), high - low, abs_tol=1e-6)


@given(runs())
def test_the_posterior_is_the_textbooks(marks: list[Timed]) -> None:
    """Weights, means and covariances are those of conditioning a Gaussian mixture on linear observations."""
    stood = tidy(marks, MASS)
    known = gains(MASS, tuple((metres, step) for metres, _, step in stood))
    found = condition(known, log_paces(stood))
    logs, means, lefts = [], [], []
    y = np.array(log_paces(stood))
    places = [0.0, *(metres for metres, _, _ in stood)]
    H = np.array([np.array(shares(a, b, MASS.ends_m)) / (b - a) for a, b in pairwise(places)])
    lengths = np.diff([0.0, *MASS.ends_m])
    for part in MASS.components:
        mean, covariance = np.array(part.mean), np.array(part.covariance)
        pace = float(lengths @ np.exp(mean)) / 1000 / MASS.total_m
        D = np.zeros((len(y), len(y)))
        for k, (a, b) in enumerate(pairwise(places)):
            D[k, k] = 1 / (pace * (b - a))
            if k:
                D[k, k - 1] = -D[k, k]
        errors = np.diag([(MAT_SD_M * pace) ** 2 + step**2 / 12 for _, _, step in stood])
        S = H @ covariance @ H.T + D @ errors @ D.T
        r = y - H @ mean
        gain = covariance @ H.T @ np.linalg.inv(S)
        logs.append(math.log(part.weight) - 0.5 * (r @ np.linalg.solve(S, r) + np.linalg.slogdet(S)[1]))
        means.append(mean + gain @ r)
        lefts.append(covariance - gain @ H @ covariance)
    weights = np.exp(np.array(logs) - max(logs))
    kept = weights >= NEGLIGIBLE
    weights = weights[kept] / weights[kept].sum()
    np.testing.assert_allclose([one.weight for one in found], weights, rtol=1e-6)
    first = len(MASS.ends_m) - len(known.ends_m)
    for one, mean, left in zip(found, np.array(means)[kept], np.array(lefts)[kept], strict=True):
        expected = np.exp(mean + np.diag(left) / 2)[first:] / 1000
        np.testing.assert_allclose(one.paces, expected, rtol=1e-7)
        np.testing.assert_allclose(known.gains[one.index].cross, np.expm1(left)[first:, first:], rtol=1e-5, atol=1e-9)


def test_gains_are_kept_for_the_next_runner() -> None:
    """Two runners with one pattern of mats share its gains."""
    pattern = tuple((metres, 1.0) for metres in FIVES)
    assert gains(MASS, pattern) is gains(mixture("mass", MARATHON), pattern)


def test_a_triangle_squares_to_its_matrix() -> None:
    """The root of a matrix is a root."""
    matrix = [[4.0, 2.0], [2.0, 3.0]]
    lower = np.array(cholesky(matrix))
    np.testing.assert_allclose(lower @ lower.T, matrix)
