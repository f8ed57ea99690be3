"""The gap to a schedule. Rule: exact at the last mark that carries, held until the next; what is now is estimated.

Negative is ahead, in seconds and in metres alike. Times are on the runner's own clock.
"""

from __future__ import annotations

from tracker.race.marks import Sheet, gap_at
from tracker.race.plan import Plan
from tracker.race.position import EXACT_S, Track
from tracker.race.snapshot import Due, Gap, Mark, Standing


def gap(sheet: Sheet, plan: Plan | None, track: Track, due: Due | None) -> Gap | None:
    """The gap to a plan, none before a mark at which the plan says something."""
    if plan is None or track.now_s is None:
        return None
    compared = [(mark, seconds) for mark in sheet.carrying if (seconds := gap_at(mark, plan)) is not None]
    if not compared:
        return None
    mark, seconds = compared[-1]
    before, before_s = compared[-2] if len(compared) > 1 else (None, None)
    now = _at_finish(mark, seconds, plan) if sheet.finish is mark else _now(mark, seconds, plan, track, due)
    quality, age_s, now_s, metres, line_m = now
    return Gap(
        plan=plan,
        mark=mark,
        seconds=seconds,
        resolution_s=coarser(mark, plan),
        quality=quality,
        age_s=age_s,
        now_s=now_s,
        metres=metres,
        line_m=line_m,
        before=before,
        before_s=before_s,
    )


def coarser(mark: Mark, plan: Plan) -> float:
    """The resolution of a gap: that of the coarser of both clocks."""
    return max(mark.resolution_s, plan.resolution_s)


Now = tuple[Standing, float, float, float | None, float | None]
"""Quality, age, seconds, metres, and the line's metre."""


def _at_finish(mark: Mark, seconds: float, plan: Plan) -> Now:
    """The gap at the finish is final; the line is then short of the finish, or long through it."""
    line_m = plan.where(mark.elapsed_s)
    metres = None if line_m is None or seconds > 0 or mark.distance_m is None else line_m - mark.distance_m
    return "measured", 0.0, seconds, metres, line_m


def _now(mark: Mark, seconds: float, plan: Plan, track: Track, due: Due | None) -> Now:
    now_s = track.now_s
    assert now_s is not None
    age_s = max(0.0, now_s - mark.elapsed_s)
    line_m = plan.where(now_s)
    if age_s <= EXACT_S:
        place_m, quality = mark.distance_m, "measured"
    else:
        place_m, quality = track.reach_m, "at_least" if due is not None and due.state == "overdue" else "estimated"
    when_s = None if place_m is None else plan.when(place_m)
    if place_m is None or when_s is None:
        return "estimated", age_s, seconds, None, line_m
    standing: Standing = "measured" if quality == "measured" else "at_least" if quality == "at_least" else "estimated"
    now_gap_s = seconds if standing == "measured" else now_s - when_s
    # Beyond its end a schedule has no metres left: then only seconds tell how far behind the runner is.
    over = line_m is None or (now_s > plan.finish_s and now_gap_s > 0)
    return standing, age_s, now_gap_s, None if over or line_m is None else line_m - place_m, line_m
