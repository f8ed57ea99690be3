"""Reads by the thousand: put into columns, found and picked there as arrays. Loads numpy.

Rule: what this comes to is what `Columns` comes to read by read.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from ctypes import CDLL
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tracker.race.columns import FACTORS, UNTIMED, Columns, Rare
from tracker.race.entry import NEVER
from tracker.race.seconds import FAR, FURTHEST, GAP, Seconds

if TYPE_CHECKING:
    from feeds.seen import Run

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Words = NDArray[np.uint64]
Column: TypeAlias = "array[Any] | Rare[Any] | Seconds"

SLICE = 1 << 16
"""Reads that are looked at together, where it might be all of them."""
_FACTORS = np.array(FACTORS, np.uint64)
_HALF = np.uint64(32)


def picked(column: Column, numbers: NDArray[np.integer[Any]]) -> NDArray[Any]:
    """The values of a column at some places. The view is dropped at once: while it stands the column cannot grow."""
    if isinstance(column, Rare):
        found = np.full(numbers.shape, column.none)
        told = (numbers >= 0) & (numbers < len(column.told))
        found[told] = picked(column.told, numbers[told])
        return found
    if isinstance(column, Seconds):
        return seconds_of(column, np.asarray(column.held)[numbers])
    values: NDArray[Any] = np.asarray(column)[numbers]
    return values


def run(column: array[Any] | Seconds, first: int, end: int) -> NDArray[Any]:
    """The values of a column at the places first … end − 1."""
    if isinstance(column, Seconds):
        return seconds_of(column, np.asarray(column.held)[first:end])
    return np.array(np.asarray(column)[first:end])


def seconds_of(of: Seconds, held: array[Any] | NDArray[Any]) -> Floats:
    """Times that a column holds as seconds."""
    if of.wide:
        return np.array(held)
    ms = np.asarray(held)
    found: Floats = (ms + np.int64(of.first_ms or 0)) / 1000
    found[ms == GAP] = of.none
    return found


def hold(of: Seconds, values: Sequence[float] | Floats) -> None:
    """Put times behind all others of a column."""
    seconds: Floats = np.asarray(values, np.float64)
    given = seconds[seconds != of.none]
    if not of.wide and len(given):
        near = np.abs(given) < FAR
        ms = np.rint(np.where(near, given, 0.0) * 1000)
        if of.first_ms is None:
            of.first_ms = int(ms[0])
        if not (near & (ms / 1000 == given) & (np.abs(ms - of.first_ms) <= FURTHEST)).all():
            of.widen()
    if of.wide:
        of.held.frombytes(seconds.tobytes())
        return
    held = np.full(len(seconds), GAP, np.int32)
    if len(given):
        held[seconds != of.none] = ms - (of.first_ms or 0)
    of.held.frombytes(held.tobytes())


def numbers(found: Iterable[int]) -> Ints:
    """Numbers of reads as an array."""
    return np.fromiter(found, np.int32)


class Rows(NamedTuple):
    """Reads as they stand in columns."""

    athlete: Ints
    form: Ints
    place: Ints
    elapsed: Floats
    at: Floats
    sent: Floats

    def some(self, places: Longs | Bools) -> Rows:
        """Those at some places."""
        return Rows(*(of[places] for of in self))  # type: ignore[arg-type]  # in their order

    def equals(self, other: Rows) -> Bools:
        """Which are the same, of as many each."""
        same: Bools = np.ones(len(self.athlete), np.bool_)
        for ours, theirs in zip(self, other, strict=True):
            same &= ours == theirs
        return same

    @property
    def marks(self) -> Words:
        """Of each what `mark_of` tells of one."""
        times = np.stack([self.elapsed, self.at, self.sent]).view(np.uint64)
        codes = np.stack([self.athlete, self.form, self.place]).astype(np.uint64)
        marks: Words = (np.concatenate([codes, times ^ (times >> _HALF)]) * _FACTORS[:, None]).sum(0, np.uint64)
        return marks


def stored(columns: Columns, numbers: NDArray[np.integer[Any]]) -> Rows:
    """Reads that stand in columns."""
    return Rows(*(picked(column, numbers) for column in _all(columns)))


def _all(columns: Columns) -> tuple[Column, ...]:
    """In the order in which a Rows has them."""
    return columns.athlete, columns.form, columns.place, columns.elapsed, columns.at, columns.sent


def put(columns: Columns, run: Run) -> Ints:
    """Put reads at the end; of each its number, that of an equal one where it is known."""
    first, batch = len(columns), _batch(columns, run)
    columns.mark()
    columns.make_room(len(run))
    _append(columns, batch)
    own = np.arange(first, first + len(run))

    def is_twin(numbers: Longs, places: Longs) -> Bools:
        """Which of the reads at these places are those of these numbers."""
        same: Bools = picked(columns.elapsed, numbers) == batch.elapsed[places]
        maybe = np.flatnonzero(same)
        if len(maybe):
            same[maybe] = stored(columns, numbers[maybe]).equals(batch.some(places[maybe]))
        return same

    slot, twin = _claim(columns.table, batch.marks, own, is_twin)
    fresh = twin < 0
    if not fresh.all():
        own[fresh] = np.arange(first, first + np.count_nonzero(fresh))
        _as_array(columns.table)[slot[fresh]] = own[fresh]
        inside = twin >= first  # the twin of a read of this run has its number only now
        own[inside] = own[twin[inside] - first]
        own[~fresh & ~inside] = twin[~fresh & ~inside]
        _cut(columns, first)
        _append(columns, batch.some(fresh))
    return own.astype(np.int32)


def _cut(columns: Columns, end: int) -> None:
    """Only the first reads, up to `end`; names are left as they are."""
    for column in _all(columns):
        if isinstance(column, Seconds):
            column.cut(end)
        else:
            del (column.told if isinstance(column, Rare) else column)[end:]
    while len(columns.firsts) and columns.firsts[-1] >= end:
        columns.firsts.pop()


def _batch(columns: Columns, run: Run) -> Rows:
    """A run as it will stand in the columns; who is new has a name there from now on."""
    codes = columns.codes
    try:
        athlete = _codes(codes, run.athletes)
    except KeyError:
        for name in dict.fromkeys(run.athletes):
            if name not in codes:
                codes[name] = len(codes)
                columns.names.append(name)
        athlete = _codes(codes, run.athletes)
    form = np.fromiter(map(columns.form_code, run.forms), np.int32)[run.form]
    elapsed = np.where(np.isnan(run.elapsed_s), UNTIMED, run.elapsed_s + 0.0)
    at, sent = (np.where(np.isnan(of), NEVER, of) for of in (run.at_s, run.sent_s))
    return Rows(athlete, form, run.place, elapsed, at, sent)


def _codes(codes: Mapping[str, int], names: Sequence[str]) -> Ints:
    return np.fromiter(map(codes.__getitem__, names), np.int32, len(names))


def _append(columns: Columns, batch: Rows) -> None:
    """Put reads at the end that are all new, their names known."""
    first, had = len(columns), len(columns.firsts)
    newcomers = np.flatnonzero(batch.athlete >= had)
    if len(newcomers):
        _, begin = np.unique(batch.athlete[newcomers], return_index=True)
        columns.firsts.extend((first + newcomers[begin]).tolist())
    every: Iterable[NDArray[Any]] = batch
    for column, values in zip(_all(columns), every, strict=True):
        if isinstance(column, Seconds):
            hold(column, values)
        elif not isinstance(column, Rare):
            column.frombytes(values.astype(column.typecode).tobytes())
        elif (values != column.none).any():
            column.put(first, values.tolist())


def _claim(table: array[int], mark: Words, own: Longs, is_twin: Callable[[Longs, Longs], Bools]) -> tuple[Longs, Longs]:
    """Put numbers into a table that has room for them: where each stands, and its twin, which stands there instead, or −1.

    Of equal ones the first has the place.
    """
    there, mask = _as_array(table), len(table) - 1
    slot = (mark >> np.uint64(64 - mask.bit_length())).astype(np.int64)
    step = (mark & np.uint64(mask)).astype(np.int64) | 1
    twin: Longs = np.full(len(mark), -1)
    left = np.arange(len(mark))
    while len(left):
        free = left[there[slot[left]] < 0]
        there[slot[free][::-1]] = own[free][::-1]  # the last who is told a place has it
        left = left[there[slot[left]] != own[left]]
        taken = there[slot[left]].astype(np.int64)
        same = is_twin(taken, left)
        twin[left[same]] = taken[same]
        left = left[~same]
        slot[left] = (slot[left] + step[left]) & mask
    return slot, twin


def _as_array(of: array[int]) -> Ints:
    found: Ints = np.asarray(of)
    return found


def enter_again(columns: Columns) -> None:
    """Put all reads into an empty table."""
    for first in range(0, len(columns), SLICE):
        every = np.arange(first, min(first + SLICE, len(columns)))
        _claim(columns.table, stored(columns, every).marks, every, lambda taken, _: np.zeros(len(taken), np.bool_))


def places(athlete: array[int], code: int, count: int) -> list[int]:
    """Where an athlete stands among the first `count` of a column, the last place first."""
    found: list[int] = np.flatnonzero(_as_array(athlete)[:count] == code)[::-1].tolist()
    return found


def give_back() -> None:
    """Give the system back what memory was freed, where the allocator keeps it: after much of it was needed for a moment."""
    with suppress(AttributeError, OSError):  # only that of Linux keeps it, and can be asked
        CDLL(None).malloc_trim(0)


def chain(athlete: array[int], before: array[int], latest: array[int]) -> None:
    """Of every read behind those that `before` knows the one before it of the same athlete, and of every athlete the latest."""
    first = len(before)
    codes = run(athlete, first, len(athlete))
    latest.extend([-1] * (int(codes.max(initial=-1)) + 1 - len(latest)))
    order = np.argsort(codes, kind="stable")
    of, last = codes[order], _as_array(latest)
    begin = np.append(True, of[1:] != of[:-1])
    found: Ints = np.empty(len(codes), np.int32)
    found[order] = np.where(begin, last[of], np.append(-1, order[:-1] + first))
    end = np.append(begin[1:], True)
    last[of[end]] = order[end] + first
    before.frombytes(found.tobytes())


def pick(columns: Columns, own: Columns, numbers: Sequence[int]) -> None:
    """Put some of the reads into columns that are empty but for their forms."""
    every = np.asarray(numbers, np.int32)
    codes = picked(columns.athlete, every)
    _, begin, of = np.unique(codes, return_index=True, return_inverse=True)
    order = np.argsort(begin)  # names are numbered as they come
    own.names = [columns.names[code] for code in codes[begin[order]].tolist()]
    own.codes = {name: code for code, name in enumerate(own.names)}
    own.mark()
    own.make_room(len(every))
    code = np.argsort(order).astype(np.int32)[of]
    for first in range(0, len(every), SLICE):
        some = slice(first, first + SLICE)
        _append(own, stored(columns, every[some])._replace(athlete=code[some]))
    enter_again(own)
