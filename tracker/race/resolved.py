"""What everybody's reads come to: times on both clocks. Rule: a time in here is the one of the athlete's sheet. Loads numpy.

Whoever's reads are plain is resolved with arrays, mat by mat; whoever's are not, or cannot all be true, goes by the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.race.bulk import Bools, Floats, Ints, Longs, picked
from tracker.race.clean import JUDGED_FROM_M
from tracker.race.columns import UNTIMED, Columns
from tracker.race.marks import begins
from tracker.race.ranks import NO_TIME
from tracker.race.roster import Roster
from tracker.race.setup import Setup
from tracker.race.won import GUN, NET, NONE, Mats, Won

if TYPE_CHECKING:
    from tracker.race.reading import Reading

Slots = Mapping[tuple[int, int], Ints]
"""Of a clock and a column the numbers of the reads that win there; nothing where nobody was read."""
Rows = Longs | slice
NARROW, LONGEST_NARROW = 4, np.iinfo(np.int32).max
"""Bytes of a time that is no longer than so many milliseconds."""


class Sources(NamedTuple):
    """What a field is resolved from. `placed`: whether anybody was given a place by the provider."""

    won: Won
    mats: Mats
    columns: Columns
    roster: Roster
    setup: Setup
    placed: bool


class Times:
    """Milliseconds by `[clock, row, mat]`, NO_TIME where there is none; looked at they are a copy.

    They are held in 32 bits until one is too long for that, which takes more than 24 days.
    """

    def __init__(self, width: int = 0, rows: int = 0, narrow: type = np.int32) -> None:
        self._held: NDArray[Any] = _by_mat(2, width, rows, narrow(NONE))

    def __getitem__(self, at: Any) -> Longs:
        found = np.array(self._held[at], np.int64)
        found &= NO_TIME  # of −1 all bits are set
        return found

    def any(self, clock: int) -> bool:
        """Whether there is a time on a clock."""
        return bool((self._held[clock] != NONE).any())

    @property
    def shape(self) -> tuple[int, ...]:
        """How many clocks, rows and mats."""
        return self._held.shape

    def put(self, at: Any, ms: Floats | float) -> None:
        """Hold times, −1 where there is none."""
        if self._held.itemsize == NARROW and np.max(ms, initial=0) > LONGEST_NARROW:
            self._held = self._held.astype(np.int64)
        self._held[at] = ms

    def grown(self, rows: int) -> Times:
        """The same with room for so many."""
        _, have, width = self.shape
        more = Times(width, rows, self._held.dtype.type)
        more._held[:, :have] = self._held
        return more


class Resolved:
    """Times by clock, row and mat, with room for more rows than there are.

    `time[clock, row, mat]` are milliseconds, NO_TIME where there is none or it does not count; `hollow` tells the times
    that are only estimated, `place` is what the provider says. `net` is the clock of the athlete's own sheet, `began`
    the seconds from the gun to their own start, nan where it is not known. `whole`: whose every winner stands in the
    columns and counts, so that nothing was withdrawn, put aside or ruled out. `there`: who was read at which mat, so
    that it counts; estimates do not. `seen`: the last mat of each where they were, −1 where none. `stamp`: at which of so many
    `turns` a row was resolved last.
    """

    def __init__(self) -> None:
        self.turns = 0
        self._clear(0)

    def _clear(self, width: int) -> None:
        """Nobody, at so many mats."""
        self.time = Times(width)
        self.place: Ints = _nowhere(self.time.shape)
        self.hollow: Bools = _by_mat(1, width, 0, np.False_)[0]
        self.net: Bools = np.zeros(0, np.bool_)
        self.began: Floats = np.full(0, np.nan)
        self.whole: Bools = np.zeros(0, np.bool_)
        self.there: Bools = _by_mat(1, width, 0, np.False_)[0]
        self.seen: Ints = np.zeros(0, np.int32)
        self.stamp: Ints = np.zeros(0, np.int32)

    def _grow(self, rows: int) -> int:
        """Room for so many, and some more where some had to be made before; how much there is."""
        have, width = len(self.net), self.time.shape[2]
        if rows <= have:
            return have
        room = rows if have == 0 else max(rows, have + have // 2)
        place, hollow = self.place, self.hollow
        self.time = self.time.grown(room)
        self.place = _nowhere(self.time.shape)
        if place.flags.writeable:
            self._give_places()
            self.place[:, :have] = place
        there, self.there = self.there, _by_mat(1, width, room, np.False_)[0]
        self.hollow = _by_mat(1, width, room, np.False_)[0]
        self.hollow[:have], self.there[:have] = hollow, there
        more = room - have
        self.seen, self.stamp = np.pad(self.seen, (0, more), constant_values=-1), np.pad(self.stamp, (0, more))
        self.net, self.whole = np.pad(self.net, (0, more)), np.pad(self.whole, (0, more))
        self.began = np.pad(self.began, (0, more), constant_values=np.nan)
        return room

    def _give_places(self) -> None:
        """From now on the provider gives places."""
        if not self.place.flags.writeable:
            self.place = _by_mat(2, self.time.shape[2], self.time.shape[1], np.int32(0))

    def _stamp(self, rows: Longs) -> None:
        """Know where these were read, now that they are resolved."""
        there = (self.time[:, rows].min(axis=0) < NO_TIME) & ~self.hollow[rows]
        self.there[rows], self.seen[rows] = there, furthest(there)
        self.stamp[rows] = self.turns

    def _by_arrays(self, rows: Rows, of: Sources) -> Bools:
        """Resolve plain reads; which rows cannot be resolved so, because what they say cannot all be true."""
        read: Slots = {where: of.won.read[slot][rows] for where, slot in of.mats.slots.items()}
        since = {where: _since(numbers, of) for where, numbers in read.items()}
        began = _began(rows, since, of)
        net = self._clocks(read, len(began), len(of.mats.found))
        self.net[rows], self.began[rows] = net, began
        left = of.roster.is_("status", "DNF")[rows]
        whole, judge = np.ones(len(net), np.bool_), _Judge(rows, of)
        for n, mat in enumerate(of.mats.found):
            both = _both(since.get((GUN, n)), since.get((NET, n)), began)
            if both is None:
                self.time.put((slice(None), rows, n), NONE)
                self.hollow[rows, n] = False
                if of.placed:
                    self.place[:, rows, n] = 0
                continue
            own = np.where(net, both[NET], both[GUN])
            counts = own >= 0
            if mat.type == "finish":
                counts &= ~left
            carries = _carries(n, counts, net, read, of)
            if mat.distance_m:
                judge.take(mat.distance_m, own, carries)
            self.hollow[rows, n] = counts & ~carries
            for clock, seconds in enumerate(both):
                counted = counts & (seconds >= 0)
                self.time.put((clock, rows, n), np.where(counted, np.rint(seconds * 1000), NONE))
                numbers = read.get((clock, n))
                if numbers is not None:
                    whole &= counts | (numbers < 0)
                if of.placed:
                    self.place[clock, rows, n] = 0 if numbers is None else _places(numbers, counts, of)
        self.whole[rows] = whole & ~judge.false
        return judge.false

    @staticmethod
    def _clocks(read: Slots, rows: int, mats: int) -> Bools:
        """Whose own clock is the net one: who was read at more mats on it than on the gun's."""
        more = np.zeros(rows, np.int16)
        for (clock, n), numbers in read.items():
            if n < mats:
                (np.add if clock == NET else np.subtract)(more, numbers >= 0, out=more)
        return more > 0

    def _by_sheet(self, row: int, book: Reading, of: Sources) -> None:
        """The times of an athlete as the sheet has them."""
        sheet = book.sheet(of.roster.ids[row])
        began = of.roster.began[row]
        if np.isnan(began):
            read = begins(sheet.passings)
            began = of.roster.wave_began(slice(row, row + 1))[0] if read is None else read
        self.whole[row] = False
        self.net[row], self.began[row] = sheet.clock == "net", began
        self.time.put((slice(None), row), NONE)
        self.hollow[row] = False
        if of.placed:
            self.place[:, row] = 0
        direct = {(p.checkpoint, p.clock): p for p in sheet.passings.found}
        column = {mat: n for n, mat in enumerate(of.mats.found)}
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
                    if of.placed:
                        self.place[clock, row, n] = passing.read.place or 0
                    seconds = passing.time_s  # noqa: PLW2901  what was read stands before what was computed
                if seconds >= 0:
                    self.time.put((clock, row, n), round(seconds * 1000))


