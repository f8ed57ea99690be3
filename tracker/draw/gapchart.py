"""The gap to a ghost over the course: ahead is up, zero dotted, what the ghost has still to run hollow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.draw import words
from tracker.draw.braille import HIGH, WIDE, Dots
from tracker.draw.cells import width
from tracker.draw.glyphs import glyphs
from tracker.draw.parts import Word, first_fit, measure, write
from tracker.draw.versus import Pair, pairs

if TYPE_CHECKING:
    from tracker.draw.ink import Canvas
    from tracker.draw.look import Look
    from tracker.race.snapshot import Ghost, Snapshot

LEFT = 7
"""Cells for the figures of the scale."""
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)


class Scale(NamedTuple):
    """Rows of the chart, seconds between two figures (two rows), and the row on which zero lies."""

    rows: int
    step: int
    zero: int

    def y(self, gap_s: float) -> float:
        """Dots from the top."""
        return self.zero * HIGH + 2 + gap_s / self.step * 2 * HIGH


def scale(gaps: list[float], rows: int) -> Scale:
    """The finest step at which all gaps fit."""
    most_ahead, most_behind = max(0.0, -min(gaps, default=-30.0)), max(0.0, max(gaps, default=0.0))
    for step in _STEPS:
        up, down = -(-most_ahead // step), -(-most_behind // step)
        if 2 * (up + down) + 1 <= rows - 1 or step == _STEPS[-1]:
            break
    return Scale(rows, step, max(1, rows - 1 - 2 * int(down)))


def draw(canvas: Canvas, top: int, rows: int, snapshot: Snapshot, ghost: Ghost, look: Look) -> None:
    """Title, chart of `rows` rows, kilometres."""
    signs = glyphs(look.ascii)
    canvas.label(0, top, "GAP BY DISTANCE")
    note = (
        (Word(f"ahead is up · {signs.hollow} the ghost's mark is still to come", "faint"),),
        (Word("ahead is up", "faint"),),
    )
    said = first_fit(canvas, canvas.width - 18, *note, ())
    write(canvas, canvas.width - measure(canvas, said), top, said)
    whole = snapshot.course.distance_m
    if whole is None:
        return
    cells = canvas.width - LEFT
    table = [p for p in pairs(snapshot, ghost) if p.mine.distance_m is not None]
    axis = scale([p.gap_s for p in table], rows)
    y0 = top + 1

    def x_of(metres: float) -> float:
        return metres / whole * (cells * WIDE - 1)

    dots = Dots(cells, rows)
    _plot(dots, [(x_of(p.mine.distance_m or 0.0), p) for p in table], axis)
    for x in range(0, cells * WIDE, 2):
        dots.dot(x, axis.y(0), "muted", 1)
    dots.draw(canvas, LEFT, y0)
    for row in range(axis.zero % 2, rows, 2):
        value = (row - axis.zero) / 2 * axis.step
        text = words.gap(value)
        if canvas.is_free(LEFT - 1 - width(text), y0 + row, width(text)):
            canvas.right(LEFT - 3, y0 + row, text, "bright" if value == 0 else "faint")
    for p in table:
        _label(canvas, p, LEFT + round(x_of(p.mine.distance_m or 0.0)) // WIDE, y0, axis, snapshot, look,
               newest=p is next((q for q in reversed(table) if not q.to_come), None))  # fmt: skip
    kilometres(canvas, y0 + rows, snapshot, look, cells)


def _plot(dots: Dots, table: list[tuple[float, Pair]], axis: Scale) -> None:
    """The line with the ground under it; dotted to a mark that is still to come."""
    x0, y0, g0 = 0.0, axis.y(0), 0.0
    for x1, pair in table:
        y1, g1 = axis.y(pair.gap_s), pair.gap_s
        for x in range(round(x0), round(x1) + 1):
            share = 1.0 if x1 <= x0 else (x - x0) / (x1 - x0)
            y = y0 + (y1 - y0) * share
            ink = "ahead" if g0 + (g1 - g0) * share <= 0 else "behind"
            if pair.to_come:
                if x % 4 == 0:
                    dots.dot(x, y, "estimated", 4)
                continue
            if x % 4 == 0:
                for filled in _between(round(y), axis):
                    dots.dot(x, filled, ink + "/55", 0)
            dots.dot(x, y, ink, 5)
        x0, y0, g0 = x1, y1, g1


def _between(y: int, axis: Scale) -> range:
    """Dots between the line and zero, the cells of both left free so that they read as lines."""
    if y < axis.y(0):
        return range((y // HIGH + 1) * HIGH, axis.zero * HIGH, 2)
    return range((axis.zero + 1) * HIGH, y // HIGH * HIGH, 2)


def _label(canvas: Canvas, pair: Pair, x: int, top: int, axis: Scale, snapshot: Snapshot, look: Look, *,
           newest: bool) -> None:  # fmt: skip
    """The gap over its mark; beside a mark that is still to come, when it comes."""
    text = words.gap(pair.gap_s, pair.resolution_s)
    row = top + min(axis.rows - 1, max(0, round(axis.y(pair.gap_s)) // HIGH))
    if pair.to_come:
        wait = pair.ghost.elapsed_s - (snapshot.elapsed_s or 0.0)
        sign = glyphs(look.ascii).hollow
        canvas.put(x, row, sign, "estimated")
        choices = tuple(
            (Word(t, "estimated"),) for t in (f"{text} when the ghost passes, in {words.clock(wait)}", text)
        )
        write(canvas, x + 2, row, first_fit(canvas, canvas.width - x - 2, *choices, ()))
        return
    size = width(text)
    ink = words.side_ink(pair.gap_s, pair.resolution_s)
    side = -1 if pair.gap_s <= 0 else 1
    for away in (side, 2 * side):
        for at in (x - size // 2, x - size // 2 - 1, x - size + 1, x - size):
            there = row + away
            inside = top <= there < top + axis.rows and at + size <= canvas.width
            # A cell of air on both sides, so that the curve does not run into the figure.
            if inside and canvas.is_free(at - 1, there, size + (2 if at + size < canvas.width else 1)):
                canvas.put(at, there, text, ink, bold=newest)
                return


def kilometres(canvas: Canvas, y: int, snapshot: Snapshot, look: Look, cells: int) -> None:
    """The mats of the regular grid under a chart of so many cells."""
    whole, grid = snapshot.course.distance_m or 0.0, snapshot.course.stride_m
    here = snapshot.position.distance_m if snapshot.position is not None else 0.0
    canvas.put(LEFT, y, "0", "muted")
    end = words.distance(whole, look.units)
    canvas.right(LEFT + cells - 1, y, end, "faint")
    for mat in snapshot.course.checkpoints:
        if mat.distance_m is None or mat.type != "split" or grid is None or round(mat.distance_m / grid, 3) % 1:
            continue
        text = words.mat(mat.distance_m, mat.name, look.units)
        x = LEFT + round(mat.distance_m / whole * (cells - 1)) - width(text) // 2
        if canvas.is_free(x - 1, y, width(text) + 2):
            canvas.put(x, y, text, "muted" if mat.distance_m <= here else "faint")
