"""The place of the projection by distance: empty while nothing is projected."""

from __future__ import annotations

from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look
from tracker.race.snapshot import Snapshot


def draw(_snapshot: Snapshot, width: int, height: int, _look: Look) -> list[Line]:
    """`height` blank lines."""
    return Canvas(width, height).lines()
