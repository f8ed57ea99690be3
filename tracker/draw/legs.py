"""The legs of the pacers along the course: run, now, to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw.cells import width
from tracker.draw.palettes import team

if TYPE_CHECKING:
    from tracker.draw.ink import Canvas
    from tracker.draw.look import Look
    from tracker.race.snapshot import Leg, Snapshot

NUMBERED = 9
"""From this many cells on a leg shows its number beside the team's letter."""


def draw(canvas: Canvas, y: int, snapshot: Snapshot, look: Look) -> None:
    """One row of blocks, a cell between them."""
    rotation, whole = snapshot.rotation, snapshot.course.distance_m
    if rotation is None or not whole:
        return
    here = snapshot.position.distance_m if snapshot.position is not None else 0.0
    for leg in rotation.legs:
        first = round(leg.from_m / whole * canvas.width)
        last = min(canvas.width - 1, round(leg.to_m / whole * canvas.width) - 2)
        if leg.to_m >= whole - 1:
            last = canvas.width - 1
        if last < first or not (leg.team or leg.slots or leg.size):
            continue
        now = rotation.current is not None and leg.number == rotation.current.number
        _block(canvas, y, (first, last), leg, look, now=now, run=not now and leg.to_m <= here + 1)


def _block(canvas: Canvas, y: int, ends: tuple[int, int], leg: Leg, look: Look, *, now: bool, run: bool) -> None:
    first, last = ends
    cells, colour = last - first + 1, team(leg.team)
    letter = leg.team or ""
    text = letter or str(leg.number)
    if letter and cells + 1 >= NUMBERED:
        text = f"{leg.number} · {letter}"
    text = next(t for t in (text, letter, "") if width(canvas.said(t)) <= cells)
    if look.ascii:
        if now:
            canvas.put(first, y, "[" + " " * (cells - 2) + "]", "text", bold=True)
        else:
            canvas.put(first, y, "|", "text")
        if cells > 2 and width(canvas.said(text)) <= cells - 2:
            canvas.centre(first, y, cells, text, "text", bold=now)
        return
    ground = colour if now else f"{colour}/{28 if run else 16}"
    canvas.put(first, y, " " * cells, "text", ground)
    canvas.centre(first, y, cells, text, "bg" if now else f"{colour}+45", ground)
