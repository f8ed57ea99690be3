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

from tracker.race.projection.condition import LOG_NEGLIGIBLE, MAT_SD_M, SAME_MAT_M, Gains, gains
from tracker.race.projection.forecast import DEEPEST, UNMOVED, reach
from tracker.race.projection.model import Ground, Model, Prior
from tracker.race.projection.moment import ROOT_TAU
from tracker.race.projection.moments import Array, Indices, Moments, tail

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Stacked:
    """The gains of all components under one pattern."""

    constant: Array
    whiten: Array
    centre: Array
    turn: Array
    level: Array
    cross: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """One row a runner and component that matters: log seconds to the place (far) and to the next mat (near)."""

    runner: Indices
    weight: Array
    far: Array
    far_var: Array
    near: Array
    near_var: Array
    link: Array


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
    count = len(times_s)
    last_s, race_var = np.zeros(count), np.zeros(count)
    steps = [steps_s] * len(mats_m) if isinstance(steps_s, int | float) else list(steps_s)
    scale = prior.total_m / sum(model.segments_m)
    found: list[_Ways] = []
    for rows, columns in _groups(_stood(times_s, mats_m, prior)):
        known = gains(prior, tuple((mats_m[j], steps[j]) for j in columns))
        times = times_s[rows][:, columns]
        if columns:
            last_s[rows] = times[:, -1]
        race_var[rows] = model.spread.at(known.last_m / scale, known=ground.offsets is not None) ** 2
        if known.ends_m:
            next_m = min((m for m in mats_m if known.last_m + SAME_MAT_M < m <= prior.total_m), default=prior.total_m)
            to_m = next_m if to_next else prior.total_m
            found.extend(_ways(known, rows, times, to_m, None if horizon_s is None else next_m))
    ways = _joined(found)
    scales = np.array(model.spread.scales)
    cut_s = None if horizon_s is None else np.asarray(horizon_s, dtype=float) - last_s
    return _moments(ways, last_s, race_var, scales, cut_s, same=to_next)


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
    """The runners of every pattern, and its columns."""
    if not kept.size:
        if len(kept):
            yield np.arange(len(kept)), []
        return
    packed = np.packbits(kept, axis=1)
    which = np.unique(packed, axis=0, return_inverse=True)[1].ravel()
    order = np.argsort(which, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(which[order])) + 1):
        yield rows, np.flatnonzero(kept[rows[0]]).tolist()


@lru_cache(maxsize=128)
def _stacked(known: Gains) -> _Stacked:
    size = len(known.gains[0].whiten)
    whiten = np.zeros((len(known.gains), size, size))
    for k, gain in enumerate(known.gains):
        for i, row in enumerate(gain.whiten):
            whiten[k, i, : len(row)] = row
    left = len(known.ends_m)
    return _Stacked(
        constant=np.array([gain.constant for gain in known.gains]),
        whiten=whiten,
        centre=np.array([gain.centre for gain in known.gains]).reshape(len(known.gains), size),
        turn=np.array([gain.turn for gain in known.gains]).reshape(len(known.gains), left, size),
        level=np.array([gain.level for gain in known.gains]),
        cross=np.array([gain.cross for gain in known.gains]),
    )


def _ways(known: Gains, rows: Indices, times: Array, to_m: float, next_m: float | None) -> Iterator[_Ways]:
    """The ways ahead of the runners of one pattern, a block a component."""
    stack = _stacked(known)
    places = np.array([0.0, *(metres for metres, _ in known.pattern)])
    y = np.log(np.diff(times, axis=1, prepend=0.0) / np.diff(places) * 1000)
    z = np.einsum("gn,kin->kgi", y, stack.whiten, optimize=True) - stack.centre[:, None, :]
    logs = stack.constant[:, None] - (z * z).sum(axis=2) / 2
    logs -= logs.max(axis=0)
    keep = logs >= LOG_NEGLIGIBLE if len(known.pattern) else np.ones(logs.shape, dtype=bool)
    weights = np.where(keep, np.exp(logs), 0.0)
    weights /= weights.sum(axis=0)
    for k in range(len(stack.constant)):
        of = np.flatnonzero(keep[k])
        if not len(of):
            continue
        paces = np.exp(stack.level[k] + z[k, of] @ stack.turn[k].T) / 1000
        far, far_var, parts = _reached(known, stack.cross[k], paces, to_m)
        near, near_var, link = far, far_var, far_var
        if next_m is not None:
            near, near_var, nearer = _reached(known, stack.cross[k], paces, next_m)
            common = MAT_SD_M**2 / ((next_m - known.last_m) * (to_m - known.last_m))
            crossed = ((nearer @ stack.cross[k][: nearer.shape[1], : parts.shape[1]]) * parts).sum(axis=1)
            link = np.log1p(common + crossed / (nearer.sum(axis=1) * parts.sum(axis=1)))
        yield _Ways(rows[of], weights[k, of], far, far_var, near, near_var, link)


