"""The same for a whole field in columns: equal to the runners' own forecasts to a hundredth of a second.

Runners with one pattern of mats share its gains; every one keeps the components that matter. Times are seconds on the
runners' clocks, NaN where a mat was not read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tracker.race.projection.condition import LOG_NEGLIGIBLE, SAME_MAT_M, Gains, gains
from tracker.race.projection.forecast import DEEPEST, UNMOVED, added, least_rest, links, race_sd, reach
from tracker.race.projection.model import Ground, Model, Prior
from tracker.race.projection.moment import ROOT_TAU
from tracker.race.projection.moments import ROWS, Array, Indices, Moments, tail

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Stacked:
    """The gains of all components under one pattern."""

    constant: Array
    whiten: Array
    centre: Array
    turn: Array
    level: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """One row a runner and part: log seconds to the place (far) and to the next mat (near), 1 where they are the same."""

    runner: Indices
    weight: Array
    far: Array
    far_var: Array
    near: Array
    near_var: Array
    link: Array
    same: Array


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a race beforehand."""

    ground: Ground
    prior: Prior
    model: Model


@dataclass(frozen=True, slots=True, eq=False)
class _Mixed:
    """What the marks of runners with one pattern say of every component: how likely it is, and where in it they are."""

    z: Array
    weights: Array
    keep: Flags


@dataclass(frozen=True, slots=True)
class _Race:
    """What the race adds at a last mark."""

    sd: float
    scales: tuple[tuple[float, float], ...]
    total_m: float


def many(
    times_s: Array,
    mats_m: Sequence[float],
    ground: Ground,
    prior: Prior,
    model: Model,
    *,
    steps_s: float | Sequence[float] = 1.0,
    to_next: bool = False,
    horizon_s: Array | float | None = None,
) -> Moments:
    """The moments at the finish, or at everyone's next mat, of runners (rows) with times at mats (columns, in order).

    `steps_s` are the clock's at each mat. `horizon_s`: until then the feed is known complete.
    """
    steps = [steps_s] * len(mats_m) if isinstance(steps_s, int | float) else list(steps_s)
    (found,) = _ahead(times_s, mats_m, _Known(ground, prior, model), steps, (to_next,), horizon_s)
    return found


def next_and_finish(
    times_s: Array, mats_m: Sequence[float], ground: Ground, prior: Prior, model: Model
) -> tuple[Moments, Moments]:
    """The moments at everyone's next mat and at the finish, for less than twice the work of one."""
    soon, finish = _ahead(times_s, mats_m, _Known(ground, prior, model), [1.0] * len(mats_m), (True, False), None)
    return soon, finish


def _ahead(
    times_s: Array,
    mats_m: Sequence[float],
    of: _Known,
    steps: Sequence[float],
    ends: Sequence[bool],
    horizon_s: Array | float | None,
) -> list[Moments]:
    """The moments at each of some ends: of everyone's next mat where one says so, else of the finish."""
    count, total_m = len(times_s), of.prior.total_m
    last_s, rest_s = np.zeros(count), np.zeros((len(ends), count))
    scale = total_m / sum(of.model.segments_m)
    found: list[list[_Ways]] = [[] for _ in ends]
    for rows, columns in _groups(_stood(times_s, mats_m, of.prior)):
        known = gains(of.prior, tuple((mats_m[j], steps[j]) for j in columns))
        times = times_s[rows][:, columns]
        if columns:
            last_s[rows] = times[:, -1]
        if not known.ends_m:
            continue
        next_m = min((m for m in mats_m if known.last_m + SAME_MAT_M < m <= total_m), default=total_m)
        race = _Race(race_sd(of.model, of.ground, of.prior, known.last_m / scale), of.model.spread.scales, total_m)
        mixed = _mixed(known, times)
        for n, to_next in enumerate(ends):
            to_m = next_m if to_next else total_m
            rest_s[n, rows] = least_rest(next_m, to_m, known.last_m, 1.0) * last_s[rows]
            found[n].extend(_ways(known, rows, mixed, race, to_m, None if horizon_s is None else next_m))
    cut_s = None if horizon_s is None else np.asarray(horizon_s, dtype=float) - last_s
    return [_moments(_joined(ways), last_s, cut_s, rest) for ways, rest in zip(found, rest_s, strict=True)]


