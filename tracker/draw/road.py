"""The road: a strip in metres round the runner, to scale; who runs with them, where the line is, what comes next."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tracker.draw import between, men, roadwords, target, teams, words
from tracker.draw.cells import cut, width
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.parts import Words, measure, write
from tracker.draw.rivals import Neighbour, formation, neighbours
from tracker.draw.strip import CAR_WIDTH, Name, Strip, bracket, car, chip, is_rule, names, rule

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Snapshot

LEVEL_M = 0.5
"""Men nearer than this to each other are level."""
BEHIND_M, AHEAD_M = -50.0, 30.0
"""The usual window: it changes only when something would leave it."""


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """Title and strip: from 10 rows a strip of 7, from 8 of 5, from 7 of 3, all with rules; under that without."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    if width < 1 or height < 1:
        return canvas.lines()
    rows, ruled = next(((r, True) for least, r in ((10, 7), (8, 5), (7, 3)) if height >= least), (3, False))
    if height < 4:
        rows = 1
    basis = roadwords.basis(snapshot)
    roadwords.title(canvas, snapshot, look, with_place=not (basis and ruled))
    if height < 2 or snapshot.phase == "empty":
        return canvas.lines()
    strip = Strip(canvas, 2 if ruled else 1, rows, ruled, *window(snapshot))
    if ruled:
        rule(canvas, strip.top - 1)
        rule(canvas, strip.names_row)
    if ruled and basis:
        here = roadwords.place(snapshot, look.units)
        write(canvas, 10, 1, [word._replace(text=f" {word.text}{basis} ") for word in here])
    if _lone(snapshot):
        between.draw(strip, snapshot, look)
    elif snapshot.course.known:
        _scene(strip, snapshot, look)
    _notes(strip, roadwords.unknown(snapshot, look.units))
    used = (strip.names_row if ruled else strip.bottom) + 2
    if snapshot.rotation is not None and height - used >= teams.LEAST_ROWS:
        canvas.blit(0, used, teams.draw(snapshot.rotation, width, height - used, look))
    return canvas.lines()


def _lone(snapshot: Snapshot) -> bool:
    """Whether there is nothing to measure against but the mats."""
    return (
        snapshot.phase == "running"
        and snapshot.course.known
        and snapshot.position is not None
        and line_m(snapshot) is None
        and formation(snapshot) is None
        and not neighbours(snapshot)
    )


def line_m(snapshot: Snapshot) -> float | None:
    """Metres from the runner to the line, negative when it is behind; none where its place is not known."""
    gap = snapshot.gap
    return gap.metres if gap is not None and snapshot.phase in ("running", "finished") else None


def finish_m(snapshot: Snapshot) -> float | None:
    """Metres to the finish line, once it is so near that it is drawn."""
    if snapshot.course.distance_m is None or snapshot.position is None or snapshot.phase == "before":
        return None
    metres = snapshot.course.distance_m - snapshot.position.distance_m
    return metres if metres <= AHEAD_M - 8 else None


def window(snapshot: Snapshot) -> tuple[float, float]:
    """Metres behind and before the runner that the strip shows: steps of 10, so that it does not crawl."""
    low, high = BEHIND_M, AHEAD_M
    if snapshot.phase != "before" and formation(snapshot) is None:
        high = 20.0
    line = line_m(snapshot)
    if line is not None and abs(line) <= target.FAR_M:
        if line > AHEAD_M - 8:
            low, high = -10.0, max(70.0, math.ceil((line + 8) / 10) * 10)
        elif line < BEHIND_M + 5:
            low = math.floor((line - 5) / 10) * 10
    finish = finish_m(snapshot)
    for metres in [n.metres for n in neighbours(snapshot)] + ([] if finish is None else [finish]):
        low = min(low, math.floor((metres - 5) / 10) * 10)
        high = max(high, math.ceil((metres + 8) / 10) * 10)
    return low, high


