"""A course laid flat: turned so that its longest straight is level and north points up, lanes of an out-and-back apart.

Places in metres are (u to the right, v upwards); places in dots count from the upper left corner, downwards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.race.course import Course, Waypoint

DEGREE_M = 111_320.0
LANE_DOTS = 3.2
"""How far a lane is drawn from the middle where the course runs both ways."""
MOST_POINTS = 2000
STRAIGHT, BACK = math.radians(8), math.radians(150)
"""Within the one a way keeps its direction, beyond the other it comes back on itself."""
NEAR_M = 60.0
"""Ways nearer than this that run in opposite directions are two lanes of one road."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Flat:
    """The waypoints in metres, the ends of the longest straight (indices), the angle of north from the right."""

    metres: tuple[float, ...]
    points: tuple[Point, ...]
    names: tuple[str | None, ...]
    straight: tuple[int, int]
    north: float
    origin: Point
    angle: float

    def place(self, lat: float, lon: float) -> Point:
        """Where coordinates lie."""
        return _turn(_local(lat, lon, self.origin), -self.angle)

    @property
    def grain_m(self) -> float:
        """How far apart places along the course are looked at: `NEAR_M`, more where a file's course is endless."""
        whole = sum(math.dist(a, b) for a, b in pairwise(self.points))
        return max(NEAR_M, whole / MOST_POINTS)

    @property
    def straight_m(self) -> float:
        """Length of the longest straight."""
        first, last = self.straight
        return math.dist(self.points[first], self.points[last])


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """The course in dots: (metres from the start, x, y) along the way, and metres a cell is wide."""

    way: tuple[tuple[float, float, float], ...]
    cell_m: float
    low: Point
    scale: float
    pad: Point
    flat: Flat

    def dots(self, place: Point) -> Point:
        """Where a place in metres is drawn."""
        return (place[0] - self.low[0]) * self.scale + self.pad[0], (self.low[1] - place[1]) * self.scale + self.pad[1]

    def at(self, metres: float) -> Point:
        """Where a distance along the course is drawn, on its lane."""
        way = self.way
        low, high = 0, len(way) - 1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if way[middle][0] <= metres else (low, middle)
        (d0, x0, y0), (d1, x1, y1) = way[low], way[high]
        share = 0.0 if d1 <= d0 else min(1.0, max(0.0, (metres - d0) / (d1 - d0)))
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share


def _local(lat: float, lon: float, origin: Point) -> Point:
    return (lon - origin[1]) * DEGREE_M * math.cos(math.radians(origin[0])), (lat - origin[0]) * DEGREE_M


def _turn(point: Point, angle: float) -> Point:
    cos, sin = math.cos(angle), math.sin(angle)
    return point[0] * cos - point[1] * sin, point[0] * sin + point[1] * cos


def _apart(a: float, b: float) -> float:
    """The angle between two directions."""
    return abs((a - b + math.pi) % (2 * math.pi) - math.pi)


