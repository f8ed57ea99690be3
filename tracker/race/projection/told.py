"""The projection of a runner as the snapshot tells it: chosen by the race, with its history and the mats to come."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from tracker.race.course import SAME_PLACE_M, Checkpoint, Course
from tracker.race.marks import Sheet
from tracker.race.plan import Plan, is_paced
from tracker.race.projection.choose import choose_ground, choose_kind
from tracker.race.projection.condition import Timed
from tracker.race.projection.forecast import Forecast
from tracker.race.projection.model import Ground, Kind, Model
from tracker.race.projection.project import Outlook, project
from tracker.race.setup import Setup
from tracker.race.snapshot import Arrival, Believed, Projection

OVERDUE, RACE_OVER = "overdue: no finish is projected before the next read", "the race is over: nothing is to come"
SURELY_BEFORE = 1e-6
"""Who will only with this probability have been at the next mat by the horizon has not been waited for."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a runner's projection rests on. `paced` and `on_foot` are the race's word, `asked` the user's.

    `marks` are on the runner's clock, which began `begin_s` after the gun. Who runs by the gun's clock and set off
    `wait_s` later has run that much less: the projection is made of the way alone, and told on the clock again.
    """

    model: Model
    ground: Ground
    marks: tuple[Timed, ...]
    target_s: float | None = None
    asked: Kind | None = None
    paced: bool = False
    on_foot: bool = True
    begin_s: float = 0.0
    wait_s: float = 0.0

    def outlook(
        self, count: int, horizon_s: float | None = None, next_m: float | None = None, now_s: float = -math.inf
    ) -> Outlook | None:
        """The outlook after the first marks; `horizon_s`: until then nobody was read at `next_m`, as is known `now_s`."""
        wait_s = self.wait_s
        seen = tuple((metres, seconds - wait_s, step) for metres, seconds, step in self.marks[:count])
        target_s = None if self.target_s is None else self.target_s - wait_s
        horizon_s = None if horizon_s is None else horizon_s - wait_s
        paces = [seconds / metres * 1000 for metres, seconds, _ in seen[-1:]]
        kind = choose_kind(self.asked, paced=self.paced, paces_s_per_km=paces, on_foot=self.on_foot)
        if horizon_s is not None and next_m is not None:
            alone = _outlook(seen, self.ground, kind, self.model, target_s, None, next_m, wait_s)
            if alone is not None and alone.forecast is not None:
                waited = alone.forecast.free(next_m).cdf(horizon_s + wait_s) > SURELY_BEFORE
                horizon_s, now_s = (horizon_s, now_s - wait_s) if waited else (None, -math.inf)
        return _outlook(seen, self.ground, kind, self.model, target_s, horizon_s, next_m, wait_s, now_s)

    @property
    def ahead(self) -> Forecast | None:
        """The way ahead by the marks alone; none before the first and after the finish."""
        found = self.outlook(len(self.marks))
        return found.forecast if found is not None else None


@lru_cache(maxsize=256)
def _outlook(
    marks: tuple[Timed, ...],
    ground: Ground,
    kind: Kind,
    model: Model,
    target_s: float | None,
    horizon_s: float | None,
    next_m: float | None,
    wait_s: float,
    now_s: float = -math.inf,
) -> Outlook | None:
    found = project(marks, ground, kind, model, target_s, horizon_s, () if next_m is None else (next_m,), now_s)
    return found.after(wait_s) if found is not None and wait_s else found


def ground_of(model: Model | None, setup: Setup, course: str | None) -> Ground | None:
    """What the projections of a race are run on; none without a model or a course.

    `course` is the user's word. ValueError where that course is not known.
    """
    total_m, info = setup.course.distance_m, setup.info
    if model is None or total_m is None or not setup.course.known:
        return None
    return choose_ground(model, total_m, [name for name in (info.id, info.name, info.place) if name], course)


def told(
    model: Model | None,
    setup: Setup,
    sheet: Sheet,
    plan: Plan | None,
    *,
    asked: Kind | None = None,
    course: str | None = None,
    paced: bool = False,
    division: str = "run",
) -> Told | None:
    """What the projection of a runner rests on; none without a model, a course or a mark.

    `asked` and `course` are the user's word. ValueError where that course is not known.
    """
    total_m = setup.course.distance_m
    ground = ground_of(model, setup, course) if sheet.carrying else None
    if model is None or total_m is None or ground is None:
        return None
    same = plan is not None and abs(plan.distance_m - total_m) <= SAME_PLACE_M
    return Told(
        model=model,
        ground=ground,
        marks=tuple((mark.distance_m or 0.0, mark.elapsed_s, mark.resolution_s) for mark in sheet.carrying),
        target_s=plan.finish_s if plan is not None and same else None,
        asked=asked,
        paced=paced or is_paced(setup.plans, record_eligible=setup.info.record_eligible),
        on_foot=division in ("run", "walk"),
        begin_s=sheet.begin_s,
        wait_s=max(0.0, sheet.net_begin_s - sheet.begin_s),
    )


def with_outlook(
    plain: Projection,
    basis: Told | None,
    course: Course,
    waits: Checkpoint | None,
    horizon_s: float | None,
    untold_s: float = 0.0,
    lost: str = "",
) -> Projection:
    """The plain figures with the finish as a distribution; as they are where nothing is projected.

    `waits` is the mat that is waited for, `horizon_s` until when nobody was read there, on the runner's clock, as far as
    reads that may be told `untold_s` late let that be known. `lost`: why nothing is known of the runner's finish any more.
    """
    if basis is None:
        return plain
    next_m = waits.distance_m if waits else None
    if horizon_s is None:
        found = basis.outlook(len(basis.marks), None, next_m)
    else:
        found = basis.outlook(len(basis.marks), horizon_s - untold_s, next_m, horizon_s)
    if found is None:
        return plain
    known = replace(plain, history=tuple(_believed(basis)), ahead=found.forecast, basis=found.basis)
    mats = _to_come(course, waits)
    arrivals = _arrivals(found.forecast, mats, basis.begin_s) if found.forecast and lost != RACE_OVER else ()
    if lost:
        return replace(known, arrivals=arrivals, warnings=(lost,))
    return replace(
        known,
        median_s=found.q50_s,
        q05_s=found.q05_s,
        q10_s=found.q10_s,
        q25_s=found.q25_s,
        q75_s=found.q75_s,
        q90_s=found.q90_s,
        q95_s=found.q95_s,
        p_target=found.p_target,
        point=found.point,
        arrivals=arrivals,
        warnings=found.warnings,
    )


def _to_come(course: Course, waits: Checkpoint | None) -> tuple[Checkpoint, ...]:
    """The mats from the one waited for on, the finish last."""
    from_m = waits.distance_m if waits is not None and waits.distance_m is not None else course.distance_m or 0.0
    return tuple(c for c in course.checkpoints if c.carries and c.distance_m is not None and c.distance_m >= from_m)


@lru_cache(maxsize=64)
def _arrivals(ahead: Forecast, mats: tuple[Checkpoint, ...], begin_s: float) -> tuple[Arrival, ...]:
    out = []
    for mat in mats:
        moment = ahead.at(min(mat.distance_m or 0.0, ahead.total_m))
        low, middle, high = (begin_s + moment.quantile(p) for p in (0.1, 0.5, 0.9))
        out.append(Arrival(mat, middle, low, high))
    return tuple(out)


def _believed(basis: Told) -> Iterable[Believed]:
    """The finish as it was projected at each mark."""
    for count in range(1, len(basis.marks) + 1):
        found = basis.outlook(count)
        if found is not None:
            yield Believed(found.last_m, found.q10_s, found.q50_s, found.q90_s, found.p_target, found.point)