def _scene(strip: Strip, snapshot: Snapshot, look: Look) -> None:
    """Everything on the strip, from the back to the front, and the names under it."""
    here, line, finish = strip.at(0), line_m(snapshot), finish_m(snapshot)
    leg = formation(snapshot)
    before_him = line is not None and line > 0
    row: list[Name] = []
    name = cut(snapshot.runner.surname, 20)
    at = here - (width(name) + 2) // 2
    if finish is not None:
        x = max(strip.at(finish), here + 2)
        strip.column(x, glyphs(look.ascii).laser, "bright")
        row.append(Name(x + 1, "finish", "bright", keep=False))
        at = min(at, x - width(name) - 2)
    row.append(Name(at, name, "now_ink", bold=True))
    if leg is not None:
        _vehicles(strip, snapshot, look, row, short=before_him)
    if line is not None and snapshot.gap is not None:
        row.append(target.draw(strip, snapshot.gap, line, look.units, due=snapshot.due))
    if leg is not None:
        # The bracket on the last row must not run through the men before him.
        men.draw(strip, leg, flat=strip.rows < 5 or (strip.rows < 7 and before_him))
    row += _around(strip, [_neighbour(strip, each, look) for each in neighbours(snapshot)], at, width(name) + 2)
    chip(
        strip.canvas, here, strip.middle, snapshot.runner.initial, *(("bg", "muted") if snapshot.phase == "out" else ())
    )
    if strip.ruled:
        names(strip.canvas, strip.names_row, sorted(row, key=lambda n: n.at + width(n.text) / 2))
        if leg is not None:
            _legend(strip, men.legend(leg, ascii_only=look.ascii))
    else:
        _inline(strip, snapshot, look, row)


def _vehicles(strip: Strip, snapshot: Snapshot, look: Look, row: list[Name], *, short: bool) -> None:
    """The laser and the car before the formation; `short` leaves the bracket's row free."""
    rotation, canvas, here = snapshot.rotation, strip.canvas, strip.at(0)
    assert rotation is not None and rotation.current is not None
    front = men.front(strip, rotation.current)
    if rotation.laser_ahead_m is not None:
        front = max(strip.at(men.FRONT_M + rotation.laser_ahead_m), front + 1)
        rows = strip.rows - 1 if short and strip.bracket_row == strip.bottom - 1 else strip.rows
        strip.column(front, glyphs(look.ascii).laser, "laser", rows=rows)
        sure = rotation.laser_quality in ("official", "reported", "witnessed")
        text = "laser" if sure else f"laser (place {rotation.laser_quality or 'derived'})"
        row.append(Name(max(front - width(text), min(here + 7, front - 1)), text, "laser", keep=False))
    if rotation.car_ahead_m is None or strip.rows < 3:
        return
    at = min(strip.at(men.FRONT_M + rotation.car_ahead_m), canvas.width - CAR_WIDTH)
    if at < front + 2:
        return
    car(canvas, at, strip.middle)
    row.append(Name(at, "car", "muted", keep=False))
    text = words.metres(rotation.car_ahead_m, 0.0, look.units)
    if at - front - 5 >= width(text) + 2:
        bracket(canvas, front + 2, at - 2, strip.middle, text, "muted")
    elif at - front - 3 >= width(text):
        canvas.centre(front + 1, strip.middle, at - front - 1, text, "muted")


