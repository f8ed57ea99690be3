"""The course as a map: this lap run and to come, the runner, the line, the places beside the way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.draw import course, gap, places, projection, words
from tracker.draw.braille import HIGH, WIDE, Dots
from tracker.draw.cells import cut, width
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.parts import Word, first_fit, him, measure, write
from tracker.draw.project import Drawn, project

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Snapshot

BODY_WIDTH, BODY_HEIGHT = 70, 15
"""From this size on it is a screen of its own, with the course axis under it."""
LARGE_WIDTH, LARGE_HEIGHT = 100, 27
"""From this size on the gap and the projection stand beside the course too."""
_ARROWS = ("→", "↗", "↑", "↖", "←", "↙", "↓", "↘")
_SAID = ("right", "up right", "up", "up left", "left", "down left", "down", "down right")


@dataclass(frozen=True, slots=True)
class Field:
    """The part of a canvas that the map is drawn on, in cells."""

    canvas: Canvas
    x: int
    y: int
    width: int
    height: int
    drawn: Drawn

    def cell(self, dots: tuple[float, float]) -> tuple[int, int]:
        """The cell of a dot."""
        return self.x + round(dots[0]) // WIDE, self.y + round(dots[1]) // HIGH


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """The panel, or from `BODY_WIDTH` by `BODY_HEIGHT` on the body of the map screen."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    if width < 1 or height < 1:
        return canvas.lines()
    body, large = width >= BODY_WIDTH and height >= BODY_HEIGHT, width >= LARGE_WIDTH and height >= LARGE_HEIGHT
    top, below = (3, 8) if large else (1, 5) if body else (1, 0)
    words_rows = 2 if large else 1
    rows = height - top - below - words_rows
    drawn = project(snapshot.course, (width - (17 if large else 0)) * WIDE, rows * HIGH) if rows > 0 else None
    _title(canvas, snapshot, look, drawn)
    if drawn is None:
        some = project(snapshot.course, BODY_WIDTH * WIDE, BODY_HEIGHT * HIGH) is not None
        text = "too small for the map" if some else "no map: the course has no coordinates"
        text = text if snapshot.phase != "empty" else ""
        canvas.put(0, min(2, height - 1) if height > 1 else 1, cut(text, width), "muted")
    else:
        field = Field(canvas, 0, top, width, rows, drawn)
        _course(field, snapshot)
        if large:
            _figures(field, snapshot, look)
        _runner(field, snapshot, look, label=large)
        lowest = round(max(y for _, _, y in drawn.way)) // HIGH
        foot = min(top + rows, top + lowest + 1) if large else top + rows
        _scale(field, snapshot, look, foot, rows=words_rows)
        places.draw(field, snapshot, look, large=large)
    if body:
        _axis(canvas, snapshot, look, note=large)
    return canvas.lines()


def lap(snapshot: Snapshot) -> tuple[float, float, str]:
    """From where to where this lap goes, and what to say of it. Without laps: the whole course."""
    laps, here = snapshot.course.laps, snapshot.position.distance_m if snapshot.position is not None else 0.0
    whole = snapshot.course.distance_m or (
        snapshot.course.waypoints[-1].distance_m if snapshot.course.waypoints else 0.0
    )
    if laps is None:
        return 0.0, whole, ""
    count = math.ceil(laps.count)
    if here < laps.from_m:
        return 0.0, laps.from_m, f"before the first of {count} laps"
    number = min(count, math.floor((here - laps.from_m + 0.5) / laps.lap_m) + 1)
    first = laps.from_m + (number - 1) * laps.lap_m
    return first, whole if number == count else first + laps.lap_m, f"lap {number} of {count}"


def _title(canvas: Canvas, snapshot: Snapshot, look: Look, drawn: Drawn | None) -> None:
    at = canvas.label(0, 0, "COURSE", focused=look.focus == "map") + (4 if canvas.width >= LARGE_WIDTH else 3)
    if drawn is None:
        return
    _, _, said = lap(snapshot)
    laps = snapshot.course.laps
    long = said
    if laps is not None and laps.from_m and said.startswith("lap"):
        long = f"{said}, after {words.distance(laps.from_m, look.units)} {look.units}"
    way = _towards(snapshot)
    step = round(drawn.flat.north / (math.pi / 4)) % 8
    north = f"north is {_SAID[step]}" if canvas.ascii_only else f"{_ARROWS[step]} N"
    room = canvas.width - at - width(north) - 2
    dot = " · " if long and way else ""
    choices = (
        (Word(long), Word(dot + way, "muted")),
        (Word(long),),
        (Word(said),),
        (),
    )
    write(canvas, at, 0, first_fit(canvas, room, *choices))
    if room > 0:
        canvas.right(canvas.width - 1, 0, north, "muted")


def _towards(snapshot: Snapshot) -> str:
    """Between which named places the runner is."""
    here = snapshot.position
    if here is None or snapshot.phase != "running":
        return ""
    named = [w for w in snapshot.course.waypoints if w.name]
    behind = next((w for w in reversed(named) if w.distance_m <= here.distance_m), None)
    ahead = next((w for w in named if w.distance_m > here.distance_m), None)
    if behind is None or ahead is None:
        return ""
    if behind.name == ahead.name:
        return f"at {ahead.name}"
    return f"from {behind.name} towards {ahead.name}"


