"""What was said to one runner at every mark, and what came: a receipt for each."""

from __future__ import annotations

from tracker.race.projection.condition import SAME_MAT_M
from tracker.race.projection.told import Told
from tracker.race.snapshot import Receipt


def receipts(basis: Told | None) -> tuple[tuple[Receipt, ...], tuple[Receipt, ...]]:
    """Every mark's word of the mark that came next, and of the finish."""
    if basis is None:
        return (), ()
    marks = basis.marks
    soon: list[Receipt] = []
    finish: list[Receipt] = []
    for count in range(1, len(marks) + 1):
        found = basis.outlook(count)
        if found is None or found.forecast is None:
            continue
        at_m, total_m = found.last_m, found.total_m
        came_s = marks[-1][1] if marks[-1][0] >= total_m - SAME_MAT_M else None
        finish.append(Receipt(at_m, total_m, found.q10_s, found.q50_s, found.q90_s, came_s))
        if count < len(marks) and at_m < marks[count][0] < total_m - SAME_MAT_M:
            low_s, middle_s, high_s = found.forecast.at(marks[count][0]).quantiles((0.1, 0.5, 0.9))
            soon.append(Receipt(at_m, marks[count][0], low_s, middle_s, high_s, marks[count][1]))
    return tuple(soon), tuple(finish)