class _Judge:
    """Who cannot have passed all mats at their times, by the limits of their division: `false`. Mat by mat."""

    def __init__(self, rows: Rows, of: Sources) -> None:
        limits = np.array([of.setup.limit(word or "run")[1] for word in of.roster.words["division"]])
        self._least: Floats = limits[of.roster.codes["division"][rows]]
        self._last_m, self._last_s = np.zeros(len(self._least)), np.zeros(len(self._least))
        self.false: Bools = np.zeros(len(self._least), np.bool_)

    def take(self, distance_m: float, own: Floats, sure: Bools) -> None:
        """Those who were there at times that are sure."""
        metres, seconds = distance_m - self._last_m, own - self._last_s
        nearest = metres.min(initial=np.inf)
        pace = seconds / (metres if nearest > 0 else np.where(metres > 0, metres, np.inf))
        pace *= 1000
        fine = (seconds > 0) & (pace >= self._least)
        if nearest < JUDGED_FROM_M:
            fine = np.where(metres < JUDGED_FROM_M, seconds >= 0, fine) & (metres > 0)
        self.false |= sure & ~fine
        np.copyto(self._last_m, distance_m, where=sure)
        np.copyto(self._last_s, own, where=sure)


def _since(numbers: Ints, of: Sources) -> Floats:
    """The times of reads on their own clocks, nan where there is none."""
    found: Floats = picked(of.columns.elapsed, numbers)
    untimed = found == UNTIMED
    if untimed.any():
        found = np.where(untimed, picked(of.columns.at, numbers) - (of.setup.zero_s or 0.0), found)
    found[numbers < 0] = np.nan
    return found