def _reached(known: Gains, cross: Array, paces: Array, to_m: float) -> tuple[Array, Array, Array]:
    """Mean and variance of the log seconds to a place, and the seconds of each segment on the way."""
    lengths, noise = reach(known, to_m)
    size = len(lengths)
    parts = paces[:, :size] * np.array(lengths)
    whole = parts.sum(axis=1)
    crossed = ((parts @ cross[:size, :size]) * parts).sum(axis=1)
    variance = np.log1p(noise + (crossed + known.step_s**2 / 6) / whole**2)
    return np.log(whole) - variance / 2, variance, parts


def _joined(found: Sequence[_Ways]) -> _Ways:
    """All blocks as one, in the order of the runners."""
    names = _Ways.__slots__
    if not found:
        return _Ways(np.zeros(0, dtype=np.intp), *(np.zeros(0) for _ in names[1:]))
    runner = np.concatenate([ways.runner for ways in found])
    order = np.argsort(runner, kind="stable")
    rest = (np.concatenate([getattr(ways, name) for ways in found])[order] for name in names[1:])
    return _Ways(runner[order], *rest)


def _moments(ways: _Ways, last_s: Array, race_var: Array, scales: Array, cut_s: Array | None, *, same: bool) -> Moments:
    """The ways with what the race adds, cut off where a mat was waited for in vain."""
    starts = np.searchsorted(ways.runner, np.arange(len(last_s) + 1))
    race = race_var[ways.runner][:, None] * scales[:, 1]
    weight = ways.weight[:, None] * scales[:, 0]
    far = np.broadcast_to(ways.far[:, None], race.shape)
    far_sd = np.sqrt(ways.far_var[:, None] + race)
    kept, cut, floor_s = np.ones(race.shape), np.full(len(last_s), -np.inf), np.full(len(last_s), -np.inf)
    plain = Moments(last_s, starts, weight, far, far_sd, kept, cut, floor_s)
    if cut_s is None:
        return plain
    has = np.diff(starts) > 0
    waited = (cut_s > 0) & has
    floor_s[waited] = (last_s + cut_s)[waited]
    with np.errstate(divide="ignore", invalid="ignore"):
        cuts = np.where(waited, np.log(cut_s), -np.inf)
    near, near_sd = ways.near[:, None], np.sqrt(ways.near_var[:, None] + race)
    deep = (cuts[ways.runner][:, None] - near) / near_sd
    moved = np.zeros(len(last_s), dtype=bool)
    moved[ways.runner[(deep >= UNMOVED).any(axis=1)]] = True
    rows = np.flatnonzero(moved[ways.runner])
    if not len(rows):
        return plain
    from_sd = np.minimum(deep[rows], DEEPEST)
    left = tail(from_sd, deep=True)[0]
    weight[rows] *= left
    weight[rows] /= np.bincount(ways.runner[rows], weight[rows].sum(axis=1), len(last_s))[ways.runner[rows], None]
    if same:
        cut[moved], kept[rows] = cuts[moved], 1.0 / left
        far = far.copy()
        far[rows] += (deep[rows] - from_sd) * near_sd[rows]
        return Moments(last_s, starts, weight, far, far_sd, kept, cut, floor_s)
    pull = np.exp(-0.5 * from_sd * from_sd) / (ROOT_TAU * left)
    link = (ways.link[rows][:, None] + race[rows]) / near_sd[rows]
    far = far.copy()
    far[rows] += link * (pull + deep[rows] - from_sd)
    far_sd[rows] = np.sqrt(np.maximum(far_sd[rows] ** 2 - link * link * pull * (pull - from_sd), 1e-12))
    return Moments(last_s, starts, weight, far, far_sd, kept, cut, floor_s)
