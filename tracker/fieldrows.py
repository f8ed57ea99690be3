"""The rows of a field's table as the screen shows them. Loads numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from tracker.draw.listed import Row
from tracker.race.bulk import Floats, Ints
from tracker.race.outlooks import FINISHED, LATE, OUT, OVERDUE
from tracker.race.ranks import NO_GAIN, NO_TIME, Table
from tracker.race.won import GUN, NET

if TYPE_CHECKING:
    from tracker.fieldnow import FieldNow
    from tracker.listing import Asked
    from tracker.race.snapshot import Runner

Clock = Literal["gun", "net"]
STATES: dict[int, Literal["", "late", "overdue"]] = {LATE: "late", OVERDUE: "overdue"}


def finishes(now: FieldNow, clock: Clock) -> Floats:
    """Everybody's finish on a clock, as it was or as it is projected; infinite where it is not, overdue ones' too."""
    outlooks, stand, rows = now.outlooks, now.stand, len(now.field)
    if outlooks is None or stand is None:
        return np.full(rows, np.inf)
    began = np.nan_to_num(now.field.began[:rows]) if clock == "gun" else 0.0
    nobody = np.isnan(outlooks.finish_s) | (stand.state == OVERDUE) | (stand.state == OUT)
    found: Floats = np.where(nobody, np.inf, outlooks.finish_s + began)
    return found


class Rows:
    """Makes the row of a runner. `finish_s` is what `finishes` gives, `seen` the last mat of everybody."""

    def __init__(self, now: FieldNow, table: Table, seen: Ints, everybody: Sequence[Runner | None], asked: Asked,
                 finish_s: Floats) -> None:  # fmt: skip
        field = now.field
        self._field, self._table, self._seen, self._everybody, self._asked = field, table, seen, everybody, asked
        self._finish_s, self._stand = finish_s, now.stand
        self._virtual = np.argsort(np.argsort(finish_s, kind="stable")) + 1 if asked.sort == "projected" else None
        mine = field.roster.row.get(asked.watched, -1)
        self._to_mine = table.gap_to(mine)
        self._at = np.full(len(field), -1, np.int64)
        self._at[table.rows] = np.arange(len(table.rows))

    def __call__(self, row: int) -> Row:
        who = self._everybody[row]
        assert who is not None, "only who is in this race is listed"
        table, at, mat, seen_ms = self._table, int(self._at[row]), int(self._seen[row]), NO_TIME
        if mat >= 0:
            seen_ms = int(self._field.time[NET if table.clock == "net" else GUN, row, mat])
        state = -1 if self._stand is None else int(self._stand.state[row])
        made = Row(
            id=who.id, name=who.name or who.id, bib=who.bib or "", country=who.country or "", team=who.team or "",
            seen=self._field.mats[mat] if mat >= 0 else None,
            seen_s=seen_ms / 1000 if seen_ms < NO_TIME else None,
            followed=who.id in self._asked.followed, watched=who.id == self._asked.watched,
            status=who.status or "",
            projected_s=float(self._finish_s[row]) if np.isfinite(self._finish_s[row]) else None,
            done=state == FINISHED,
            state=STATES.get(state, ""),
        )  # fmt: skip
        if self._virtual is not None and made.projected_s is not None:
            made = replace(made, rank=int(self._virtual[row]), virtual=not made.done)
        if at < 0:
            return made
        gained, to_mine = int(table.gained[at]), int(self._to_mine[at])
        own = {"W": table.sex_rank, "M": table.sex_rank, "category": table.category_rank}
        rank = own.get(self._asked.among, table.rank)
        return replace(
            made,
            rank=made.rank if self._virtual is not None else int(rank[at]),
            gained=None if gained == NO_GAIN else gained,
            time_s=int(table.time[at]) / 1000,
            gap_s=int(table.to_leader[at]) / 1000,
            interval_s=int(table.interval[at]) / 1000,
            mine_s=None if to_mine == NO_TIME else to_mine / 1000,
            hollow=bool(table.hollow[at]),
        )
