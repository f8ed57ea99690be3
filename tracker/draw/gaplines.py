"""The gaps of several over the course: the runner is the dotted line in the middle, in front of them is up.

What is projected for the finish is dotted, and hollow at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.draw import words
from tracker.draw.braille import WIDE, Dots
from tracker.draw.cells import cut
from tracker.draw.gapchart import LEFT, Scale, kilometres, scale
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas
from tracker.draw.palettes import contender
from tracker.draw.parts import Word, first_fit, measure, write

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Contender, Snapshot, Together

NAMES = 12
"""Cells for the names at the ends of the lines."""
LEAST = 30
"""Cells under which there is no chart."""


class Line(NamedTuple):
    """A contender's gap to the runner: (metres, seconds) at the mats of both, and at the finish as it is projected."""

    points: tuple[tuple[float, float], ...]
    projected: tuple[float, float] | None


def line(each: Contender, first: Contender, total_m: float) -> Line:
    """The line of one who is compared, from the start on."""
    own = {round(mark.distance_m or 0.0): mark.elapsed_s for mark in first.marks}
    points = [
        (mark.distance_m or 0.0, mark.elapsed_s - own[place])
        for mark in each.marks
        if (place := round(mark.distance_m or 0.0)) in own
    ]
    finish = [one.done_s if one.done_s is not None else one.median_s for one in (each, first)]
    mine, theirs = finish
    open_ = not points or points[-1][0] < total_m - 1
    projected = (total_m, mine - theirs) if open_ and mine is not None and theirs is not None else None
    return Line(((0.0, 0.0), *points), projected)


def draw(canvas: Canvas, place: tuple[int, int], rows: int, snapshot: Snapshot, both: Together, look: Look) -> None:
    """Title, chart of `rows` rows, kilometres, from a cell on to the right edge."""
    left, top = place
    cells = canvas.width - left - LEFT - NAMES
    whole = snapshot.course.distance_m
    if whole is None or cells < LEAST:
        return
    inner = Canvas(canvas.width - left, rows + 2, ascii_only=canvas.ascii_only)
    signs = glyphs(look.ascii)
    canvas.label(left, top, "GAP BY DISTANCE")
    runner = both.contenders[0].name
    notes = tuple(
        (Word(text, "faint"),)
        for text in (f"in front of {runner} is up · {signs.hollow} projected", f"in front of {runner} is up", "")
    )
    said = first_fit(canvas, canvas.width - left - 18, *notes)
    write(canvas, canvas.width - measure(canvas, said), top, said)
    lines = [line(each, both.contenders[0], whole) for each in both.contenders[1:]]
    values = [s for each in lines for _, s in (*each.points, *([each.projected] if each.projected else []))]
    axis = scale(values or [-30.0], rows)
    _plot(inner, lines, axis, cells, whole)
    _scale(inner, axis)
    _names(inner, both, lines, axis, cells)
    kilometres(inner, rows, snapshot, look, cells)
    canvas.blit(left, top + 1, inner.lines())


def _plot(canvas: Canvas, lines: list[Line], axis: Scale, cells: int, whole: float) -> None:
    dots = Dots(cells, axis.rows)

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return point[0] / whole * (cells * WIDE - 1), axis.y(point[1])

    for x in range(0, cells * WIDE, 2):
        dots.dot(x, axis.y(0), "now_ink", 1)
    for n, each in enumerate(lines, 1):
        for a, b in zip(each.points, each.points[1:], strict=False):
            dots.line(at(a), at(b), contender(n), 5)
        if each.projected is not None:
            (x0, y0), (x1, y1) = at(each.points[-1]), at(each.projected)
            for x in range(round(x0) + 2, round(x1), 4):
                dots.dot(x, y0 + (y1 - y0) * (x - x0) / max(1.0, x1 - x0), "estimated", 2)
    dots.draw(canvas, LEFT, 0)


def _scale(canvas: Canvas, axis: Scale) -> None:
    for row in range(axis.zero % 2, axis.rows, 2):
        value = (row - axis.zero) / 2 * axis.step
        canvas.right(LEFT - 2, row, words.gap(value), "bright" if value == 0 else "faint")


def _names(canvas: Canvas, both: Together, lines: list[Line], axis: Scale, cells: int) -> None:
    """Each name at the end of its line, moved apart by rows."""
    signs = glyphs(canvas.ascii_only)
    wanted = [(axis.zero, 0, "")]
    for n, each in enumerate(lines, 1):
        end = each.projected or each.points[-1]
        row = max(0, min(axis.rows - 1, round(axis.y(end[1])) // 4))
        wanted.append((row, n, signs.hollow if each.projected else ""))
    taken: set[int] = set()
    for row, n, sign in wanted:
        free = min((r for r in range(axis.rows) if r not in taken), key=lambda r: abs(r - row), default=None)
        if free is None:
            continue
        taken.add(free)
        if sign:
            canvas.put(LEFT + cells, row, sign, "estimated")
        canvas.put(LEFT + cells + 2, free, cut(both.contenders[n].name, NAMES - 2), contender(n), bold=n == 0)
