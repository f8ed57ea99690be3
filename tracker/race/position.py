"""Where the runner is between mats, and when the next one is due. Rule: only marks that carry are stood on.

Times in here are on the runner's own clock. `now_s` is the instant of the view; silence counts as evidence only up
to `horizon_s`, so that a dead line makes nobody late.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.race.course import Checkpoint, Course, interpolate
from tracker.race.marks import Sheet
from tracker.race.plan import Plan
from tracker.race.projection.forecast import Forecast
from tracker.race.projection.project import OVERDUE_P, patient
from tracker.race.snapshot import Due, Position

EXACT_S = 0.0005
"""So near to a mark's own instant, nothing is estimated."""
STRETCH_M = 4900.0
"""The last stretch is that from the last mark back to the latest one at least this far before it: 5 km, mats permitting."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The runner's way: known points (metres, seconds), and the pace that is assumed beyond the last of them.

    `reach_m` is the estimated place now, never beyond the next mat; none before the gun and where nothing is known.
    """

    points: tuple[tuple[float, float], ...] = ()
    pace_s_per_km: float | None = None
    basis: str = ""
    stretch_m: float | None = None
    next: Checkpoint | None = None
    reach_m: float | None = None
    total_m: float | None = None
    now_s: float | None = None
    begin_s: float = 0.0
    """When the runner's clock began, since the gun."""

    def when(self, metres: float) -> float | None:
        """When the runner was, or will be, at a place: between marks, or at the pace of now."""
        if not self.points:
            return None
        last_m, last_s = self.points[-1]
        if metres <= last_m:
            return interpolate(self.points, metres)
        if self.pace_s_per_km is None or (self.total_m is not None and metres > self.total_m):
            return None
        return last_s + (metres - last_m) / 1000 * self.pace_s_per_km

    def moment(self, metres: float) -> float | None:
        """The same since the gun."""
        seconds = self.when(metres)
        return None if seconds is None else seconds + self.begin_s


def track(
    sheet: Sheet,
    course: Course,
    plans: Sequence[Plan],
    plan: Plan | None,
    elapsed_s: float | None,
    seen: tuple[float, float] | None = None,
    silent: Collection[str] = (),
    projected: Forecast | None = None,
) -> Track:
    """The way of a runner, `elapsed_s` after the gun, who is not waited for at `silent` mats (ids).

    `seen`: (metres, seconds) of a position that is no mat's; without one the place of now is the median of the
    `projected` way, if there is one, else by the pace of the last stretch.
    """
    now_s = None if elapsed_s is None else elapsed_s - sheet.begin_s
    if not course.known:
        return Track(now_s=now_s, begin_s=sheet.begin_s)
    marks = [(m.distance_m or 0.0, m.elapsed_s) for m in sheet.carrying]
    points = ((0.0, 0.0), *marks)
    pace, basis, stretch_m = _pace(points, plans, plan)
    ahead = _next(sheet, course, silent)
    reach_m: float | None = None
    if sheet.finish is not None:
        reach_m = course.distance_m
    elif now_s is not None and now_s >= 0 and (pace is not None or len(points) > 1):
        from_m, from_s = points[-1]
        newer = seen is not None and seen[0] >= from_m and from_s <= seen[1] <= now_s
        if seen is not None and newer:
            from_m, from_s = seen
        if projected is not None and projected.last_m == from_m and not newer:
            place_m = projected.where(now_s, 0.5, ahead.distance_m if ahead else None)
            basis = "projection"
        else:
            place_m = from_m + (max(0.0, now_s - from_s) / pace * 1000 if pace else 0.0)
        limit_m = ahead.distance_m if ahead and ahead.distance_m is not None else course.distance_m
        reach_m = max(points[-1][0], min(place_m, limit_m if limit_m is not None else place_m))
    return Track(points, pace, basis, stretch_m, ahead, reach_m, course.distance_m, now_s, sheet.begin_s)


def _next(sheet: Sheet, course: Course, silent: Collection[str]) -> Checkpoint | None:
    """The next mat that is waited for: beyond the last mark, not silent, and not one with only a derived time."""
    if sheet.finish is not None:
        return None
    last_m = sheet.carrying[-1].distance_m or 0.0 if sheet.carrying else 0.0
    known = {m.checkpoint.id for m in sheet.marks if m.rejected is None}.union(silent)
    for c in course.checkpoints:
        if c.carries and c.distance_m is not None and c.distance_m > last_m + 1 and c.id not in known:
            return c
    return None


