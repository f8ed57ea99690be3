"""Two to four runners compared: the gap to the nearest, everybody's finish, and the chance of each being ahead.

Rule: a colour stands for one contender in all of it, and their name stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import abreast, apart, gaplines, words
from tracker.draw.apart import Apart
from tracker.draw.cells import cut, width
from tracker.draw.ink import Canvas, Line
from tracker.draw.palettes import contender
from tracker.draw.parts import Word, Words, first_fit, write
from tracker.draw.strip import chip as runner_chip

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Contender, Snapshot, Together

TWO_COLUMNS = 70
TALL = 26
"""From this many rows on there is air between the blocks, and the chart."""
CHIP, NAME, LEAST_NAME = 4, 14, 8
MATRIX = 46
"""Cells of the table of chances, where the chart stands beside it."""
CLOCKS = {"gun": "gun times", "net": "each from their own start"}


def draw(snapshot: Snapshot, both: Together, width: int, height: int, look: Look) -> list[Line]:
    """The body between header and timeline."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    air = height >= TALL
    y = 2 if air else 1
    split = canvas.width >= TWO_COLUMNS
    x = _column(canvas) if split else 0
    below = _gap(canvas, snapshot, both, look, (y, x - 2 if split else canvas.width))
    top = 0 if split else below + 1
    _standing(canvas, snapshot, both, look, (x, top), step=2 if air and split else 1)
    top = max(below, top + 2 + len(both.contenders)) + 1
    mats = sum(mat.carries for mat in snapshot.course.checkpoints)
    chart = min(24, max(height - top - 4 - mats, min(14, height - top - 11))) if air else 0
    if chart >= 6:
        matrix = len(both.contenders) > 2 and any(each.p_first is not None for each in both.contenders)
        beside = x if matrix else 0
        if matrix:
            _chances(canvas, both, top, late=_is_late(snapshot))
        gaplines.draw(canvas, (beside, top), chart, snapshot, both, look)
        top += chart + 3
    abreast.draw(canvas, top, snapshot, both, look)
    return canvas.lines()


def _column(canvas: Canvas) -> int:
    """Where the right column begins."""
    return 45 + (canvas.width - 114) * 2 // 5 if canvas.width >= 114 else max(34, 38 + (canvas.width - 76) * 7 // 38)


def _nearest(both: Together) -> Contender | None:
    """Who is nearest to the runner at a mat of both."""
    known = [each for each in both.contenders[1:] if each.gap_s is not None]
    return min(known, key=lambda each: abs(each.gap_s or 0.0), default=None)


def _gap(canvas: Canvas, snapshot: Snapshot, both: Together, look: Look, place: tuple[int, int]) -> int:
    """The gap to the nearest in the large figure; the row after what is said of it."""
    y, room = place
    other = _nearest(both)
    if other is None or other.gap_s is None or other.at is None:
        canvas.label(0, 0, "COMPARED")
        return apart.draw(canvas, y, room, None, "mat")
    canvas.label(0, 0, cut(f"GAP TO {other.name.upper()}", room))
    mat = words.mat_with_unit(other.at.distance_m, other.at.name, look.units)
    below = apart.draw(canvas, y, room, Apart(-other.gap_s, other.resolution_s, mat), "mat")
    write(canvas, 0, below, first_fit(canvas, room, *_expected(snapshot, both, other), ()))
    return below + 1


def _expected(snapshot: Snapshot, both: Together, other: Contender) -> list[Words]:
    """What is to be expected of the two at the finish."""
    at = both.contenders.index(other)
    mine = both.contenders[0]
    chance = mine.p_ahead[at] if at < len(mine.p_ahead) else None
    if chance is None or (mine.done_s is not None and other.done_s is not None):
        return [()]
    late = _is_late(snapshot)
    said = f"{words.chance(chance, late=late)} ahead at the finish"
    return [
        (Word(said, "bright", bold=True), Word(", if both get there", "estimated")),
        (Word(said, "bright", bold=True),),
    ]


def _is_late(snapshot: Snapshot) -> bool:
    """Whether it is so late in the race that a chance may be said to be none, or certain."""
    return snapshot.position is not None and snapshot.position.distance_m >= words.SURE_FROM_M


