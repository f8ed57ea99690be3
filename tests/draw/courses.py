"""Courses with geometry for the map's tests."""

from __future__ import annotations

from dataclasses import replace

from tests.draw import scenes
from tracker.race.course import Checkpoint, Course, Landmark, Laps, Waypoint
from tracker.race.snapshot import Snapshot

START, STATION, NORTH_WEST = (48.22647, 16.40632), (48.21962, 16.39382), (48.21732, 16.39451)
FINISH, LUSTHAUS = (48.20393, 16.41901), (48.19282, 16.43935)


def _prater() -> tuple[Waypoint, ...]:
    """The spur, then four laps up and down the avenue, round a small loop at one end and a larger one at the other."""
    out = [
        Waypoint(0.0, *START, "Reichsbrücke"),
        Waypoint(1200.0, *STATION, "Praterstern"),
        Waypoint(1650.0, *NORTH_WEST, "Hauptallee"),
        Waypoint(4000.0, *FINISH, "finish line"),
    ]
    for lap in range(4):
        first = 4000.0 + 9550.0 * lap
        out += [
            Waypoint(first + 1950, *LUSTHAUS, "Lusthaus"),
            Waypoint(first + 2100, *LUSTHAUS, "Lusthaus"),
            Waypoint(first + 4050, *FINISH, "finish line"),
            Waypoint(first + 6400, *NORTH_WEST, "Praterstern turn"),
            Waypoint(first + 7200, *NORTH_WEST, "Praterstern turn"),
            Waypoint(first + 9550, *FINISH, "finish line"),
        ]
    out[-1] = Waypoint(42195.0, *FINISH, "finish")
    return tuple(out)


PRATER = replace(
    scenes.VIENNA,
    waypoints=_prater(),
    landmarks=(Landmark("Vorgartenstraße", 48.22409, 16.40189), Landmark("Ernst-Happel-Stadion", 48.20875, 16.41917)),
    laps=Laps(4.0, 9549.0, 4000.0),
)


def prater(elapsed_s: float) -> Snapshot:
    """Vienna 2019 at an elapsed time, on the whole course."""
    return replace(scenes.vienna(elapsed_s), course=PRATER)


def straight(bearing_lat: float, bearing_lon: float) -> Course:
    """Ten kilometres from one place to another, without a turn."""
    mats = (Checkpoint("5km", "5 km", 5000.0), Checkpoint("finish", "finish", 10000.0, "finish"))
    end = (48.0 + bearing_lat, 16.0 + bearing_lon)
    return Course(10000.0, mats, (Waypoint(0.0, 48.0, 16.0, "start"), Waypoint(10000.0, *end, "end")))
