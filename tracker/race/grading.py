"""How honest the projection was today: what was said at each mat, set against what came. Loads numpy.

Rule: a band is graded once its whole patience is over, whether its runner was early or late in it. Whoever is graded as
soon as they are read would be the fast ones, and every band would look too cautious.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tracker.race.bulk import Bools
from tracker.race.projection.basis import Basis
from tracker.race.projection.many import many
from tracker.race.projection.moments import Array
from tracker.race.projection.project import OVERDUE_P, PATIENCE
from tracker.race.shares import Shares

SOONEST = 0.7
"""Nobody runs to the next mat in less than this share of the time that their mean pace would take."""


@dataclass(frozen=True, slots=True)
class Grade:
    """How much held of what was said at one mat (a column, by number) of another."""

    at: int
    of: int
    shares: Shares


def grades(times_s: Array, mats_m: Sequence[float], out: Bools, now_s: Array, basis: Basis) -> tuple[Grade, ...]:
    """Every mat's word of the next mat, then every mat's of the finish; those of which nothing can be told left out.

    `times_s` on the runners' own clocks, NaN where they were not read; `now_s` on the same clocks; `out` are those who
    are known to be out, of whom nothing was said to come.
    """
    last = len(mats_m) - 1
    pairs = [(n, n + 1) for n in range(last)] + [(n, last) for n in range(last - 1)]
    return tuple(
        Grade(at, of, shares)
        for at, of in pairs
        if (shares := _graded(times_s, mats_m, (at, of), out, now_s, basis)) is not None
    )


def _graded(
    times_s: Array, mats_m: Sequence[float], pair: tuple[int, int], out: Bools, now_s: Array, basis: Basis
) -> Shares | None:
    at, of = pair
    then_s = times_s[:, at]
    soonest_s = then_s + SOONEST * then_s * (mats_m[of] / mats_m[at] - 1.0)
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero(~np.isnan(then_s) & (soonest_s <= now_s))
    chances, unseen = [np.zeros(0)], 0
    for some, mixture in basis.populations(then_s[rows] / mats_m[at] * 1000):
        group = rows[some]
        upto = [mats_m[n] for n in range(at + 1)]
        if of - at == 1:
            known = np.column_stack([times_s[group, : at + 1], np.full(len(group), np.nan)])
            said = many(known, [*upto, mats_m[of]], basis.ground, mixture, basis.model, to_next=True)
        else:
            said = many(times_s[group, : at + 1], upto, basis.ground, mixture, basis.model)
        latest_s = said.quantiles((OVERDUE_P,))[:, 0]
        decided = then_s[group] + PATIENCE * (latest_s - then_s[group]) <= now_s[group]
        came = times_s[group, of]
        read = decided & ~np.isnan(came)
        later = ~np.isnan(times_s[group, of:]).all(axis=1) if of < len(mats_m) - 1 else np.zeros(len(group), np.bool_)
        unseen += int((decided & np.isnan(came) & ~out[group] & ~later).sum())
        chances.append(said.cdf(np.where(read, came, 0.0))[read])
    return _shares(np.concatenate(chances), unseen)


def _shares(chances: Array, unseen: int) -> Shares | None:
    if not len(chances):
        return Shares(0, unseen=unseen) if unseen else None
    off = np.abs(chances - 0.5)
    held50, held80, held90 = (float((off <= band / 2).mean()) for band in (0.5, 0.8, 0.9))
    return Shares(len(chances), held50, held80, held90, float((chances > 0.5).mean()), unseen)
