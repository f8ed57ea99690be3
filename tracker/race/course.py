"""The course: mats in order, geometry, laps. Distances in metres from the start."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

SAME_PLACE_M = 1.0


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A mat. `distance_m` is none where it is not known; without `carries` it is a place that is only derived."""

    id: str
    name: str
    distance_m: float | None
    type: Literal["start", "split", "finish"] = "split"
    carries: bool = True


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A point of the drawn course. `surveyed` is false where its place was inferred."""

    distance_m: float
    lat: float
    lon: float
    name: str | None = None
    surveyed: bool = False


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place beside the course."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Laps:
    """`count` laps of `lap_m`, from `from_m` on."""

    count: float
    lap_m: float
    from_m: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A course. `checkpoints` are in order of distance, those without one last; no start mat among them."""

    distance_m: float | None = None
    checkpoints: tuple[Checkpoint, ...] = ()
    waypoints: tuple[Waypoint, ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    laps: Laps | None = None
    note: str | None = None

    @property
    def known(self) -> bool:
        """Whether gaps, places and projections can be computed at all."""
        return self.distance_m is not None and any(c.distance_m is not None for c in self.checkpoints)

    @property
    def stride_m(self) -> float | None:
        """The regular spacing of the mats (5000 for a marathon's), none where there is no rule."""
        return _stride(self)

    def at(self, distance_m: float) -> Checkpoint | None:
        """The mat within a metre of a distance."""
        for c in self.checkpoints:
            if c.distance_m is not None and abs(c.distance_m - distance_m) <= SAME_PLACE_M:
                return c
        return None

    def after(self, distance_m: float) -> Checkpoint | None:
        """The next mat beyond a distance."""
        for c in self.checkpoints:
            if c.carries and c.distance_m is not None and c.distance_m > distance_m + SAME_PLACE_M:
                return c
        return None

    @property
    def finish(self) -> Checkpoint | None:
        """The finish, where one is declared."""
        return next((c for c in self.checkpoints if c.type == "finish"), None)


@lru_cache(maxsize=64)
def _stride(course: Course) -> float | None:
    """Found once a course: every row of the splits asks for it."""
    placed = [c.distance_m for c in course.checkpoints if c.distance_m and c.type == "split"]
    for stride in (1000.0, 1609.344, 2000.0, 2500.0, 5000.0, 8046.72, 10000.0):
        on = [d for d in placed if abs(d / stride - round(d / stride)) * stride <= SAME_PLACE_M]
        due = int((course.distance_m or 0) // stride)
        if len(on) >= 2 and len(on) >= 0.6 * due and len(on) >= 0.6 * len(placed):
            return stride
    return None


def interpolate(points: tuple[tuple[float, float], ...], x: float) -> float | None:
    """y at x on the straight pieces through sorted points; none outside them."""
    if not points or x < points[0][0] or x > points[-1][0]:
        return None
    i = bisect_right(points, (x, float("inf")))
    if i == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[i - 1], points[i]
    return y0 if x1 == x0 else y0 + (x - x0) / (x1 - x0) * (y1 - y0)
