"""A runner beside a ghost, both at the same elapsed time: the gap, where both are, how it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import apart, gapchart, pieces, roadwords, together, versus, words
from tracker.draw.apart import Apart
from tracker.draw.cells import cut, width
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.parts import Word, Words, first_fit, write
from tracker.draw.strip import Strip, bracket
from tracker.draw.strip import chip as runner_chip

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Ghost, Mark, Snapshot

TWO_COLUMNS = 70
WIDE = 100
TALL = 26
"""From this many rows on there is air between the blocks, and the chart."""
LEAST_ROWS = 3
"""Rows the table keeps: its heads and two marks."""
TIGHT_M = 60.0
"""Two runners nearer than this are drawn on a strip of this length."""


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """The body between header and timeline."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    if width < 1 or height < 1:
        return canvas.lines()
    if snapshot.together is not None:
        return together.draw(snapshot, snapshot.together, width, height, look)
    ghost = snapshot.ghost
    if ghost is None:
        canvas.label(0, 0, "GAP TO THE GHOST")
        canvas.put(0, min(2, height - 1), cut("no ghost yet: r chooses a recorded race", width), "muted")
        return canvas.lines()
    air = height >= TALL
    _gap(canvas, snapshot, ghost, look, air=air)
    top = 11 if air else 9
    if width >= TWO_COLUMNS:
        _both(canvas, snapshot, ghost, look, air=air)
    elif height > top:
        _side_by_side(canvas, snapshot, ghost, look, 0, top, width)
        top += 2
    below = _set_to(snapshot, ghost, look)
    table = versus.pairs(snapshot, ghost)
    # Title, kilometres, a blank row, the heads and five rows of the table stay below the chart.
    chart = min(16, height - top - 1 - 9) if air else 0
    if chart >= 6:
        gapchart.draw(canvas, top + 1, chart, snapshot, ghost, look)
        top += chart + 3
    if height - top - 1 >= 2:
        below = below[: max(0, height - top - 1 - LEAST_ROWS)]
        versus.draw(canvas, top + 1, table, snapshot, ghost, look, len(below))
        # Below the rows of all mats there may be, so that it stays where it is while the table grows.
        y = min(height - len(below), top + 3 + sum(mat.carries for mat in snapshot.course.checkpoints))
        for i, (name, choices) in enumerate(below, y):
            at = canvas.label(0, i, name) + 2
            write(canvas, at, i, first_fit(canvas, width - at, *choices))
    return canvas.lines()


def _set_to(snapshot: Snapshot, ghost: Ghost, look: Look) -> list[tuple[str, list[Words]]]:
    """What each paced run was set to, under its name."""
    mine, his = versus.short_titles(snapshot, ghost)
    found = [(mine, snapshot.schedule), (his, ghost.schedule)]
    rows = [(name, schedule) for name, schedule in found if schedule is not None]
    stride_m = snapshot.course.stride_m
    return [
        (
            f"{cut(name, 13)} SET TO".upper() if ghost.schedule else "PACE SET TO",
            pieces.told(schedule, stride_m, look.units),
        )
        for name, schedule in rows
    ]


def _gap(canvas: Canvas, snapshot: Snapshot, ghost: Ghost, look: Look, *, air: bool) -> None:
    """The gap at the last mat of both in the large figure, and what follows from it."""
    room = canvas.width if canvas.width < TWO_COLUMNS else _column(canvas) - 2
    at = canvas.label(0, 0, "GAP TO THE GHOST") + 2
    if at + 8 <= room:
        canvas.put(at, 0, cut(ghost.race.title, room - at), "text")
    gap = None
    if ghost.gap_s is not None and ghost.both is not None:
        mat = words.mat_with_unit(ghost.both.distance_m, ghost.both.checkpoint.name, look.units)
        gap = Apart(ghost.gap_s, ghost.resolution_s, mat)
    below = apart.draw(canvas, 2 if air else 1, room, gap, "mark")
    _more(canvas, snapshot, ghost, look, below, room)


