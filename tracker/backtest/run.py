"""A race through the projection, mat by mat, as it would have been told while it was run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracker.backtest.rivals import constant_pace, last_pace, spread, standing
from tracker.backtest.score import PROBABILITIES, TARGETS_S, Scored
from tracker.backtest.tables import FINISH, HALF, MATS, PLACES_M, Floats, Table
from tracker.race.projection.many import many
from tracker.race.projection.model import MARATHON_M, Ground, Kind, Model, prior
from tracker.race.projection.moments import tail
from tracker.race.projection.project import OVERDUE_P, PATIENCE

LATE_P = 0.95


@dataclass(frozen=True, slots=True)
class Called:
    """How many of a race's finishers were ever called late or overdue. One who missed a mat is not judged there."""

    race: str
    finishers: int
    late: int
    overdue: int

    def as_json(self) -> dict[str, object]:
        """Counts and shares."""
        return {"race": self.race, "finishers": self.finishers, "late": self.late, "overdue": self.overdue,
                "late_share": self.late / max(1, self.finishers),
                "overdue_share": self.overdue / max(1, self.finishers)}  # fmt: skip


def ground_of(course: str, model: Model) -> Ground:
    """A course by its name: with its offsets where they are shipped."""
    return next((ground for ground in model.grounds if ground.name == course), Ground(MARATHON_M))


def scored(table: Table, ground: Ground, kind: Kind, model: Model, step: Callable[[], None]) -> Iterator[Scored]:
    """The race at every mat that somebody with a finish was read at; `step` after each mat."""
    finished = table.marks_s[~np.isnan(table.marks_s[:, FINISH])]
    mixture = prior(model, kind, ground)
    for mat, name in enumerate(MATS):
        rows = finished[~np.isnan(finished[:, mat])]
        if len(rows):
            so_far = np.ascontiguousarray(rows[:, : mat + 1])
            moments = many(so_far, PLACES_M[: mat + 1], ground, mixture, model)
            finish, here = rows[:, FINISH], rows[:, mat]
            even, last = constant_pace(rows, mat), last_pace(rows, mat)
            told = np.stack([moments.cdf(target) for target in TARGETS_S.tolist()], axis=1)
            chances = (told, _chance(even, finish, here), _chance(last, finish, here))
            quantiles = moments.quantiles(PROBABILITIES)
            yield Scored(table.race, name, finish, rows[:, HALF], quantiles, even, last, chances)
        step()


def _chance(forecast_s: Floats, finish_s: Floats, here_s: Floats) -> Floats:
    """A rival's chance of each target, by a normal with the spread of its own errors."""
    z = standing(forecast_s, here_s, spread(forecast_s, finish_s, here_s), TARGETS_S)
    return np.asarray(1.0 - tail(np.clip(z, -9.0, 9.0))[0])


def called(table: Table, ground: Ground, kind: Kind, model: Model) -> Called:
    """Who was late or overdue at a mat by what was expected at the mark before it."""
    finished = table.marks_s[~np.isnan(table.marks_s[:, FINISH])]
    mixture = prior(model, kind, ground)
    held = [mat for mat in range(len(PLACES_M)) if not np.isnan(finished[:, mat]).all()]
    late, overdue = _nobody(finished), _nobody(finished)
    for i, mat in enumerate(held[1:], 1):
        judged = ~np.isnan(finished[:, mat]) & ~np.isnan(finished[:, held[i - 1]])
        so_far = finished[judged][:, held[: i + 1]]
        so_far[:, i] = np.nan
        moments = many(so_far, [PLACES_M[m] for m in held[: i + 1]], ground, mixture, model, to_next=True)
        q = moments.quantiles((LATE_P, OVERDUE_P))
        late[judged] |= finished[judged, mat] > q[:, 0]
        overdue[judged] |= finished[judged, mat] > moments.last_s + PATIENCE * (q[:, 1] - moments.last_s)
    return Called(table.race, len(finished), int(late.sum()), int(overdue.sum()))


def _nobody(finished: Floats) -> NDArray[np.bool_]:
    return np.zeros(len(finished), dtype=bool)
