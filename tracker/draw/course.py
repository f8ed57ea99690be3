"""The course on one axis: the gap at each mat, the way run and to run, kilometres, the legs of the pacers.

Its first and last cell are the scrubber's, so that the scrubber's head stands where the line is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.draw import legs, words
from tracker.draw.cells import cut, width
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.waiting import moment
from tracker.draw.whereabouts import expected
from tracker.race.course import SAME_PLACE_M
from tracker.race.snapshot import CARRYING

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.course import Checkpoint
    from tracker.race.snapshot import Mark, Snapshot

REACH = 1
"""Cells beside a mat that still mean it."""
TALL, AIRY = 8, 14
"""Rows from which the axis stands alone with its name, and with air between its rows."""
ROOMY = 100
"""From this width on a half beside another mat is moved on; under it, it is left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Stop:
    """A mat on the axis: its cell, its passing if there was one, and whether its cell is not quite its place."""

    x: int
    checkpoint: Checkpoint
    mark: Mark | None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """Words over or under the axis: wanted first cell, text, ink; `rank` 0 stays when there is no room for all."""

    x: int
    text: str
    ink: str
    bold: bool = False
    rank: int = 1


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """Four rows: gaps, line, km, legs; with three no km row, with two gaps and line, with one the line.

    From `TALL` rows on it stands alone: its name, the four rows with air, and a table of the legs.
    """
    canvas = Canvas(width, height, ascii_only=look.ascii)
    if height >= TALL:
        canvas.label(0, 0, "COURSE", focused=look.focus == "course")
        _alone(canvas, snapshot, look)
        return canvas.lines()
    if width < 2 or height < 1 or snapshot.phase == "empty":
        return canvas.lines()
    if not snapshot.course.known:
        canvas.put(0, min(1, height - 1), cut("course unknown: the mats have no places on a line", width), "muted")
        return canvas.lines()
    row = 0
    if height >= 2:
        _over(canvas, snapshot, look)
        row = 1
    _axis(canvas, snapshot, look, row)
    if height >= 4:
        row += 1
        _under(canvas, snapshot, look, row)
    if height >= 3 and snapshot.rotation is not None:
        legs.draw(canvas, row + 1, snapshot, look)
    return canvas.lines()


def _alone(canvas: Canvas, snapshot: Snapshot, look: Look) -> None:
    """The rows with air between them where there is room, the legs in a table below."""
    if canvas.width < 2 or snapshot.phase == "empty":
        return
    step = 2 if canvas.height >= AIRY else 1
    rows = draw(snapshot, canvas.width, 4, look)
    for i, row in enumerate(rows if snapshot.course.known else rows[1:2]):
        canvas.blit(0, 2 + i * step, [row])
    top = 2 + 4 * step + (step == 1)
    if snapshot.course.known and snapshot.rotation is not None and canvas.height - top >= 3:
        canvas.blit(0, top, legs.table(snapshot, canvas.width, canvas.height - top, look))


def cell(snapshot: Snapshot, metres: float, width: int) -> int:
    """The cell of a place on an axis of so many cells."""
    whole = snapshot.course.distance_m or 1.0
    return min(width - 1, max(0, round(metres / whole * (width - 1))))


def stops(snapshot: Snapshot, width: int) -> list[Stop]:
    """The mats that are shown, from the start on. Where two touch, the mat wins; the half moves on or is left out."""
    marks = {m.checkpoint.id: m for m in snapshot.marks}
    placed = [c for c in snapshot.course.checkpoints if c.distance_m is not None and c.type == "split"]
    stride = snapshot.course.stride_m

    def weight(c: Checkpoint) -> int:
        metres = c.distance_m or 0.0
        on_grid = stride is not None and abs(metres / stride - round(metres / stride)) * stride <= SAME_PLACE_M
        half = c.name.lower() == "half" or c.id.lower() == "half"
        return 0 if on_grid else 2 if half else 1

    chosen: dict[int, Stop] = {}
    mats = {cell(snapshot, c.distance_m or 0.0, width) for c in placed if weight(c) < 2}
    end = width - 1
    for c in sorted(placed, key=weight):
        x, mark, kind = cell(snapshot, c.distance_m or 0.0, width), marks.get(c.id), weight(c)
        touching = any(near in (mats if kind == 2 else chosen) for near in (x - 1, x, x + 1))
        if kind == 2 and touching:
            x = next((near for near in (x, x + 1, x + 2) if near not in chosen), x)
            if width >= ROOMY and 0 < x < end:
                chosen[x] = Stop(x, c, mark, moved=True)
        elif 0 < x < end and x not in chosen and not (kind == 1 and touching and mark is None):
            chosen[x] = Stop(x, c, mark)
    return sorted(chosen.values(), key=lambda s: s.x)


