"""Ranks, gaps and places gained at a mat. Rule: a table has one clock and says which; equal times share a rank: 1 2 2 4.

On the gun's clock those of one start are ranked among themselves, and divisions never meet. Where the provider gives a
place, that is the rank.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tracker.race.bulk import Bools, Ints, Longs

NO_TIME = (1 << 42) - 1
"""Milliseconds of who has no time: behind everybody; all bits are set."""
NOT_RANKED = 0
NO_GAIN = np.iinfo(np.int32).min
MOST_NARROW = 1 << 15
MOST_ROWS = 20
"""Bits for the number of an athlete beside a time in one whole number; a million."""
DIGIT = 16
"""Bits of a time by which rows are sorted together."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Everybody at a mat on one clock, a value a row of the field. `group`: only within one are times compared."""

    time: Longs
    place: Ints
    hollow: Bools
    group: Ints
    ranked: Bools
    order: Ints
    """Where each stands by id, for those with equal times."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A mat's table, best first, those without a time left out. Times are milliseconds on `clock`.

    `rows` are rows of the field; all else stands beside them. `rank`, `sex_rank` and `category_rank` are those in the
    whole field, NOT_RANKED for who has none. `to_leader` and `interval` are within the table, to the first of the
    same group and to the one before; `gained` are places since the mat before, NO_GAIN where that is not known.
    """

    mat: str
    clock: Literal["gun", "net"]
    rows: Ints
    time: Longs
    hollow: Bools
    rank: Ints
    sex_rank: Ints
    category_rank: Ints
    to_leader: Longs
    interval: Longs
    gained: Ints
    group: Ints

    def gap_to(self, row: int) -> Longs:
        """Milliseconds behind a runner of the field, negative ahead; NO_TIME where their times say nothing of each other."""
        at = np.flatnonzero(self.rows == row)
        if len(at) == 0:
            return np.full(len(self.rows), NO_TIME)
        gaps: Longs = np.where(self.group == self.group[at[0]], self.time - self.time[at[0]], NO_TIME)
        return gaps


def ordered(column: Column, among: Bools | None = None) -> Ints:
    """The rows with a time, group by group, best first."""
    has = column.time < NO_TIME
    if among is not None:
        has &= among
    by_id = np.empty(len(has), np.int32)
    by_id[column.order] = np.arange(len(has), dtype=np.int32)
    rows = _by_time(by_id[has[by_id]], column.time)
    group = column.group[rows]
    return rows if len(group) == 0 or (group == group[0]).all() else rows[np.argsort(group, kind="stable")]


def _by_time(rows: Ints, time: Longs) -> Ints:
    """Rows by their times, those with equal ones as they stood. By 16 bits after 16: so narrow, numpy counts."""
    left = time[rows]
    most = int(left.max(initial=0))
    left = left.astype(np.uint32) if most >> 32 == 0 else left
    while most:
        step = np.argsort(left.astype(np.uint16), kind="stable")
        rows, left, most = rows[step], left[step] >> DIGIT, most >> DIGIT
    return rows


def ranks(column: Column, sorted_rows: Ints, traits: Ints | None = None) -> Ints:
    """The rank of every row of the field among those of its group, and of its trait where that is given.

    `sorted_rows` are those of `ordered`. Without traits the provider's place stands first.
    """
    rows = sorted_rows[(column.ranked & ~column.hollow)[sorted_rows]]
    group, alike = column.group, bool((column.group == column.group[:1]).all())
    if traits is not None:
        rows = rows[traits[rows] > 0]
        # So narrow, numpy counts instead of comparing.
        narrow = traits[rows].astype(np.int16) if traits.max(initial=0) < MOST_NARROW else traits[rows]
        rows = rows[np.argsort(narrow, kind="stable")]
        if not alike:
            rows = rows[np.argsort(group[rows], kind="stable")]
    time = column.time[rows]
    new = np.ones(len(rows), np.bool_)
    new[1:] = False
    for apart in (*(() if alike else (group[rows],)), *(() if traits is None else (traits[rows],))):
        new[1:] |= apart[1:] != apart[:-1]
    slower = new.copy()
    slower[1:] |= time[1:] != time[:-1]
    found = np.full(len(group), NOT_RANKED, np.int32)
    found[rows] = _since(slower) - _since(new) + 1
    if traits is None:
        given = (column.place > 0) & column.ranked & (column.time < NO_TIME) & ~column.hollow
        found[given] = column.place[given]
    return found


def _since(begins: Bools) -> Ints:
    """Of every position the last one up to there that begins something."""
    at: Ints = np.maximum.accumulate(np.where(begins, np.arange(len(begins), dtype=np.int32), np.int32(0)))
    return at


def table(
    mat: str,
    clock: Literal["gun", "net"],
    column: Column,
    before: Ints | None,
    traits: tuple[Ints, Ints],
    among: Bools | None = None,
) -> Table:
    """The table of a mat. `before` are the ranks at the mat before, `traits` sex and category, `among` who is shown."""
    everybody = ordered(column)
    rank = ranks(column, everybody)
    rows = everybody if among is None else everybody[among[everybody]]
    if (column.place[rows] > 0).any():
        behind = np.where(rank[rows] > 0, rank[rows], np.iinfo(np.int32).max)
        rows = rows[np.lexsort((column.order[rows], column.time[rows], behind, column.group[rows]))]
    group, time = column.group[rows], column.time[rows]
    new = np.ones(len(rows), np.bool_)
    new[1:] = group[1:] != group[:-1]
    interval = np.zeros(len(rows), np.int64)
    interval[1:] = time[1:] - time[:-1]
    interval[new] = 0
    gained = np.full(len(rows), NO_GAIN, np.int32)
    if before is not None:
        both = (before[rows] > 0) & (rank[rows] > 0)
        gained[both] = before[rows][both] - rank[rows][both]
    sex, category = (ranks(column, everybody, trait)[rows] for trait in traits)
    return Table(
        mat=mat,
        clock=clock,
        rows=rows,
        time=time,
        hollow=column.hollow[rows],
        rank=rank[rows],
        sex_rank=sex,
        category_rank=category,
        to_leader=time - time[_since(new)],
        interval=interval,
        gained=gained,
        group=group,
    )


def numbered(*codes: NDArray[Any]) -> Ints:
    """One number for every combination of codes, so that equal ones share it."""
    rows = len(codes[0])
    found = np.zeros(rows, np.int64)
    for code in codes:
        if rows and not (code == code[0]).all():
            _, which = np.unique(code, return_inverse=True)
            found = found * (int(which.max()) + 1) + which
            found = np.unique(found, return_inverse=True)[1]
    return found.astype(np.int32)
