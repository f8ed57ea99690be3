"""The marks in a table: newest last, the next mat under them in violet, numbers right-aligned on their decimals.

Columns follow the width: km, time, section, pace, gap, even pace; what was projected at each mat takes the even pace's
place where there is no room for both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.draw import words
from tracker.draw.cells import width as cells_of
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look
from tracker.draw.parts import shorten
from tracker.draw.waiting import by_the_day, due_mat, lost_at, of_day
from tracker.race.course import SAME_PLACE_M, Checkpoint
from tracker.race.plan import Plan
from tracker.race.snapshot import Due, Mark, Snapshot

ROOMY = 8
"""Rows from which the table has its name and shows marks that carry nothing."""
CORRECTED_FOR_S = 60.0
COLUMNS = (
    ("mat", 6),
    ("day", 11),
    ("time", 10),
    ("section", 6),
    ("pace", 7),
    ("gap", 5),
    ("even", 9),
    ("median", 7),
    ("under", 7),
)
INFERRED = frozenset(("median",))
"""Columns that are never bold: nothing in them was measured."""
AIR = 2


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by column; `inks` overrides the row's ink, `tail` is written from the section column on."""

    cells: dict[str, str]
    ink: str = "text"
    bold: bool = False
    inks: dict[str, str] = field(default_factory=dict)
    struck: bool = False
    tail: str = ""


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """A head and the newest rows; from `ROOMY` rows on the panel's name above."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    y = 0
    if height >= ROOMY:
        end = canvas.label(0, 0, "SPLITS", focused=look.focus == "splits")
        canvas.put(end + 3, 0, _source(snapshot), "muted")
        y = 2
    if snapshot.phase == "empty" or height < 2:
        return canvas.lines()
    plan = snapshot.plan
    if not snapshot.marks and snapshot.phase in ("before", "running") and plan and snapshot.course.known:
        _asked(canvas, snapshot, y, plan, look)
        return canvas.lines()
    rows = _rows(snapshot, look, everything=height >= ROOMY)
    _table(canvas, y, _fitting(canvas, _heads(snapshot, look)), rows[-(height - y - 1) :], look)
    if height < ROOMY and look.focus == "splits":
        canvas.label(0, y, "SPLITS", focused=True)
    return canvas.lines()


def _source(snapshot: Snapshot) -> str:
    """`reported, whole seconds`."""
    carried = [m for m in snapshot.marks if m.carries]
    if not carried:
        return ""
    kinds = " and ".join(dict.fromkeys(m.quality for m in carried))
    fine = sum(m.resolution_s < 0.5 for m in carried)
    steps = "whole seconds" if not fine else "tenths" if fine == len(carried) else "seconds and tenths"
    net = ", net" if all(m.clock == "net" for m in carried) else ""
    return f"{kinds}, {steps}{net}"


def _heads(snapshot: Snapshot, look: Look) -> dict[str, str]:
    stride = snapshot.course.stride_m
    section = words.mat_with_unit(stride, "section", look.units) if stride else "section"
    heads = {"mat": look.units, "time": "time", "section": section, "pace": f"pace{words.per_unit(look.units)}"}
    if not snapshot.course.known:
        return {"mat": "mat", "time": "time"}
    if by_the_day(snapshot):
        return heads | {"day": "time of day"}
    if snapshot.plan is not None:
        heads["gap"] = "gap s"
    heads["even"] = "even pace"
    history = snapshot.projection.history
    if history:
        heads["median"] = "median"
    if snapshot.plan is not None and any(each.p_target is not None for each in history):
        heads["under"] = _under(snapshot.plan)
    return heads


def _fitting(canvas: Canvas, heads: dict[str, str]) -> dict[str, str]:
    """All heads where they fit, else without the even pace, which the median says better."""
    need = sum(max(size, cells_of(heads[key])) + AIR for key, size in COLUMNS if key in heads) - AIR
    return heads if need <= canvas.width or "median" not in heads else {k: h for k, h in heads.items() if k != "even"}


def _under(plan: Plan) -> str:
    """`under 2 h`, `under 3:30`, `under 1:59:30`."""
    if plan.finish_s % 3600 == 0:
        return f"under {plan.finish_s / 3600:.0f} h"
    return f"under {words.rough_clock(plan.finish_s) if plan.finish_s % 60 == 0 else words.clock(plan.finish_s)}"


def _rows(snapshot: Snapshot, look: Look, *, everything: bool) -> list[Row]:
    newest = next((m for m in reversed(snapshot.marks) if m.carries), None)
    marks = [m for m in snapshot.marks if everything or m.carries or m.rejected]
    rows = [_mark(m, m is newest, snapshot, look) for m in marks]
    if snapshot.due is not None and snapshot.phase in ("before", "running"):
        rows += [_silent(mat, snapshot, look) for mat in snapshot.due.silent if mat is not snapshot.due.checkpoint]
        rows.append(_due(snapshot.due, snapshot, look))
    return rows


def _mark(mark: Mark, newest: bool, snapshot: Snapshot, look: Look) -> Row:
    time = words.clock(mark.elapsed_s, mark.resolution_s) + ("?" if mark.provisional else "")
    cells = {"mat": words.mat(mark.distance_m, mark.checkpoint.name, look.units), "time": time}
    cells["day"] = of_day(snapshot, mark.elapsed_s)
    if mark.rejected:
        return Row(cells, "rejected", struck=True, tail=_refusal(mark.rejected))
    if not mark.carries:
        return Row({**cells, "time": f"≈ {time}"}, "estimated")
    inks: dict[str, str] = {}
    if mark.section_s is not None and mark.section_m and _is_regular(mark, snapshot):
        cells["section"] = words.clock(mark.section_s, _coarser(mark, snapshot))
    if mark.pace_s_per_km is not None and mark.pace_m:
        places = words.pace_places(_coarser(mark, snapshot), mark.pace_m)
        cells["pace"] = words.pace(mark.pace_s_per_km, look.units, places)
    if mark.gap_s is not None:
        cells["gap"] = words.gap(mark.gap_s, mark.resolution_s)
        inks["gap"] = words.side_ink(mark.gap_s, mark.resolution_s)
    if mark.even_pace_s is not None and mark.checkpoint.type != "finish":
        cells["even"] = words.clock(mark.even_pace_s)
    cells |= _believed(mark, snapshot)
    return Row(cells, "bright" if newest else "text", newest, inks, tail=_remark(mark, snapshot))


def _believed(mark: Mark, snapshot: Snapshot) -> dict[str, str]:
    """What was projected when this mark was the last."""
    metres = mark.distance_m or 0.0
    then = next((b for b in snapshot.projection.history if abs(b.distance_m - metres) <= SAME_PLACE_M), None)
    if then is None or mark.checkpoint.type == "finish":
        return {}
    cells = {"median": words.clock(then.median_s)} if then.point else {}
    if then.p_target is not None:
        cells["under"] = words.chance(then.p_target, late=metres >= words.SURE_FROM_M)
    return cells


def _refusal(why: str) -> str:
    """Why a mark does not count, its word said once."""
    return why if why.startswith(("rejected", "quarantined")) else f"rejected: {why}"


def _is_regular(mark: Mark, snapshot: Snapshot) -> bool:
    """Whether a section is as long as the column's head says; the one to the finish is known to be its own."""
    stride = snapshot.course.stride_m
    return (
        stride is None or mark.checkpoint.type == "finish" or abs((mark.section_m or 0.0) - stride) <= 2 * SAME_PLACE_M
    )


