"""What the race message makes: the course, the targets, the limits. Made when state is read, so it may come last."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.race.course import SAME_PLACE_M, Checkpoint, Course, Landmark, Laps, Waypoint
from tracker.race.entry import Row
from tracker.race.plan import Plan, even, steady
from tracker.race.snapshot import RaceInfo

MOST_LAPS = 1000
LIMITS: dict[str, tuple[float, float]] = {
    "run": (150.0, 110.0),
    "walk": (210.0, 165.0),
    "wheelchair": (80.0, 55.0),
    "handcycle": (70.0, 45.0),
    "cycle": (60.0, 36.0),
}
"""Seconds a kilometre of a division under which a section is flagged, and under which it is put aside."""

INFERRED = frozenset({"derived", "estimated", "interpolated"})


@dataclass(frozen=True, slots=True, eq=False)
class Setup:
    """The race as described so far. `zero_s` is the instant of the gun on the axis, none before it is known."""

    info: RaceInfo = field(default_factory=RaceInfo)
    course: Course = field(default_factory=Course)
    plans: tuple[Plan, ...] = ()
    limits: dict[str, tuple[float, float]] = field(default_factory=lambda: LIMITS)
    runner: str | None = None
    zero_s: float | None = None
    stride_m: float | None = None
    """The course's regular spacing of mats."""
    places: dict[str, Checkpoint] = field(default_factory=dict)
    starts: frozenset[str] = frozenset()
    lists_mats: bool = False
    """Whether the race names its mats, so that one it does not name is unknown."""
    lap_s: dict[str, float] = field(default_factory=dict)
    """Of every mat that laps pass again, by id, the least time of a lap by the run's limit."""

    def limit(self, division: str) -> tuple[float, float]:
        """Under what a section of this division is flagged and put aside; a division without limits is never."""
        return self.limits.get(division, (0.0, 0.0))


def build(row: Row | None, gun_s: float | None, origin: float | None) -> Setup:
    """The setup that a race message describes; without one only the gun may be known."""
    zero_s = gun_s if gun_s is not None else origin
    if row is None:
        return Setup(info=RaceInfo(gun_s=gun_s), zero_s=zero_s)
    course, laps = _course(row)
    limits = LIMITS | {
        limit["division"]: (limit["flag_s_per_km"], limit["quarantine_s_per_km"]) for limit in row.get("limits", ())
    }
    info = RaceInfo(
        id=row["id"],
        name=row["name"],
        place=row.get("place"),
        date=row.get("date"),
        time_zone=row.get("time_zone"),
        gun_s=gun_s,
        record_eligible=row.get("record_eligible"),
        synthetic=row["synthetic"],
    )
    return Setup(
        info=info,
        course=course,
        plans=_plans(row, course.distance_m),
        limits=limits,
        runner=row.get("runner"),
        zero_s=zero_s,
        stride_m=course.stride_m,
        places=_places(course, laps),
        starts=frozenset(c["id"] for c in row.get("checkpoints", ()) if _is_start(c)),
        lists_mats=bool(row.get("checkpoints")),
        lap_s=dict.fromkeys(laps, course.laps.lap_m / 1000 * limits["run"][1]) if course.laps else {},
    )


def _places(course: Course, laps: dict[str, list[float]]) -> dict[str, Checkpoint]:
    """The mats by id, those that laps pass again also as `id#n`, whatever mat stands there."""
    places = {c.id: c for c in course.checkpoints}
    for id, distances in laps.items():
        for n, distance_m in enumerate(distances, 2):
            mat = course.at(distance_m)
            if mat is not None:
                places.setdefault(f"{id}#{n}", mat)
    return places


def _is_start(checkpoint: Row) -> bool:
    distance_m = checkpoint.get("distance_m")
    return checkpoint["type"] == "start" or (distance_m is not None and distance_m <= SAME_PLACE_M)