def _more(canvas: Canvas, snapshot: Snapshot, ghost: Ghost, look: Look, y: int, room: int) -> None:
    """The bound at a mat that only one has passed, and the metres now."""
    rows: list[tuple[Words, ...]] = []
    if ghost.waiting is not None and ghost.at_least_s is not None and ghost.at_least_s >= 1:
        mat = words.mat_with_unit(ghost.waiting.distance_m, ghost.waiting.name, look.units)
        least = words.clock(int(ghost.at_least_s))
        rows.append(((Word(f"{mat}: at least {least}, ghost not there yet"),), (Word(f"{mat}: at least {least}"),)))
    elif (ahead := _gone_by(snapshot, ghost)) is not None and snapshot.elapsed_s is not None:
        mat = words.mat_with_unit(ahead.distance_m, ahead.checkpoint.name, look.units)
        ago = words.ago(snapshot.elapsed_s - ahead.elapsed_s)
        rows.append(((Word(f"{mat}: the ghost passed {ago}"),), (Word(f"{mat}: ghost {ago}"),)))
    if ghost.metres is not None and snapshot.phase in ("running", "finished"):
        size = words.metres(ghost.metres, ghost.resolution_s, look.units)
        side = "in front of" if ghost.metres < 0 else "behind"
        rows.append(((Word(f"now ≈ {size} {side} the ghost", "estimated"),), (Word(f"≈ {size} {side}", "estimated"),)))
    for i, choices in enumerate(rows):
        write(canvas, 0, y + i, first_fit(canvas, room, *choices, ()))


def _gone_by(snapshot: Snapshot, ghost: Ghost) -> Mark | None:
    """The mat that the ghost has passed and the runner has not."""
    if snapshot.phase != "running" or not ghost.passed:
        return None
    mark, last = ghost.passed[-1], snapshot.last
    reached = last.distance_m if last is not None and last.distance_m is not None else 0.0
    return mark if mark.distance_m is not None and mark.distance_m > reached + 1 else None


def _column(canvas: Canvas) -> int:
    """Where the right column begins."""
    return 45 + (canvas.width - 114) * 2 // 5 if canvas.width >= 114 else max(36, 42 + (canvas.width - 76) * 3 // 38)


def _both(canvas: Canvas, snapshot: Snapshot, ghost: Ghost, look: Look, *, air: bool) -> None:
    """Both runners with their places, and a strip with the metres between them."""
    x = _column(canvas)
    elapsed = "" if snapshot.elapsed_s is None else f" AT {words.running_clock(snapshot.elapsed_s)}"
    canvas.label(x, 0, f"BOTH{elapsed}")
    y = 2 if air else 1
    _side_by_side(canvas, snapshot, ghost, look, x, y, canvas.width - x, step=2 if air else 1)
    y += 4 if air else 2
    drawn = _strip(canvas, snapshot, ghost, look, x, y)
    if drawn and y + 4 < canvas.height and canvas.width >= WIDE:
        canvas.put(x, y + 4, "placed between the marks of each recording, to scale", "faint")


