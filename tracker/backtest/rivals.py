"""What the others do: the average pace so far, and the pace of the last 5 km, each with the spread of its own errors."""

from __future__ import annotations

import numpy as np

from tracker.backtest.tables import FINISH, PLACES_M, Floats

LEAST_M = 4000.0
"""The last 5 km begin at the nearest mark that lies at least so far back: the half's at 15 km, 25 km's at 20 km."""
LEAST_SPREAD = 1e-3


def constant_pace(marks_s: Floats, mat: int) -> Floats:
    """The finish at the average pace up to a mat."""
    return np.asarray(marks_s[:, mat] / PLACES_M[mat] * PLACES_M[FINISH])


def last_pace(marks_s: Floats, mat: int) -> Floats:
    """The finish at the pace of the last 5 km before a mat, or since the nearest mark before these where it was missed."""
    from_m, from_s = np.zeros(len(marks_s)), np.zeros(len(marks_s))
    for earlier in range(mat):
        if PLACES_M[mat] - PLACES_M[earlier] >= LEAST_M:
            read = ~np.isnan(marks_s[:, earlier])
            from_m[read], from_s[read] = PLACES_M[earlier], marks_s[read, earlier]
    here_s = marks_s[:, mat]
    return np.asarray(here_s + (here_s - from_s) / (PLACES_M[mat] - from_m) * (PLACES_M[FINISH] - PLACES_M[mat]))


def spread(forecast_s: Floats, finish_s: Floats, here_s: Floats) -> float:
    """The root mean square of a forecast's own errors, in the log of the time from the mat on."""
    errors = np.log((finish_s - here_s) / (forecast_s - here_s))
    return max(LEAST_SPREAD, float(np.sqrt(np.mean(errors**2))))


def standing(forecast_s: Floats, here_s: Floats, sd: float, targets_s: Floats) -> Floats:
    """How many of its spreads each target (columns) lies behind a forecast (rows)."""
    left = targets_s[None, :] - here_s[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (np.log(left) - np.log(forecast_s - here_s)[:, None]) / sd
    return np.asarray(np.where(left > 0, found, -np.inf))