def _pace(
    points: Sequence[tuple[float, float]], plans: Sequence[Plan], plan: Plan | None
) -> tuple[float | None, str, float | None]:
    """Seconds a kilometre of the last stretch, what that is in words, and its length; before a mark that of a plan."""
    last_m, last_s = points[-1]
    if len(points) > 1:
        from_m, from_s = next((p for p in reversed(points) if p[0] <= last_m - STRETCH_M), points[0])
        stretch_m = last_m - from_m
        return (last_s - from_s) / stretch_m * 1000, f"last {stretch_m / 1000:.3g} km", stretch_m
    laser = next((p for p in plans if p.kind == "laser" and p.from_m == 0), None) or plan
    if laser is None or laser.from_m > 0:
        return None, "", None
    return laser.finish_s / laser.distance_m * 1000, laser.name, None


def overdue_from(eta_s: float, last_s: float) -> float:
    """From when on a mat is overdue: ten seconds, or 2 % of the section's time, beyond the expected moment."""
    return eta_s + max(10.0, 0.02 * (eta_s - last_s))


def due(track: Track, horizon_s: float, latency_s: float = 0.0, ahead: Forecast | None = None) -> Due | None:
    """When the next mat is due, and from when on overdue, the feed's own delay included.

    By the quantiles of the way `ahead`, else by the pace of now. `horizon_s` is on the runner's clock, what is returned
    since the gun.
    """
    mat, now_s = track.next, track.now_s
    if mat is None or mat.distance_m is None or now_s is None:
        return None
    if ahead is not None and ahead.last_m < mat.distance_m <= ahead.total_m:
        return _by_quantiles(track, mat, ahead, min(now_s, horizon_s), latency_s)
    eta_s = track.when(mat.distance_m)
    if eta_s is None:
        return None
    overdue_s = overdue_from(eta_s, track.points[-1][1]) + latency_s
    evidence_s = min(now_s, horizon_s)
    state: Literal["due", "late", "overdue"] | None = None
    if evidence_s >= overdue_s:
        state = "overdue"
    elif evidence_s >= eta_s:
        state = "due"
    in_s = left_s(eta_s + track.begin_s, now_s + track.begin_s)
    return Due(mat, eta_s + track.begin_s, in_s, overdue_s + track.begin_s, state, track.basis)


def _by_quantiles(track: Track, mat: Checkpoint, ahead: Forecast, evidence_s: float, latency_s: float) -> Due:
    """Due is past the median, late past 95 %, overdue past 99.5 %, some patience and the feed's delay."""
    moment = ahead.free(mat.distance_m or 0.0)
    q10, eta_s, q90, late_s, last_s = moment.quantiles((0.1, 0.5, 0.9, 0.95, OVERDUE_P))
    overdue_s, begin_s = patient(ahead.last_s, last_s) + latency_s, track.begin_s
    state: Literal["due", "late", "overdue"] | None = None
    if evidence_s >= overdue_s:
        state = "overdue"
    elif evidence_s >= late_s:
        state = "late"
    elif evidence_s >= eta_s:
        state = "due"
    return Due(
        mat,
        eta_s + begin_s,
        left_s(eta_s + begin_s, (track.now_s or 0.0) + begin_s),
        overdue_s + begin_s,
        state,
        "projection",
        q10_s=q10 + begin_s,
        q90_s=q90 + begin_s,
        late_from_s=late_s + begin_s,
    )


def left_s(then_s: float, now_s: float) -> float:
    """Whole seconds from the second that a clock shows now to a moment rounded as it is shown: they add up on screen."""
    return math.floor(then_s + 0.5) - math.floor(now_s + 1e-6)


def position(
    track: Track, sheet: Sheet, due: Due | None, *, out: bool = False, ahead: Forecast | None = None
) -> Position | None:
    """Where the runner is: measured at a mark, estimated from there, sure only to the last mark when overdue or out.

    With the way `ahead` an estimate has the places between which the runner is with 80 %.
    """
    if track.reach_m is None or track.now_s is None:
        return None
    last_m, last_s = track.points[-1]
    pace = track.pace_s_per_km
    if sheet.finish is not None or (len(track.points) > 1 and track.now_s - last_s <= EXACT_S):
        return Position(last_m, "measured", pace, track.basis)
    if out or (due is not None and due.state == "overdue"):
        return Position(last_m, "at_least", pace, track.basis)
    low_m = high_m = None
    if ahead is not None and ahead.last_m == last_m:
        limit_m = track.next.distance_m if track.next and track.next.distance_m is not None else ahead.total_m
        low_m = min(track.reach_m, ahead.where(track.now_s, 0.1, limit_m))
        high_m = max(track.reach_m, ahead.where(track.now_s, 0.9, limit_m))
    return Position(track.reach_m, "estimated", pace, track.basis, low_m, high_m)
