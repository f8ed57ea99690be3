"""The projected finish over the distance run: each mat's 80 % band as it was then, the median through it; faster is up.

For an ordinary runner in a live race the place is worth more as a list of when to be where.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tracker.draw import whereabouts, words
from tracker.draw.braille import HIGH, WIDE, Dots
from tracker.draw.ink import Canvas, Line
from tracker.draw.parts import Word, first_fit, measure, write
from tracker.draw.waiting import by_the_day

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Snapshot

LEFT = 8
"""Cells of the scale's times, and the blank after them."""
LEAST_ROWS, LEAST_WIDTH = 3, 24
STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
MOST_STEPS = 5
FAR = 2.0
"""A target farther from the bands than so many times their spread is left out of the chart."""


class Scale(NamedTuple):
    """Seconds at the upper and at the lower end of the chart, and what its middle figure is: a target or a round time."""

    top_s: float
    bottom_s: float
    reference_s: float
    dots: int

    def y(self, seconds: float) -> float:
        """Dots from the top."""
        return (seconds - self.top_s) / (self.bottom_s - self.top_s) * (self.dots - 1)


class Point(NamedTuple):
    """A place on the course with the band that was believed there. `median_s` is none where only the band is shown."""

    metres: float
    low_s: float
    median_s: float | None
    high_s: float


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """Title, chart, kilometres; blank while nothing has been projected, or where there is no room."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    if by_the_day(snapshot):
        whereabouts.draw(canvas, snapshot, look)
        return canvas.lines()
    points = _points(snapshot)
    rows = height - 3
    if not points or rows < LEAST_ROWS or width < LEAST_WIDTH or not snapshot.course.distance_m:
        return canvas.lines()
    _title(canvas, look)
    axis = scale(points, snapshot.plan.finish_s if _has_target(snapshot) and snapshot.plan else None, rows)
    _chart(canvas, points, axis, snapshot.course.distance_m, rows)
    _times(canvas, axis, rows, has_target=_has_target(snapshot))
    _beside(canvas, points[-1], axis, snapshot, rows)
    _kilometres(canvas, snapshot, points[-1].metres, look)
    return canvas.lines()


def _has_target(snapshot: Snapshot) -> bool:
    return snapshot.plan is not None and snapshot.plan.distance_m == snapshot.course.distance_m


def _points(snapshot: Snapshot) -> list[Point]:
    """What was believed at each mark, and what is believed where the runner is now."""
    p = snapshot.projection
    out = [Point(b.distance_m, b.q10_s, b.median_s if b.point else None, b.q90_s) for b in p.history]
    if not out:
        return out
    here_m = snapshot.position.distance_m if snapshot.position is not None else out[-1].metres
    if p.finish_s is not None and snapshot.phase == "finished":
        return [*out, Point(snapshot.course.distance_m or here_m, p.finish_s, p.finish_s, p.finish_s)]
    if p.q10_s is None or p.q90_s is None or here_m <= out[-1].metres:
        return out
    return [*out, Point(here_m, p.q10_s, p.median_s if p.point else None, p.q90_s)]


def scale(points: list[Point], target_s: float | None, rows: int) -> Scale:
    """Round steps above and below the target that hold every band; without one near enough, round a median."""
    low_s, high_s = min(p.low_s for p in points), max(p.high_s for p in points)
    spread_s = max(1.0, high_s - low_s)
    middle_s = points[-1].median_s or (points[-1].low_s + points[-1].high_s) / 2
    near = target_s is not None and low_s - FAR * spread_s <= target_s <= high_s + FAR * spread_s
    for step in STEPS_S:
        reference_s = target_s if near and target_s is not None else round(middle_s / step) * step
        up = max(1, math.ceil((reference_s - low_s) / step))
        down = max(1, math.ceil((high_s - reference_s) / step))
        if up + down <= MOST_STEPS:
            break
    return Scale(reference_s - up * step, reference_s + down * step, reference_s, rows * HIGH)


def _title(canvas: Canvas, look: Look) -> None:
    wide = canvas.width >= 60
    end = canvas.label(0, 0, "PROJECTION BY DISTANCE" if wide else "BY DISTANCE", focused=look.focus == "fan")
    if wide:
        canvas.put(end + 2, 0, "faster is up", "text")
    said = first_fit(canvas, canvas.width - end - 16, [Word("median · 80 % band", "faint")], []) if wide else (
        first_fit(canvas, canvas.width - end - 2, [Word("faster is up", "faint")], []))  # fmt: skip
    write(canvas, canvas.width - measure(canvas, said), 0, said)


def _chart(canvas: Canvas, points: list[Point], axis: Scale, whole_m: float, rows: int) -> None:
    """The chart; the runner moves by whole dots, so that it is made anew only then."""
    cells = canvas.width - LEFT
    last, dot_m = points[-1], whole_m / (cells * WIDE - 1)
    placed = (*points[:-1], last._replace(metres=round(last.metres / dot_m) * dot_m))
    _dots(placed, axis, whole_m, (cells, rows), ascii_only=canvas.ascii_only).draw(canvas, LEFT, 2)


@lru_cache(maxsize=8)
def _dots(points: tuple[Point, ...], axis: Scale, whole_m: float, size: tuple[int, int], *, ascii_only: bool) -> Dots:
    """Band as a checkerboard, the median as a line with its cells kept clear, the reference dotted."""
    cells, rows = size
    dots = Dots(cells, rows)
    columns = list(_columns(points, whole_m, cells * WIDE))
    line = {(x // WIDE, round(axis.y(median_s)) // HIGH) for x, _, median_s, _ in columns if median_s is not None}
    sparse = 2 if ascii_only else 1
    for x, low_s, _, high_s in columns:
        for y in range(math.ceil(axis.y(low_s)), math.floor(axis.y(high_s)) + 1):
            if (
                (x + y) % 2 == 0
                and x % sparse == 0
                and y % (2 * sparse) in (0, 1)
                and (x // WIDE, y // HIGH) not in line
            ):
                dots.dot(x, y, "estimated/60", 0)
    for x in range(0, cells * WIDE, 4):
        dots.dot(x, axis.y(axis.reference_s), "muted", 1)
    for x, _, median_s, _ in columns:
        if median_s is not None:
            dots.dot(x, axis.y(median_s), "bright", 5)
            if ascii_only:
                dots.dot(x, axis.y(median_s) // HIGH * HIGH + 1, "bright", 5)
                dots.dot(x, axis.y(median_s) // HIGH * HIGH + 2, "bright", 5)
    return dots


def _columns(points: Sequence[Point], whole_m: float, width: int) -> list[tuple[int, float, float | None, float]]:
    """(column of dots, low, median, high) from the first mark to the last point, straight in between."""
    out: list[tuple[int, float, float | None, float]] = []
    at = [round(p.metres / whole_m * (width - 1)) for p in points]
    for (x0, a), (x1, b) in pairwise(zip(at, points, strict=True)):
        for x in range(x0, x1 if (x1, b) != (at[-1], points[-1]) else x1 + 1):
            share = 0.0 if x1 == x0 else (x - x0) / (x1 - x0)
            median_s = None if a.median_s is None or b.median_s is None else _between(a.median_s, b.median_s, share)
            out.append((x, _between(a.low_s, b.low_s, share), median_s, _between(a.high_s, b.high_s, share)))
    if len(points) == 1:
        out.append((at[0], points[0].low_s, points[0].median_s, points[0].high_s))
    return out


def _between(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _row(seconds: float, axis: Scale, rows: int) -> int:
    """The row of a time, the first one under the title's air being 0."""
    return min(rows - 1, max(0, round(axis.y(seconds)) // HIGH))


def _times(canvas: Canvas, axis: Scale, rows: int, *, has_target: bool) -> None:
    """The scale: the two ends and the reference."""
    middle = _row(axis.reference_s, axis, rows)
    for row, seconds in ((0, axis.top_s), (rows - 1, axis.bottom_s)):
        if row != middle:
            canvas.right(LEFT - 2, 2 + row, words.clock(seconds), "faint")
    canvas.right(LEFT - 2, 2 + middle, words.clock(axis.reference_s), "bright" if has_target else "muted")


def _beside(canvas: Canvas, last: Point, axis: Scale, snapshot: Snapshot, rows: int) -> None:
    """The last band's figures to the right of it, on their rows, at least a row apart."""
    whole_m = snapshot.course.distance_m or 1.0
    x = LEFT + round(last.metres / whole_m * (canvas.width - LEFT - 1)) + 2
    if last.low_s == last.high_s:
        row = 2 + max(0, _row(last.low_s, axis, rows) - 1)
        canvas.right(canvas.width - 1, row, f" {words.clock(last.low_s)}", "bright", bold=True)
        return
    middle_s = last.median_s if last.median_s is not None else (last.low_s + last.high_s) / 2
    middle = min(rows - 2, max(1, _row(middle_s, axis, rows)))
    above, below = min(_row(last.low_s, axis, rows), middle - 1), max(_row(last.high_s, axis, rows), middle + 1)
    said = [(above, last.low_s, "estimated"), (below, last.high_s, "estimated")]
    if last.median_s is not None:
        said.append((middle, last.median_s, "bright"))
    for row, seconds, ink in said:
        text = words.clock(seconds)
        at = min(x, canvas.width - len(text))
        canvas.put(at - 1, 2 + row, f" {text}".ljust(canvas.width - at + 1), ink, bold=ink == "bright")


def _kilometres(canvas: Canvas, snapshot: Snapshot, here_m: float, look: Look) -> None:
    """Round distances under the chart."""
    whole_m = snapshot.course.distance_m or 1.0
    y, cells = canvas.height - 1, canvas.width - LEFT
    canvas.put(LEFT, y, "0", "muted")
    canvas.right(canvas.width - 1, y, words.distance(whole_m, look.units), "faint")
    unit_m = words.MILE_M if look.units == "mi" else 1000.0
    step = next((n for n in (1, 2, 5, 10, 20, 50, 100) if whole_m / (n * unit_m) * 5 <= cells), 100)
    for n in range(step, math.ceil(whole_m / unit_m), step):
        text, metres = str(n), n * unit_m
        at = LEFT + round(metres / whole_m * (cells - 1)) - len(text) // 2
        if canvas.is_free(at - 1, y, len(text) + 2):
            canvas.put(at, y, text, "muted" if metres <= here_m else "faint")
