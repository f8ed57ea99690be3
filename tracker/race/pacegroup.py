"""What a pace-group pacer is to run: the finish in their name, and the even line to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tracker.race.marks import Sheet
from tracker.race.snapshot import PaceGroup, Runner

_CLOCK = re.compile(r"(?<![\d:.])(\d{1,2})[:.h](\d{2})(?:[:.](\d{2}))?(?![\d:])")
FASTEST, SLOWEST = 140.0, 720.0
"""Seconds a kilometre between which a pace group runs: what lies outside is no finish."""


def goal_s(runner: Runner, distance_m: float | None) -> float | None:
    """The finish that a pacer's name or team names, in seconds; none where none is named.

    `Pace 3:30` is three hours and a half over a marathon, and three minutes and a half over nothing: the reading counts
    that gives a pace somebody runs.
    """
    if distance_m is None:
        return None
    for text in (runner.name, runner.team or ""):
        for found in _CLOCK.finditer(text):
            first, second, third = (int(part or 0) for part in found.groups())
            readings = [first * 3600 + second * 60 + third]
            if found.group(3) is None:
                readings.append(first * 60 + second)
            for seconds in readings:
                if FASTEST <= seconds / distance_m * 1000 <= SLOWEST:
                    return float(seconds)
    return None


def off_s(passed_s: float, metres: float, goal: float, distance_m: float) -> float:
    """Seconds behind the even line at a place, negative ahead of it."""
    return passed_s - goal * metres / distance_m


def groups(
    runners: Iterable[Runner], sheet_of: Callable[[str], Sheet], distance_m: float | None
) -> tuple[PaceGroup, ...]:
    """The pacers of a race, those for the fastest finish first; since their own start, as those who follow them."""
    found = [
        _group(runner, sheet_of(runner.id), distance_m) for runner in runners if runner.role == "pacer"
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda group: (group.goal_s or float("inf"), group.runner.id)))


def _group(runner: Runner, sheet: Sheet, distance_m: float | None) -> PaceGroup:
    goal = goal_s(runner, distance_m)
    wait_s = max(0.0, sheet.net_begin_s - sheet.begin_s)
    offs = tuple(
        None
        if goal is None or not distance_m
        else off_s(mark.elapsed_s - wait_s, mark.distance_m or 0.0, goal, distance_m)
        for mark in sheet.carrying
    )
    return PaceGroup(runner, goal, sheet.carrying, offs)