def _course(row: Row) -> tuple[Course, dict[str, list[float]]]:
    """The course, and of every mat that laps pass again, where."""
    listed = list(_listed(row))
    total_m = row.get("distance_m")
    if total_m is None:
        total_m = next((c.distance_m for c in listed if c.type == "finish"), None)
    # A mat beyond the end is somewhere, but not there.
    listed = [replace(c, distance_m=None) if _beyond(c.distance_m, total_m) else c for c in listed]
    laps = Laps(**_only(row["laps"], "count", "lap_m", "from_m")) if "laps" in row else None
    listed, again = _unrolled(listed, laps, total_m)
    course = Course(
        distance_m=total_m,
        checkpoints=tuple(sorted(_with_finish(listed, total_m), key=_by_distance)),
        waypoints=tuple(
            Waypoint(w["distance_m"], w["lat"], w["lon"], w.get("name"), w.get("quality", "derived") not in INFERRED)
            for w in sorted(row.get("course", ()), key=lambda w: float(w["distance_m"]))
        ),
        landmarks=tuple(Landmark(**_only(mark, "name", "lat", "lon")) for mark in row.get("landmarks", ())),
        laps=laps,
        note=row.get("course_note"),
    )
    return course, again


def _listed(row: Row) -> Iterator[Checkpoint]:
    """The mats but the start, each id once."""
    seen: set[str] = set()
    for c in row.get("checkpoints", ()):
        if not _is_start(c) and c["id"] not in seen:
            seen.add(c["id"])
            yield Checkpoint(c["id"], c.get("name") or c["id"], c.get("distance_m"), c["type"], c["carries"])


def _beyond(distance_m: float | None, total_m: float | None) -> bool:
    return distance_m is not None and total_m is not None and distance_m > total_m + SAME_PLACE_M


def _only(row: Row, *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names if name in row}


def _by_distance(checkpoint: Checkpoint) -> tuple[float, str]:
    return (float("inf") if checkpoint.distance_m is None else checkpoint.distance_m, checkpoint.id)


def _with_finish(listed: list[Checkpoint], total_m: float | None) -> list[Checkpoint]:
    """The mats with the one at the whole distance as the finish; where none lies there, a finish of our own."""
    if total_m is None:
        return listed
    ends = [c for c in listed if c.type == "finish"] or [
        c for c in listed if c.distance_m is not None and abs(c.distance_m - total_m) <= SAME_PLACE_M
    ]
    if ends:
        end = ends[0]
        near = end.distance_m is None or abs(end.distance_m - total_m) <= SAME_PLACE_M
        finish = replace(end, type="finish", distance_m=total_m if near else end.distance_m)
        return [finish if c is end else c for c in listed]
    taken = any(c.id == "finish" for c in listed)
    return listed if taken else [*listed, Checkpoint("finish", "finish", total_m, "finish")]


def _unrolled(
    listed: list[Checkpoint], laps: Laps | None, total_m: float | None
) -> tuple[list[Checkpoint], dict[str, list[float]]]:
    """Mats named once although every lap passes them, once for every lap; `lap#2` is the second passing of `lap`."""
    mats = [(c, c.distance_m) for c in listed if c.type == "split" and c.distance_m is not None]
    if laps is None or total_m is None or any(at_m > laps.from_m + laps.lap_m + SAME_PLACE_M for _, at_m in mats):
        return listed, {}
    more: list[Checkpoint] = []
    again: dict[str, list[float]] = {}
    for c, at_m in mats:
        if at_m < laps.from_m:
            continue
        count = min(math.ceil(laps.count), int((total_m + SAME_PLACE_M - at_m) // laps.lap_m) + 1, MOST_LAPS)
        places = [at_m + laps.lap_m * n for n in range(1, count)]
        if places:
            again[c.id] = places
        for n, place_m in enumerate(places, 2):
            near = (abs(place_m - (other.distance_m or 0.0)) <= SAME_PLACE_M for other in (*listed, *more))
            if place_m < total_m - SAME_PLACE_M and not any(near):
                more.append(Checkpoint(f"{c.id}#{n}", f"{c.name} {n}", place_m))
    return listed + more, again


def _plans(row: Row, total_m: float | None) -> tuple[Plan, ...]:
    found = (_plan(target, total_m) for target in row.get("targets", ()))
    return tuple(plan for plan in found if plan is not None)


def _plan(target: Row, total_m: float | None) -> Plan | None:
    more: dict[str, Any] = {
        "from_m": target["from_m"],
        "quality": target.get("quality", "official"),
        "source": target.get("source", ""),
    }
    name: str = target["name"]
    points = tuple((float(d), float(t)) for d, t in target.get("points", ()))
    if len(points) >= 2:
        return Plan(name, points, kind="points", **more)
    if total_m is None:
        return None
    if "finish_s" in target:
        return even(name, total_m, target["finish_s"], **more)
    return steady(
        name, total_m, target["pace_s_per_km"], kind="laser" if "laser" in name.casefold() else "even", **more
    )
