"""The finish at even pace in the middle figure, and what it rests on; at the finish, the time itself."""

from __future__ import annotations

from tracker.draw import figures, words
from tracker.draw.figures import LARGE, MIDDLE
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look
from tracker.draw.parts import Word, Words, first_fit, his, write
from tracker.draw.waiting import mat
from tracker.race.plan import Plan
from tracker.race.snapshot import Mark, Snapshot

NOTHING = "−:−−:−−"
LARGE_FROM, COLUMNS_FROM = 16, 46
"""Rows from which the figure is large, cells from which labels and values stand in columns."""
VALUES_X = 12

Choices = tuple[Words, ...]
"""A row of words in several lengths, the longest first."""


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """Label, figure, and as many rows of words as fit; in a few rows the figure is text."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    label, figure = _title(snapshot)
    ink = "faint" if figure == NOTHING else "bright"
    end = canvas.label(0, 0, label, focused=look.focus == "projection")
    y, x = 1, 0
    if height < 6:
        x = end + 2
        canvas.put(x, 0, figure, ink, bold=figure != NOTHING)
    else:
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
        return _before_a_mark(snapshot, look, column)
    return _running(snapshot, look, room, column)


def _row(label: str, value: str, *tails: str, column: int = 0) -> Choices:
    """A muted label, its value, and what follows in several lengths, the last of them nothing."""
    head = [Word(label.ljust(column - 1) + " ", "muted"), Word(value, "text")]
    return tuple([*head, Word(tail, "muted")] for tail in (*tails, ""))


def _pace(seconds_per_km: float, look: Look) -> str:
    return words.pace(seconds_per_km, look.units) + words.per_unit(look.units)


def _asked(plan: Plan, look: Look) -> str:
    return _pace(plan.finish_s / plan.distance_m * 1000, look)


def _finish(plan: Plan) -> str:
    """A target's finish time, tenths where it has them."""
    whole = abs(plan.finish_s - round(plan.finish_s)) < 0.05
    return words.clock(plan.finish_s, 1.0 if whole else 0.1)


def _target(plan: Plan | None, look: Look, column: int) -> Choices:
    if plan is None:
        return ([Word("no target", "muted")],)
    return _row("target", f"{_finish(plan)} · {_asked(plan, look)}", column=column)


def _before_a_mark(snapshot: Snapshot, look: Look, column: int) -> list[Choices]:
    first = snapshot.due.checkpoint if snapshot.due else snapshot.course.after(0.0)
    begins = words.mat_with_unit(first.distance_m, first.name, look.units) if first else "the first mark"
    rows: list[Choices] = [([Word(f"begins at {begins}")],), _target(snapshot.plan, look, column)]
    if snapshot.phase != "before":
        return [*rows, ([Word("no pace before a mark", "muted")],)]
    laser = next((p for p in snapshot.plans if p.kind == "laser" and p.from_m == 0), None)
    if laser is not None:
        pace = words.set_pace(laser.finish_s / laser.distance_m * 1000, look.units) + words.per_unit(look.units)
        rows.append(_row("laser", pace, " as announced", column=column))
    bests = [b for b in snapshot.runner.bests if b[0] == snapshot.course.distance_m]
    if bests:
        _, time, where = min(bests, key=lambda b: b[1])
        said = words.clock(time)
        rows.append(_row(f"{his(snapshot.runner)} best", said, *([f", {where}"] if where else []), column=column))
    return rows


def _running(snapshot: Snapshot, look: Look, room: int, column: int) -> list[Choices]:
    p, plan = snapshot.projection, snapshot.plan
    if snapshot.due is not None and snapshot.due.state == "overdue":
        return _overdue(snapshot, look, room, column)
    rows: list[Choices] = []
    if plan is not None and p.goal_gap_s is not None and snapshot.gap is not None:
        gap = snapshot.gap
        same = words.clock(p.goal_gap_s, gap.resolution_s)
        now = words.gap_with_unit(gap.seconds, gap.resolution_s)
        rows.append(_row("same gap", same, f", if {now} stays as it is", f", if {now} stays", column=column))
    if plan is not None and room >= 6:
        rows.append(_target(plan, look, column))
    rows.append(_mean(snapshot, look, column, with_target=plan is not None and room < 6))
    last, need = _last(snapshot, look), _needed(snapshot, look)
    if 1 < room <= 3 and last and need:
        short = words.pace(p.last_pace_s_per_km or 0.0, look.units, _places(snapshot))
        both = [Word(f"{last[0]} ", "muted"), Word(short), Word(" · at most ", "muted"), Word(need)]
        return [*rows[: room - 1], (both, *_row("at most", need, " from here"))]
    if last:
        rows.append(_row(*last, column=column))
    if plan is None:
        rows.append(([Word("no target" if snapshot.rotation else "no target, no pacers", "muted")],))
    elif need:
        rows.append(_row("at most", need, f" from here for {_finish(plan)}", " from here", column=column))
    elif p.needed_pace_s_per_km is not None:
        rows.append(([Word(f"{_finish(plan)} is out of reach", "muted")],))
    return rows


