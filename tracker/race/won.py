"""Of every athlete and mat the read that wins, in columns. Rule: what is not plain is not decided here but marked odd.

Plain is a read with a time at a mat that is passed once, and of several at a mat one that outranks the others: then
the winner is found with arrays. An athlete with anything else goes by the sheet, so that both ways come to the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tracker.race.bulk import Bools, Floats, Ints, Longs, picked
from tracker.race.clean import QUALITY_OF_DEVICE
from tracker.race.columns import UNTIMED, Columns
from tracker.race.passings import Place, locate, on_lap
from tracker.race.setup import Setup
from tracker.race.snapshot import CARRYING

if TYPE_CHECKING:
    from feeds.seen import Form

GUN, NET = 0, 1
CLOCKS = ("gun", "net")
ELSEWHERE, ODD = -1, -2
"""A form of another race; one that is not plain."""
NONE, LOST = -1, -2
"""Instead of the number of a read: there is none; which one it is will be decided."""
MOST_MATS = 1000
"""A feed that names more places than that has no more columns: whoever was read there goes by the sheet."""


class Batch(NamedTuple):
    """Reads as arrays: their numbers, athletes, forms and elapsed times."""

    number: Ints
    athlete: Ints
    form: Ints
    elapsed: Floats

    def some(self, places: Longs) -> Batch:
        """Those at some places."""
        return Batch(self.number[places], self.athlete[places], self.form[places], self.elapsed[places])


class Mats:
    """The mats in the order of the course, and where every form of a read belongs. The start has the last column.

    `start` is that one, where anybody was read there. Of every form: its `column`, its `clock`, its `rev`, whether
    a `backup` mat's, whether its quality is one that `carries`. A `slot` is a column on a clock on which anybody may
    have been read there, in the order of the forms: `slots` tells which it is, `sure` whether all its forms carry.
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
        pairs = list(zip(self.clock.tolist(), self.column.tolist(), strict=True))
        self.slots = {pair: n for n, pair in enumerate(dict.fromkeys(pair for pair in pairs if pair[1] >= 0))}
        self.slot = np.array([self.slots.get(pair, pair[1]) for pair in pairs], np.int32)
        self.sure = [bool(self.carries[self.slot == n].all()) for n in self.slots.values()]


def _place(setup: Setup, form: Form, race: str | None) -> Place | int:
    """Where reads of a form were."""
    if form.race is not None and form.race != race:
        return ELSEWHERE
    place = locate(setup, form.checkpoint, form.distance_m)
    if form.occurrence is None:
        return ODD if place.checkpoint.id in setup.lap_s else place
    return ODD if place.kind == "start" and form.occurrence > 1 else on_lap(setup, place, form.occurrence)


class Won:
    """The winners: `read[slot, athlete]` is the number of a read, −1 where there is none.

    `odd`: who goes by the sheet. `several`: who was read more than once at a mat, so that another read may win there
    when some are no longer known.
    """

    def __init__(self) -> None:
        self.read: Ints = np.full((0, 0), NONE, np.int32)
        self.odd: Bools = np.zeros(0, np.bool_)
        self.several: Bools = np.zeros(0, np.bool_)

    def grow(self, athletes: int, slots: int) -> None:
        """Room for so many athletes and slots."""
        have, room = self.read.shape
        athletes, slots = max(athletes, room), max(slots, have)
        if (slots, athletes) != (have, room):
            read = np.full((slots, athletes), NONE, np.int32)
            read[:have, :room] = self.read
            self.read = read
            self.odd, self.several = (
                np.append(of, np.zeros(athletes - room, np.bool_)) for of in (self.odd, self.several)
            )

    def take(self, batch: Batch, columns: Columns, mats: Mats) -> None:
        """Take reads in the order of their numbers."""
        slot = mats.slot.take(batch.form)
        plain = slot >= 0
        without = batch.elapsed == UNTIMED
        odd = slot == ODD
        if without.any():
            # On the net clock an instant alone is no time before the start is known.
            odd |= plain & without & (mats.clock[batch.form] == NET)
            zero_s = mats.zero_s
            since = np.full(len(without), -1.0) if zero_s is None else picked(columns.at, batch.number) - zero_s
            plain &= np.where(without, since, batch.elapsed) >= 0
        self.odd[batch.athlete[odd]] = True
        number, athlete = batch.number, batch.athlete
        if not plain.all():
            number, athlete, slot = number[plain], athlete[plain], slot[plain]
        cell = slot.astype(np.int64) * self.read.shape[1] + athlete
        flat = self.read.reshape(-1)
        held = flat[cell]
        flat[cell] = number
        lost = (held >= 0) | (flat[cell] != number)
        if lost.any():
            self.several[athlete[lost]] = True
            flat[cell[lost]] = LOST
            mine = flat[cell] == LOST
            cell, number, held = cell[mine], number[mine], held[mine]
            before, first = np.unique(cell[held >= 0], return_index=True)
            cells = np.concatenate([cell, before])
            numbers = np.concatenate([number, held[held >= 0][first]])
            self._decide(cells, numbers, columns, mats)

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
        self.odd[cells[tied] % self.read.shape[1]] = True

    def leave(self, first: int, touched: Bools) -> Bools:
        """Be without the reads from a number on, which are those of who is `touched`; whose others are to be taken again."""
        self.read[self.read >= first] = NONE
        again: Bools = touched & (self.odd | self.several)[: len(touched)]
        rows = np.flatnonzero(again)
        self.read[:, rows] = NONE
        self.odd[rows] = self.several[rows] = False
        return again