def _began(rows: Rows, since: Mapping[tuple[int, int], Floats], of: Sources) -> Floats:
    """Seconds from the gun to everybody's own start: as it was told, by the read there, by mats on both clocks, else the
    wave's.
    """
    found: Floats = of.roster.began[rows]
    start = since.get((GUN, len(of.mats.found)))
    if start is not None:
        found = np.where(np.isnan(found), start, found)
    mats = [n for n in range(len(of.mats.found)) if (GUN, n) in since and (NET, n) in since]
    if mats:
        between = np.sort(np.stack([since[GUN, n] - since[NET, n] for n in mats], axis=1), axis=1)
        half = (~np.isnan(between)).sum(axis=1) // 2
        found = np.where(np.isnan(found), np.maximum(between[np.arange(len(half)), half], 0.0), found)
    return np.where(np.isnan(found), of.roster.wave_began(rows), found)


def _both(gun: Floats | None, net: Floats | None, began: Floats) -> tuple[Floats, Floats] | None:
    """Times on both clocks: as they were read there, else by those on the other one. None where nobody was read."""
    if gun is None:
        return None if net is None else (net + began, net)
    turned = gun - began
    turned[~(turned >= 0)] = np.nan
    if net is None:
        return gun, turned
    return np.where(gun >= 0, gun, net + began), np.where(net >= 0, net, turned)


def _carries(n: int, counts: Bools, net: Bools, read: Slots, of: Sources) -> Bools:
    """Whose time at a mat is not only estimated: by the read on their own clock, else by the other one."""
    slots = [of.mats.slots[clock, n] for clock in (GUN, NET) if (clock, n) in read]
    if all(of.mats.sure[slot] for slot in slots):
        return counts
    none = np.full(len(net), NONE, np.int32)
    gun, other = read.get((GUN, n), none), read.get((NET, n), none)
    winner = np.where(net & (other >= 0) | (gun < 0), other, gun)
    found: Bools = counts & of.mats.carries[np.where(winner >= 0, picked(of.columns.form, winner), 0)]
    return found


def _places(numbers: Ints, counts: Bools, of: Sources) -> Ints:
    found: Ints = np.where(counts & (numbers >= 0), picked(of.columns.place, numbers), 0)
    return found


def _by_mat(clocks: int, width: int, rows: int, value: np.generic) -> NDArray[Any]:
    """Columns of a value by clock, row and mat, each of which lies together in memory."""
    return np.full((clocks, width, rows), value).transpose(0, 2, 1)


def _nowhere(shape: tuple[int, ...]) -> Ints:
    """Nobody's places, in no memory; it cannot be written to."""
    return np.broadcast_to(np.int32(0), shape)


def furthest(there: Bools) -> Ints:
    """The number of the last mat at which everybody was, −1 where none."""
    rows, width = there.shape
    if width == 0:
        return np.full(rows, -1, np.int32)
    found: Ints = np.where(there.any(axis=1), width - 1 - there[:, ::-1].argmax(axis=1), -1).astype(np.int32)
    return found
