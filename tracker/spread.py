"""Where everybody is along the course, in cells. Loads numpy.

Between two mats somebody is where their own forecast has them, and never beyond the next mat. Who is overdue there is
on no cell.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tracker.draw.listed import Spot, Strip
from tracker.race.bulk import Bools, Floats
from tracker.race.field import Field
from tracker.race.outlooks import FINISHED, LATE, OUT, OVERDUE, Stand

Span = tuple[float, float]


def spread(
    field: Field, there: Bools, number: int, stand: Stand | None, cells: int, named: Mapping[int, str],
    span: Span | None = None,
) -> Strip | None:  # fmt: skip
    """Everybody in so many cells, `named` among them; none where no distances are known, or nobody has run.

    `there` is what `read` gives; who was read at mat `number` or after it has passed. `span`: the metres of the course
    that are shown, by default those from mat to mat where somebody is.
    """
    metres = np.array([mat.distance_m or np.nan for mat in field.mats])
    if stand is None or cells < 2 or not len(metres) or np.isnan(metres[-1]):
        return None
    where = stand.place_m
    on = ~np.isnan(where)
    if span is None and not on.any():
        if not stand.count(FINISHED):
            return None
        span = 0.0, float(metres.max())  # all are home: the whole road, and how many they are
    low, high = span or _around(where[on], metres)
    at = np.clip(((where - low) / (high - low) * cells), 0, cells - 1)
    passed = on & there[:, number:].any(axis=1)
    return Strip(
        from_m=low,
        to_m=high,
        passed=_count(at, passed, cells),
        to_come=_count(at, on & ~passed, cells),
        spots=tuple(Spot(int(at[row]), name, bool(passed[row])) for row, name in named.items() if on[row]),
        mats=tuple(
            (min(cells - 1, int((metres[n] - low) / (high - low) * cells)), mat)
            for n, mat in enumerate(field.mats)
            if low <= metres[n] <= high
        ),
        finished=stand.count(FINISHED),
        out=stand.count(OUT),
        late=stand.count(LATE),
        overdue=stand.count(OVERDUE),
        silent=stand.silent,
        pending=stand.pending,
    )


def _around(where: Floats, metres: Floats) -> Span:
    """The mats around everybody."""
    hindmost, foremost = float(where.min()), float(where.max())
    low = float(max((m for m in metres if m <= hindmost), default=0.0))
    return low, float(min((m for m in metres if m > foremost), default=metres[-1]))


def _count(at: Floats, who: Bools, cells: int) -> tuple[int, ...]:
    return tuple(np.bincount(at[who].astype(np.int64), minlength=cells).tolist())