@lru_cache(maxsize=8)
def flatten(course: Course) -> Flat | None:
    """The course in metres; none without two different places."""
    points = course.waypoints[:: max(1, len(course.waypoints) // MOST_POINTS)]
    if len(points) < 2:
        return None
    origin = (points[0].lat, points[0].lon)
    local = [_local(p.lat, p.lon, origin) for p in points]
    first, last = _straight(local)
    (x0, y0), (x1, y1) = local[first], local[last]
    if math.dist((x0, y0), (x1, y1)) < 1:
        return None
    angle = math.atan2(y1 - y0, x1 - x0)
    if math.cos(angle) < 0:
        angle += math.pi
    turned = tuple(_turn(p, -angle) for p in local)
    return Flat(
        _metres(points), turned, tuple(p.name for p in points), (first, last), math.pi / 2 - angle, origin, angle
    )


def _metres(points: Sequence[Waypoint]) -> tuple[float, ...]:
    """Distances that never fall, whatever a file says."""
    out: list[float] = []
    for p in points:
        out.append(max(p.distance_m, out[-1] if out else 0.0))
    return tuple(out)


def _straight(local: Sequence[Point]) -> tuple[int, int]:
    """First and last index of the longest way that keeps its direction."""
    best, best_m, start = (0, 0), 0.0, 0
    heading: float | None = None
    for i in range(1, len(local)):
        if math.dist(local[i - 1], local[i]) < 1:
            continue
        step = math.atan2(local[i][1] - local[i - 1][1], local[i][0] - local[i - 1][0])
        if heading is None or _apart(step, heading) > STRAIGHT:
            start, heading = i - 1, step
        length = math.dist(local[start], local[i])
        if length > best_m + 1:
            best, best_m = (start, i), length
    return best


@lru_cache(maxsize=16)
def project(course: Course, width: int, height: int) -> Drawn | None:
    """The course on `width` by `height` dots, to scale; none without geometry."""
    flat = flatten(course)
    if flat is None or width < 16 or height < 12:
        return None
    loops = turns(flat)
    bounds = list(flat.points)
    for i, (reach, heading) in loops.items():
        bounds.append((flat.points[i][0] + math.cos(heading) * reach, flat.points[i][1] + math.sin(heading) * reach))
    left, right = min(p[0] for p in bounds), max(p[0] for p in bounds)
    low, high = min(p[1] for p in bounds), max(p[1] for p in bounds)
    pad = (5.0, 2.0 + LANE_DOTS)
    scale = min((width - 2 * pad[0]) / max(1.0, right - left), (height - 2 * pad[1]) / max(1.0, high - low))
    shell = Drawn((), 2 / scale, (left, high), scale, pad, flat)
    return Drawn(tuple(_way(shell, loops)), 2 / scale, (left, high), scale, pad, flat)


def _steps(flat: Flat) -> list[int]:
    """Indices of the waypoints from which the course really goes on."""
    return [i for i in range(len(flat.points) - 1) if math.dist(flat.points[i], flat.points[i + 1]) >= 1]


def _heading(flat: Flat, i: int) -> float:
    (x0, y0), (x1, y1) = flat.points[i], flat.points[i + 1]
    return math.atan2(y1 - y0, x1 - x0)


@lru_cache(maxsize=8)
def turns(flat: Flat) -> dict[int, tuple[float, float]]:
    """Waypoints where the course comes back on itself: how far the loop reaches out (metres), in which direction."""
    out: dict[int, tuple[float, float]] = {}
    steps = _steps(flat)
    for a, b in pairwise(steps):
        before, after = _heading(flat, a), _heading(flat, b)
        if _apart(before, after) > BACK:
            # A loop of L metres drawn as a flat ellipse reaches about 0.3 L beyond its neck.
            out[a + 1] = (0.3 * (flat.metres[b] - flat.metres[a + 1]), before)
    return out


def _way(drawn: Drawn, loops: dict[int, tuple[float, float]]) -> list[tuple[float, float, float]]:
    """The course in dots, each lane on the right of its direction of travel where another one comes back."""
    flat, both = drawn.flat, _two_way(drawn.flat)
    way: list[tuple[float, float, float]] = []
    for i in _steps(flat):
        heading = _heading(flat, i)
        # To the right of the way: downwards on the screen when it runs to the right.
        aside = (LANE_DOTS * math.sin(heading), LANE_DOTS * math.cos(heading)) if i in both else (0.0, 0.0)
        for k in (i, i + 1):
            x, y = drawn.dots(flat.points[k])
            way.append((flat.metres[k], x + aside[0], y + aside[1]))
        if i + 1 in loops and i in both:
            later = next((j for j in _steps(flat) if j > i), i)
            way += _loop(drawn, i, later, loops[i + 1])
    return way


def _loop(drawn: Drawn, i: int, later: int, turn: tuple[float, float]) -> list[tuple[float, float, float]]:
    """Half an ellipse from one lane round to the other."""
    reach, heading = turn
    long = max(LANE_DOTS, reach * drawn.scale)
    x, y = drawn.dots(drawn.flat.points[i + 1])
    first, last = drawn.flat.metres[i + 1], drawn.flat.metres[later]
    out = []
    for k in range(1, 16):
        angle = math.pi * k / 16
        ahead, side = math.sin(angle) * long, math.cos(angle) * LANE_DOTS
        out.append(
            (
                first + (last - first) * k / 16,
                x + math.cos(heading) * ahead + math.sin(heading) * side,
                y - math.sin(heading) * ahead + math.cos(heading) * side,
            )
        )
    return out


def _two_way(flat: Flat) -> frozenset[int]:
    """The steps along which another step runs the other way."""
    samples: dict[tuple[int, int], set[float]] = {}
    steps, grain = _steps(flat), flat.grain_m
    for i in steps:
        for u, v in _along(flat, i, grain):
            samples.setdefault((math.floor(u / grain), math.floor(v / grain)), set()).add(_heading(flat, i))
    found = set()
    for i in steps:
        heading, hits, total = _heading(flat, i), 0, 0
        for u, v in _along(flat, i, grain):
            total += 1
            x, y = math.floor(u / grain), math.floor(v / grain)
            near = (h for dx in (-1, 0, 1) for dy in (-1, 0, 1) for h in samples.get((x + dx, y + dy), ()))
            hits += any(_apart(heading, h) > BACK for h in near)
        if hits * 2 >= total:
            found.add(i)
    return frozenset(found)


def _along(flat: Flat, i: int, grain: float) -> list[Point]:
    """Places along a step, no more than `grain` metres apart."""
    (u0, v0), (u1, v1) = flat.points[i], flat.points[i + 1]
    count = max(1, math.ceil(math.dist((u0, v0), (u1, v1)) / grain))
    return [(u0 + (u1 - u0) * (k + 0.5) / count, v0 + (v1 - v0) * (k + 0.5) / count) for k in range(count)]


def along(flat: Flat) -> list[Point]:
    """Places all along the course, close enough together to measure from."""
    grain = flat.grain_m
    return [point for i in _steps(flat) for point in _along(flat, i, grain)]
