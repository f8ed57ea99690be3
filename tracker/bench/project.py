"""The projection: one runner, and a field of 50,000 in columns, each with three quantiles and one chance."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.bench.table import Row, at_most, middle

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RUNNERS = 50_000
ALONE = 400
MATS_M = (5000.0, 10_000.0, 15_000.0, 20_000.0, 21_097.5)
LEVELS = (0.1, 0.5, 0.9)
TARGET_S = 12_600.0


def field(runners: int) -> npt.NDArray[np.float64]:
    """Times at the mats up to half way of runners who slow down by rule, seeded: seconds, a row a runner."""
    import numpy as np

    rng = np.random.default_rng(5)
    drift = np.cumsum(rng.normal(0.012, 0.03, (runners, len(MATS_M))), axis=1)
    pace = np.exp(rng.normal(-1.08, 0.15, (runners, 1)) + drift)
    return np.cumsum(pace * np.diff([0.0, *MATS_M]), axis=1).round()


def projecting(rounds: int) -> Iterator[Row]:
    """A runner in microseconds, the field in seconds; gains are made beforehand, as for the second runner at a mat."""
    from tracker.priors import shipped
    from tracker.race.projection.forecast import forecast
    from tracker.race.projection.many import many
    from tracker.race.projection.model import Ground, prior

    model, ground = shipped(), Ground(42_195.0)
    mixture, times = prior(model, "mass", ground), field(RUNNERS)
    each = [[(m, float(t), 1.0) for m, t in zip(MATS_M, row, strict=True)] for row in times[:ALONE]]

    def alone() -> float:
        begun = time.perf_counter()
        for marks in each:
            finish = forecast(marks, ground, mixture, model).at(42_195.0)
            finish.quantiles(LEVELS)
            finish.cdf(TARGET_S)
        return (time.perf_counter() - begun) / len(each) * 1e3

    def together() -> float:
        begun = time.perf_counter()
        finish = many(times, MATS_M, ground, mixture, model)
        finish.quantiles(LEVELS)
        finish.cdf(TARGET_S)
        return time.perf_counter() - begun

    alone(), together()
    yield Row("project one runner at half way", "ms", middle([alone() for _ in range(rounds)]), (at_most(0.2),))
    yield Row("project 50,000 runners", "s", middle([together() for _ in range(rounds)]), (at_most(0.5),))