def _remark(mark: Mark, snapshot: Snapshot) -> str:
    """For a minute, what a corrected time was."""
    elapsed = snapshot.elapsed_s or 0.0
    if mark.was_s is None or (mark.known_s is not None and elapsed - mark.known_s > CORRECTED_FOR_S):
        return ""
    return f"← {words.clock(mark.was_s, mark.resolution_s)}"


def _coarser(mark: Mark, snapshot: Snapshot) -> float:
    """The resolution of a section: that of the coarser of its two marks."""
    start_m = (mark.distance_m or 0.0) - (mark.section_m or mark.pace_m or 0.0)
    starts = [m.resolution_s for m in snapshot.marks if m.carries and abs((m.distance_m or 0.0) - start_m) < 1.0]
    return max(mark.resolution_s, *starts) if starts else mark.resolution_s


def _silent(mat: Checkpoint, snapshot: Snapshot, look: Look) -> Row:
    """A mat that reads nobody."""
    name = words.mat(mat.distance_m, mat.name, look.units)
    return Row({"mat": name, "day" if by_the_day(snapshot) else "time": "silent"}, "muted")


def _due(due: Due, snapshot: Snapshot, look: Look) -> Row:
    word = due.state or "due in"
    overdue = due.state == "overdue"
    since = due.overdue_from_s - due.eta_s + due.in_s if overdue else due.in_s
    cells = {
        "mat": due_mat(due, look).removesuffix(f" {look.units}"),
        "day": f"≈ {of_day(snapshot, due.eta_s)}",
        "time": f"≈ {words.clock(due.eta_s)}",
    }
    if lost_at(snapshot) or due.state == "silent":
        return Row({**cells, "section": due.state if due.state == "silent" else "due"}, "estimated")
    cells |= {"section": word, "pace": words.clock(int(abs(since)))}
    return Row(cells, "behind" if overdue else "estimated")


