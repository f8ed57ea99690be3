"""The course with everybody on it. Loads numpy; what it gives does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from tracker.draw.onroad import NOBODY, Part, Placed, Road
from tracker.listing import clock_of
from tracker.race.outlooks import FINISHED, LATE, ON, OUT, OVERDUE
from tracker.race.pacegroup import goal_s, off_s
from tracker.race.standing import own_s, read, timed
from tracker.spread import spread

if TYPE_CHECKING:
    from tracker.fieldnow import FieldNow
    from tracker.race.outlooks import Outlooks, Stand
    from tracker.race.snapshot import Runner

NEAR_M = 100.0
LEADERS = 3
"""Of the women, and of the men, as many are told; of a field whose sexes are not told twice as many."""
MOST_PACERS, MOST_FOLLOWED = 24, 24
STATES: dict[int, Literal["", "late", "overdue", "finished", "out"]] = {
    LATE: "late", OVERDUE: "overdue", FINISHED: "finished", OUT: "out",
}  # fmt: skip


def road(
    now: FieldNow, runners: Sequence[Runner], watched: str, follows: Iterable[str], total_m: float | None, cells: int
) -> Road:
    """The course in so many cells, with the crowd on it, its leaders, whoever is followed, and the pace groups."""
    field, stand, outlooks = now.field, now.stand, now.outlooks
    if stand is None or outlooks is None or total_m is None or not len(field):
        return NOBODY
    make = _Maker(now, stand, outlooks, {runner.id: runner for runner in runners}, total_m)
    found: list[Placed] = []
    for sex in ("M", "W"):
        found += make("leader", _first(now, field.roster.is_("sex", sex), LEADERS))
    if not found:
        found = make("leader", _first(now, np.ones(len(field), np.bool_), 2 * LEADERS))
    ids = list(dict.fromkeys((watched, *follows)))
    found += make("followed", [field.roster.row[id] for id in ids if id in field.roster.row][:MOST_FOLLOWED])
    found += sorted(
        make("pacer", np.flatnonzero(field.roster.pacer)[:MOST_PACERS].tolist()),
        key=lambda each: (each.goal_s or np.inf, each.runner.id),
    )
    there = read(field)
    strip = spread(field, there, 0, stand, cells, {}, span=(0.0, total_m))
    columns = [n for n, mat in enumerate(field.mats) if mat.distance_m is not None and mat.distance_m <= total_m]
    return Road(
        strip=strip,
        passed=tuple(int(there[:, n].sum()) for n in columns),
        on=stand.count(ON) + stand.count(LATE),
        people=tuple(found),
    )


def _first(now: FieldNow, among: np.ndarray[tuple[int], np.dtype[np.bool_]], count: int) -> list[int]:
    """The rows of those who are first: home, or furthest on the road; in a field of net times, by their finishes."""
    assert now.stand is not None and now.outlooks is not None
    field, stand = now.field, now.stand
    runs = among & ~field.roster.pacer & ((stand.state == FINISHED) | ~np.isnan(stand.place_m))
    rows = np.flatnonzero(runs)
    home = stand.state[rows] == FINISHED
    began = np.nan_to_num(field.began[rows])
    finish_s = now.outlooks.finish_s[rows]
    key = np.where(home, finish_s + began - 1e9, -np.nan_to_num(stand.place_m[rows]))
    if clock_of(field) == "net":
        key = np.nan_to_num(finish_s, nan=np.inf)
    return [int(row) for row in rows[np.argsort(key, kind="stable")][:count]]


class _Maker:
    """Makes people of rows."""

    def __init__(
        self, now: FieldNow, stand: Stand, outlooks: Outlooks, by_id: dict[str, Runner], total_m: float
    ) -> None:  # fmt: skip
        self._field, self._stand, self._outlooks, self._by_id, self._total_m = (
            now.field,
            stand,
            outlooks,
            by_id,
            total_m,
        )
        self._columns = timed(now.field)
        self._times = own_s(now.field)[:, self._columns]
        self._sorted = np.sort(stand.place_m[~np.isnan(stand.place_m)])

    def __call__(self, part: Part, rows: Iterable[int]) -> list[Placed]:
        ids = self._field.roster.ids
        return [
            self._made(part, row, self._by_id[ids[row]], n) for n, row in enumerate(rows, 1) if ids[row] in self._by_id
        ]

    def _made(self, part: Part, row: int, who: Runner, rank: int) -> Placed:
        last, place = int(self._outlooks.last[row]), float(self._stand.place_m[row])
        mat = self._field.mats[self._columns[last]] if last >= 0 else None
        passed_s = float(self._times[row, last]) if last >= 0 else None
        finish_s, state = float(self._outlooks.finish_s[row]), int(self._stand.state[row])
        goal = goal_s(who, self._total_m) if part == "pacer" else None
        off = None
        if goal is not None and mat is not None and passed_s is not None:
            off = off_s(passed_s, mat.distance_m or 0.0, goal, self._total_m)
        return Placed(
            runner=who,
            part=part,
            place_m=None if np.isnan(place) else place,
            last=mat,
            last_s=passed_s,
            projected_s=None if np.isnan(finish_s) or state in (OVERDUE, OUT) else finish_s,
            state=STATES.get(state, ""),
            near=self._near(place),
            goal_s=goal,
            off_s=off,
            rank=rank,
        )

    def _near(self, place: float) -> int:
        """How many others are within NEAR_M."""
        if np.isnan(place):
            return 0
        low, high = np.searchsorted(self._sorted, [place - NEAR_M, place + NEAR_M])
        return max(0, int(high - low) - 1)