def _side_by_side(canvas: Canvas, snapshot: Snapshot, ghost: Ghost, look: Look, x: int, y: int, room: int,
                  step: int = 1) -> None:  # fmt: skip
    """A row for each: who, where, the last mark or the next one."""
    mine, his = versus.titles(snapshot, ghost)
    last = snapshot.last
    here = roadwords.place(snapshot, look.units) if snapshot.phase != "finished" else (Word("finish"),)
    passed: Words = ()
    if last is not None and snapshot.elapsed_s is not None:
        mat = words.mat_with_unit(last.distance_m, last.checkpoint.name, look.units)
        passed = (Word(f"passed {mat} {words.ago(snapshot.elapsed_s - last.elapsed_s)}"),)
        if snapshot.phase == "finished":
            passed = (Word(f"in {words.clock(last.elapsed_s, last.resolution_s)}"),)
    there: Words = ()
    if ghost.position_m is not None:
        there = (Word(f"{look.units} ≈ {words.distance_cut(ghost.position_m, look.units)}", "estimated"),)
    runner_chip(canvas, x + 1, y, snapshot.runner.initial)
    runner_chip(canvas, x + 1, y + step, "G", "bg", "muted")
    for row, name, bright, place, more in (
        (y, mine, True, here, passed),
        (y + step, his, False, there, _coming(snapshot, ghost, look)),
    ):
        canvas.put(x + 5, row, cut(name, 14 if room >= 45 else room - 18), "bright" if bright else "text", bold=bright)
        at = x + (21 if room >= 45 else room - 11)
        write(canvas, at, row, place)
        if room >= 56:
            write(canvas, x + 34, row, first_fit(canvas, room - 34, more, ()))


def _coming(snapshot: Snapshot, ghost: Ghost, look: Look) -> Words:
    """The ghost's next mark, hollow; its last one where none is to come."""
    if ghost.to_come and snapshot.elapsed_s is not None:
        mark = ghost.to_come[0]
        mat = words.mat_with_unit(mark.distance_m, mark.checkpoint.name, look.units)
        wait = words.clock(mark.elapsed_s - snapshot.elapsed_s)
        return (Word(f"{glyphs(look.ascii).hollow} passes {mat} in {wait}", "estimated"),)
    if ghost.passed:
        mark = ghost.passed[-1]
        mat = words.mat_with_unit(mark.distance_m, mark.checkpoint.name, look.units)
        return (Word(f"{mat} in {words.clock(mark.elapsed_s, mark.resolution_s)}", "muted"),)
    return ()


def _strip(canvas: Canvas, snapshot: Snapshot, ghost: Ghost, look: Look, x: int, y: int) -> bool:
    """Mats, both chips and a bracket: three rows from y on. False where a place is not known."""
    here, cells = snapshot.position, canvas.width - x
    if here is None or ghost.position_m is None or ghost.metres is None or y + 2 >= canvas.height:
        return False
    first, last = sorted((here.distance_m, ghost.position_m))
    span = max(TIGHT_M, last - first)
    middle = (first + last) / 2
    low, high = middle - span * (0.5 + 10 / 48), middle + span * (0.5 + 10 / 48)
    inner = Canvas(cells, 3, ascii_only=look.ascii)
    signs, strip = glyphs(look.ascii), Strip(inner, 0, 3, False, low, high)
    inner.put(0, 1, signs.rule * cells, "rule")
    for mat in snapshot.course.checkpoints:
        if mat.distance_m is None or not low < mat.distance_m < high or mat.name.lower() == "half":
            continue
        at, text = strip.at(mat.distance_m), words.mat_with_unit(mat.distance_m, mat.name, look.units)
        inner.put(at, 1, signs.mat, "bright", bold=True)
        start = min(max(0, at - width(text) // 2), cells - width(text))
        if inner.is_free(max(0, start - 1), 0, width(text) + 1):
            inner.put(start, 0, text, "muted")
    me, him = strip.at(here.distance_m), strip.at(ghost.position_m)
    if abs(me - him) < 4:
        him = me - 4 if ghost.metres <= 0 else me + 4
    runner_chip(inner, him, 1, "G", "bg", "muted")
    runner_chip(inner, me, 1, snapshot.runner.initial)
    size = words.metres(ghost.metres, ghost.resolution_s, look.units)
    text = f"≈ {size} {'ahead' if ghost.metres < 0 else 'behind'}"
    if not bracket(inner, min(me, him), max(me, him), 2, text, "estimated"):
        start = max(me, him) + 2
        start = start if start + width(text) <= cells else min(me, him) - 1 - width(text)
        inner.put(start, 2, text, "estimated")
    canvas.blit(x, y, inner.lines())
    return True
