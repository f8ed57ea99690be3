"""The panels by name."""

from __future__ import annotations

from collections.abc import Callable

from tracker.draw import course, fan, gap, happened, header, map, projection, road, scrubber, splits
from tracker.draw.ink import Line
from tracker.draw.look import Look
from tracker.race.snapshot import Snapshot

DrawFn = Callable[[Snapshot, int, int, Look], list[Line]]

PANELS: dict[str, DrawFn] = {
    "header": header.draw,
    "gap": gap.draw,
    "projection": projection.draw,
    "fan": fan.draw,
    "road": road.draw,
    "course": course.draw,
    "splits": splits.draw,
    "happened": happened.draw,
    "map": map.draw,
    "scrubber": scrubber.draw,
}
