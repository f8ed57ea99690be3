"""The projection graded over the whole field, and receipts of those who are followed. Loads numpy.

Rule: what it takes of a race is copied at once, so that the counting can go on beside the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tracker.draw.graded import Bands, Honesty, Kept
from tracker.race.course import Checkpoint
from tracker.race.grading import Grade, grades
from tracker.race.projection.basis import Basis
from tracker.race.projection.moments import Array
from tracker.race.receipts import receipts
from tracker.race.standing import gone, own_s, timed

if TYPE_CHECKING:
    from tracker.race.book import Race, Wanted
    from tracker.race.bulk import Bools
    from tracker.race.snapshot import Snapshot

MOST_FOLLOWED = 12


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be graded, on its own feet: the field's times at an instant, and what the projection rests on."""

    mats: tuple[Checkpoint, ...]
    times_s: Array
    out: Bools
    now_s: Array
    basis: Basis

    def answer(self) -> tuple[Grade, ...]:
        """The grades; some seconds of work for a city's field."""
        mats_m = [mat.distance_m or 0.0 for mat in self.mats]
        return grades(self.times_s, mats_m, self.out, self.now_s, self.basis)


def question(race: Race, shown: Snapshot, wanted: Wanted) -> Question | None:
    """What can be graded of a race now; nothing without a model, a known course and a clock."""
    basis, field = race.basis(wanted), race.field()
    if basis is None or shown.elapsed_s is None or not len(field):
        return None
    columns = timed(field)
    if not columns or field.mats[columns[-1]].type != "finish":
        return None
    horizon_s = shown.elapsed_s
    if shown.over or shown.mode.word == "ended":
        horizon_s = np.inf  # nothing is to come: whatever was said has had its time
    elif wanted.horizon_s is not None:
        horizon_s += min(0.0, wanted.horizon_s - shown.now_s)
    return Question(
        mats=tuple(field.mats[n] for n in columns),
        times_s=own_s(field)[:, columns],
        out=gone(field),
        now_s=horizon_s - np.nan_to_num(field.began[: len(field)]),
        basis=basis,
    )


def honesty(race: Race, shown: Snapshot, wanted: Wanted, follows: Iterable[str]) -> Honesty:
    """The receipts of the runner and of those who are followed; the field is not yet graded."""
    ids = list(dict.fromkeys((shown.runner.id, *wanted.beside, *follows)))[:MOST_FOLLOWED]
    here = {runner.id: runner for runner in shown.runners}
    kept = [Kept(here[id], *receipts(race.told(id, wanted))) for id in ids if id in here]
    return Honesty(receipts=tuple(each for each in kept if each.finish), runners=len(shown.runners))


def bands(mats: Sequence[Checkpoint], found: Sequence[Grade]) -> tuple[tuple[Bands, ...], tuple[Bands, ...]]:
    """The grades as the screen shows them: of the next mat, of the finish. The last mat's word of the finish is both."""
    last = len(mats) - 1
    rows = [Bands(mats[g.at], mats[g.of], g.shares) for g in found]
    soon = tuple(row for row, g in zip(rows, found, strict=True) if g.of == g.at + 1)
    finish = sorted(((g.at, row) for row, g in zip(rows, found, strict=True) if g.of == last), key=lambda each: each[0])
    return soon, tuple(row for _, row in finish)
