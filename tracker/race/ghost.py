"""A recorded race run beside this one, at the same elapsed time.

Rule: its whole recording counts, so its own marks to come are known; the runner's are not.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.race.course import SAME_PLACE_M
from tracker.race.marks import Sheet
from tracker.race.plan import Plan
from tracker.race.position import Track
from tracker.race.schedule import explain
from tracker.race.snapshot import Ghost, Mark, RaceInfo, Runner


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """A race that was recorded: one athlete's marks in order, and the schedule they make.

    `paced_to_m`: up to where the athlete was paced, none where that is not told.
    """

    race: RaceInfo
    runner: Runner
    marks: tuple[Mark, ...]
    plan: Plan
    paced_to_m: float | None = None


def recorded(
    race: RaceInfo, runner: Runner, marks: tuple[Mark, ...], name: str = "", paced_to_m: float | None = None
) -> Recorded:
    """The recording of an athlete's marks. ValueError where none of them carries."""
    kept = tuple(m for m in marks if m.rejected is None and m.distance_m)
    carrying = [m for m in kept if m.carries]
    if not carrying:
        raise ValueError(
            f"{race.name or 'that race'} has no marks of {runner.name or runner.id or 'anyone'} to run against"
        )
    points = ((0.0, 0.0), *((m.distance_m or 0.0, m.elapsed_s) for m in carrying))
    plan = Plan(
        name or race.title,
        points,
        kind="ghost",
        quality=carrying[-1].quality,
        source=race.name,
        resolution_s=max(m.resolution_s for m in carrying),
    )
    return Recorded(race, runner, kept, plan, paced_to_m)


def ghost(recording: Recorded | None, sheet: Sheet, track: Track) -> Ghost | None:
    """The ghost at the runner's own elapsed time; none before the start."""
    now_s = track.now_s
    if recording is None or now_s is None:
        return None
    passed = tuple(m for m in recording.marks if m.elapsed_s <= now_s)
    to_come = tuple(m for m in recording.marks if m.elapsed_s > now_s)
    both = next((pair for mark in reversed(sheet.carrying) if (pair := _pair(mark, passed)) is not None), None)
    last = sheet.carrying[-1] if sheet.carrying else None
    awaited = _pair(last, to_come) if last else None
    place_m = recording.plan.where(now_s) if now_s >= 0 else None
    return Ghost(
        race=recording.race,
        runner=recording.runner,
        plan=recording.plan,
        passed=passed,
        to_come=to_come,
        position_m=place_m,
        both=both[0] if both else None,
        gap_s=both[0].elapsed_s - both[1].elapsed_s if both else None,
        resolution_s=max(both[0].resolution_s, both[1].resolution_s) if both else 1.0,
        waiting=last.checkpoint if last and awaited else None,
        at_least_s=now_s - last.elapsed_s if last and awaited else None,
        metres=_metres(recording.plan, sheet, track, now_s),
        schedule=explain(passed, recording.paced_to_m, recording.plan.distance_m),
    )


def _metres(plan: Plan, sheet: Sheet, track: Track, now_s: float) -> float | None:
    """How far the ghost is beyond the runner, negative behind; once the runner is in, how far it was then."""
    done = sheet.finish
    if track.reach_m is None or now_s < 0 or (done and done.elapsed_s > plan.finish_s):
        return None
    ghost_m = plan.where(done.elapsed_s if done else now_s)
    return None if ghost_m is None else ghost_m - track.reach_m


def _pair(mark: Mark, marks: tuple[Mark, ...]) -> tuple[Mark, Mark] | None:
    """The mark with the ghost's at the same place."""
    for other in marks:
        if other.carries and abs((other.distance_m or 0.0) - (mark.distance_m or 0.0)) <= SAME_PLACE_M:
            return mark, other
    return None
