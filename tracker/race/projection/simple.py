"""Finish times that need no model: even pace, goal and gap, and the pace that is needed from the last mark on."""

from __future__ import annotations

from tracker.race.course import SAME_PLACE_M, Course
from tracker.race.marks import Sheet
from tracker.race.plan import Plan
from tracker.race.position import Track
from tracker.race.snapshot import Gap, Projection


def project(sheet: Sheet, course: Course, plan: Plan | None, track: Track, gap: Gap | None) -> Projection:
    """What the marks say of the finish. All of it is held until the next mark."""
    total_m = course.distance_m
    if total_m is None or not course.known:
        return Projection()
    last = sheet.carrying[-1] if sheet.carrying else None
    if last is None or not last.distance_m:
        needed = _needed(plan, 0.0, 0.0, total_m)
        return Projection(needed_pace_s_per_km=needed, basis="no mark yet")
    done = sheet.finish
    return Projection(
        even_pace_s=last.even_pace_s,
        goal_gap_s=plan.finish_s + gap.seconds
        if plan and gap and abs(plan.distance_m - total_m) <= SAME_PLACE_M
        else None,
        needed_pace_s_per_km=None if done else _needed(plan, last.distance_m, last.elapsed_s, total_m),
        last_pace_s_per_km=track.pace_s_per_km,
        last_m=track.stretch_m,
        mean_pace_s_per_km=last.elapsed_s / last.distance_m * 1000,
        finish_s=done.elapsed_s if done else None,
        resolution_s=last.resolution_s,
        basis=f"{len(sheet.carrying)} mark{'s' * (len(sheet.carrying) > 1)}, last {last.checkpoint.name}",
    )


def _needed(plan: Plan | None, from_m: float, from_s: float, total_m: float) -> float | None:
    """The average from a place that still meets a plan; none when its time is over or it is not for this distance."""
    if plan is None or abs(plan.distance_m - total_m) > SAME_PLACE_M or plan.finish_s <= from_s or from_m >= total_m:
        return None
    return (plan.finish_s - from_s) / (total_m - from_m) * 1000
