"""A lone runner between two mats: the course in km from one to the next, and where they probably are."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.draw import words
from tracker.draw.cells import width
from tracker.draw.glyphs import glyphs
from tracker.draw.strip import Name, Strip, bracket, is_rule, names
from tracker.draw.waiting import moment

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Due, Position, Snapshot

LEFT, RIGHT = 9 / 113, 96 / 113
"""Where the two mats stand, as shares of the strip."""
TAIL = 1.2816
"""Standard deviations from the median to the ends of an 80 % interval."""
FAINTEST = 4
"""Hundredths of ink under which a cell of the blur stays blank."""


def draw(strip: Strip, snapshot: Snapshot, look: Look) -> None:
    """The mat behind with the moment it was passed, the way run, the runner, the mat to come with when it is due."""
    canvas, here, last = strip.canvas, snapshot.position, snapshot.last
    if here is None:
        return
    first_m = last.distance_m or 0.0 if last is not None else 0.0
    due = snapshot.due
    mat = due.checkpoint if due is not None else snapshot.course.after(first_m)
    end_m = mat.distance_m if mat is not None and mat.distance_m is not None else snapshot.course.distance_m
    if end_m is None or end_m <= first_m:
        return
    signs = glyphs(look.ascii)
    x0, x1 = round(LEFT * (canvas.width - 1)), round(RIGHT * (canvas.width - 1))

    def at(metres: float) -> int:
        return x0 + round((metres - first_m) / (end_m - first_m) * (x1 - x0))

    strip.column(x0, signs.event, "bright")
    strip.column(x1, signs.target, "muted")
    for x in range(x0 + 2, x1 - 1, 2):
        canvas.put(x, strip.middle, signs.dot, "faint")
    x = min(max(at(here.distance_m), x0 + 4), x1 - 2)
    if here.low_m is not None and here.high_m is not None and here.quality == "estimated":
        _blur(strip, x, max(x0 + 1, at(here.low_m)), min(x1 - 1, at(here.high_m)), signs.about)
    _runner(strip, x, here, snapshot.runner.initial)
    seen = f"seen {moment(snapshot, last.elapsed_s, last.resolution_s)}" if last is not None else "start"
    if canvas.is_free(x0 + 2, strip.top, width(seen)):
        canvas.put(x0 + 2, strip.top, seen, "bright", bold=True)
    if due is not None:
        for dy, text in enumerate(_expected(snapshot, due)):
            ink = "behind" if due.state == "overdue" else "muted"
            if dy < strip.rows and canvas.is_free(x1 + 2, strip.top + dy, width(text)):
                canvas.put(x1 + 2, strip.top + dy, text, ink)
    ends = (
        (x0, "start" if last is None else words.mat_with_unit(first_m, last.checkpoint.name, look.units), "bright"),
        (x1, words.mat_with_unit(end_m, mat.name if mat else "finish", look.units), "muted"),
    )
    if strip.ruled:
        row = [Name(x - (width(text) + 2) // 2, text, ink) for x, text, ink in ends]
        row += _ticks(strip, first_m, end_m, look, at)
        names(canvas, strip.names_row, sorted(row, key=lambda n: n.at))
    elif strip.bracket_row is not None:
        for x, text, ink in ends:
            canvas.put(max(0, x - width(text) // 2), strip.bracket_row, text, ink)


def _expected(snapshot: Snapshot, due: Due) -> tuple[str, ...]:
    """What stands at the mat to come: its word, and the window or the moment it is due."""
    if due.q10_s is None or due.q90_s is None or due.state == "overdue":
        return due.state or "due", f"≈ {moment(snapshot, due.eta_s)}"
    return due.state or "due", f"{moment(snapshot, due.q10_s)} –", moment(snapshot, due.q90_s)


def _blur(strip: Strip, x: int, low: int, high: int, ascii_sign: str) -> None:
    """The 80 % interval of the place as a blur that is densest at the median, with a bracket where there is a row."""
    canvas = strip.canvas
    if high <= low:
        return
    for cell in range(low - (x - low) // 2, high + (high - x) // 2 + 1):
        away = (x - cell) / max(1, x - low) if cell < x else (cell - x) / max(1, high - x)
        density = math.exp(-0.5 * (away * TAIL) ** 2)
        for dy in (0, -1, 1) if strip.rows >= 3 else (0,):
            shade = round(density * (60 if dy == 0 else 36))
            if shade < FAINTEST or not 0 <= cell < canvas.width:
                continue
            if canvas.ascii_only:
                if dy == 0 and low <= cell <= high:
                    canvas.put(cell, strip.middle, ascii_sign, "estimated")
            else:
                canvas.put(cell, strip.middle + dy, " ", "text", f"estimated/{shade}")
    if strip.ruled and strip.bracket_row is not None:
        bracket(canvas, low, high, strip.bracket_row, "80 %", "estimated")


def _runner(strip: Strip, x: int, here: Position, initial: str) -> None:
    """The chip, its initial in the runner's own cell; with ≈ unless a mat says so now."""
    if here.quality == "measured":
        strip.canvas.put(x - 1, strip.middle, f" {initial} ", "on_now", "now", bold=True)
        return
    strip.canvas.put(x - 3, strip.middle, f" ≈ {initial} ", "bg", "estimated", bold=True)


def _ticks(strip: Strip, first_m: float, end_m: float, look: Look, at: Callable[[float], int]) -> list[Name]:
    """Whole kilometres or miles between the mats: each one, else every second, fifth, tenth, … that has room."""
    unit = words.MILE_M if look.units == "mi" else 1000.0
    room, size = at(end_m) - at(first_m), len(str(int(end_m / unit))) + 3
    steps = (n * 10**power for power in range(6) for n in (1, 2, 5))
    step = next((n for n in steps if (end_m - first_m) / (unit * n) * size <= room), 0)
    if not step:
        return []
    out: list[Name] = []
    first, beyond = math.floor(first_m / unit) // step + 1, math.ceil(math.ceil(end_m / unit) / step)
    for k in range(first * step, beyond * step, step):
        x = at(k * unit)
        if is_rule(strip.canvas, x, strip.top - 1, 1):
            strip.canvas.put(x, strip.top - 1, glyphs(look.ascii).target_head, "rule")
        out.append(Name(x - (len(str(k)) + 2) // 2, str(k), "muted", keep=False))
    return out
