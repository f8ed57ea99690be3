"""Everybody's way ahead in columns, kept up as reads come: the next mat, late and overdue there, and the finish.

Rule: a forecast is made of the marks alone, once a mark; where somebody is by now follows from it and the clock. Times
are seconds since everybody's own start. Loads numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tracker.race.bulk import Bools, Floats, Ints, Longs
from tracker.race.course import Checkpoint
from tracker.race.projection.basis import Basis
from tracker.race.projection.many import next_and_finish
from tracker.race.projection.project import OVERDUE_P, PATIENCE
from tracker.race.resolved import furthest
from tracker.race.standing import gone, own_s, timed

if TYPE_CHECKING:
    from tracker.race.field import Field

LEAST_MISSING = 10
"""So many in a row who are overdue at a mat, nobody read there among them: it is the mat."""
FORECASTS = ("eta_s", "slow_s", "late_s", "overdue_s", "finish_s")
UNSEEN, ON, LATE, OVERDUE, FINISHED, OUT = range(6)
"""What becomes of a runner, by number; before the first mat they are unseen."""


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """The field at an instant, a value a row. `place_m` is nan for who is nowhere on the course.

    `silent`: mats that read nobody of those around, though so many were due there. `pending`: of so many the newest mark
    is still to be reckoned with: nobody of them is late, and they go on as they did.
    """

    state: Ints
    place_m: Floats
    silent: tuple[Checkpoint, ...]
    pending: int = 0

    def count(self, state: int) -> int:
        """How many are in a state."""
        return int((self.state == state).sum())


class Outlooks:
    """The forecasts of a field. `pending`: of how many runners the newest marks have still to be reckoned with."""

    def __init__(self) -> None:
        self._basis: Basis | None = None
        self._mats: tuple[Checkpoint, ...] = ()
        self._field: Field | None = None
        self._times = np.zeros((0, 0))
        self._turns = 0
        """Of the field, when it was looked at last."""
        self._fresh: Bools = np.zeros(0, np.bool_)
        self.last: Ints = np.zeros(0, np.int32)
        """The mat that everybody was last read at, by its number among the timed ones, −1 where none."""
        self.eta_s = self.slow_s = self.late_s = self.overdue_s = self.finish_s = np.zeros(0)
        """At the next mat the median moment and the 75 % quantile, from when on they are late and overdue there; the median
        of the finish."""

    @property
    def pending(self) -> int:
        """Of how many the newest marks have still to be reckoned with."""
        return int((~self._fresh).sum())

    def update(self, field: Field, basis: Basis, most: int) -> Outlooks:
        """Reckon with what was read since, of so many runners at most."""
        columns = timed(field)
        mats = tuple(field.mats[n] for n in columns)
        if basis != self._basis or mats != self._mats or field is not self._field or len(field) < len(self._times):
            self._basis, self._mats, self._field = basis, mats, field
            self._times, self._turns = np.zeros((0, len(mats))), 0
            self._grow(0)
        self._grow(len(field))
        rows = np.flatnonzero(field.stamp[: len(field)] > self._turns)
        times, self._turns = own_s(field, rows)[:, columns], field.turns
        before = self._times[rows]
        self._fresh[rows] &= ((times == before) | (np.isnan(times) & np.isnan(before))).all(axis=1)
        self._times[rows] = times
        self.last[rows] = furthest(~np.isnan(times))
        self._reckon(np.flatnonzero(~self._fresh)[:most])
        return self

    def _grow(self, rows: int) -> None:
        if rows == len(self._fresh):
            return
        have = min(rows, len(self._fresh))
        self._fresh = np.pad(self._fresh[:have], (0, rows - have))
        self.last = np.pad(self.last[:have], (0, rows - have), constant_values=-1)
        self._times = np.pad(self._times[:have], ((0, rows - have), (0, 0)), constant_values=np.nan)
        for name in FORECASTS:
            setattr(self, name, np.pad(getattr(self, name)[:have], (0, rows - have), constant_values=np.nan))

    def _reckon(self, rows: Longs) -> None:
        """Make the forecasts of some rows."""
        self._fresh[rows] = True
        for name in FORECASTS:
            getattr(self, name)[rows] = np.nan
        basis, last = self._basis, self.last[rows]
        if basis is None or not self._mats:
            return
        mats_m = [mat.distance_m or 0.0 for mat in self._mats]
        done = (last == len(mats_m) - 1) & (self._mats[-1].type == "finish")
        self.finish_s[rows[done]] = self._times[rows[done], -1]
        ahead = rows[(last >= 0) & ~done]
        at = self.last[ahead]
        then_s = self._times[ahead, at]
        for who, mixture in basis.populations(then_s / np.array(mats_m)[at] * 1000):
            group, times = ahead[who], self._times[ahead[who]]
            soon, finish = next_and_finish(times, mats_m, basis.ground, mixture, basis.model)
            self.eta_s[group], self.slow_s[group], self.late_s[group], latest = soon.quantiles(
                (0.5, 0.75, 0.95, OVERDUE_P)
            ).T
            self.overdue_s[group] = then_s[who] + PATIENCE * (latest - then_s[who])
            self.finish_s[group] = finish.quantiles((0.5,))[:, 0]

    def stand(self, field: Field, now_s: float, horizon_s: float, *, over: bool = False) -> Stand:
        """Where everybody is so long after the gun; until `horizon_s` the feed is known complete. `over`: nothing is due."""
        rows = len(self.last)
        began = np.nan_to_num(field.began[:rows])
        own_now, evidence = now_s - began, horizon_s - began
        state = np.full(rows, UNSEEN, np.int32)
        seen, done = self.last >= 0, self._finished()
        with np.errstate(invalid="ignore"):
            state[seen] = ON
            state[seen & self._fresh & (evidence >= self.late_s)] = LATE
            state[seen & self._fresh & (evidence >= self.overdue_s)] = OVERDUE
        state[done] = FINISHED
        state[gone(field)[:rows] & ~done] = OUT
        if over:
            state[(state == LATE) | (state == OVERDUE)] = ON
        silent = self._silent(state, began)
        for n in silent:  # about those who were to be read there that says nothing
            state[(self.last == n - 1) & ((state == LATE) | (state == OVERDUE))] = ON
        place = self._places(own_now)
        place[over | (state == FINISHED) | (state == OUT) | (state == OVERDUE)] = np.nan
        return Stand(state, place, tuple(self._mats[n] for n in silent), self.pending)

    def _finished(self) -> Bools:
        if not self._mats or self._mats[-1].type != "finish":
            return np.zeros(len(self.last), np.bool_)
        done: Bools = self.last == len(self._mats) - 1
        return done

    def _places(self, own_now: Floats) -> Floats:
        """Metres from the start, on the way from the last mat to the next; nan where nothing is known.

        Who has not come yet comes later: the median of the moments that are left is near the median long before it, the
        75 % quantile at it, and ahead of the clock for ever.
        """
        if not self._mats:
            return np.full(len(self.last), np.nan)
        mats_m = np.array([mat.distance_m or 0.0 for mat in self._mats])
        at = np.maximum(self.last, 0)
        goal = mats_m[np.minimum(at + 1, len(mats_m) - 1)]
        then_s = self._times[np.arange(len(at)), at] if len(at) else np.zeros(0)
        with np.errstate(invalid="ignore", divide="ignore"):
            spare = self.slow_s - self.eta_s
            past = (own_now - self.eta_s) / spare
            later = np.where(
                past < 0.0, np.log2(1.0 + np.exp(np.minimum(past, 0.0))), np.maximum(1.0 + 0.7 * past, past + 0.3)
            )
            even_s = then_s * goal / mats_m[at]
            comes_s = np.where(self._fresh, self.eta_s + spare * later, even_s)
            share = np.clip((own_now - then_s) / (comes_s - then_s), 0.0, 1.0)
        place: Floats = np.where(self.last >= 0, mats_m[at] + (goal - mats_m[at]) * share, np.nan)
        return place

    def _silent(self, state: Ints, began: Floats) -> list[int]:
        """The numbers of mats that have read nobody since, though so many in a row were to come."""
        found = []
        for n in range(1, len(self._mats)):
            waits = (self.last == n - 1) & (state == OVERDUE)
            if waits.sum() >= LEAST_MISSING:
                read_s = self._times[:, n] + began
                until_s = read_s[~np.isnan(read_s)].max(initial=-np.inf)
                if ((self.eta_s + began)[waits] > until_s).sum() >= LEAST_MISSING:
                    found.append(n)
        return found
