"""Several who are compared: on one clock, with their gaps, and with the chance of each being ahead at the finish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tracker.race.chances import Chances, Goal, chances
from tracker.race.marks import Sheet
from tracker.race.position import Track
from tracker.race.snapshot import Contender, Due, Ghost, Mark, Phase, Position, Projection, Runner, Together

MOST = 4
"""Contenders, the watched runner among them."""
ONE_START_S = 60.0
"""Who set off farther apart did not start together."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A runner at an instant: the marks, the way between them, the mat that is waited for, and the finish."""

    runner: Runner
    sheet: Sheet
    way: Track
    phase: Phase
    due: Due | None
    position: Position | None
    projection: Projection


def together(run: Run, beside: Sequence[Run], ghost: Ghost | None) -> Together | None:
    """The runner with those beside, the ghost the last; none where there is nobody but a ghost."""
    if not beside:
        return None
    runs = (run, *beside)[: MOST - (ghost is not None)]
    clock: Literal["gun", "net"] = "gun" if _one_start(runs) else "net"
    shifts = [_shift(each.sheet, clock) for each in runs]
    found = [_contender(each, shift_s) for each, shift_s in zip(runs, shifts, strict=True)]
    goals = [_goal(each, shift_s) for each, shift_s in zip(runs, shifts, strict=True)]
    if ghost is not None:
        found.append(_ghost(ghost))
        goals.append(Goal(done_s=ghost.plan.finish_s))
    first = found[0]
    found = [first, *(_with_gap(each, first) for each in found[1:])]
    return Together(clock, tuple(_with_chances(found, goals)))


def _one_start(runs: Sequence[Run]) -> bool:
    """Whether all set off together and are timed from the gun: else nobody's gun time says anything of another's."""
    begun = [each.sheet.net_begin_s for each in runs]
    return all(each.sheet.clock == "gun" for each in runs) and max(begun) - min(begun) <= ONE_START_S


def _shift(sheet: Sheet, clock: Literal["gun", "net"]) -> float:
    """Seconds from the beginning of the common clock to that of the sheet's own."""
    return sheet.begin_s - (sheet.net_begin_s if clock == "net" else 0.0)


def _contender(run: Run, shift_s: float) -> Contender:
    done, told = run.sheet.finish, run.projection
    finish = (told.q10_s, told.median_s, told.q90_s) if done is None else (None, None, None)
    low_s, median_s, high_s = (None if seconds is None else seconds + shift_s for seconds in finish)
    return Contender(
        runner=run.runner,
        name=run.runner.surname,
        marks=tuple(_on(mark, shift_s) for mark in run.sheet.carrying),
        phase=run.phase,
        place_m=run.position.distance_m if run.position is not None else None,
        low_s=low_s,
        median_s=median_s,
        high_s=high_s,
        done_s=None if done is None else done.elapsed_s + shift_s,
        overdue=run.due is not None and run.due.state == "overdue",
    )


def _on(mark: Mark, shift_s: float) -> Mark:
    return replace(mark, elapsed_s=mark.elapsed_s + shift_s) if shift_s else mark


def _ghost(ghost: Ghost) -> Contender:
    carrying = tuple(mark for mark in ghost.passed if mark.carries)
    to_come = tuple(mark for mark in ghost.to_come if mark.carries)
    return Contender(
        runner=ghost.runner,
        name=ghost.race.title,
        marks=carrying,
        to_come=to_come,
        phase="running" if to_come else "finished",
        place_m=ghost.position_m,
        done_s=ghost.plan.finish_s,
        ghost=True,
    )


def _with_gap(each: Contender, first: Contender) -> Contender:
    """With the gap to the first contender at the last mat of both."""
    places = {round(mark.distance_m or 0.0): mark for mark in first.marks}
    for mark in reversed(each.marks):
        own = places.get(round(mark.distance_m or 0.0))
        if own is not None:
            seconds = mark.elapsed_s - own.elapsed_s
            return replace(
                each, gap_s=seconds, resolution_s=max(mark.resolution_s, own.resolution_s), at=own.checkpoint
            )
    return each


def _goal(run: Run, shift_s: float) -> Goal | None:
    done = run.sheet.finish
    if done is not None:
        return Goal(done_s=done.elapsed_s, shift_s=shift_s)
    told = run.projection
    return Goal(ahead=told.ahead, shift_s=shift_s) if told.median_s is not None and told.ahead is not None else None


def _with_chances(found: Sequence[Contender], goals: Sequence[Goal | None]) -> list[Contender]:
    """With the chances of those who have a finish to be told of; where only one has, there is nobody to be ahead of."""
    known = [goal for goal in goals if goal is not None]
    if len(known) < 2:
        return list(found)
    worth, at = chances(known), [-1] * len(goals)
    for n, i in enumerate(i for i, goal in enumerate(goals) if goal is not None):
        at[i] = n
    return [
        each if at[i] < 0 else replace(each, p_first=worth.first[at[i]], p_ahead=_row(worth, at, i))
        for i, each in enumerate(found)
    ]


def _row(worth: Chances, at: Sequence[int], i: int) -> tuple[float | None, ...]:
    return tuple(None if j == i or n < 0 else worth.ahead[at[i]][n] for j, n in enumerate(at))
