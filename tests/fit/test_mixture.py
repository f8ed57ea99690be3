"""Laws of tracker/fit/mixture.py."""

from __future__ import annotations

import numpy as np

from tracker.fit.mixture import Mixture, fit, log_likelihoods

RNG = np.random.default_rng(4)
TWO = np.concatenate([RNG.normal(0.0, 0.1, (400, 2)), RNG.normal(3.0, 0.2, (400, 2))])


def test_what_two_crowds_were_made_from_is_found() -> None:
    """Their shares, middles and spreads."""
    found = fit(TWO, np.ones(len(TWO)), 2, seed=1)
    order = np.argsort(found.means[:, 0])
    assert np.allclose(found.weights, 0.5, atol=0.02)
    assert np.allclose(found.means[order], [[0, 0], [3, 3]], atol=0.05)
    assert np.allclose(np.sqrt(found.covariances[order][:, 0, 0]), [0.1, 0.2], atol=0.02)


def test_a_row_counts_by_its_weight() -> None:
    """The crowd that is three times as heavy has three quarters."""
    found = fit(TWO, np.repeat([3.0, 1.0], 400), 2, seed=1)
    assert np.allclose(sorted(found.weights), [0.25, 0.75], atol=0.01)


def test_the_same_seed_gives_the_same_mixture() -> None:
    """To the last digit."""
    one, two = (fit(TWO, np.ones(len(TWO)), 5, seed=9) for _ in range(2))
    assert one.means.tobytes() == two.means.tobytes()
    assert one.covariances.tobytes() == two.covariances.tobytes()


def test_the_likelihood_is_the_normals() -> None:
    """Up to the constant of the dimension, on one component worked out by hand."""
    mixture = Mixture(np.array([1.0]), np.array([[1.0, 2.0]]), np.diag([4.0, 1.0])[None])
    expected = -(1.0 / 4 + 1.0) / 2 - np.log(2.0)
    assert np.allclose(log_likelihoods(mixture, np.array([[2.0, 3.0]])), expected)
