"""Who will be ahead at the finish: the chances of several whose ways ahead are known, and of times that stand.

What the race does to everybody's way ahead (its day, its road) is one thing for all of them. Two who both still run are
set against each other without it; against a time that stands it is weighed, and moves all who still run together.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from tracker.race.projection.forecast import Forecast
from tracker.race.projection.moment import Moment, deviate

TAIL = 5e-4
"""Beyond this share on either side nobody's moment is looked for."""
POINTS = 40
"""Instants at which a moment's shares are known; straight lines between them."""
DAYS = 7
"""Days that stand for all, each as likely as the others."""
DRAWN = 140
"""Points of a normal from which they are made."""
_GAUSS = 0.5 - math.sqrt(3.0) / 6.0


class Goal(NamedTuple):
    """A finish to come or one that stands, on a clock that began `shift_s` after the one that is common to all."""

    ahead: Forecast | None = None
    done_s: float | None = None
    shift_s: float = 0.0


class Chances(NamedTuple):
    """`first` sums to 1; `ahead[i][j]` is the chance that i is ahead of j, with ½ of a dead heat; ½ to oneself."""

    first: tuple[float, ...]
    ahead: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """The shares of a moment at instants, on the runner's own clock."""

    last_s: float
    race_sd: float
    shift_s: float
    instants: tuple[float, ...]
    shares: tuple[float, ...]

    def at(self, instant_s: float, day: float) -> float:
        """The chance of being in by an instant of the common clock on a day that slows everybody by so many sds."""
        own_s = self.last_s + (instant_s - self.shift_s - self.last_s) * math.exp(-self.race_sd * day)
        n = bisect_right(self.instants, own_s)
        if n == 0:
            return 0.0
        if n == len(self.instants):
            return 1.0
        low, high = self.instants[n - 1], self.instants[n]
        below, above = self.shares[n - 1], self.shares[n]
        return below + (above - below) * (own_s - low) / (high - low)

    def moments(self, day: float) -> list[float]:
        """The instants of the common clock between which shares are straight, on such a day."""
        slow, from_s = math.exp(self.race_sd * day), self.shift_s + self.last_s
        return [from_s + (instant - self.last_s) * slow for instant in self.instants]


def chances(goals: Sequence[Goal]) -> Chances:
    """The chances of all goals, each of which has a way ahead or a time. ValueError where one has neither."""
    tables = [_table(goal) for goal in goals]
    done = [None if goal.done_s is None else goal.done_s + goal.shift_s for goal in goals]
    running = [(i, table) for i, table in enumerate(tables) if table is not None]
    best_s = min((time for time in done if time is not None), default=math.inf)
    scales = next((goal.ahead.scales for goal in goals if goal.ahead is not None), ())
    days = _days(scales) if scales and best_s < math.inf else (0.0,)
    first = [0.0] * len(goals)
    for day in days:
        rows = _rows([table for _, table in running], day, best_s)
        for k, (i, _) in enumerate(running):
            first[i] += _before(rows, k, [n for n in range(len(running)) if n != k]) / len(days)
    holders = [i for i, time in enumerate(done) if time == best_s]
    for i in holders:
        first[i] = max(0.0, 1.0 - sum(first[j] for j, _ in running)) / len(holders)
    return Chances(tuple(first), _pairs(tables, done, days))


def _pairs(
    tables: Sequence[_Table | None], done: Sequence[float | None], days: Sequence[float]
) -> tuple[tuple[float, ...], ...]:
    """The chance of each to be ahead of each."""
    count = len(tables)
    ahead = [[0.5] * count for _ in tables]
    rows = _rows([table for table in tables if table is not None], 0.0)
    place = {i: n for n, i in enumerate(i for i, table in enumerate(tables) if table is not None)}
    for i in range(count):
        for j in range(i + 1, count):
            mine, other, one, two = tables[i], tables[j], done[i], done[j]
            if mine is not None and other is not None:
                chance = _before(rows, place[i], [place[j]])
            elif mine is not None and two is not None:
                chance = sum(mine.at(two, day) for day in days) / len(days)
            elif other is not None and one is not None:
                chance = 1.0 - sum(other.at(one, day) for day in days) / len(days)
            else:
                chance = 0.5 if one == two else float((one or 0.0) < (two or 0.0))
            ahead[i][j], ahead[j][i] = chance, 1.0 - chance
    return tuple(map(tuple, ahead))


def _table(goal: Goal) -> _Table | None:
    """What is left of a way ahead once the race's own part is taken out; none for a time that stands."""
    if goal.done_s is not None:
        return None
    if goal.ahead is None:
        raise ValueError("neither a way ahead nor a time: there is no chance of that")
    alone = replace(goal.ahead, race_sd=0.0)
    moment = alone.at(alone.total_m)
    instants = _instants(moment)
    shares = [moment.cdf(instant) for instant in instants]
    low, high = shares[0], shares[-1]
    stretched = tuple((share - low) / (high - low) for share in shares) if high > low else (0.0, 1.0)
    if high <= low:
        instants = (instants[0], instants[0] + 1e-3)
    return _Table(moment.last_s, goal.ahead.race_sd, goal.shift_s, instants, stretched)


def _instants(moment: Moment) -> tuple[float, ...]:
    low, middle, high = moment.quantiles((TAIL, 0.5, 1.0 - TAIL))
    if high <= low:
        return (low, low)
    half = POINTS // 2
    near = [low + (middle - low) * n / half for n in range(half)]
    return (*near, *(middle + (high - middle) * n / half for n in range(half + 1)))


@lru_cache(maxsize=8)
def _days(scales: tuple[tuple[float, float], ...]) -> tuple[float, ...]:
    """What the race adds, in its own scale: the means of equal shares of the normals of which it is made."""
    points = sorted(
        (math.sqrt(scale) * deviate((n + 0.5) / DRAWN), share / DRAWN) for share, scale in scales for n in range(DRAWN)
    )
    sums, weights, so_far = [0.0] * DAYS, [0.0] * DAYS, 0.0
    for z, weight in points:
        day = min(DAYS - 1, int((so_far + weight / 2) * DAYS))
        sums[day] += weight * z
        weights[day] += weight
        so_far += weight
    return tuple(total / weight for total, weight in zip(sums, weights, strict=True))


def _rows(tables: Sequence[_Table], day: float, until_s: float = math.inf) -> list[list[float]]:
    """Everybody's shares at every instant at which a line bends, in order, up to an instant."""
    bends = {instant for table in tables for instant in table.moments(day)}
    instants = sorted(instant for instant in bends if instant < until_s)
    if until_s < math.inf:
        instants.append(until_s)
    return [[table.at(instant, day) for table in tables] for instant in instants]


def _before(rows: Sequence[Sequence[float]], mine: int, others: Sequence[int]) -> float:
    """The chance of coming in while none of the others has.

    Between two rows all shares are straight: two points of Gauss are exact then against up to three others.
    """
    total = 0.0
    if not rows:
        return total
    before: Sequence[float] = [0.0] * len(rows[0])
    for now in rows:
        came = now[mine] - before[mine]
        if came:
            early = late = 0.5
            for n in others:
                left, went = 1.0 - before[n], now[n] - before[n]
                early *= left - went * _GAUSS
                late *= left - went * (1.0 - _GAUSS)
            total += came * (early + late)
        before = now
    return total
