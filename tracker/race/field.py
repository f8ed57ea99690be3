"""The whole field in columns: everybody's time at every mat, on both clocks, as far as it is known. Loads numpy.

Rule: a time in here is the one of the athlete's sheet. Whoever's reads are plain is resolved with arrays; whoever's
are not (a withdrawn read, laps told apart by time, a section that cannot be) goes by the sheet itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import numpy as np

from tracker.race.clean import JUDGED_FROM_M
from tracker.race.columns import UNTIMED
from tracker.race.course import Checkpoint
from tracker.race.marks import begins
from tracker.race.ranks import NO_TIME, Bools, Column, Ints, Longs, Table, numbered, ordered, ranks, table
from tracker.race.reads import Reads
from tracker.race.roster import Roster
from tracker.race.won import GUN, NET, Batch, Floats, Mats, Won, picked

if TYPE_CHECKING:
    from tracker.race.reading import Reading

Clock = Literal["gun", "net"]
SLICE = 8192
"""Athletes, or reads, that are looked at together: so much stays in a processor's cache."""


class Field:  # size: what is kept of a field and how it is kept up, side by side
    """Everybody of a race. A row is an athlete, as they came to be known; a column is a mat.

    `time[clock, row, mat]` are milliseconds, NO_TIME where there is none or it does not count; `hollow` tells the times
    that are only estimated, `place` is what the provider says. `net` is the clock of the athlete's own sheet, `began`
    the seconds from the gun to their own start, nan where it is not known.
    """

    def __init__(self, book: Reading, reads: Reads) -> None:
        self.roster = Roster()
        self._race: str | None = None
        self._stale: set[str] = set()
        self._columns = reads.columns
        self._row_of: Ints = np.empty(0, np.int32)
        """The rows of the athletes as the columns of reads number them."""
        self.follow(book, reads)

    def follow(self, book: Reading, reads: Reads) -> None:
        """Be the field of another state of the race: who the athletes are need not be learnt again."""
        self._book, self._reads = book, reads
        if book.id != self._race:
            self._stale.update(self.roster.ids)
        if self.roster.follow(book, self._stale, same_reads=self._columns is reads.columns) is None:
            self._row_of = np.empty(0, np.int32)
        self._stale = set()
        self._begin()

    def _begin(self) -> None:
        """Empty columns, for the race as it is described now."""
        self._setup, self._race = self._book.setup, self._book.id
        if self._columns is not self._reads.columns:
            self._columns, self._row_of = self._reads.columns, np.empty(0, np.int32)
        self._taken = self._forms = 0
        self._mats = Mats(self._setup, (), self._race)
        self._size()

    def _size(self) -> None:
        """Empty columns of the width that there are mats; everybody has to be resolved again."""
        self._taken = 0
        self._resolved = False
        self._won = Won(self._mats.width)
        width = self._mats.width - 1
        self.time: Longs = np.full((2, 0, width), NO_TIME, np.int64)
        self.place: Ints = np.zeros((2, 0, width), np.int32)
        self.hollow: Bools = np.zeros((0, width), np.bool_)
        self.net: Bools = np.zeros(0, np.bool_)
        self.began: Floats = np.full(0, np.nan)
        self.whole: Bools = np.zeros(0, np.bool_)
        """Whose every winner stands in the columns and counts: nothing was withdrawn, put aside or ruled out."""

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
        moved = self._reads.columns is not self._columns or self._reads.count < self._taken
        if self._book.id != self._race:  # what was said of everybody was another race's
            self._stale.update(self.roster.ids)
        if moved or self._book.setup is not self._setup or self._book.id != self._race:
            self._begin()
        changed = self.roster.update(self._book, self._stale)
        self._stale = set()
        new = self._read_on()
        if self._resolved:
            rows = np.unique(np.concatenate([new, np.array(changed, np.int64)]))
        else:
            rows = np.arange(len(self))
        if changed or not self._resolved:
            self.roster.set_out(self._book)
        self._resolved = True
        for first in range(0, len(rows), SLICE):
            self._resolve(rows[first : first + SLICE])
        return self

    def _learn(self, forms: Ints) -> None:
        """Know where reads of these forms belong; a mat that nobody knew before needs columns of another width."""
        most = int(forms.max()) + 1 if len(forms) else 0
        if most > self._forms:
            self._forms = most
            before = self._mats.found
            self._mats = Mats(self._setup, self._columns.forms[:most], self._race)
            if self._mats.found != before:
                self._size()

    def _read_on(self) -> Longs:
        """Take the reads that came; whose rows they are."""
        columns, end = self._columns, self._reads.count
        self._learn(picked(columns.form, np.arange(self._taken, end)))
        late = columns.names[len(self._row_of) : self._reads.athlete_count]
        self._row_of = np.append(self._row_of, np.array([self.roster.row[name] for name in late], np.int32))
        self._grow(len(self))
        touched = np.zeros(len(self), np.bool_)
        for first in range(self._taken, end, 4 * SLICE):
            numbers = np.arange(first, min(end, first + 4 * SLICE))
            rows = self._row_of[picked(columns.athlete, numbers)]
            self._won.take(Batch(numbers, rows, picked(columns.form, numbers)), columns, self._mats)
            touched[rows] = True
        self._taken = end
        return np.flatnonzero(touched)

    def _grow(self, rows: int) -> None:
        have = len(self.net)
        if rows <= have:
            return
        more = rows - have if have == 0 else max(rows, have + have // 2) - have
        self.time = np.pad(self.time, ((0, 0), (0, more), (0, 0)), constant_values=NO_TIME)
        self.place = np.pad(self.place, ((0, 0), (0, more), (0, 0)))
        self.hollow = np.pad(self.hollow, ((0, more), (0, 0)))
        self.net = np.pad(self.net, (0, more))
        self.began = np.pad(self.began, (0, more), constant_values=np.nan)
        self.whole = np.pad(self.whole, (0, more))
        self._won.grow(have + more)

    def _resolve(self, rows: Longs) -> None:
        """Times, clocks and worth of these athletes anew."""
        odd = self._won.odd[rows] | self.roster.odd[rows]
        plain = rows[~odd]
        self.whole[rows] = False
        false = self._by_arrays(plain)
        for row in np.concatenate([rows[odd], plain[false]]).tolist():
            self._by_sheet(row)

    def _by_arrays(self, rows: Longs) -> Bools:
        """Resolve plain reads; which rows cannot be resolved so, because what they say cannot all be true."""
        width = self._mats.width - 1
        read = self._won.read[:, rows, :width]
        since = self._since(read)
        began = self._began(rows, since)
        seen = ~np.isnan(since)
        count = seen.sum(axis=2)
        net = count[NET] > count[GUN]
        shift = np.stack([began, -began])[:, :, None]
        turned = since[::-1] + shift
        turned[~(turned >= 0)] = np.nan
        both = np.where(seen, since, turned)
        own = np.where(net[:, None], both[NET], both[GUN])
        own_seen = np.where(net[:, None], seen[NET], seen[GUN])
        winner = np.where(own_seen == net[:, None], read[NET], read[GUN])
        finish = np.array([mat.type == "finish" for mat in self.mats], np.bool_)
        counts = ~np.isnan(own) & ~(self.roster.is_("status", "DNF")[rows][:, None] & finish)
        carries = (
            counts & self._mats.carries[np.where(winner >= 0, picked(self._columns.form, winner), 0)]
            if (self._forms)
            else counts
        )
        false = self._cannot_be(rows, own, carries)
        self.whole[rows] = ~false & (counts | ~(read >= 0).any(axis=0)).all(axis=1)
        both[:, ~counts] = np.nan
        self.time[:, rows] = np.where(np.isnan(both), float(NO_TIME), np.rint(both * 1000)).astype(np.int64)
        given = picked(self._columns.place, read) if self._forms else read
        self.place[:, rows] = np.where(seen & counts, given, 0)
        self.hollow[rows] = counts & ~carries
        self.net[rows], self.began[rows] = net, began
        return false

    def _since(self, read: Ints) -> Floats:
        """The times of reads on their own clocks, nan where there is none."""
        found = np.full(read.shape, np.nan)
        have = read >= 0
        numbers = read[have]
        elapsed = picked(self._columns.elapsed, numbers)
        since = picked(self._columns.at, numbers) - (self._setup.zero_s or 0.0)
        found[have] = np.where(elapsed == UNTIMED, since, elapsed)
        return found

    def _began(self, rows: Longs, since: Floats) -> Floats:
        """Seconds from the gun to everybody's own start: as it was told, by the read there, by mats on both clocks, else
        the wave's."""
        start = self._since(self._won.read[GUN, rows, self._mats.width - 1])
        middle = np.full(len(rows), np.nan)
        if since.shape[2]:
            between = np.sort(since[GUN] - since[NET], axis=1)
            half = (~np.isnan(between)).sum(axis=1) // 2
            middle = np.maximum(between[np.arange(len(rows)), half], 0.0)
        found = self.roster.began[rows]
        for other in (start, middle, self.roster.wave_began[rows]):
            found = np.where(np.isnan(found), other, found)
        return found

    def _cannot_be(self, rows: Longs, own: Floats, carries: Bools) -> Bools:
        """Who cannot have passed all these mats at these times, by the limits of their division."""
        limits = np.array([self._setup.limit(word or "run")[1] for word in self.roster.words["division"]])
        least = limits[self.roster.codes["division"][rows]]
        last_m, last_s, false = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows), np.bool_)
        for n, mat in enumerate(self.mats):
            if mat.distance_m:
                sure = carries[:, n]
                metres, seconds = mat.distance_m - last_m, own[:, n] - last_s
                pace = seconds / np.where(metres > 0, metres, np.inf) * 1000
                fine = np.where(metres < JUDGED_FROM_M, seconds >= 0, (seconds > 0) & (pace >= least))
                false |= sure & (~fine | (metres <= 0))
                last_m, last_s = np.where(sure, mat.distance_m, last_m), np.where(sure, own[:, n], last_s)
        return false

    def _by_sheet(self, row: int) -> None:
        """The times of an athlete as the sheet has them."""
        id = self.roster.ids[row]
        sheet = self._book.sheet(id)
        began = self.roster.began[row]
        if np.isnan(began):
            read = begins(sheet.passings)
            began = self.roster.wave_began[row] if read is None else read
        self.net[row], self.began[row] = sheet.clock == "net", began
        self.time[:, row], self.place[:, row], self.hollow[row] = NO_TIME, 0, False
        direct = {(p.checkpoint, p.clock): p for p in sheet.passings.found}
        column = {mat: n for n, mat in enumerate(self.mats)}
        own, other = (NET, GUN) if sheet.clock == "net" else (GUN, NET)
        for mark in sheet.marks:
            n = column.get(mark.checkpoint)
            if n is None or mark.rejected is not None:
                continue
            self.hollow[row, n] = not mark.carries
            turned = mark.elapsed_s + (began if other == GUN else -began)
            for clock, name, seconds in ((own, sheet.clock, mark.elapsed_s), (other, ("gun", "net")[other], turned)):
                passing = direct.get((mark.checkpoint, name))
                if passing is not None:
                    self.place[clock, row, n] = passing.read.place or 0
                    seconds = passing.time_s  # noqa: PLW2901  what was read stands before what was computed
                if seconds >= 0:
                    self.time[clock, row, n] = round(seconds * 1000)

    def winners(self, clock: int) -> Iterator[tuple[str, Ints]]:
        """Of every mat, the start the last, its id and everybody's read that wins there on a clock, −1 where none."""
        ids = [*(mat.id for mat in self.mats), *(() if self._mats.start is None else (self._mats.start.id,))]
        for column, id in enumerate(ids):
            yield id, self._won.read[clock, : len(self), column]

    def told_whole(self) -> Bools:
        """Who is `whole`, and was read nowhere without a time that counts: before the gun, or while it is not known."""
        fine: Bools = self.whole[: len(self)] & ~self.roster.is_("status", "DNF")
        for first in range(0, self._taken, 4 * SLICE):
            numbers = np.arange(first, min(self._taken, first + 4 * SLICE))
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
        told = np.where(np.isnan(self.roster.began), self.roster.wave_began, self.roster.began)
        wave = np.where(np.isnan(told), self.roster.codes["wave"], 0)
        return numbered(np.where(np.isnan(told), -1.0, told), wave)

    def column(self, mat: str, clock: Clock) -> Column:
        """Everybody at a mat on one clock. KeyError where there is no such mat."""
        n = self._number(mat)
        rows, which = len(self), GUN if clock == "gun" else NET
        division = self.roster.codes["division"]
        return Column(
            time=np.ascontiguousarray(self.time[which, :rows, n]),
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

    def table(self, mat: str, clock: Clock, among: Bools | None = None) -> Table:
        """The table of a mat on a clock, of those `among` the rows, else of everybody. KeyError for an unknown mat."""
        n, before = self._number(mat), None
        if n > 0:
            last = self.column(self.mats[n - 1].id, clock)
            before = ranks(last, ordered(last))
        traits = self.roster.codes["sex"], self.roster.codes["category"]
        return table(mat, clock, self.column(mat, clock), before, traits, among)
