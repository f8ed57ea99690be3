"""The projected finish in the middle figure: median, 80 % band, the chance of the target, what it rests on.

Without a model it is the finish at even pace, and says so; at the finish it is the time itself.
"""

from __future__ import annotations

from tracker.draw import evenpace, figures, finish, projected, words
from tracker.draw.figures import LARGE, MIDDLE
from tracker.draw.finish import Choices
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look
from tracker.draw.parts import Word, first_fit, write
from tracker.draw.waiting import mat
from tracker.race.snapshot import Mark, Snapshot

NOTHING = "−:−−:−−"
PROJECTED = "PROJECTED FINISH"
LARGE_FROM, COLUMNS_FROM = 16, 46
"""Rows from which the figure is large, cells from which labels and values stand in columns."""
VALUES_X = 12
SIZED_FROM, NARROW = 6, 50
"""Rows from which there is a figure, cells under which the label is shorter where there is none."""


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """Label, figure, and as many rows of words as fit; in a few rows the figure is text."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    label, figure = _title(snapshot)
    inferred = label == PROJECTED
    if inferred and height < SIZED_FROM and width < NARROW:
        label = PROJECTED.split(maxsplit=1)[0]
    ink = "faint" if figure == NOTHING else "bright"
    end = canvas.label(0, 0, label, focused=look.focus == "projection")
    y, x = 1, 0
    if height < SIZED_FROM:
        x = end + 2
        canvas.put(x, 0, f"≈ {figure}" if inferred else figure, ink, bold=figure != NOTHING)
    else:
        if inferred:
            course = [Word(projected.course_of(snapshot.projection.basis), "muted")]
            write(canvas, end + 2, 0, first_fit(canvas, width - end - 3, course, []))
        y = _figure(canvas, figure, ink, look)
    aligned = height >= LARGE_FROM and width >= COLUMNS_FROM
    for i, lengths in enumerate(_rows(snapshot, look, height - y, VALUES_X if aligned else 0)[: height - y]):
        write(canvas, x, y + i, first_fit(canvas, width - x, *lengths))
    return canvas.lines()


def _figure(canvas: Canvas, figure: str, ink: str, look: Look) -> int:
    """Draw it in the size that fits; returns the row where words begin."""
    large = canvas.height >= LARGE_FROM
    size = LARGE if large and figures.measure(figure, LARGE) <= canvas.width else MIDDLE
    if figures.measure(figure, size) <= canvas.width:
        figures.draw(canvas, 0, 2, figure, ink, size, flash="projection" in look.flash and look.motion)
    else:
        canvas.put(0, 3, figure, ink, bold=True)
    return 3 + (LARGE if large else MIDDLE).rows


def _title(snapshot: Snapshot) -> tuple[str, str]:
    p = snapshot.projection
    if snapshot.phase == "finished" and p.finish_s is not None:
        return "FINISH", words.clock(p.finish_s, p.resolution_s)
    if snapshot.phase == "running" and p.median_s is not None:
        return PROJECTED, projected.figure(snapshot)
    if snapshot.phase == "out" or p.even_pace_s is None:
        return "EVEN PACE", NOTHING
    return "EVEN PACE", words.clock(p.even_pace_s)


def _rows(snapshot: Snapshot, look: Look, room: int, column: int) -> list[Choices]:
    """What stands under the figure; `column` is where values begin, 0 for running text."""
    if snapshot.phase == "empty":
        return []
    if snapshot.phase == "out":
        return _out(snapshot, look, column)
    if snapshot.phase == "finished" and snapshot.last is not None:
        return _finished(snapshot, snapshot.last, look, column)
    if not snapshot.course.known:
        return [([Word("no finish before the course is known", "muted")], [Word("the course is not known", "muted")])]
    if snapshot.projection.even_pace_s is None:
        return evenpace.before_a_mark(snapshot, look, column)
    if snapshot.projection.median_s is not None:
        return projected.rows(snapshot, look, room, column)
    return evenpace.running(snapshot, look, room, column)


def _finished(snapshot: Snapshot, last: Mark, look: Look, column: int) -> list[Choices]:
    p, plan = snapshot.projection, snapshot.plan
    rows: list[Choices] = []
    eligible = snapshot.race.record_eligible
    tail = "" if eligible is None else " · record-eligible" if eligible else " · not record-eligible"
    if plan is not None and last.gap_s is not None:
        by = words.gap_with_unit(last.gap_s, last.resolution_s).removeprefix("+")
        level = words.level(last.gap_s, last.resolution_s)
        said = "level with" if level else "under" if last.gap_s < 0 else "over"
        outcome = Word(f"{said} {finish.time_of(plan)}", "bright", True)
        over = Word(f" by {by}") if last.gap_s > 0 and not level else Word("")
        rows.append(([outcome, over, Word(tail, "muted")], [outcome, over], [outcome]))
    elif tail:
        rows.append(([Word(tail.removeprefix(" · "), "muted")],))
    if p.mean_pace_s_per_km is not None:
        rows.append(finish.row("mean", finish.pace(p.mean_pace_s_per_km, look), column=column))
    carried = [m for m in snapshot.marks if m.carries and m is not last]
    if last.section_s is not None and last.section_m and last.pace_s_per_km is not None:
        coarser = max([last.resolution_s, *(m.resolution_s for m in carried if m.section_s is not None)])
        places = words.pace_places(coarser, last.section_m)
        pace = words.pace(last.pace_s_per_km, look.units, places) + words.per_unit(look.units)
        value = f"{words.clock(last.section_s, coarser)} · {pace}"
        rows.append(finish.row(f"last {words.mat_with_unit(last.section_m, '', look.units)}", value, column=column))
    if carried and carried[-1].even_pace_s is not None:
        value, at = words.clock(carried[-1].even_pace_s), mat(carried[-1], look)
        spoken = tuple([Word(label, "muted"), Word(value)] for label in (f"even pace at {at} said ", f"at {at} even "))
        rows.append(finish.row(f"at {at}", value, " was the even pace", column=column) if column else spoken)
    return rows


def _out(snapshot: Snapshot, look: Look, column: int) -> list[Choices]:
    last = snapshot.last
    rows: list[Choices] = [([Word("no finish")],)]
    if last is not None and last.distance_m:
        mean = finish.pace(last.elapsed_s / last.distance_m * 1000, look)
        rows.append(finish.row("mean", mean, f" to {mat(last, look)}", column=column))
    return rows
