"""Names on the map: start, finish, the places along the way and beside it, each where cells are free."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from tracker.draw import words
from tracker.draw.cells import cut, width
from tracker.draw.glyphs import glyphs
from tracker.draw.project import along, turns

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.draw.map import Field
    from tracker.race.snapshot import Snapshot

MOST = 24
"""Cells a name may take."""
MOST_LANDMARKS = 20
SAME_DEGREES = 1e-5
BESIDE_M = 150.0
"""Landmarks farther from the course than this get a sign of their own."""


class Spot(NamedTuple):
    """A named cell."""

    x: int
    y: int
    text: str
    ink: str
    off: bool = False


def draw(field: Field, snapshot: Snapshot, look: Look, *, large: bool) -> None:
    """The finish across its lanes, then the names, the important ones first; what finds no room is left out."""
    _finish(field, snapshot, look)
    done: list[Spot] = []
    if large:
        done += _straight(field, look)
    for spot in _spots(field, snapshot, large=large):
        known = any(spot.text in d.text or d.text in spot.text for d in done)
        near = any(abs(spot.x - d.x) + 2 * abs(spot.y - d.y) < 4 for d in done)
        if not known and not near and _put(field, spot, look, below=not large and bool(done)):
            done.append(spot)


def _spots(field: Field, snapshot: Snapshot, *, large: bool) -> list[Spot]:
    course, drawn = snapshot.course, field.drawn
    named = [w for w in course.waypoints if w.name]
    out: list[Spot] = []
    if course.waypoints:
        first = course.waypoints[0]
        text = f"start · {first.name}" if large and first.name else "start"
        out.append(Spot(*field.cell(drawn.at(first.distance_m)), text, "muted"))
    flat = drawn.flat
    if not large:
        ends = ((i, flat.names[i]) for i in turns(flat))
        return out + [Spot(*field.cell(drawn.dots(flat.points[i])), name, "faint") for i, name in ends if name]
    end = course.waypoints[-1] if course.waypoints else None
    for w in named[1:]:
        if end is None or math.dist((w.lat, w.lon), (end.lat, end.lon)) > SAME_DEGREES:
            out.append(Spot(*field.cell(drawn.dots(flat.place(w.lat, w.lon))), w.name or "", "muted"))
    way = along(flat) if course.landmarks else []
    for mark in course.landmarks[:MOST_LANDMARKS]:
        place = drawn.flat.place(mark.lat, mark.lon)
        off = min(math.dist(place, p) for p in way) > BESIDE_M
        out.append(Spot(*field.cell(drawn.dots(place)), mark.name, "faint", off))
    return out


def _put(field: Field, spot: Spot, look: Look, *, below: bool) -> bool:
    """Write a name beside its cell, on the first side with free cells; `below`: rather under it."""
    canvas, text = field.canvas, cut(spot.text, MOST)
    if spot.off:
        text = f"{'+' if look.ascii else '□'} {text}"
    size = width(canvas.said(text))
    middle = min(max(0, spot.x - size // 2), canvas.width - size)
    beside = [(spot.x + 2, spot.y), (spot.x + 3, spot.y)]
    under = [(middle, spot.y + 1), (middle, spot.y + 2)]
    over = [(middle, spot.y - 1), (middle, spot.y - 2)]
    before = [(spot.x - 1 - size, spot.y), (spot.x - 3 - size, spot.y)]
    sides = [(spot.x, spot.y)] if spot.off else under + beside + over if below else beside + under + over + before
    rows = range(field.y, min(canvas.height, field.y + field.height + 1))
    for x, y in sides:
        first, last = max(0, x - (2 if x > spot.x + 3 or x < spot.x else 1)), min(canvas.width, x + size + 2)
        if x >= 0 and x + size <= canvas.width and y in rows and canvas.is_free(first, y, last - first):
            canvas.put(x, y, text, spot.ink)
            return True
    return False


def _finish(field: Field, snapshot: Snapshot, look: Look) -> None:
    """The line across all lanes near it, with its name above."""
    course, drawn, canvas = snapshot.course, field.drawn, field.canvas
    end = course.waypoints[-1]
    x, y = field.cell(drawn.at(end.distance_m))
    _, middle = drawn.dots(drawn.flat.place(end.lat, end.lon))
    other = field.cell((0.0, 2 * middle - drawn.at(end.distance_m)[1]))[1]
    for row in range(min(y, other), max(y, other) + 1):
        if canvas.ink(x, row).bg == "bg":
            canvas.put(x, row, glyphs(look.ascii).event, "bright")
    text = "finish"
    if snapshot.rotation is not None and sum(_is_there(field, leg.to_m, x) for leg in snapshot.rotation.legs[:-1]) > 1:
        text = "finish · pacers change"
    row = min(y, other) - 1
    for words_ in (text, "finish"):
        at = min(max(0, x - width(words_) // 2), canvas.width - width(words_))
        if canvas.is_free(at, row, width(words_)):
            canvas.put(at, row, words_, "text")
            return


def _is_there(field: Field, metres: float, x: int) -> bool:
    return abs(field.cell(field.drawn.at(metres))[0] - x) <= 1


def _straight(field: Field, look: Look) -> list[Spot]:
    """The longest straight's name and length, under it."""
    flat = field.drawn.flat
    (x0, y0), (x1, y1) = (field.cell(field.drawn.dots(flat.points[i])) for i in flat.straight)
    name = cut(flat.names[flat.straight[0]] or "straight", MOST)
    text = f"{name} {words.distance(flat.straight_m, look.units)} {look.units}"
    x = min(x0, x1) + (abs(x1 - x0) - width(text)) * 3 // 10
    for y in (max(y0, y1) + 2, max(y0, y1) + 1):
        if field.canvas.is_free(x - 1, y, width(text) + 2):
            field.canvas.put(x, y, text, "faint")
            return [Spot(x, y, name, "faint")]
    return []
