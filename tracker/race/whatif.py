"""What if: the finish at a pace from the last mark on, and the pace that a finish needs from there."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.race.course import SAME_PLACE_M
from tracker.race.plan import parse_pace, parse_target
from tracker.race.snapshot import Mark, Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """A pace held from a mark (none: the start) to the finish, on the runner's clock. `gap_s`: against the target."""

    pace_s_per_km: float
    finish_s: float
    since: Mark | None
    gap_s: float | None


def what_if(snapshot: Snapshot, text: str) -> WhatIf:
    """What a pace (`2:50/km`) gives, or what a finish (`1:59:30`) needs. ValueError with one clear line."""
    total_m, last = snapshot.course.distance_m, snapshot.last
    if total_m is None or not snapshot.course.known:
        raise ValueError("what if needs a course whose length is known")
    from_m, from_s = (last.distance_m or 0.0, last.elapsed_s) if last is not None else (0.0, 0.0)
    left_km = (total_m - from_m) / 1000
    if snapshot.phase in ("finished", "out") or left_km <= SAME_PLACE_M / 1000:
        raise ValueError("the race of this runner is over: there is nothing left to ask of it")
    if "/" in text:
        finish_s = from_s + parse_pace(text) * left_km
    else:
        finish_s = parse_target(text, snapshot.course, snapshot.plans).finish_s
    if finish_s <= from_s:
        raise ValueError(f"{text} was over before the last mark")
    plan = snapshot.plan
    same = plan is not None and abs(plan.distance_m - total_m) <= SAME_PLACE_M
    return WhatIf((finish_s - from_s) / left_km, finish_s, last, finish_s - plan.finish_s if plan and same else None)