def _overdue(snapshot: Snapshot, look: Look, room: int, column: int) -> list[Choices]:
    """The mat should have been passed: only what the last mark said stands, each row with that mark's name."""
    p, plan, last = snapshot.projection, snapshot.plan, snapshot.last
    at = mat(last, look) if last is not None else "the last mark"
    rows = [_row("even pace", f"at {at}", column=column), _mean(snapshot, look, column, with_target=False)]
    stretch = _last(snapshot, look)
    if stretch:
        rows.append(_row(*stretch, f" to {at}", column=column))
    if plan is None:
        rows.append(([Word("no target" if snapshot.rotation else "no target, no pacers", "muted")],))
    elif p.needed_pace_s_per_km is not None and p.needed_pace_s_per_km <= 0:
        rows.append(([Word(f"{_finish(plan)} is out of reach", "muted")],))
    elif room > len(rows):
        rows.append(_target(plan, look, column))
    return rows


def _mean(snapshot: Snapshot, look: Look, column: int, *, with_target: bool) -> Choices:
    p, last = snapshot.projection, snapshot.last
    if p.mean_pace_s_per_km is None:
        return ([],)
    mean = _pace(p.mean_pace_s_per_km, look)
    to = f" to {mat(last, look)}" if last is not None else ""
    if with_target and snapshot.plan is not None:
        asked = f"{snapshot.plan.name} asks {_asked(snapshot.plan, look)}"
        return _row("mean", mean, f" · {asked}", f" · asked {_asked(snapshot.plan, look)}", column=column)
    return _row("mean", mean, to, column=column)


def _places(snapshot: Snapshot) -> int:
    return words.pace_places(snapshot.projection.resolution_s, snapshot.projection.last_m or 0.0)


def _last(snapshot: Snapshot, look: Look) -> tuple[str, str] | None:
    """`last 5 km`, `2:50.4/km`."""
    p = snapshot.projection
    if p.last_pace_s_per_km is None or not p.last_m:
        return None
    pace = words.pace(p.last_pace_s_per_km, look.units, _places(snapshot)) + words.per_unit(look.units)
    return f"last {words.mat_with_unit(p.last_m, '', look.units)}", pace


def _needed(snapshot: Snapshot, look: Look) -> str:
    need = snapshot.projection.needed_pace_s_per_km
    return "" if need is None or need <= 0 else words.pace_cut(need, look.units) + words.per_unit(look.units)


def _finished(snapshot: Snapshot, last: Mark, look: Look, column: int) -> list[Choices]:
    p, plan = snapshot.projection, snapshot.plan
    rows: list[Choices] = []
    eligible = snapshot.race.record_eligible
    tail = "" if eligible is None else " · record-eligible" if eligible else " · not record-eligible"
    if plan is not None and last.gap_s is not None:
        by = words.gap_with_unit(last.gap_s, last.resolution_s).removeprefix("+")
        level = words.level(last.gap_s, last.resolution_s)
        said = "level with" if level else "under" if last.gap_s < 0 else "over"
        outcome = Word(f"{said} {_finish(plan)}", "bright", True)
        over = Word(f" by {by}") if last.gap_s > 0 and not level else Word("")
        rows.append(([outcome, over, Word(tail, "muted")], [outcome, over], [outcome]))
    elif tail:
        rows.append(([Word(tail.removeprefix(" · "), "muted")],))
    if p.mean_pace_s_per_km is not None:
        rows.append(_row("mean", _pace(p.mean_pace_s_per_km, look), column=column))
    carried = [m for m in snapshot.marks if m.carries and m is not last]
    if last.section_s is not None and last.section_m and last.pace_s_per_km is not None:
        coarser = max([last.resolution_s, *(m.resolution_s for m in carried if m.section_s is not None)])
        places = words.pace_places(coarser, last.section_m)
        pace = words.pace(last.pace_s_per_km, look.units, places) + words.per_unit(look.units)
        value = f"{words.clock(last.section_s, coarser)} · {pace}"
        rows.append(_row(f"last {words.mat_with_unit(last.section_m, '', look.units)}", value, column=column))
    if carried and carried[-1].even_pace_s is not None:
        value, at = words.clock(carried[-1].even_pace_s), mat(carried[-1], look)
        spoken = tuple([Word(label, "muted"), Word(value)] for label in (f"even pace at {at} said ", f"at {at} even "))
        rows.append(_row(f"at {at}", value, " was the even pace", column=column) if column else spoken)
    return rows


def _out(snapshot: Snapshot, look: Look, column: int) -> list[Choices]:
    last = snapshot.last
    rows: list[Choices] = [([Word("no finish")],)]
    if last is not None and last.distance_m:
        mean = _pace(last.elapsed_s / last.distance_m * 1000, look)
        rows.append(_row("mean", mean, f" to {mat(last, look)}", column=column))
    return rows