def _stood(times_s: Array, mats_m: Sequence[float], prior: Prior) -> Flags:
    """Which marks are stood on: `condition.tidy` of every row."""
    kept = np.zeros(times_s.shape, dtype=bool)
    rows = np.arange(len(times_s))
    last_m, last_s = np.zeros(len(times_s)), np.zeros(len(times_s))
    column, segment = np.full(len(times_s), -1), np.full(len(times_s), -1)
    for j, metres in enumerate(mats_m):
        here = min(bisect_left(prior.ends_m, metres - SAME_MAT_M), len(prior.ends_m) - 1)
        read = (times_s[:, j] > last_s) & (metres > last_m + SAME_MAT_M)
        again = read & (segment == here)
        kept[rows[again], column[again]] = False
        kept[read, j] = True
        last_m[read], last_s[read], column[read], segment[read] = metres, times_s[read, j], j, here
    return kept


def _groups(kept: Flags) -> Iterator[tuple[Indices, list[int]]]:
    """The runners of every pattern, so many at a time as fit the cache, and its columns."""
    if not kept.size:
        if len(kept):
            yield np.arange(len(kept)), []
        return
    which = np.zeros(len(kept), dtype=np.intp)
    for read in kept.T:
        # A number a pattern, small again after each mat, however many mats there are.
        which = np.unique(2 * which + read, return_inverse=True)[1]
    order = np.argsort(which, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(which[order])) + 1):
        columns = np.flatnonzero(kept[rows[0]]).tolist()
        yield from ((rows[i : i + ROWS], columns) for i in range(0, len(rows), ROWS))


@lru_cache(maxsize=128)
def _stacked(known: Gains) -> _Stacked:
    size = len(known.gains[0].whiten)
    whiten = np.zeros((len(known.gains), size, size))
    for k, gain in enumerate(known.gains):
        for i, row in enumerate(gain.whiten):
            whiten[k, i, : len(row)] = row
    left, count = len(known.ends_m), len(known.gains)
    return _Stacked(
        constant=np.array([gain.constant for gain in known.gains]),
        whiten=whiten.reshape(count * size, size),
        centre=np.array([gain.centre for gain in known.gains]).reshape(count, size, 1),
        turn=np.array([gain.turn for gain in known.gains]).reshape(count, left, size),
        level=np.array([gain.level for gain in known.gains]).reshape(count, left, 1),
    )


def _mixed(known: Gains, times: Array) -> _Mixed:
    """The weights of the components for runners of one pattern."""
    stack = _stacked(known)
    count, size = len(known.gains), len(known.pattern)
    places = np.array([0.0, *(metres for metres, _ in known.pattern)])
    y = np.log(np.diff(times.T, axis=0, prepend=0.0) / np.diff(places)[:, None] * 1000)
    z = (np.einsum("ij,jg->ig", stack.whiten, y)).reshape(count, size, len(times)) - stack.centre
    logs = stack.constant[:, None] - np.einsum("kig,kig->kg", z, z) / 2
    logs -= logs.max(axis=0)
    keep = logs >= LOG_NEGLIGIBLE if size else np.ones(logs.shape, dtype=bool)
    weights = np.where(keep, np.exp(logs), 0.0)
    weights /= weights.sum(axis=0)
    return _Mixed(z, weights, keep)


