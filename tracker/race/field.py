"""The whole field in columns: everybody's time at every mat, on both clocks, as far as it is known. Loads numpy.

Rule: a field that goes on, or is taken to another moment, is the one that would be made there from the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tracker.race.bulk import Bools, Floats, Ints, Longs, give_back, picked, run
from tracker.race.columns import MANY, UNTIMED
from tracker.race.course import Checkpoint
from tracker.race.ranks import Column, Table, numbered, ordered, ranks, table
from tracker.race.reads import Reads
from tracker.race.resolved import Resolved, Sources
from tracker.race.roster import Roster
from tracker.race.won import GUN, NET, Batch, Mats, Won

if TYPE_CHECKING:
    from tracker.race.reading import Reading

Clock = Literal["gun", "net"]
SLICE = 1 << 15
"""Athletes, or reads, that are looked at together: so much stays in a processor's cache."""


class Field(Resolved):  # size: what is kept of a field and how it is kept up, side by side
    """Everybody of a race. A row is an athlete, as they came to be known; a column is a mat."""

    def __init__(self, book: Reading, reads: Reads) -> None:
        super().__init__()
        self.roster = Roster()
        self._race: str | None = None
        self._stale: set[str] = set()
        self._changed: set[int] = set()
        """Rows of whom anything else than reads was said since they were resolved."""
        self._moved = True
        self._starts: Any = ()
        """Whether this moment was not looked at yet, and what was told of starts at the last one that was."""
        self._columns = reads.columns
        self._together: Ints = np.empty(0, np.int32)
        """What `starts` gave for these starts."""
        self._row_of: Ints = np.empty(0, np.int32)
        """The rows of the athletes as the columns of reads number them."""
        self.follow(book, reads)
        self._begin()

    def follow(self, book: Reading, reads: Reads) -> None:
        """Be the field of another state of the race: what is the same there need not be learnt again."""
        self._book, self._reads = book, reads
        if book.id != self._race:  # what was said of everybody was another race's
            self._stale.update(self.roster.ids)
        same = self._columns is reads.columns
        changed = self.roster.follow(book, self._stale, same_reads=same)
        self._stale = set()
        self._moved = True
        if changed is None or not same:
            self._row_of = np.empty(0, np.int32)
            self._begin()
        else:
            self._changed |= changed

    def _begin(self) -> None:
        """Empty columns, for the race as it is described now."""
        self._setup, self._race, self._described = self._book.setup, self._book.id, self._describe()
        if self._columns is not self._reads.columns:
            self._columns, self._row_of = self._reads.columns, np.empty(0, np.int32)
            self.roster.recount()
        self._forms = 0
        self._mats = Mats(self._setup, (), self._race)
        self._size()

    def _describe(self) -> tuple[Any, ...]:
        """All that the setup is made of."""
        book = self._book
        return book.id, book.told("race", book.id or ""), book.setup.info.gun_s, book.setup.zero_s

    def _size(self) -> None:
        """Empty columns of the width that there are mats; everybody has to be resolved again."""
        self._taken, self._changed = 0, set()
        self._made = self._placed = False
        self._won = Won()
        self._clear(self._mats.width - 1)

    def __len__(self) -> int:
        return len(self.roster.ids)

    @property
    def mats(self) -> list[Checkpoint]:
        """The mats, in the order of the course."""
        return self._mats.found

    def forget(self, athlete: str) -> None:
        """Something else than a read was said about an athlete."""
        self._stale.add(athlete)

    def update(self) -> Field:
        """Take what came since the last time."""
        if self._book.id != self._race:
            self._stale.update(self.roster.ids)
        self._look_up()
        self._changed.update(self.roster.update(self._book, self._stale))
        self._stale = set()
        touched = self._read_on()
        if self._changed or self._moved or not self._made:
            self._set_out()
        touched[[*self._changed]] = True
        self._changed = set()
        anew = not self._made
        rows = np.arange(len(self)) if anew else np.flatnonzero(touched)
        self._made = True
        of = Sources(self._won, self._mats, self._columns, self.roster, self._setup, self._placed)
        self.turns += 1
        for first in range(0, len(rows), SLICE):
            self._resolve(rows[first : first + SLICE], of)
            self._stamp(rows[first : first + SLICE])
        if anew and self._taken >= MANY:
            _ = self.roster.order  # what it takes to sort them goes back as well
            give_back()
        return self

    def _look_up(self) -> None:
        """Begin again where the race is described in other words, or reads are numbered in another way."""
        if self._reads.columns is not self._columns or self._book.id != self._race:
            self._begin()
        elif self._book.setup is not self._setup:
            self._moved = True
            if self._describe() != self._described:
                self._begin()
            self._setup = self._book.setup

    def _set_out(self) -> None:
        """Know when everybody's start was; if anything else was told of starts, everybody has to be resolved again."""
        starts = [self._book.rows("start", scope) for scope in ("wave", "athlete")]
        self._made = self._made and starts == self._starts
        self._moved, self._starts = False, starts
        self._together = np.empty(0, np.int32)
        self.roster.set_out(self._book)

    def _learn(self, first: int, end: int) -> None:
        """Know where the reads first … end − 1 belong; a mat that was not known, or is not any more, needs other columns."""
        most = int(run(self._columns.form, first, end).max(initial=-1)) + 1
        if first > 0:
            most = max(most, self._forms)
        if most != self._forms:
            self._forms = most
            before = self._mats.found
            self._mats = Mats(self._setup, self._columns.forms[:most], self._race)
            if self._mats.found != before:
                self._size()

    def _read_on(self) -> Bools:
        """Take the reads that came, or be without those that had not come yet; who is touched by that."""
        columns, end = self._columns, self._reads.count
        late = columns.names[len(self._row_of) : self._reads.athlete_count]
        self._row_of = np.append(self._row_of, np.array([self.roster.row[name] for name in late], np.int32))
        self._learn(0 if end < self._taken else self._taken, end)
        self._won.grow(self._grow(len(self)), len(self._mats.slots))
        touched = np.zeros(len(self), np.bool_)
        first, last = sorted((self._taken, end))
        touched[self._row_of[run(columns.athlete, first, last)]] = True
        if end >= self._taken:
            self._take(first, last)
        elif (again := self._won.leave(end, touched)).any():
            self._take(0, end, again)
        self._placed = self._placed or bool(columns.place.told)
        if self._placed:
            self._give_places()
        self._taken = end
        return touched

    def _take(self, first: int, end: int, of: Bools | None = None) -> None:
        """Let the reads first … end − 1 win where they do, or only those of some."""
        columns = self._columns
        for at in range(first, end, SLICE):
            stop = min(end, at + SLICE)
            rows = self._row_of.take(run(columns.athlete, at, stop))
            number = np.arange(at, stop, dtype=np.int32)
            batch = Batch(number, rows, run(columns.form, at, stop), run(columns.elapsed, at, stop))
            if of is not None:
                batch = batch.some(np.flatnonzero(of[rows]))
            self._won.take(batch, columns, self._mats)

    def _resolve(self, rows: Longs, of: Sources) -> None:
        """Times, clocks and worth of these athletes anew."""
        together = len(rows) == rows[-1] - rows[0] + 1
        by_sheet = self._by_arrays(slice(rows[0], rows[-1] + 1) if together else rows, of)
        by_sheet |= self._won.odd[rows] | self.roster.odd[rows]
        for row in rows[by_sheet].tolist():
            self._by_sheet(row, self._book, of)

    def winners(self, clock: int) -> Iterator[tuple[str, Ints]]:
        """Of every mat at which anybody was read on a clock, the start the last, its id and everybody's read that wins there,
        −1 where none.
        """
        ids = [*(mat.id for mat in self.mats), *(() if self._mats.start is None else (self._mats.start.id,))]
        for column, id in enumerate(ids):
            slot = self._mats.slots.get((clock, column))
            if slot is not None:
                yield id, self._won.read[slot, : len(self)]

    def told_whole(self) -> Bools:
        """Who is `whole`, and was read nowhere without a time that counts: before the gun, or while it is not known."""
        fine: Bools = self.whole[: len(self)] & ~self.roster.is_("status", "DNF")
        for first in range(0, self._taken, SLICE):
            numbers = np.arange(first, min(self._taken, first + SLICE))
            form, elapsed = picked(self._columns.form, numbers), picked(self._columns.elapsed, numbers)
            since = np.where(elapsed == UNTIMED, self._instants(numbers), elapsed)
            none = (self._mats.column[form] >= 0) & ~(since >= 0)
            fine[self._row_of[picked(self._columns.athlete, numbers[none])]] = False
        return fine

    def _instants(self, numbers: Longs) -> Floats:
        """Seconds from the gun by the instants of reads; nan while it is not known."""
        zero_s = self._setup.zero_s
        since: Floats = picked(self._columns.at, numbers) - (np.nan if zero_s is None else zero_s)
        return since

    def starts(self) -> Ints:
        """Of every row a number that those share who started together."""
        if len(self._together) != len(self):
            self._together = self._started()
        return self._together

    def _started(self) -> Ints:
        told = np.where(np.isnan(self.roster.began), self.roster.wave_began(slice(None)), self.roster.began)
        wave = np.where(np.isnan(told), self.roster.codes["wave"], 0)
        return numbered(np.where(np.isnan(told), -1.0, told), wave)

    def column(self, mat: str, clock: Clock) -> Column:
        """Everybody at a mat on one clock. KeyError where there is no such mat."""
        n = self._number(mat)
        rows, which = len(self), GUN if clock == "gun" else NET
        division = self.roster.codes["division"]
        return Column(
            time=self.time[which, :rows, n],
            place=np.ascontiguousarray(self.place[which, :rows, n]),
            hollow=np.ascontiguousarray(self.hollow[:rows, n]),
            group=numbered(division, self.starts()) if clock == "gun" else numbered(division),
            ranked=~(self.roster.pacer | self.roster.is_("status", "DSQ")),
            order=self.roster.order,
        )

    def _number(self, mat: str) -> int:
        for n, known in enumerate(self.mats):
            if known.id == mat:
                return n
        raise KeyError(mat)

    def _ranked(self, mat: str, clock: Clock) -> Ints:
        """Everybody's rank at a mat."""
        column = self.column(mat, clock)
        return ranks(column, ordered(column))

    def table(self, mat: str, clock: Clock, among: Bools | None = None) -> Table:
        """The table of a mat on a clock, of those `among` the rows, else of everybody. KeyError for an unknown mat."""
        n = self._number(mat)
        before = self._ranked(self.mats[n - 1].id, clock) if n > 0 else None
        traits = self.roster.codes["sex"], self.roster.codes["category"]
        return table(mat, clock, self.column(mat, clock), before, traits, among)
