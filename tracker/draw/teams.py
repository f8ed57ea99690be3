"""The pacers in a table, for a road with rows to spare: who runs now, what each team has run and rested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import words
from tracker.draw.cells import cut
from tracker.draw.ink import Canvas, Line
from tracker.draw.palettes import team

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Rotation

LEAST_ROWS = 5
"""Fewer rows are left empty."""
_SECOND = 46
"""Where the second table begins, once both fit side by side."""


def draw(rotation: Rotation, width: int, height: int, look: Look) -> list[Line]:
    """The formation of now at the left, the teams or the pacers seen at the right, or below where it is narrow."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    y = _formation(canvas, rotation, 0, 0)
    beside = width >= _SECOND + 44
    x, top = (_SECOND, 0) if beside and y else (0, y + 1 if y else 0)
    if rotation.loads:
        _loads(canvas, rotation, x, top, look)
    elif rotation.pacers:
        _pacers(canvas, rotation, x, top, look)
    return canvas.lines()


def _formation(canvas: Canvas, rotation: Rotation, x: int, y: int) -> int:
    leg = rotation.current
    if leg is None or not leg.slots:
        return y
    canvas.label(x, y, "FORMATION")
    if not any(pacer.name for pacer in leg.slots):
        canvas.put(x, y + 1, f"{max(leg.size, len(leg.slots))} pacers, names not published", "muted")
        return y + 2
    for pacer in leg.slots:
        y += 1
        canvas.put(x, y, pacer.slot.replace("_", " "), "muted")
        name = cut(pacer.name, _SECOND - 18) if pacer.name else "name not published"
        canvas.put(x + 15, y, name, "text" if pacer.name else "faint")
    return y + 1


def _loads(canvas: Canvas, rotation: Rotation, x: int, y: int, look: Look) -> None:
    canvas.label(x, y, "TEAMS")
    ends = (x + 14, x + 24, x + 34, x + 43)
    for end, head in zip(ends, ("legs run", f"{look.units} run", "rested", "to come"), strict=True):
        canvas.right(end, y, head, "muted")
    now = rotation.current.team if rotation.current else None
    for load in rotation.loads:
        y += 1
        running = load.team == now
        if running:
            canvas.put(x, y, canvas.said(f" {load.team} "), "bg", team(load.team), bold=True)
        else:
            canvas.put(x + 1, y, load.team, team(load.team) + "+45")
        rested = "running" if running else "" if load.resting_m is None else _km(load.resting_m, look)
        cells = (str(load.legs_run), _km(load.metres_run, look), rested, str(load.legs_to_come))
        for end, text in zip(ends, cells, strict=True):
            canvas.right(end, y, text, "text")


def _pacers(canvas: Canvas, rotation: Rotation, x: int, y: int, look: Look) -> None:
    canvas.label(x, y, "PACERS")
    for pacer in rotation.pacers:
        y += 1
        canvas.put(x, y, cut(pacer.runner.name or pacer.runner.id, 22), "muted" if pacer.out else "text")
        if pacer.last is None:
            said = "not seen yet"
        else:
            mat = words.mat_with_unit(pacer.last.distance_m, pacer.last.name, look.units)
            said = f"out after {mat}" if pacer.out else f"seen at {mat}"
        canvas.put(x + 24, y, said, "muted")


def _km(metres: float, look: Look) -> str:
    return words.distance(metres, look.units)
