"""The legs of the pacers along the course: run, now, to come; as blocks under the axis, and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import words
from tracker.draw.cells import width
from tracker.draw.ink import Canvas, Line
from tracker.draw.palettes import team

if TYPE_CHECKING:
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


def table(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """A row for each leg: number, team, from and to, length, when; the leg now is bright and always in view."""
    canvas, rotation = Canvas(width, height, ascii_only=look.ascii), snapshot.rotation
    if rotation is None or not rotation.legs:
        return canvas.lines()
    shown = [leg for leg in rotation.legs if leg.team or leg.slots or leg.size]
    current = rotation.current.number if rotation.current is not None else None
    here = snapshot.position.distance_m if snapshot.position is not None and snapshot.phase != "before" else 0.0
    at = next((i for i, leg in enumerate(shown) if leg.number == current), len(shown) if here else 0)
    first = max(0, min(at - (height - 1) // 2, len(shown) - (height - 1)))
    length = f"length {look.units}"
    heads = ("leg", "team", f"from {look.units}", f"to {look.units}", length, "begins", "ends")
    _columns(canvas, 0, heads, ("muted", "muted"), bold=False)
    for y, leg in enumerate(shown[first : first + height - 1], 1):
        now = leg.number == current
        ink = "bright" if now else "muted" if leg.to_m <= here + 1 else "text"
        sure = leg.plan == "planned" and not rotation.inferred
        times = [_when(each, sure=sure) for each in (leg.start_s, leg.end_s)]
        metres = [words.distance(each, look.units) for each in (leg.from_m, leg.to_m, leg.to_m - leg.from_m)]
        cells = (str(leg.number), leg.team or "", *metres, *times)
        _columns(canvas, y, cells, (ink, ink if sure else "estimated"), bold=now and sure)
    return canvas.lines()


def _when(seconds: float | None, *, sure: bool) -> str:
    """A leg's moment: published to the second, inferred without seconds."""
    if seconds is None:
        return ""
    return words.clock(seconds) if sure else f"≈ {words.rough_clock(seconds)}"


def _columns(canvas: Canvas, y: int, cells: tuple[str, ...], inks: tuple[str, str], *, bold: bool) -> None:
    """Right-aligned cells, those that do not fit left out; the last two are times."""
    x = 0
    for i, (text, size) in enumerate(zip(cells, (3, 4, 7, 6, 9, 8, 8), strict=True)):
        x += size + (2 if i else 0)
        if x > canvas.width:
            return
        canvas.right(x - 1, y, text, inks[i >= len(cells) - 2], bold=bold)