def _ways(
    known: Gains, rows: Indices, mixed: _Mixed, race: _Race, to_m: float, next_m: float | None
) -> Iterator[_Ways]:
    """The ways ahead of the runners of one pattern, a block a part."""
    stack, z, weights = _stacked(known), mixed.z, mixed.weights
    far_m, far_var = reach(known, to_m)
    near_m, near_var = reach(known, to_m if next_m is None else next_m)
    linked, finish = far_var if next_m is None else links(known, next_m, to_m), reach(known, race.total_m)[1]
    same = float(next_m is None or abs(to_m - next_m) <= SAME_MAT_M)
    for k in range(len(known.gains)):
        of = np.flatnonzero(mixed.keep[k])
        if not len(of):
            continue
        paces = (
            np.exp(stack.level[k, : len(far_m)] + np.einsum("ij,jg->ig", stack.turn[k, : len(far_m)], z[k][:, of]))
            / 1000
        )
        far = np.log(np.array(far_m) @ paces) - far_var[k] / 2
        near = far if next_m is None else np.log(np.array(near_m) @ paces[: len(near_m)]) - near_var[k] / 2
        runner, weight = rows[of], weights[k, of]
        for share, more in added(race.sd, finish[k], race.scales):
            variances = (np.full(len(of), each + more) for each in (far_var[k], near_var[k], linked[k]))
            one, other, both = variances
            yield _Ways(runner, weight * share, far, one, near, other, both, np.full(len(of), same))


def _joined(found: Sequence[_Ways]) -> _Ways:
    """All blocks as one, in the order of the runners."""
    names = _Ways.__slots__
    if not found:
        return _Ways(np.zeros(0, dtype=np.intp), *(np.zeros(0) for _ in names[1:]))
    runner = np.concatenate([ways.runner for ways in found])
    order = np.argsort(runner, kind="stable")
    rest = (np.concatenate([getattr(ways, name) for ways in found])[order] for name in names[1:])
    return _Ways(runner[order], *rest)


def _moments(ways: _Ways, last_s: Array, cut_s: Array | None, rest_s: Array) -> Moments:
    """The ways, cut off where a mat was waited for in vain; `rest_s` is the least from there."""
    count, runner = len(last_s), ways.runner
    starts = np.concatenate(([0], np.cumsum(np.bincount(runner, minlength=count)[:count])))
    weight, far, far_sd = ways.weight, ways.far, np.sqrt(ways.far_var)
    kept, cut, floor_s = np.ones(len(runner)), np.full(count, -np.inf), np.full(count, -np.inf)
    plain = Moments(last_s, starts, weight, far, far_sd, kept, cut, floor_s)
    if cut_s is None:
        return plain
    waited = (cut_s > 0) & (np.diff(starts) > 0)
    floor_s[waited] = (last_s + cut_s + rest_s)[waited]
    cuts = np.full(count, -np.inf)
    cuts[waited] = np.log(cut_s[waited])
    near_sd = np.sqrt(ways.near_var)
    deep = (cuts[runner] - ways.near) / near_sd
    moved = np.zeros(count, dtype=bool)
    moved[runner[deep >= UNMOVED]] = True
    rows = np.flatnonzero(moved[runner])
    if not len(rows):
        return plain
    from_sd = np.minimum(deep[rows], DEEPEST)
    left = tail(from_sd, deep=True)[0]
    weight[rows] *= left
    weight[rows] /= np.bincount(runner[rows], weight[rows], count)[runner[rows]]
    here = ways.same[rows] > 0
    at = rows[here]
    cut[runner[at]], kept[at] = cuts[runner[at]], 1.0 / left[here]
    far[at] += (deep[at] - from_sd[here]) * near_sd[at]
    rows, from_sd, left = rows[~here], from_sd[~here], left[~here]
    pull = np.exp(-0.5 * from_sd * from_sd) / (ROOT_TAU * left)
    link = ways.link[rows] / near_sd[rows]
    far[rows] += link * (pull + deep[rows] - from_sd)
    far_sd[rows] = np.sqrt(np.maximum(far_sd[rows] ** 2 - link * link * pull * (pull - from_sd), 1e-12))
    return plain
