"""From marks to what is known of each component: its weight and the log paces still to come.

Between two marks the log of the pace is the mean of the segments' log paces by length, give or take where the mats
lie and how finely the clock was read. All that depends on places alone is worked out once a pattern of mats.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import mul

from tracker.race.projection.model import Component, Prior, Vector

MAT_SD_M = 20.0
"""How far a mat lies from where it is said to be."""
SAME_MAT_M = 1.0
NEGLIGIBLE = 2e-3
"""A component with less of the best one's weight than this is left out."""
LOG_NEGLIGIBLE = math.log(NEGLIGIBLE)

Timed = tuple[float, float, float]
"""Metres, seconds, and the clock's step in seconds."""
Pattern = tuple[tuple[float, float], ...]
"""Metres and the clock's step of each mark."""


@dataclass(frozen=True, slots=True, eq=False)
class Gain:
    """One component under one pattern: what turns log paces y into its weight and its paces to come.

    `z = whiten·y − centre`; the log weight is `constant − z·z/2`; the log paces to come have mean `mean + turn·z` and
    `covariance`. `level` has half their variances added to the mean, `cross` is exp(covariance) − 1.
    """

    constant: float
    whiten: tuple[Vector, ...]
    centre: Vector
    turn: tuple[Vector, ...]
    level: Vector
    cross: tuple[Vector, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """All components under one pattern. `ends_m` are those of the segments still to come."""

    gains: tuple[Gain, ...]
    pattern: Pattern
    last_m: float
    step_s: float
    ends_m: Vector


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is left of a component, by its index: weight, and of the paces to come the means in seconds a metre."""

    index: int
    weight: float
    paces: Vector


def tidy(marks: Iterable[Timed], prior: Prior) -> tuple[Timed, ...]:
    """The marks that are stood on, in order: each later than the one before, and of every segment the last.

    Within a segment the pace is one, so that the marks inside it add nothing to the one at its end.
    """
    kept: list[Timed] = []
    ends, here, most = prior.ends_m, -1, len(prior.ends_m) - 1
    last_m = last_s = 0.0
    for mark in sorted(marks):
        metres, seconds, _ = mark
        if metres <= last_m + SAME_MAT_M or seconds <= last_s:
            continue
        segment = min(bisect_left(ends, metres - SAME_MAT_M), most)
        if segment == here:
            kept[-1] = mark
        else:
            kept.append(mark)
        here, last_m, last_s = segment, metres, seconds
    return tuple(kept)


def log_paces(marks: Sequence[Timed]) -> list[float]:
    """The log pace from each mark to the next, from the start on."""
    out: list[float] = []
    from_m = from_s = 0.0
    for metres, seconds, _ in marks:
        out.append(math.log((seconds - from_s) / (metres - from_m) * 1000))
        from_m, from_s = metres, seconds
    return out


def shares(from_m: float, to_m: float, ends_m: Sequence[float]) -> list[float]:
    """How much of a stretch lies in each segment, in metres."""
    out, begin = [], 0.0
    for i, end in enumerate(ends_m):
        # What is run beyond the last end, a metre or so, is run at its pace.
        last = i == len(ends_m) - 1
        out.append(max(0.0, (to_m if last else min(to_m, end)) - max(from_m, begin)))
        begin = end
    return out


@lru_cache(maxsize=512)
def gains(prior: Prior, pattern: Pattern) -> Gains:
    """The gains of a pattern of mats, kept for the next runner who passed the same ones."""
    last_m, step_s = pattern[-1] if pattern else (0.0, 0.0)
    first = next((i for i, end in enumerate(prior.ends_m) if end > last_m + SAME_MAT_M), len(prior.ends_m))
    found = tuple(_gain(component, prior.ends_m, pattern, first) for component in prior.components)
    return Gains(found, pattern, last_m, step_s, prior.ends_m[first:])


def _gain(component: Component, ends_m: Vector, pattern: Pattern, first: int) -> Gain:
    mean, covariance = component.mean, component.covariance
    size, places = len(mean), [0.0, *(metres for metres, _ in pattern)]
    seen = []
    for a, b in pairwise(places):
        seen.append([share / (b - a) for share in shares(a, b, ends_m)])
    # rows of H·covariance, then H·covariance·Hᵀ + R
    crossed = [[_dot(h, column) for column in covariance] for h in seen]
    spread = [[_dot(row, h) for h in seen] for row in crossed]
    _add_noise(spread, pattern, places, _mean_pace(component, ends_m))
    lower = cholesky(spread)
    whiten = _inverse(lower)
    centre = [_dot(row, [_dot(h, mean) for h in seen]) for row in whiten]
    # turn = covariance·Hᵀ·whitenᵀ, for the segments to come
    turn = [[_dot(row, [crossed[k][j] for k in range(len(seen))]) for row in whiten] for j in range(first, size)]
    left = [
        [covariance[first + i][first + j] - _dot(turn[i], turn[j]) for j in range(size - first)]
        for i in range(size - first)
    ]
    return Gain(
        constant=math.log(component.weight) - sum(math.log(row[i]) for i, row in enumerate(lower)),
        whiten=tuple(tuple(row[: i + 1]) for i, row in enumerate(whiten)),
        centre=tuple(centre),
        turn=tuple(tuple(row) for row in turn),
        level=tuple(mean[first + i] + left[i][i] / 2 for i in range(size - first)),
        cross=tuple(tuple(math.expm1(value) for value in row) for row in left),
    )


def _mean_pace(component: Component, ends_m: Vector) -> float:
    """Seconds a metre of the component's middle runner."""
    total, begin = 0.0, 0.0
    for x, end in zip(component.mean, ends_m, strict=True):
        total += (end - begin) * math.exp(x) / 1000
        begin = end
    return total / ends_m[-1]


def _add_noise(spread: list[list[float]], pattern: Pattern, places: Sequence[float], pace: float) -> None:
    """Adds the error of the marks, shared by the stretches on either side of one. The start is exact."""
    times = [pace * (b - a) for a, b in pairwise(places)]
    errors = [0.0, *((MAT_SD_M * pace) ** 2 + step * step / 12 for _, step in pattern)]
    for k, time in enumerate(times):
        spread[k][k] += (errors[k] + errors[k + 1]) / time**2
        if k:
            shared = errors[k] / (time * times[k - 1])
            spread[k][k - 1] -= shared
            spread[k - 1][k] -= shared


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    total: float = sum(map(mul, a, b))
    return total


def cholesky(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """The lower triangle whose square is a positive definite matrix."""
    size = len(matrix)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - _dot(lower[i][:j], lower[j][:j])
            lower[i][j] = math.sqrt(rest) if i == j else rest / lower[j][j]
    return lower


def _inverse(lower: Sequence[Sequence[float]]) -> list[list[float]]:
    """The inverse of a lower triangle."""
    size = len(lower)
    out = [[0.0] * size for _ in range(size)]
    for i in range(size):
        out[i][i] = 1 / lower[i][i]
        for j in range(i):
            out[i][j] = -sum(lower[i][k] * out[k][j] for k in range(j, i)) / lower[i][i]
    return out


def condition(known: Gains, y: Sequence[float]) -> list[Known]:
    """The components that still matter after log paces `y`, their weights summing to one."""
    weighed = _weighed(known, y)
    total = sum([weight for _, weight, _ in weighed])
    exp, out = math.exp, []
    for index, weight, z in weighed:
        gain = known.gains[index]
        paces = [exp(x + sum(map(mul, row, z))) / 1000 for x, row in zip(gain.level, gain.turn, strict=True)]
        out.append(Known(index, weight / total, tuple(paces)))
    return out


def _weighed(known: Gains, y: Sequence[float]) -> list[tuple[int, float, list[float]]]:
    """Index, weight beside the best one's, and z of the components that matter, in the order of the prior.

    A log weight only falls with every row of z, so that the first row bounds it: most components go by that.
    """
    if not y:
        return [(i, math.exp(gain.constant), []) for i, gain in enumerate(known.gains)]
    first = y[0]
    bounds = [
        (gain.constant - (gain.whiten[0][0] * first - gain.centre[0]) ** 2 / 2, i) for i, gain in enumerate(known.gains)
    ]
    found: list[tuple[int, float, list[float]]] = []
    best = least = -math.inf
    for bound, i in sorted(bounds, reverse=True):
        if bound < least:
            break
        gain = known.gains[i]
        z = [sum(map(mul, row, y)) - c for row, c in zip(gain.whiten, gain.centre, strict=True)]
        log_weight = gain.constant - sum(map(mul, z, z)) / 2
        found.append((i, log_weight, z))
        if log_weight > best:
            best, least = log_weight, log_weight + LOG_NEGLIGIBLE
    return [(i, math.exp(log_weight - best), z) for i, log_weight, z in sorted(found) if log_weight >= least]