def mark_at(snapshot: Snapshot, x: int, width: int) -> Mark | Checkpoint | None:
    """What a click on a cell of the axis means: a passing, a mat to come, or nothing."""
    if not snapshot.course.known or width < 2:
        return None
    found = stops(snapshot, width)
    finish = snapshot.course.finish
    if finish is not None:
        passing = next((m for m in snapshot.marks if m.checkpoint.id == finish.id), None)
        found.append(Stop(width - 1, finish, passing))
    near = [s for s in found if abs(s.x - x) <= REACH]
    best = min(near, key=lambda s: (abs(s.x - x), s.moved), default=None)
    return (best.mark or best.checkpoint) if best is not None else None


def runner_cell(snapshot: Snapshot, width: int) -> int | None:
    """Where the runner stands on the axis: never on the mat they have just passed."""
    if snapshot.phase == "before":
        return 0
    here, last = snapshot.position, snapshot.last
    if here is None:
        return None
    x = cell(snapshot, here.distance_m, width)
    if last is not None and last.distance_m is not None and snapshot.phase != "finished":
        x = max(x, cell(snapshot, last.distance_m, width) + 1)
    return min(x, width - 1)


def _axis(canvas: Canvas, snapshot: Snapshot, look: Look, y: int) -> None:
    signs, end = glyphs(look.ascii), canvas.width - 1
    here = runner_cell(snapshot, canvas.width)
    canvas.put(0, y, signs.to_run * canvas.width, "faint")
    lone = _is_guessed(snapshot)
    run = cell(snapshot, snapshot.last.distance_m or 0.0, canvas.width) if lone and snapshot.last else here or 0
    canvas.put(0, y, signs.run * run, "text")
    canvas.put(0, y, signs.start, "text" if here else "muted")
    passed_m = max((m.distance_m or 0.0 for m in snapshot.marks if not m.rejected), default=0.0)
    for stop in stops(snapshot, canvas.width):
        sign, ink, bold = _sign(stop, look, passed=(stop.checkpoint.distance_m or 0.0) < passed_m)
        canvas.put(stop.x, y, sign, ink, bold=bold)
    canvas.put(end, y, signs.finish, "muted")
    ghost = snapshot.ghost
    if ghost is not None and ghost.position_m is not None and snapshot.phase != "before":
        x = cell(snapshot, ghost.position_m, canvas.width)
        if x != here and canvas.char(x, y) in (signs.run, signs.to_run):
            canvas.put(x, y, "G", "bg", "muted")
    if here is None:
        return
    initial, place = snapshot.runner.initial, snapshot.position
    if place is not None and place.low_m is not None and place.high_m is not None and snapshot.phase == "running":
        for x in range(cell(snapshot, place.low_m, canvas.width), cell(snapshot, place.high_m, canvas.width) + 1):
            if x >= here or canvas.char(x, y) in (signs.run, signs.to_run):
                canvas.put(x, y, canvas.char(x, y), canvas.ink(x, y).fg, "estimated/45", bold=canvas.ink(x, y).bold)
    if snapshot.phase == "out":
        canvas.put(here, y, initial, "bg", "muted")
    elif snapshot.last is None and snapshot.phase == "running":
        # Nothing has been measured yet: not even the runner is drawn full.
        canvas.put(here, y, initial, "estimated", "rule", bold=True)
    elif lone:
        canvas.put(here, y, initial, "bg", "estimated", bold=True)
    else:
        canvas.put(here, y, initial, "on_now", "now")


def _is_guessed(snapshot: Snapshot) -> bool:
    """Whether the place is a guess between two mats far apart: of a lone runner, without a line or pacers to go by."""
    here = snapshot.position
    alone = snapshot.plan is None and snapshot.rotation is None and snapshot.phase == "running"
    return alone and here is not None and here.quality != "measured"


def _sign(stop: Stop, look: Look, *, passed: bool) -> tuple[str, str, bool]:
    """Sign, ink and weight of a mat."""
    signs, mark = glyphs(look.ascii), stop.mark
    if mark is None:
        if passed:
            return signs.missed, "estimated", False
        return (signs.hollow, "faint", False) if not stop.checkpoint.carries else (signs.mat_to_come, "muted", False)
    if mark.rejected:
        return signs.rejected, "rejected", False
    if mark.quality not in CARRYING:
        return signs.hollow, "estimated", False
    return signs.mat, "bright", True


def _over(canvas: Canvas, snapshot: Snapshot, look: Look) -> None:
    """The gap at each mat passed; times where there is no target."""
    if snapshot.last is None:
        first = next((c for c in snapshot.course.checkpoints if c.distance_m), None)
        if first is not None and snapshot.phase in ("before", "running"):
            mat = words.mat_with_unit(first.distance_m, first.name, look.units)
            what = "gaps" if snapshot.plan is not None else "times"
            canvas.put(0, 0, cut(f"{what} stand here from {mat} on", canvas.width), "faint")
        return
    tags: list[Tag] = []
    for mark in snapshot.marks:
        said = _gap_said(snapshot, mark)
        if said is None or mark.distance_m is None:
            continue
        text, ink, newest = *said, mark is snapshot.last
        at = cell(snapshot, mark.distance_m, canvas.width) - width(text) // 2
        tags.append(Tag(at, text, ink, newest, 0 if newest else 2 if mark.section_s is None else 1))
    for place, eta_s in _to_come(snapshot):
        text = f"≈ {moment(snapshot, eta_s)}"
        at = cell(snapshot, place.distance_m or 0.0, canvas.width) - width(text) // 2
        tags.append(Tag(at, text, "estimated", rank=3))
    _spread(canvas, 0, tags, last_apart=2 if snapshot.phase == "finished" and canvas.width >= ROOMY else 1)


