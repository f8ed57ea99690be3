"""Every read of every athlete at every mat. Rule: nothing is decided here; laps, passings and flags are made when read.

This is what a feed's flood goes through. Copies share the columns and know how many of their reads are theirs, so a
keyframe costs nothing, and folding again from it only looks things up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from tracker.race.columns import Columns, Read

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from feeds.events import Split
    from feeds.seen import Run, Seen, Values


class Reads:
    """The reads of all athletes: the first `count` of columns that copies share."""

    def __init__(self, columns: Columns | None = None) -> None:
        self._columns = Columns() if columns is None else columns
        self.count = len(self._columns)
        self._races: Counter[str] = Counter()
        self._raced = 0
        """How many reads those are of."""

    @property
    def columns(self) -> Columns:
        """The columns. What stands behind the first `count` is not ours."""
        return self._columns

    def add(self, split: Split | Seen) -> bool:
        """Whether the read says anything new."""
        columns, count = self._columns, self.count
        form = columns.form_code(split.form)
        if columns.enter(form, split.values, count) == count == len(columns) - 1:  # nearly always so
            self.count = count + 1
            return True
        return self._enter(form, split.values) == count

    def _enter(self, form: int, values: Values) -> int:
        """The number of a read, which is put at the end where it is new."""
        columns, count = self._columns, self.count
        number = columns.enter(form, values, count)
        if 0 <= number < count:
            return number
        if number != count:  # else a copy may have gone the same way, and the read is known to it
            self._columns = columns.picked(range(count))
            self._columns.enter(form, values, count)
        self.count = count + 1
        return count

    def add_run(self, run: Run) -> NDArray[np.int32]:
        """The numbers of the reads of a run, the new ones put at the end in their order."""
        from tracker.race import bulk  # noqa: PLC0415 - who has a run has loaded numpy

        if len(self._columns) != self.count:
            return bulk.numbers(map(self.number, run.each()))
        numbers = bulk.put(self._columns, run)
        self.count = len(self._columns)
        return numbers

    def number(self, split: Split | Seen) -> int:
        """The number of a read, which is put at the end where it is new."""
        return self._enter(self._columns.form_code(split.form), split.values)

    def shares(self, other: Reads) -> bool:
        """Whether both are told from the same columns."""
        return self._columns is other._columns

    def follow(self, columns: Columns, end: int) -> bool:
        """Take the reads up to `end` that stand in columns; false where ours are others."""
        if columns is not self._columns:
            return False
        self.reach(end)
        return True

    def reach(self, end: int) -> None:
        """Take the reads up to `end` of the columns that are shared."""
        self.count = max(self.count, end)

    def begun(self) -> Reads:
        """Reads of nobody yet, which share what they are told again."""
        twin = self.copy()
        twin.count = 0
        return twin

    def of(self, athlete: str) -> list[Read]:
        """All reads of an athlete, in no order that means anything."""
        return [self._columns.read(n) for n in self._columns.chain(athlete, self.count)]

    def athletes(self) -> list[str]:
        """Who was read anywhere."""
        return self._columns.names[: self.athlete_count]

    def newcomers(self, first: int, end: int) -> list[str]:
        """The athletes numbered first … end − 1, in the order in which they were first read."""
        return self.columns.names[first:end]

    def saw(self, athlete: str) -> bool:
        """Whether an athlete was read anywhere."""
        code = self.columns.codes.get(athlete)
        return code is not None and self._columns.firsts[code] < self.count

    def is_of(self, athlete: str, race: str | None) -> bool:
        """Whether an athlete was read in a race, or in the only one."""
        columns = self._columns
        return any(columns.forms[columns.form[n]].race in (None, race) for n in columns.chain(athlete, self.count))

    @property
    def athlete_count(self) -> int:
        """How many athletes were read."""
        return bisect_left(self.columns.firsts, self.count)

    @property
    def races(self) -> dict[str, int]:
        """How many reads name which race."""
        if self._raced > self.count:
            self._races, self._raced = Counter(), 0
        if self._raced < self.count:
            self._races = self._races + self._columns.races(self._raced, self.count)
            self._raced = self.count
        return self._races

    def copy(self) -> Reads:
        """Reads of its own, for the cost of a pointer."""
        twin = Reads(self._columns)
        twin.count = self.count
        twin._races, twin._raced = self._races, self._raced
        return twin