def _standing(
    canvas: Canvas, snapshot: Snapshot, both: Together, look: Look, place: tuple[int, int], step: int
) -> None:
    """A row for each: who, where, the gap to the runner, the finish, the chance to be first."""
    x, y = place
    room = canvas.width - x
    columns = _columns(room, snapshot)
    name = min(NAME, room - CHIP - sum(size for _, size in columns))
    clock = CLOCKS[both.clock]
    elapsed = "" if snapshot.elapsed_s is None else f" AT {words.running_clock(snapshot.elapsed_s)}"
    end = canvas.label(x, y, f"TOGETHER{elapsed}" if x else "TOGETHER")
    if end + 3 + width(clock) <= canvas.width:
        canvas.put(end + 3, y, clock, "faint")
    at = x + CHIP + name
    for title, size in columns:
        at += size
        canvas.right(at - 1, y + step, title, "muted")
    for n, each in enumerate(both.contenders):
        row = y + step + 1 + n
        initial = "G" if each.ghost else each.runner.initial
        fill = ("on_now", "now") if n == 0 else ("bg", contender(n))
        runner_chip(canvas, x + 1, row, initial, *fill)
        canvas.put(x + CHIP, row, cut(each.name, name - 1), contender(n), bold=n == 0)
        cells = _cells(snapshot, each, look, first=n == 0)
        at = x + CHIP + name
        for title, size in columns:
            at += size
            text, colour, bold = cells[title]
            canvas.right(at - 1, row, cut(text, size - 1), colour, bold=bold)


PLACE, GAP, FINISH, BAND, FIRST = "where", "gap", "finish", "80 %", "first"
_SIZES = {PLACE: 11, GAP: 8, FINISH: 10, BAND: 20, FIRST: 7}


def _columns(room: int, snapshot: Snapshot) -> list[tuple[str, int]]:
    """The columns that fit, in their order; the least important goes first."""
    chosen = [PLACE, GAP, FINISH, BAND, FIRST]
    if snapshot.together is not None and all(each.p_first is None for each in snapshot.together.contenders):
        chosen.remove(FIRST)
    for name in (PLACE, BAND, FIRST):
        if CHIP + LEAST_NAME + sum(_SIZES[each] for each in chosen) > room and name in chosen:
            chosen.remove(name)
    return [(name, _SIZES[name]) for name in chosen]


def _cells(snapshot: Snapshot, each: Contender, look: Look, *, first: bool) -> dict[str, Word]:
    """What the columns say of a contender."""
    nothing = Word("", "faint")
    cells = dict.fromkeys(_SIZES, nothing)
    if each.place_m is not None and each.phase == "running":
        cells[PLACE] = Word(f"{look.units} ≈ {words.distance_cut(each.place_m, look.units)}", "estimated")
    if each.gap_s is not None and not first:
        ink = words.side_ink(-each.gap_s, each.resolution_s)
        cells[GAP] = Word(words.gap(each.gap_s, each.resolution_s), ink, bold=True)
    cells[FINISH] = _finish(each)
    if each.low_s is not None and each.high_s is not None:
        cells[BAND] = Word(f"{words.clock(each.low_s)} – {words.clock(each.high_s)}", "estimated")
    if each.p_first is not None:
        cells[FIRST] = Word(words.chance(each.p_first, late=_is_late(snapshot)), "bright", bold=True)
    return cells


def _finish(each: Contender) -> Word:
    if each.done_s is not None and (each.phase == "finished" or each.ghost):
        return Word(words.clock(each.done_s, each.marks[-1].resolution_s if each.marks else 1.0), "bright")
    if each.phase == "out":
        return Word("out", "behind")
    if each.overdue:
        return Word("overdue", "behind")
    return Word("" if each.median_s is None else f"≈ {words.clock(each.median_s)}", "estimated")


def _chances(canvas: Canvas, both: Together, top: int, *, late: bool) -> None:
    """Everybody's chance to be ahead of everybody."""
    canvas.label(0, top, "CHANCE OF BEING AHEAD OF")
    size = 8
    names = [each.name for each in both.contenders]
    left = MATRIX - 4 - size * len(names)
    for n, name in enumerate(names):
        canvas.right(left + size * (n + 1) - 1, top + 1, cut(name, size - 1),
                     contender(n))  # fmt: skip
    for i, each in enumerate(both.contenders):
        canvas.put(0, top + 2 + i, cut(each.name, left - 1), contender(i), bold=i == 0)
        for j, chance in enumerate(each.p_ahead or (None,) * len(names)):
            text = "–" if chance is None else words.chance(chance, late=late)
            canvas.right(left + size * (j + 1) - 1, top + 2 + i, text, "faint" if chance is None else "text")
    canvas.put(0, top + 3 + len(names), cut("the day they share is taken out;", MATRIX - 2), "faint")
    canvas.put(0, top + 4 + len(names), cut("each holds if both finish", MATRIX - 2), "faint")