def _to_come(snapshot: Snapshot) -> list[tuple[Checkpoint, float]]:
    """Without a target: the mats to come and their moments, as far as they are projected."""
    if snapshot.plan is not None or snapshot.due is None:
        return []
    found = [(each.checkpoint, each.eta_s) for each in expected(snapshot)] or [
        (snapshot.due.checkpoint, snapshot.due.eta_s)
    ]
    return [(place, eta_s) for place, eta_s in found if place.distance_m is not None]


def _gap_said(snapshot: Snapshot, mark: Mark) -> tuple[str, str] | None:
    """Text and ink over a mat; none where nothing rests on it."""
    if not mark.carries or mark.rejected:
        return None
    if snapshot.plan is None:
        return moment(snapshot, mark.elapsed_s, mark.resolution_s), "bright" if mark is snapshot.last else "muted"
    if mark.gap_s is None:
        return None
    return words.gap(mark.gap_s, mark.resolution_s), words.side_ink(mark.gap_s, mark.resolution_s)


def _under(canvas: Canvas, snapshot: Snapshot, look: Look, y: int) -> None:
    """Kilometres or miles under the mats: those of the regular grid in their places, others where a cell is free."""
    here = snapshot.position.distance_m if snapshot.position is not None and snapshot.phase != "before" else 0.0
    tags = [Tag(0, "0", "muted", rank=0)]
    grid = snapshot.course.stride_m
    for stop in stops(snapshot, canvas.width):
        metres = stop.checkpoint.distance_m or 0.0
        text = words.mat(metres, stop.checkpoint.name, look.units)
        if stop.moved or text == "half":
            continue
        regular = grid is None or abs(metres / grid - round(metres / grid)) * grid <= SAME_PLACE_M
        at = stop.x - width(text) // 2
        tags.append(Tag(at, text, "muted" if metres <= here else "faint", rank=1 if regular else 2))
    end = words.distance(snapshot.course.distance_m or 0.0, look.units)
    tags.append(Tag(canvas.width - width(end), end, "faint", rank=3))
    for tag in sorted(tags, key=lambda t: t.rank):
        size = width(tag.text)
        for x in (tag.x, tag.x + 1) if tag.rank == 2 else (tag.x,):
            left, right = max(0, x - 1), min(canvas.width, x + size + 1)
            if x >= 0 and x + size <= canvas.width and canvas.is_free(left, y, right - left):
                canvas.put(x, y, tag.text, tag.ink)
                break


def _spread(canvas: Canvas, y: int, tags: list[Tag], last_apart: int) -> None:
    """Write words near their places, moved apart by a cell or two; those that would have to go farther are left out."""
    sizes = {id(tag): width(canvas.said(tag.text)) for tag in tags}
    row = sorted(tags, key=lambda t: t.x)
    left_out: list[Tag] = []
    while row:
        wanted = [min(max(0, t.x), canvas.width - sizes[id(t)]) for t in row]
        places = list(wanted)
        for i in range(len(row) - 1, 0, -1):
            between = last_apart if i == len(row) - 1 else 1
            lacking = places[i - 1] + sizes[id(row[i - 1])] + between - places[i]
            if lacking <= 0:
                continue
            limit = places[i + 1] - 1 if i + 1 < len(row) else canvas.width
            onward = max(0, min((lacking + 1) // 2, limit - sizes[id(row[i])] - places[i]))
            places[i] += onward
            places[i - 1] -= lacking - onward
        far = [i for i in range(len(row)) if abs(places[i] - wanted[i]) > 2]
        if not far:
            break
        left_out.append(
            row.pop(max({*far, *(i + 1 for i in far if i + 1 < len(row))}, key=lambda i: (row[i].rank, -i)))
        )
    else:
        return
    for tag, x in zip(row, places, strict=True):
        canvas.put(x, y, tag.text, tag.ink, bold=tag.bold)
    for tag in sorted(left_out, key=lambda t: (t.rank > 2, -t.x)):
        _fit_in(canvas, y, tag, sizes[id(tag)])


def _fit_in(canvas: Canvas, y: int, tag: Tag, size: int) -> None:
    """Write words at their place or one or two cells beside it, if they touch nothing there."""
    for shift in (0, -1, 1, -2, 2):
        x = tag.x + shift
        first, last = max(0, x - 1), min(canvas.width, x + size + 1)
        if x >= 0 and x + size <= canvas.width and canvas.is_free(first, y, last - first):
            canvas.put(x, y, tag.text, tag.ink, bold=tag.bold)
            return
