"""Targets as schedules: where should the runner be now, and when should they be here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.race.course import interpolate


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
