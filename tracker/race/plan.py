"""Targets as schedules: where should the runner be now, and when should they be here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tracker.race.course import Course, interpolate

MILE_M = 1609.344


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A schedule: straight pieces through (metres, elapsed seconds). It says nothing before `from_m`.

    `kind` tells a target (`even`, `points`) from a pace line (`laser`) and a recorded race (`ghost`).
    `resolution_s` is that of its times: 0 for a computed schedule.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    kind: Literal["even", "points", "laser", "ghost"] = "even"
    from_m: float = 0.0
    quality: str = "official"
    source: str = ""
    resolution_s: float = 0.0

    @property
    def finish_s(self) -> float:
        """Elapsed seconds at the end of the schedule."""
        return self.points[-1][1]

    @property
    def distance_m(self) -> float:
        """Where the schedule ends."""
        return self.points[-1][0]

    def when(self, distance_m: float) -> float | None:
        """The elapsed second at which the schedule passes a distance."""
        return None if distance_m < self.from_m else interpolate(self.points, distance_m)

    def where(self, elapsed_s: float) -> float | None:
        """The metre at which the schedule is, the end of the course once it is over."""
        if elapsed_s >= self.points[-1][1]:
            return self.points[-1][0]
        metre = interpolate(tuple((t, d) for d, t in self.points), elapsed_s)
        return None if metre is None or metre < self.from_m else metre


def even(name: str, distance_m: float, finish_s: float, **more: object) -> Plan:
    """An even-paced schedule."""
    return Plan(name, ((0.0, 0.0), (distance_m, finish_s)), **more)  # type: ignore[arg-type]


def steady(name: str, distance_m: float, pace_s_per_km: float, **more: object) -> Plan:
    """A schedule at one pace."""
    return even(name, distance_m, distance_m / 1000 * pace_s_per_km, **more)


_TIME = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d(?:\.\d{1,2})?))?")
_PACE = re.compile(r"(\d{1,3}):([0-5]\d(?:\.\d{1,2})?)\s*/\s*(km|mi)", re.IGNORECASE)
MOST_PACE_S_PER_KM = 36_000.0


def _unit_m(name: str) -> float:
    return 1000.0 if name.casefold() == "km" else MILE_M


def parse_pace(text: str) -> float:
    """Seconds a kilometre of `2:50/km` or `4:30/mi`. ValueError with one clear line."""
    found = _PACE.fullmatch(" ".join(text.split()))
    if found is None:
        raise ValueError(f"pace {text!r}: give it as 2:50/km or 4:30/mi")
    minutes, seconds, unit = found.groups()
    per_km = (int(minutes) * 60 + float(seconds)) * 1000 / _unit_m(unit)
    if not 0 < per_km <= MOST_PACE_S_PER_KM:
        raise ValueError(f"pace {text!r}: nobody runs that")
    return per_km


def parse_target(text: str, course: Course, plans: Sequence[Plan] = ()) -> Plan:
    """The schedule that a user means: a plan's name, `H:MM[:SS]`, or a pace as `2:50/km` or `4:30/mi`.

    ValueError with one clear line.
    """
    word = " ".join(text.split())
    for plan in plans:
        if plan.name.casefold() == word.casefold():
            return plan
    time, pace = _TIME.fullmatch(word), _PACE.fullmatch(word)
    if time is None and pace is None:
        named = f", or a target of this race: {', '.join(plan.name for plan in plans)}" if plans else ""
        raise ValueError(f"target {text!r}: give a time as 2:00:00, a pace as 2:50/km or 4:30/mi{named}")
    if course.distance_m is None:
        raise ValueError(f"target {text!r}: the length of this course is unknown, so no schedule can be made")
    if time is not None:
        hours, minutes, seconds = time.groups()
        finish_s = int(hours) * 3600 + int(minutes) * 60 + float(seconds or 0)
        word = f"{int(hours)}:{minutes}:{seconds or '00'}"
    else:
        assert pace is not None
        finish_s = (int(pace[1]) * 60 + float(pace[2])) * course.distance_m / _unit_m(pace[3])
        word = f"{int(pace[1])}:{pace[2]}/{pace[3].casefold()}"
    if not 0 < finish_s / course.distance_m * 1000 <= MOST_PACE_S_PER_KM:
        raise ValueError(f"target {text!r} is no pace for {course.distance_m / 1000:g} km")
    for plan in plans:
        if plan.name.casefold() == word.casefold():
            return plan
    return even(word, course.distance_m, finish_s)


def is_paced(plans: Sequence[Plan], *, record_eligible: bool | None) -> bool:
    """Whether a race is paced by its own word: behind a line of light, or an attempt at a target outside the rules, in
    which somebody sets the pace, named or not."""
    return (record_eligible is False and bool(plans)) or any(plan.kind == "laser" for plan in plans)
