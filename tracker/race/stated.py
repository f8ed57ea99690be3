"""The lines of a whole field's state by its columns. Loads numpy.

Rule: a line in here is the one that the athlete's sheet would give, letter by letter; whoever has a read that is not
plain is left to the sheet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tracker.race.bulk import Bools, Ints, picked
from tracker.race.columns import UNPLACED, UNTIMED, Columns
from tracker.race.entry import NEVER, to_text
from tracker.race.field import Field
from tracker.race.won import CLOCKS

if TYPE_CHECKING:
    from feeds.seen import Form

SLICE = 1 << 16
"""Lines that are made together."""


def lines(field: Field, columns: Columns, rows: Bools) -> Iterator[str]:
    """The lines of the splits of these rows of a field, one mat after the other in order. `columns` are those that it rests on."""
    texts = list(map(to_text, field.roster.ids))
    order = np.array(sorted(np.flatnonzero(rows).tolist(), key=texts.__getitem__), np.int64)
    written = [_Written.of(form) for form in columns.forms]
    for clock, name in enumerate(CLOCKS):
        for mat, won in field.winners(clock):
            chosen = order[won[order] >= 0]
            where = f',{to_text(mat)},"{name}",{{'
            for first in range(0, len(chosen), SLICE):
                some = chosen[first : first + SLICE]
                yield from _told([texts[row] for row in some.tolist()], where, won[some], columns, written)


class _Written(NamedTuple):
    """What is written of a form before the elapsed time, and behind the place."""

    before: str
    behind: str

    @classmethod
    def of(cls, form: Form) -> _Written:
        behind = {
            "provisional": form.provisional,
            "quality": form.quality,
            "resolution_s": None if form.resolution_s is None else round(form.resolution_s * 1000),
            "rounding": form.rounding,
            "source": form.source,
            "synthetic": form.synthetic,
        }
        kept = {key: value for key, value in behind.items() if value is not None}
        return cls(f'"device":{json.dumps(form.device)},', f"{to_text(kept)[1:]}]")


def _told(
    athletes: Sequence[str], where: str, numbers: Ints, columns: Columns, written: Sequence[_Written]
) -> Iterator[str]:
    elapsed, at = picked(columns.elapsed, numbers), picked(columns.at, numbers)
    form, place = picked(columns.form, numbers), picked(columns.place, numbers)
    alike = (form == form[:1]) & (at == NEVER) & (place == UNPLACED) & (elapsed != UNTIMED)
    if len(numbers) and alike.all():  # most are
        before, behind = f'{where}{written[form[0]].before}"elapsed_s":', f",{written[form[0]].behind}"
        milliseconds = np.rint(elapsed * 1000).astype(np.int64).tolist()
        return (f'["split",{athlete}{before}{ms}{behind}' for athlete, ms in zip(athletes, milliseconds, strict=True))
    return (
        f'["split",{athlete}{where}{_named("at", instant, NEVER)}{form.before}{_named("elapsed_s", seconds, UNTIMED)}'
        f"{_placed(place)}{form.behind}"
        for athlete, form, instant, seconds, place in zip(
            athletes,
            [written[of] for of in form.tolist()],
            at.tolist(),
            elapsed.tolist(),
            place.tolist(),
            strict=True,
        )
    )


def _named(name: str, seconds: float, none: float) -> str:
    return "" if seconds == none else f'"{name}":{round(seconds * 1000)},'


def _placed(place: int) -> str:
    return "" if place == UNPLACED else f'"place":{place},'