def _neighbour(strip: Strip, who: Neighbour, look: Look) -> tuple[Name, float]:
    """A rival's chip on the first free row near the runner's; its name, and the metres."""
    x, size = min(max(1, strip.at(who.metres)), strip.canvas.width - 2), len(who.letters) + 2
    taken_by_runner = abs(x - strip.at(0)) < 4
    steps: tuple[int, ...] = (-1, 1, 0) if taken_by_runner else (0, -1, 1)
    if strip.rows < 3:
        steps = (0,)
    y = next((strip.middle + s for s in steps if strip.canvas.is_free(x - 1, strip.middle + s, size)), None)
    if y is not None:
        chip(strip.canvas, x, y, who.letters, "bg", "muted")
    apart = f"{words.metres(who.metres, 0.0, look.units)} {'behind' if who.metres < 0 else 'ahead'}"
    name = f"{cut(who.name, 16)} ≈ {'level' if abs(who.metres) < LEVEL_M else apart}"
    return Name(x - (width(name) + 2) // 2, name, "text", keep=False), who.metres


def _around(strip: Strip, others: list[tuple[Name, float]], at: int, size: int) -> list[Name]:
    """Names of the men beside the runner, the nearest first: behind him to the left of his name, others to the right.

    Who is level takes what is left of either side. Who has no room on his side stands on the other; who has none
    there either is left out.
    """
    first, last = at - 1, at + size + 1
    out: list[Name] = []
    for name, metres in sorted(others, key=lambda each: abs(each[1]) < LEVEL_M):
        cells = width(name.text) + 2
        left, right = min(name.at, first - cells), max(name.at, last)
        fits = [left >= 0, right + cells <= strip.canvas.width]
        if not any(fits):
            continue
        if (metres < 0 and fits[0]) or not fits[1]:
            out.append(name._replace(at=left))
            first = left - 1
        else:
            out.append(name._replace(at=right))
            last = right + cells + 1
    return out


def _legend(strip: Strip, choices: tuple[Words, ...]) -> None:
    """What the signs mean, in the upper rule, where the line's head leaves room."""
    canvas, y = strip.canvas, strip.top - 1
    for words_ in choices:
        size = measure(canvas, words_) + 2
        for x in (canvas.width - 2 - size, *range(canvas.width - 3 - size, 1, -1)):
            if is_rule(canvas, x, y, size):
                canvas.put(x, y, " " * size)
                write(canvas, x + 1, y, words_)
                return


def _inline(strip: Strip, snapshot: Snapshot, look: Look, row: list[Name]) -> None:
    """Names on a strip without rules: beside what they name, wherever cells are free."""
    canvas = strip.canvas
    line = line_m(snapshot)
    if line is not None and snapshot.gap is not None:
        text = cut(snapshot.gap.plan.name, 20)
        at, size = target.cell(strip, line), width(text)
        sides = (at + 2, at - 1 - size) if line < 0 else (at - 1 - size, at + 2)
        x = next((x for x in sides if canvas.is_free(x - 1, strip.top, size + 2) or _edge(strip, x, size)), None)
        if x is not None:
            canvas.put(x, strip.top, text, "bright", bold=True)
    for name in row:
        if name.ink == "laser":
            _laser_key(strip, name.text, look)


def _edge(strip: Strip, x: int, size: int) -> bool:
    """Whether a word fits that ends or begins at the edge of the strip."""
    return x in (0, strip.canvas.width - size) and strip.canvas.is_free(x, strip.top, size)


def _laser_key(strip: Strip, text: str, look: Look) -> None:
    """What the green line is: under it, or with its sign right of the car."""
    canvas, size = strip.canvas, width(text)
    laser = next((x for x in range(canvas.width) if canvas.ink(x, strip.top).fg == "laser"), None)
    if laser is None:
        return
    x = min(laser, canvas.width - size)
    if strip.bracket_row is not None and canvas.is_free(x - 1, strip.bracket_row, size + 1):
        canvas.put(x, strip.bracket_row, text, "laser")
        return
    key = f"{glyphs(look.ascii).laser} {text}"
    for x in range(laser + 1, canvas.width - width(key)):
        if all(canvas.is_free(x - 3, strip.top + dy, width(key) + 5) for dy in range(strip.rows)):
            canvas.put(x, strip.middle, key, "laser")
            return


def _notes(strip: Strip, rows: list[tuple[str, str, str]]) -> None:
    """Sentences at the left of the strip, the short wording where the long one does not fit."""
    canvas = strip.canvas
    for i, (long, short, ink) in enumerate(rows):
        y = strip.middle - len(rows) + 1 + i if strip.rows > 1 else strip.top
        for text in (long, short):
            if text and canvas.is_free(2, y, width(canvas.said(text)) + 2):
                canvas.put(2, y, text, ink)
                break
