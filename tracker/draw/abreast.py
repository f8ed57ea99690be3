"""The splits of several side by side: the runner's times, the others' gaps, and who was fastest from mat to mat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.draw import words
from tracker.draw.cells import cut
from tracker.draw.palettes import contender

if TYPE_CHECKING:
    from tracker.draw.ink import Canvas
    from tracker.draw.look import Look
    from tracker.race.snapshot import Mark, Snapshot, Together

KM, TIME, SECTION, GAP, AIR = 6, 10, 8, 8, 3


@dataclass(frozen=True, slots=True)
class Cell:
    """What one did at a mat: the gap to the runner there (none for the runner), and the section's time.

    `fastest`: nobody was faster on that section, and somebody surely slower.
    """

    mark: Mark
    gap_s: float | None = None
    resolution_s: float = 1.0
    section_s: float | None = None
    fastest: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A mat, and what each contender did there; none who did not pass it yet."""

    distance_m: float
    name: str
    cells: tuple[Cell | None, ...]


def rows(both: Together) -> list[Row]:
    """The mats that the runner and at least one other have passed, in order."""
    by_place = [{round(mark.distance_m or 0.0): mark for mark in each.marks} for each in both.contenders]
    shared = [
        (place, mark)
        for place, mark in by_place[0].items()
        if any(place in theirs for theirs in by_place[1:])
    ]  # fmt: skip
    found: list[Row] = []
    for place, own in shared:
        cells = [None if (mark := theirs.get(place)) is None else _cell(mark, own) for theirs in by_place]
        found.append(Row(own.distance_m or 0.0, own.checkpoint.name, tuple(_judged(cells))))
    return found


def _cell(mark: Mark, own: Mark) -> Cell:
    """What one did at a mat, beside the runner's own mark; sections are compared where they are the same stretch."""
    alike = own.section_m is not None and mark.section_m is not None and abs(own.section_m - mark.section_m) < 1
    resolution_s = max(mark.resolution_s, own.resolution_s)
    return Cell(
        mark,
        None if mark is own else mark.elapsed_s - own.elapsed_s,
        resolution_s,
        mark.section_s if alike else None,
    )


def _judged(cells: list[Cell | None]) -> list[Cell | None]:
    """The cells with the fastest of the section known."""
    sections = [cell for cell in cells if cell is not None and cell.section_s is not None]
    if len(sections) < 2:
        return cells
    best_s = min(cell.section_s or 0.0 for cell in sections)
    slowest = max(sections, key=lambda cell: cell.section_s or 0.0)
    if (slowest.section_s or 0.0) - best_s < max(cell.resolution_s for cell in sections):
        return cells
    return [cell and replace(cell, fastest=cell.section_s == best_s) for cell in cells]


def draw(canvas: Canvas, y: int, snapshot: Snapshot, both: Together, look: Look) -> None:
    """Names, heads, and the newest rows that fit."""
    if canvas.height - y < 2:
        return
    table, grid = rows(both), snapshot.course.stride_m
    ends = _ends(canvas, len(both.contenders))
    canvas.right(KM - 1, y, look.units, "muted")
    step = f"{words.distance(grid, look.units, 0 if look.units == 'km' else 1)} {look.units}" if grid else "section"
    for n, (each, (value, section)) in enumerate(zip(both.contenders, ends, strict=True)):
        if value >= canvas.width:
            break
        left = KM if n == 0 else ends[n - 1][1] or ends[n - 1][0]
        canvas.right(value, y, cut(each.name, value - left - 1), contender(n), bold=n == 0)
        if section is not None:
            canvas.right(section, y, step, "muted")
    if not table:
        canvas.put(0, y + 1, cut("nothing to compare before the first mat of both", canvas.width), "faint")
    room = canvas.height - y - 1
    for i, row in enumerate(table[-room:]):
        canvas.right(KM - 1, y + 1 + i, words.mat(row.distance_m, row.name, look.units), "muted")
        for cell, (value, section) in zip(row.cells, ends, strict=True):
            if cell is not None and value < canvas.width:
                _put(canvas, y + 1 + i, cell, value, section, newest=row is table[-1])


def _ends(canvas: Canvas, count: int) -> list[tuple[int, int | None]]:
    """The last cells of each contender's gap (the runner's time) and section, the latter where there is room."""
    wide = KM + TIME + SECTION + (GAP + SECTION + AIR) * (count - 1) <= canvas.width
    found: list[tuple[int, int | None]] = []
    x = KM
    for n in range(count):
        x += TIME if n == 0 else GAP + (AIR if wide else 0)
        value = x - 1
        x += SECTION if wide else 0
        found.append((value, x - 1 if wide else None))
    return found


def _put(canvas: Canvas, y: int, cell: Cell, value: int, section: int | None, *, newest: bool) -> None:
    if cell.gap_s is None:
        canvas.right(value, y, words.clock(cell.mark.elapsed_s, cell.mark.resolution_s), "bright" if newest else "text")
    else:
        # Who is in front of the runner has them behind.
        ink = words.side_ink(-cell.gap_s, cell.resolution_s)
        canvas.right(value, y, words.gap(cell.gap_s, cell.resolution_s), ink, bold=newest)
    if section is not None and cell.section_s is not None:
        text = words.clock(cell.section_s, cell.resolution_s)
        canvas.right(section, y, text, "bright" if cell.fastest else "muted", bold=cell.fastest)