class Column(NamedTuple):
    """A column on the canvas: `end` is its last cell, `indent` what whole numbers leave for tenths."""

    key: str
    end: int
    size: int
    indent: int


def _columns(canvas: Canvas, heads: dict[str, str], rows: list[Row]) -> list[Column]:
    """As many columns as fit, two cells apart."""
    x = 0
    out: list[Column] = []
    for key, least in COLUMNS:
        if key not in heads:
            continue
        fine = key in ("time", "gap") and any("." in row.cells.get(key, "") for row in rows)
        size = least
        if key == "gap" and fine:
            size = least + 3
        elif key == "under":
            size = max(least, cells_of(heads[key]))
        elif key == "mat":
            widest = max((cells_of(canvas.said(row.cells[key])) for row in rows), default=0)
            size = max(least, min(widest, canvas.width // 2))
        if x + size > canvas.width:
            break
        out.append(Column(key, x + size - 1, size, 2 if fine else 0))
        x += size + AIR
    return out


def _table(canvas: Canvas, y: int, heads: dict[str, str], rows: list[Row], look: Look) -> None:
    """Head and rows. A column with tenths keeps its whole numbers two cells to the left, and its head over them."""
    columns = _columns(canvas, heads, rows)
    for column in columns:
        canvas.right(column.end - column.indent, y, heads[column.key], "muted")
    for i, row in enumerate(rows, 1):
        flash = row.bold and "splits" in look.flash and look.motion
        for key, end, size, indent in columns[:2] if row.tail else columns:
            text = shorten(canvas, row.cells.get(key, ""), size + 1)
            ink = row.inks.get(key, row.ink)
            fg, bg = ("bg", ink) if flash else (ink, "bg")
            at = end if "." in text else end - indent
            bold = row.bold and key not in INFERRED
            canvas.right(at, y + i, text, fg, bg, bold=bold, strike=row.struck and key == "time")
        if row.tail and len(columns) > 1:
            canvas.put(columns[1].end + 1 + AIR, y + i, row.tail, row.ink)


def _asked(canvas: Canvas, snapshot: Snapshot, y: int, plan: Plan, look: Look) -> None:
    """Before the first mark: what the target asks for at each mat, cut so that it never promises ease."""
    gun, due, running = snapshot.race.gun_s, snapshot.due, snapshot.phase == "running"
    name = f"asked by {plan.name}"
    mat_end = 5
    asked_end = mat_end + 3 + max(16, cells_of(name))
    last_end = asked_end + (12 if running else 14)
    canvas.right(mat_end, y, look.units, "muted")
    canvas.right(asked_end, y, name, "muted")
    if running or gun is not None:
        canvas.right(last_end, y, "expected" if running else "time of day", "muted")
    mats = [c for c in snapshot.course.checkpoints if c.distance_m]
    for i, mat in enumerate(mats[: canvas.height - y - 1], 1):
        asked = plan.when(mat.distance_m or 0.0)
        canvas.right(mat_end, y + i, words.mat(mat.distance_m, mat.name, look.units), "muted")
        if asked is not None:
            canvas.right(asked_end, y + i, words.clock(int(asked)), "muted")
        if running and due is not None and mat.id == due.checkpoint.id:
            canvas.right(last_end, y + i, f"≈ {words.clock(due.eta_s)}", "estimated")
        elif not running and gun is not None and asked is not None:
            time = words.time_of_day(gun + int(asked), snapshot.race.time_zone, zone=False)
            canvas.right(last_end, y + i, time, "muted")
