"""Of every athlete and mat the read that wins, in columns. Rule: what is not plain is not decided here but marked odd.

Plain is a read with a time at a mat that is passed once, and of several at a mat one that outranks the others: then
the winner is found with arrays. An athlete with anything else goes by the sheet, so that both ways come to the same.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.race.clean import QUALITY_OF_DEVICE
from tracker.race.columns import UNTIMED, Columns, Rare
from tracker.race.passings import Place, locate, on_lap
from tracker.race.setup import Setup
from tracker.race.snapshot import CARRYING

if TYPE_CHECKING:
    from feeds.seen import Form

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

GUN, NET = 0, 1
CLOCKS = ("gun", "net")
ELSEWHERE, ODD = -1, -2
"""A form of another race; one that is not plain."""
MOST_MATS = 1000
"""A feed that names more places than that has no more columns: whoever was read there goes by the sheet."""


class Batch(NamedTuple):
    """Reads as arrays: their numbers, athletes and forms."""

    number: Longs
    athlete: Ints
    form: Ints


class Mats:
    """The mats in the order of the course, and where every form of a read belongs. The start has the last column.

    `start` is that one, where anybody was read there. Of every form: its `column`, its `clock`, its `rev`, whether
    a `backup` mat's, whether its quality is one that `carries`.
    """

    def __init__(self, setup: Setup, forms: Sequence[Form], race: str | None) -> None:
        self.zero_s = setup.zero_s
        places = [_place(setup, form, race) for form in forms]
        listed = {mat.id: mat for mat in setup.course.checkpoints}
        for place in places:
            if isinstance(place, Place) and place.kind == "mat" and len(listed) < MOST_MATS:
                listed.setdefault(place.checkpoint.id, place.checkpoint)
        self.found = sorted(
            listed.values(), key=lambda mat: (math.inf if mat.distance_m is None else mat.distance_m, mat.id)
        )
        self.width = len(self.found) + 1
        column = {mat: n for n, mat in enumerate(self.found)}
        self.start = next((p.checkpoint for p in places if isinstance(p, Place) and p.kind == "start"), None)
        if self.start is not None:
            column[self.start] = len(self.found)
        self.column = np.array(
            [
                column.get(p.checkpoint, ODD)
                if isinstance(p, Place) and p.kind != "aside"
                else p
                if isinstance(p, int)
                else ODD
                for p in places
            ],
            np.int32,
        )
        self.clock = np.array([CLOCKS.index(form.clock) for form in forms], np.int32)
        self.rev = np.array([form.rev for form in forms], np.int64)
        self.backup = np.array([form.device == "backup" for form in forms], np.bool_)
        self.carries = np.array(
            [(form.quality or QUALITY_OF_DEVICE.get(form.device, "official")) in CARRYING for form in forms], np.bool_
        )


def _place(setup: Setup, form: Form, race: str | None) -> Place | int:
    """Where reads of a form were."""
    if form.race is not None and form.race != race:
        return ELSEWHERE
    place = locate(setup, form.checkpoint, form.distance_m)
    if form.occurrence is None:
        return ODD if place.checkpoint.id in setup.lap_s else place
    return ODD if place.kind == "start" and form.occurrence > 1 else on_lap(setup, place, form.occurrence)


class Won:
    """The winners: `read[clock, athlete, column]` is the number of a read, −1 where there is none."""

    def __init__(self, width: int) -> None:
        self.read = np.full((2, 0, width), -1, np.int32)
        self.odd = np.zeros(0, np.bool_)
        self._marked = np.zeros(0, np.bool_)

    def grow(self, athletes: int) -> None:
        """Room for so many athletes."""
        have = self.read.shape[1]
        if athletes > have:
            size = max(athletes, have * 2)
            more = np.full((2, size - have, self.read.shape[2]), -1, np.int32)
            self.read = np.concatenate([self.read, more], axis=1)
            self.odd = np.append(self.odd, np.zeros(size - have, np.bool_))

    def take(self, batch: Batch, columns: Columns, mats: Mats) -> None:
        """Take reads in the order of their numbers."""
        column = mats.column[batch.form]
        clock = mats.clock[batch.form]
        plain = column >= 0
        elapsed = picked(columns.elapsed, batch.number)
        without = elapsed == UNTIMED
        # On the net clock an instant alone is no time before the start is known.
        self.odd[batch.athlete[(column == ODD) | (plain & without & (clock == NET))]] = True
        if without.any():
            zero_s = mats.zero_s
            since = np.full(len(without), -1.0) if zero_s is None else picked(columns.at, batch.number) - zero_s
            plain &= np.where(without, since, elapsed) >= 0
        number = batch.number[plain].astype(np.int32)
        cell = np.ravel_multi_index((clock[plain], batch.athlete[plain], column[plain]), self.read.shape)
        flat = self.read.reshape(-1)
        held = flat[cell]
        flat[cell] = number
        lost = (held >= 0) | (flat[cell] != number)
        if lost.any():
            mine = self._among(cell, cell[lost])
            cell, number, held = cell[mine], number[mine], held[mine]
            before, first = np.unique(cell[held >= 0], return_index=True)
            cells = np.concatenate([cell, before])
            numbers = np.concatenate([number, held[held >= 0][first]])
            self._decide(cells, numbers, columns, mats)

    def _among(self, cells: Longs, some: Longs) -> Bools:
        """Which cells are among some, by marking those: far quicker than by sorting both."""
        if len(self._marked) != self.read.size:
            self._marked = np.zeros(self.read.size, np.bool_)
        self._marked[some] = True
        found: Bools = self._marked[cells]
        self._marked[some] = False
        return found

    def _decide(self, cells: Longs, numbers: Ints, columns: Columns, mats: Mats) -> None:
        """Of several reads the winner: main before backup, then the highest revision, sent last; else nothing plain."""
        main = ~mats.backup[picked(columns.form, numbers)]
        rev, sent = mats.rev[picked(columns.form, numbers)], picked(columns.sent, numbers)
        order = np.lexsort((sent, rev, main, cells))
        cells, numbers, main, rev, sent = cells[order], numbers[order], main[order], rev[order], sent[order]
        top = np.append(cells[1:] != cells[:-1], True)
        self.read.reshape(-1)[cells[top]] = numbers[top]
        same = ~top[:-1] & (main[1:] == main[:-1]) & (rev[1:] == rev[:-1]) & (sent[1:] == sent[:-1])
        tied = np.flatnonzero(same & top[1:])
        _, athlete, _ = np.unravel_index(cells[tied], self.read.shape)
        self.odd[athlete] = True


def picked(column: array[Any] | Rare[Any], numbers: NDArray[np.integer[Any]]) -> NDArray[Any]:
    """The values of a column at some places. The view is dropped at once: while it stands the column cannot grow."""
    if isinstance(column, Rare):
        found = np.full(numbers.shape, column.none)
        told = (numbers >= 0) & (numbers < len(column.told))
        found[told] = picked(column.told, numbers[told])
        return found
    values: NDArray[Any] = np.asarray(column)[numbers]
    return values