def _course(field: Field, snapshot: Snapshot) -> None:
    """This lap's way run in full dots, to come every second one; the rest of the course muted."""
    here = snapshot.position.distance_m if snapshot.position is not None else 0.0
    first, last, _ = lap(snapshot)
    run: dict[tuple[int, int], None] = {}
    come: dict[tuple[int, int], None] = {}
    rest: dict[tuple[int, int], None] = {}
    for (d0, x0, y0), (d1, x1, y1) in zip(field.drawn.way, field.drawn.way[1:], strict=False):
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
        for k in range(steps + 1):
            metres = d0 + (d1 - d0) * k / steps
            kind = rest if not first <= metres <= last else run if metres <= here else come
            kind[round(x0 + (x1 - x0) * k / steps), round(y0 + (y1 - y0) * k / steps)] = None
    dots = Dots(field.width, field.height)
    lane = {(x + dx, y + dy) for part in (run, come) for x, y in part for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    for x, y in rest:
        if (x, y) not in lane:
            dots.dot(x, y, "muted", 1)
    for i, (x, y) in enumerate(p for p in come if p not in run):
        if i % 2 == 0:
            dots.dot(x, y, "faint", 2)
    for x, y in run:
        dots.dot(x, y, "text", 3)
    dots.draw(field.canvas, field.x, field.y)


def _runner(field: Field, snapshot: Snapshot, look: Look, *, label: bool) -> None:
    """The runner's cell, the line's beside it, and his name over them."""
    here = snapshot.position.distance_m if snapshot.position is not None else 0.0
    if snapshot.position is None and snapshot.phase != "before":
        return
    x, y = field.cell(field.drawn.at(here))
    line = snapshot.gap.line_m if snapshot.gap is not None and snapshot.phase in ("running", "finished") else None
    if line is not None:
        cell = _line_cell(field, here, line)
        if cell is not None:
            field.canvas.put(*cell, glyphs(look.ascii).target, "bright", bold=True)
    field.canvas.put(x, y, snapshot.runner.initial, "on_now", "now", bold=True)
    name = cut(snapshot.runner.surname, 20)
    at = min(max(0, x - width(name) // 2), field.canvas.width - width(name))
    if label and all(field.canvas.is_free(at - 1, y - dy, width(name) + 2) for dy in (1, 2, 3)):
        field.canvas.put(at, y - 3, name, "now_ink", bold=True)
        for dy in (1, 2):
            field.canvas.put(x, y - dy, "|" if look.ascii else "│", "now_ink/55")


def _line_cell(field: Field, here: float, line: float) -> tuple[int, int] | None:
    """Where the line is drawn: its own cell, or the next one on its side where that is the runner's."""
    own = field.cell(field.drawn.at(here))
    step = field.drawn.cell_m / 4 * (1 if line > here else -1)
    for k in range(12):
        cell = field.cell(field.drawn.at(line + k * step))
        if cell != own:
            return cell
    return None


def _figures(field: Field, snapshot: Snapshot, look: Look) -> None:
    """Gap and projection where the course leaves room for them."""
    canvas, y = field.canvas, field.y
    sides = ((41, 36, gap.draw), (81, canvas.width - 81, projection.draw))
    for rows in (9, 8):
        if all(canvas.is_free(x, y + dy, min(size, canvas.width - x)) for x, size, _ in sides for dy in range(rows)):
            for x, size, panel in sides:
                canvas.blit(x, y, panel(snapshot, min(size, canvas.width - x), rows, look))
            return


def _scale(field: Field, snapshot: Snapshot, look: Look, y: int, *, rows: int) -> None:
    """What the line is off in metres, and what a cell is worth."""
    canvas = field.canvas
    cell = f"one cell is {words.metres(field.drawn.cell_m, 0.0, look.units)}"
    line = _line_words(snapshot, look)
    if rows > 1:
        write(canvas, canvas.width - measure(canvas, line), y, line)
        canvas.right(canvas.width - 1, y + 1, cell, "faint")
        return
    both = (*line, Word("  " if line else ""), Word(cell, "faint"))
    said = first_fit(canvas, canvas.width, both, line or (Word(cell, "faint"),), ())
    write(canvas, canvas.width - measure(canvas, said), y, said)


def _line_words(snapshot: Snapshot, look: Look) -> tuple[Word, ...]:
    found = snapshot.gap
    if found is None or found.metres is None or snapshot.phase not in ("running", "finished"):
        return ()
    size = words.metres(found.metres, found.mark.resolution_s, look.units)
    bound = found.quality == "at_least" or (snapshot.due is not None and snapshot.due.bounds)
    about = ("at least" if found.metres > 0 else "at most") if bound else "≈"
    side = "behind" if found.metres < 0 else "in front of"
    return (Word(f"{cut(found.plan.name, 20)} line {about} {size} {side} {him(snapshot.runner)}", "estimated"),)


def _axis(canvas: Canvas, snapshot: Snapshot, look: Look, *, note: bool) -> None:
    """The course axis at the foot, and where the drawing comes from."""
    foot = canvas.height - (2 if note else 0)
    canvas.blit(0, foot - 4, course.draw(snapshot, canvas.width, 4, look))
    if note and snapshot.course.note:
        canvas.put(0, canvas.height - 1, cut(snapshot.course.note, canvas.width), "faint")
