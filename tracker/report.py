"""What leaves the program without a screen: JSON, plain lines, one frame of text. Rule: keys never vanish.

| key of the JSON object | what it is (absent: null; metres, seconds, RFC 3339; a gap is negative when ahead) |
|---|---|
| `race` | the race's id |
| `elapsed_s`, `time_of_day` | since the gun; the instant in the race's zone |
| `mode` | replay, paused, live, stale, offline, ended |
| `athlete` | `id`, `name` |
| `distance_m`, `distance_quality` | where the runner is; measured, estimated or at_least |
| `last_split` | the last mark that carries: `checkpoint`, `distance_m`, `elapsed_s`, `quality`, `resolution_s` |
| `gap` | `target`, `target_s` (its finish); at the last mark: `seconds`, `resolution_s`, `at` (its checkpoint); now: `quality` (measured, estimated, at_least), `age_s`, `now_s`, `metres` |
| `projection` | finish times on the runner's clock: `median_s`, `q05_s`, `q10_s`, `q25_s`, `q75_s`, `q90_s`, `q95_s`, `even_pace_s`, `goal_gap_s`; `p_target` (the chance of the target if they finish, unrounded), `needed_pace_s_per_km` (average from here for the target), `basis`, `warnings`; `next_mat` of `distance_m`, `eta_s`, `q10_s`, `q90_s` (since the gun); `due` (due, late, overdue) |
| `schedule` | what a paced run was set to, by the marks so far (null when it is not paced or marks are too few): `pieces` of `from_m`, `to_m`, `pace_s_per_km`; `changes` of `at_m`, `earliest_m`, `latest_m` (where the pace changes, and may); `finish_s` (at the last piece's pace), `worst_residual_s`, `residuals` of `distance_m`, `seconds` (negative: early), `quality` (derived) |
| `formation` | `leg` of `legs`, `team`, `from_m`, `to_m`, `next_change_m` (on the course), `next_change_s` (elapsed), `quality`, `slots` of `slot`, `name`, `role`, `quality`; all null and no slots while the runner is alone |
| `splits` | every mark so far: `checkpoint`, `name`, `distance_m`, `elapsed_s`, `clock`, `quality`, `resolution_s`, `carries`, `gap_s`, `section_s`, `pace_s_per_km`, `place`, `provisional`, `flag`, `rejected` (why it does not count) |
| `compared` | those who are compared (null where nobody is), the runner first: `clock` (gun, or net: everybody's from their own start), `runners` of `id`, `name`, `gap_s` (to the first at `at`, the last mat of both), `done_s` (who has finished), `q10_s`, `median_s`, `q90_s` (the finish on that clock), `p_first` (the chance to be first of them), `p_ahead` (by id or name, the chance to be ahead of each) |
| `rejected` | messages and marks refused so far |
"""

from __future__ import annotations

import json
from typing import Any

from tracker.draw import words
from tracker.draw.look import DEFAULT, Look
from tracker.race.pieces import Schedule
from tracker.race.snapshot import Gap, Leg, Mark, Rotation, Snapshot, Together

Json = dict[str, Any]


def as_json(snapshot: Snapshot) -> Json:
    """A snapshot as the documented object."""
    at, last, position = snapshot.race, snapshot.last, snapshot.position
    time_of_day = words.iso_time(snapshot.now_s, at.time_zone) if at.gun_s is not None else None
    return {
        "race": at.id or None,
        "elapsed_s": _figure(snapshot.elapsed_s),
        "time_of_day": time_of_day,
        "mode": snapshot.mode.word,
        "athlete": {"id": snapshot.runner.id or None, "name": snapshot.runner.name or None},
        "distance_m": _figure(position.distance_m if position else None),
        "distance_quality": position.quality if position else None,
        "last_split": {
            "checkpoint": last.checkpoint.id if last else None,
            "distance_m": _figure(last.distance_m if last else None),
            "elapsed_s": _figure(last.elapsed_s if last else None),
            "quality": last.quality if last else None,
            "resolution_s": _figure(last.resolution_s if last else None),
        },
        "gap": _gap(snapshot.gap, snapshot),
        "projection": _projection(snapshot),
        "schedule": _schedule(snapshot.schedule),
        "formation": _formation(snapshot.rotation),
        "splits": [_split(mark) for mark in snapshot.marks],
        "compared": _compared(snapshot.together),
        "rejected": snapshot.counts.rejected,
    }


def json_line(snapshot: Snapshot, look: Look = DEFAULT) -> str:
    """The object on one line; an ASCII look escapes all else."""
    return json.dumps(as_json(snapshot), ensure_ascii=look.ascii, allow_nan=False, separators=(",", ":"))


def _figure(value: float | None) -> float | int | None:
    """To the millisecond or millimetre; whole numbers without a point."""
    if value is None:
        return None
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _gap(gap: Gap | None, snapshot: Snapshot) -> Json:
    plan = gap.plan if gap else snapshot.plan
    return {
        "target": plan.name if plan else None,
        "target_s": _figure(plan.finish_s if plan else None),
        "seconds": _figure(gap.seconds if gap else None),
        "resolution_s": _figure(gap.resolution_s if gap else None),
        "at": gap.mark.checkpoint.id if gap else None,
        "quality": gap.quality if gap else None,
        "age_s": _figure(gap.age_s if gap else None),
        "now_s": _figure(gap.now_s if gap else None),
        "metres": _figure(gap.metres if gap else None),
    }


