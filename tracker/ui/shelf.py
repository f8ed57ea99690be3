"""What stands in the library, and what can run as a ghost. Rule: read with the standard library alone."""

from __future__ import annotations

import json
from datetime import datetime

from feeds.shipped import Shipped, path, shipped
from tracker.draw.library import LibraryRow
from tracker.race.course import Course, Waypoint


def ghosts(beside: str) -> list[tuple[str, str]]:
    """(name, words) of the shipped races that can be set beside one."""
    return [(race.name, f"{race.runner}, {race.race}") for race in shipped() if race.name != beside]


def rows() -> list[LibraryRow]:
    """The shipped races."""
    return [_row(race) for race in shipped()]


def _row(race: Shipped) -> LibraryRow:
    return LibraryRow(
        name=race.name,
        race=race.race,
        place=race.place,
        date=race.date,
        gun_s=datetime.fromisoformat(race.gun).timestamp() if race.gun else None,
        time_zone=race.time_zone,
        runner=race.runner,
        who=race.who,
        marks=race.marks,
        mats_m=tuple(
            metres
            for _, _, metres, type_, carries in race.checkpoints
            if metres is not None and type_ == "split" and carries
        ),
        distance_m=race.distance_m,
        target_name=race.target_name,
        target_s=race.target_s,
        pacers=race.pacers,
        quality=race.quality,
        record_eligible=race.record_eligible,
        result=race.result,
        course=_course(race),
    )


def _course(race: Shipped) -> Course | None:
    """The geometry that the race's first message gives, for the sketch; none where it gives none."""
    with path(race.name).open("rb") as lines:
        first = json.loads(lines.readline())
    points = tuple(Waypoint(p["distance_m"], p["lat"], p["lon"]) for p in first.get("course") or ())
    return Course(race.distance_m, waypoints=points) if points else None
