"""How honest the projection was today: what was said at each mat, set against what came. Loads numpy.

Rule: a band is graded once its whole patience is over, whether its runner was early or late in it. Whoever is graded as
soon as they are read would be the fast ones, and every band would look too cautious.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tracker.race.projection.basis import Basis
from tracker.race.projection.many import many
from tracker.race.projection.moments import Array
from tracker.race.projection.project import OVERDUE_P, PATIENCE
from tracker.race.won import Bools

SOONEST = 0.7
"""Nobody runs to the next mat in less than this share of the time that their mean pace would take."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What was said at one mat (a column, by number) of another. The shares are of `count` bands that were graded.

    `later`: came after the median; `off_s`: the middle of how much later. `unseen`: were said to come and were not read.
    """

    at: int
    of: int
    count: int
    held50: float
    held80: float
    held90: float
    later: float
    off_s: float
    unseen: int = 0


def grades(times_s: Array, mats_m: Sequence[float], out: Bools, now_s: Array, basis: Basis) -> tuple[Grade, ...]:
    """Every mat's word of the next mat, then every mat's of the finish; those of which nothing can be told left out.

    `times_s` on the runners' own clocks, NaN where they were not read; `now_s` on the same clocks; `out` are those who
    are known to be out, of whom nothing was said to come.
    """
    last = len(mats_m) - 1
    pairs = [(n, n + 1) for n in range(last)] + [(n, last) for n in range(last - 1)]
    return tuple(
        grade for at, of in pairs if (grade := _grade(times_s, mats_m, (at, of), out, now_s, basis)) is not None
    )


def _grade(
    times_s: Array, mats_m: Sequence[float], pair: tuple[int, int], out: Bools, now_s: Array, basis: Basis
) -> Grade | None:
    at, of = pair
    then_s = times_s[:, at]
    soonest_s = then_s + SOONEST * then_s * (mats_m[of] / mats_m[at] - 1.0)
    with np.errstate(invalid="ignore"):
        rows = np.flatnonzero(~np.isnan(then_s) & (soonest_s <= now_s))
    chances, seen, unseen = [np.zeros(0)], [np.zeros(0)], 0
    for some, mixture in basis.populations(then_s[rows] / mats_m[at] * 1000):
        group = rows[some]
        upto = [mats_m[n] for n in range(at + 1)]
        if of - at == 1:
            known = np.column_stack([times_s[group, : at + 1], np.full(len(group), np.nan)])
            said = many(known, [*upto, mats_m[of]], basis.ground, mixture, basis.model, to_next=True)
        else:
            said = many(times_s[group, : at + 1], upto, basis.ground, mixture, basis.model)
        middle_s, latest_s = said.quantiles((0.5, OVERDUE_P)).T
        decided = then_s[group] + PATIENCE * (latest_s - then_s[group]) <= now_s[group]
        came = times_s[group, of]
        read = decided & ~np.isnan(came)
        later = ~np.isnan(times_s[group, of:]).all(axis=1) if of < len(mats_m) - 1 else np.zeros(len(group), np.bool_)
        unseen += int((decided & np.isnan(came) & ~out[group] & ~later).sum())
        chances.append(said.cdf(np.where(read, came, 0.0))[read])
        seen.append((came - middle_s)[read])
    return _shares(at, of, np.concatenate(chances), np.concatenate(seen), unseen)


def _shares(at: int, of: int, chances: Array, off_s: Array, unseen: int) -> Grade | None:
    if not len(chances) and not unseen:
        return None
    if not len(chances):
        return Grade(at, of, 0, 0.0, 0.0, 0.0, 0.0, 0.0, unseen)
    off = np.abs(chances - 0.5)
    held50, held80, held90 = (float((off <= band / 2).mean()) for band in (0.5, 0.8, 0.9))
    return Grade(
        at, of, len(chances), held50, held80, held90, float((chances > 0.5).mean()), float(np.median(off_s)), unseen
    )