def _projection(snapshot: Snapshot) -> Json:
    projection = snapshot.projection
    return {
        "median_s": _figure(projection.median_s),
        "even_pace_s": _figure(projection.even_pace_s),
        "goal_gap_s": _figure(projection.goal_gap_s),
        "q05_s": _figure(projection.q05_s),
        "q10_s": _figure(projection.q10_s),
        "q25_s": _figure(projection.q25_s),
        "q75_s": _figure(projection.q75_s),
        "q90_s": _figure(projection.q90_s),
        "q95_s": _figure(projection.q95_s),
        "p_target": projection.p_target,
        "needed_pace_s_per_km": _figure(projection.needed_pace_s_per_km),
        "basis": projection.basis or None,
        "warnings": list(projection.warnings),
        "next_mat": _next_mat(snapshot),
        "due": snapshot.due.state if snapshot.due and snapshot.due.state != "silent" else None,
    }


def _next_mat(snapshot: Snapshot) -> Json:
    """The next mat that is waited for: with a model as it is expected now, else by the pace of now."""
    arrivals, due = snapshot.projection.arrivals, snapshot.due
    first = arrivals[0] if arrivals else None
    mat = first.checkpoint if first else due.checkpoint if due else None
    return {
        "distance_m": _figure(mat.distance_m if mat else None),
        "eta_s": _figure(first.eta_s if first else due.eta_s if due else None),
        "q10_s": _figure(first.q10_s if first else None),
        "q90_s": _figure(first.q90_s if first else None),
    }


def _schedule(schedule: Schedule | None) -> Json | None:
    if schedule is None:
        return None
    return {
        "pieces": [{name: _figure(value) for name, value in piece._asdict().items()} for piece in schedule.pieces],
        "changes": [{name: _figure(value) for name, value in change._asdict().items()} for change in schedule.changes],
        "finish_s": _figure(schedule.finish_s),
        "worst_residual_s": _figure(schedule.worst_s),
        "residuals": [{name: _figure(value) for name, value in mark._asdict().items()} for mark in schedule.residuals],
        "quality": "derived",
    }


def _formation(rotation: Rotation | None) -> Json:
    leg: Leg | None = rotation.current if rotation else None
    planned = [leg for leg in rotation.legs if leg.plan == "planned"] if rotation else []
    return {
        "leg": leg.number if leg else None,
        "legs": len(planned) or None,
        "team": leg.team if leg else None,
        "from_m": _figure(leg.from_m if leg else None),
        "to_m": _figure(leg.to_m if leg else None),
        "next_change_m": _figure(rotation.next_change_m if rotation else None),
        "next_change_s": _figure(rotation.next_change_s if rotation else None),
        "quality": leg.quality if leg else None,
        "slots": [
            {"slot": pacer.slot, "name": pacer.name, "role": pacer.role, "quality": pacer.quality}
            for pacer in (leg.slots if leg else ())
        ],
    }


def _split(mark: Mark) -> Json:
    return {
        "checkpoint": mark.checkpoint.id,
        "name": mark.checkpoint.name,
        "distance_m": _figure(mark.distance_m),
        "elapsed_s": _figure(mark.elapsed_s),
        "clock": mark.clock,
        "quality": mark.quality,
        "resolution_s": _figure(mark.resolution_s),
        "carries": mark.carries,
        "gap_s": _figure(mark.gap_s),
        "section_s": _figure(mark.section_s),
        "pace_s_per_km": _figure(mark.pace_s_per_km),
        "place": mark.place,
        "provisional": mark.provisional,
        "flag": mark.flag,
        "rejected": mark.rejected,
    }


def _compared(together: Together | None) -> Json | None:
    if together is None:
        return None
    keys = [each.name if each.ghost else each.runner.id for each in together.contenders]
    return {
        "clock": together.clock,
        "runners": [
            {
                "id": None if each.ghost else each.runner.id,
                "name": each.name if each.ghost else each.runner.name or None,
                "gap_s": _figure(each.gap_s),
                "at": each.at.id if each.at else None,
                "done_s": _figure(each.done_s),
                "q10_s": _figure(each.low_s),
                "median_s": _figure(each.median_s),
                "q90_s": _figure(each.high_s),
                "p_first": each.p_first,
                "p_ahead": {key: p for key, p in zip(keys, each.p_ahead, strict=False) if p is not None},
            }
            for each in together.contenders
        ],
    }


def frame_text(snapshot: Snapshot, width: int, height: int, look: Look = DEFAULT) -> str:
    """The race screen as text."""
    from tracker.draw.frame import frame  # noqa: PLC0415 - JSON and plain lines need no panels
    from tracker.draw.ink import plain  # noqa: PLC0415

    return plain(frame(snapshot, width, height, look))
