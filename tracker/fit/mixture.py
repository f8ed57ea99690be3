"""Gaussian mixtures by expectation and maximisation, with weighted rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracker.backtest.tables import Floats

RIDGE = 2e-5
"""Added to every variance of log pace: 0.4 % of a pace."""
ENOUGH = 1e-5
"""Rounds end when the mean log likelihood gains less than this."""
SEEDING_ROWS = 6000


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Weights, means and covariances, a component a row."""

    weights: Floats
    means: Floats
    covariances: Floats


def fit(rows: Floats, weights: Floats, count: int, seed: int, rounds: int = 60) -> Mixture:
    """The mixture of `count` components that makes weighted rows likely, from a start given by the seed."""
    weights = weights / weights.sum()
    belongs = _start(rows, weights, count, np.random.default_rng(seed))
    before = -np.inf
    for _ in range(rounds):
        found = _maximised(rows, weights, belongs)
        logs = log_likelihoods(found, rows)
        top = logs.max(axis=1, keepdims=True)
        belongs = np.exp(logs - top)
        whole = belongs.sum(axis=1, keepdims=True)
        belongs /= whole
        now = float(weights @ (np.log(whole) + top)[:, 0])
        if now - before < ENOUGH:
            break
        before = now
    return found


def log_likelihoods(mixture: Mixture, rows: Floats) -> Floats:
    """The log of weight times density, up to a constant: rows by components."""
    out = np.empty((len(rows), len(mixture.weights)))
    for k, (weight, mean, covariance) in enumerate(
        zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
    ):
        lower = np.linalg.cholesky(covariance)
        z = np.linalg.solve(lower, (rows - mean).T)
        out[:, k] = np.log(weight) - (z * z).sum(axis=0) / 2 - np.log(np.diag(lower)).sum()
    return out


def _start(rows: Floats, weights: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Soft memberships about the centres that ten rounds of k-means find, in units of the whole's spread."""
    mean = weights @ rows
    spread = ((rows - mean) * weights[:, None]).T @ (rows - mean)
    whitened = np.linalg.solve(np.linalg.cholesky(spread + RIDGE * np.eye(len(mean))), (rows - mean).T).T
    some = whitened[rng.choice(len(rows), min(len(rows), SEEDING_ROWS), replace=False, p=weights)]
    centres = some[rng.choice(len(some), count, replace=False)]
    for _ in range(10):
        nearest = _nearest(some, centres)
        centres = np.stack(
            [some[nearest == k].mean(axis=0) if (nearest == k).any() else centres[k] for k in range(count)]
        )
    return np.asarray(np.eye(count)[_nearest(whitened, centres)] * 0.9 + 0.1 / count)


def _nearest(rows: Floats, centres: Floats) -> NDArray[np.intp]:
    return np.asarray((2 * rows @ centres.T - (centres * centres).sum(axis=1)).argmax(axis=1))


def _maximised(rows: Floats, weights: Floats, belongs: Floats) -> Mixture:
    shares = belongs * weights[:, None]
    sizes = shares.sum(axis=0)
    means = shares.T @ rows / sizes[:, None]
    ridge = RIDGE * np.eye(rows.shape[1])
    covariances = np.stack(
        [((rows - mean) * shares[:, k : k + 1]).T @ (rows - mean) / sizes[k] + ridge for k, mean in enumerate(means)]
    )
    return Mixture(sizes / sizes.sum(), means, covariances)
