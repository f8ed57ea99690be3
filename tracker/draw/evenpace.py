"""What stands under the finish at even pace: before a mark, and where there is no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import finish, words
from tracker.draw.parts import Word, his
from tracker.draw.waiting import mat

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Snapshot


def before_a_mark(snapshot: Snapshot, look: Look, column: int) -> list[finish.Choices]:
    """Where it begins, the target; before the gun what is announced and what the runner has done."""
    first = snapshot.due.checkpoint if snapshot.due else snapshot.course.after(0.0)
    begins = words.mat_with_unit(first.distance_m, first.name, look.units) if first else "the first mark"
    rows: list[finish.Choices] = [([Word(f"begins at {begins}")],), finish.target(snapshot.plan, look, column)]
    if snapshot.phase != "before":
        return [*rows, ([Word("no pace before a mark", "muted")],)]
    laser = next((p for p in snapshot.plans if p.kind == "laser" and p.from_m == 0), None)
    if laser is not None:
        pace = words.set_pace(laser.finish_s / laser.distance_m * 1000, look.units) + words.per_unit(look.units)
        rows.append(finish.row("laser", pace, " as announced", column=column))
    bests = [b for b in snapshot.runner.bests if b[0] == snapshot.course.distance_m]
    if bests:
        _, time, where = min(bests, key=lambda b: b[1])
        said = words.clock(time)
        rows.append(finish.row(f"{his(snapshot.runner)} best", said, *([f", {where}"] if where else []), column=column))
    return rows


def running(snapshot: Snapshot, look: Look, room: int, column: int) -> list[finish.Choices]:
    """The finish if the gap stays, mean, last stretch, what is needed; once a mat is overdue, only what was measured."""
    p, plan = snapshot.projection, snapshot.plan
    if snapshot.over or (snapshot.due is not None and snapshot.due.state == "overdue"):
        return _overdue(snapshot, look, room, column)
    rows: list[finish.Choices] = []
    if plan is not None and p.goal_gap_s is not None and snapshot.gap is not None:
        rows.append(finish.same_gap(snapshot.gap, p.goal_gap_s, column))
    if plan is not None and room >= 6:
        rows.append(finish.target(plan, look, column))
    rows.append(finish.mean(snapshot, look, column, with_target=plan is not None and room < 6))
    last, need = finish.last_stretch(snapshot, look), finish.needed(snapshot, look)
    if 1 < room <= 3 and last and need:
        return [*rows[: room - 1], finish.last_and_needed(snapshot, look, last[0], need)]
    if last:
        rows.append(finish.row(*last, column=column))
    if plan is None or p.needed_pace_s_per_km is not None:
        rows.append(finish.wanted(snapshot, need, look, column))
    return rows


def _overdue(snapshot: Snapshot, look: Look, room: int, column: int) -> list[finish.Choices]:
    """The mat should have been passed: only what the last mark said stands, each row with that mark's name."""
    p, plan, last = snapshot.projection, snapshot.plan, snapshot.last
    at = mat(last, look) if last is not None else "the last mark"
    rows = [finish.row("even pace", f"at {at}", column=column), finish.mean(snapshot, look, column, with_target=False)]
    stretch = finish.last_stretch(snapshot, look)
    if stretch:
        rows.append(finish.row(*stretch, f" to {at}", column=column))
    if plan is None:
        rows.append(finish.no_target(snapshot))
    elif p.needed_pace_s_per_km is not None and p.needed_pace_s_per_km <= 0:
        rows.append(([Word(f"{finish.time_of(plan)} is out of reach", "muted")],))
    elif room > len(rows):
        rows.append(finish.target(plan, look, column))
    return rows
