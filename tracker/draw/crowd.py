"""The course with everybody on it: the crowd from start to finish, mats with how many are through, and who is where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.draw import spread, words
from tracker.draw.cells import cut, width
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.listed import Spot, Strip
from tracker.draw.onroad import Placed, Road
from tracker.draw.parts import Word, first_fit, measure, write

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.snapshot import Snapshot

TALL, MOST_STACK = 24, 14
"""Rows from which there is air between the blocks; the most rows of the crowd."""
BELOW = 5
"""Rows under the crowd: axis, kilometres, how many are through, names, pace groups."""
LEAST_TABLE = 5
COLUMN, MOST_COLUMN = 36, 56
"""The least and the most cells of a table."""


class Table(NamedTuple):
    """A table of people: its name, who, what is said of each at the right end, and what there is to say if nobody is."""

    title: str
    people: Sequence[Placed]
    said: Callable[[Placed, Look], Word]
    nobody: str


def draw(shown: Snapshot, road: Road, width: int, height: int, look: Look) -> list[Line]:
    """The body between header and timeline."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    end = canvas.label(0, 0, "THE COURSE") + 3
    if road.strip is None:
        why = "course unknown" if not shown.course.known else "nobody is on the road yet"
        canvas.put(0, 1, cut(why, width), "text")
        return canvas.lines()
    _counts(canvas, road, shown, end, look)
    air = 1 if height >= TALL else 0
    tables = _tables(road)
    rows = max(len(table.people) for table in tables) + 1
    room = height - 1 - 2 * air - BELOW
    table_rows = min(max(LEAST_TABLE, rows), max(0, room - 3)) if room >= 3 + LEAST_TABLE else 0
    stack = max(1, min(MOST_STACK, room - table_rows - (1 if table_rows else 0)))
    most = max(spread.totals(road.strip), default=0)
    if most <= spread.FIGURES:  # a dot a runner: no more rows than there are dots
        stack = min(stack, max(3, most))
    top = 1 + air
    spread.crowd(canvas, road.strip, top, stack)
    y = top + stack
    _axis(canvas, road, shown, y, look)
    _names(canvas, road, y + 3, look)
    if table_rows:
        _side_by_side(canvas, tables, y + BELOW + air, look, shown)
    return canvas.lines()


def _counts(canvas: Canvas, road: Road, shown: Snapshot, x: int, look: Look) -> None:
    """How many are on the road, and what became of the others."""
    assert road.strip is not None
    on = f"{road.on:,} {'not read at the finish' if shown.over else 'on the road'}"
    away = spread.counts(road.strip, look)
    most = max(spread.totals(road.strip), default=0)
    cell = words.metres((road.strip.to_m - road.strip.from_m) / max(1, len(road.strip.passed)), 1.0, look.units)
    worth = f"at most {most:,} in {cell} · ≈ by each one's forecast"
    choices = (" · ".join((on, *away, worth)), " · ".join((on, *away)), " · ".join((on, *away[:2])), on, "")
    said = first_fit(canvas, canvas.width - x, *([Word(text, "text")] for text in choices))
    write(canvas, canvas.width - measure(canvas, said), 0, said)


def _axis(canvas: Canvas, road: Road, shown: Snapshot, y: int, look: Look) -> None:
    """The line with its mats, kilometres under it, and how many are through each."""
    assert road.strip is not None
    signs, total_m = glyphs(look.ascii), shown.course.distance_m or 1.0
    canvas.put(0, y, signs.rule * canvas.width, "rule")
    silent = {mat.id for mat in road.strip.silent}
    canvas.put(0, y + 1, "0", "muted")
    for (_, mat), count in zip(road.strip.mats, road.passed, strict=False):
        metres = mat.distance_m or 0.0
        x = min(canvas.width - 1, round(metres / total_m * (canvas.width - 1)))
        end = mat.type == "finish"
        canvas.put(x, y, signs.finish if end else signs.mat_to_come, "behind" if mat.id in silent else "muted")
        if mat.type == "start":
            continue
        name = words.mat(mat.distance_m, "" if end else mat.name, look.units)
        _under(canvas, x, y + 1, name, "behind" if mat.id in silent else "muted")
        through = "silent" if mat.id in silent else f"{count:,}" if count else ""
        _under(canvas, x, y + 2, through, "behind" if mat.id in silent else "text")


def _under(canvas: Canvas, x: int, y: int, text: str, ink: str) -> None:
    size = width(text)
    first = max(0, min(canvas.width - size, x - size // 2))
    edge = max(0, first - 1)
    if size and canvas.is_free(edge, y, first + size - edge):
        canvas.put(first, y, text, ink)


def _names(canvas: Canvas, road: Road, y: int, look: Look) -> None:
    """Who leads and who is followed, then the pace groups, under the cells where they are."""
    assert road.strip is not None
    mine = road.of("followed")
    known = {each.runner.id for each in mine}
    led = [each for each in road.of("leader") if each.rank == 1 and each.runner.id not in known]
    spread.names(canvas, _spots(road.strip, mine[:1], canvas.width), y)
    spread.names(canvas, _spots(road.strip, led, canvas.width), y, "bright")
    spread.names(canvas, _spots(road.strip, mine[1:], canvas.width), y)
    pacers = [(each, _group(each)) for each in road.of("pacer") if each.place_m is not None]
    sign = glyphs(look.ascii).pacer
    spots = [Spot(_cell(road.strip, each, canvas.width), f"{sign} {text}") for each, text in pacers]
    spread.names(canvas, spots, y + 1, "laser")


def _spots(strip: Strip, people: Sequence[Placed], cells: int) -> list[Spot]:
    return [Spot(_cell(strip, each, cells), each.runner.surname) for each in people if each.place_m is not None]


def _cell(strip: Strip, each: Placed, cells: int) -> int:
    share = ((each.place_m or 0.0) - strip.from_m) / (strip.to_m - strip.from_m)
    return max(0, min(cells - 1, int(share * cells)))


def _tables(road: Road) -> list[Table]:
    pacers = road.of("pacer")
    tables = [
        Table("LEADERS", road.of("leader"), _finish, "nobody is on the road yet"),
        Table("FOLLOWED", road.of("followed"), _finish, "* in the field follows somebody"),
    ]
    return [*tables, Table("PACE GROUPS", pacers, _line, "")] if pacers else tables


def _side_by_side(canvas: Canvas, tables: Sequence[Table], top: int, look: Look, shown: Snapshot) -> None:
    """As many tables as there is room for, the pace groups before the leaders where there is not."""
    count = max(1, min(len(tables), (canvas.width + 3) // (COLUMN + 3)))
    kept = tables if count == len(tables) else [*tables[1:], tables[0]][:count]
    size = min(MOST_COLUMN, (canvas.width - 3 * (count - 1)) // count)
    for n, table in enumerate(kept):
        x = n * (size + 3)
        canvas.label(x, top, table.title)
        if not table.people:
            canvas.put(x, top + 1, cut(table.nobody, size), "faint")
        for y, each in enumerate(table.people[: canvas.height - top - 1], top + 1):
            _person(canvas, (x, y), size, each, table, look, shown)


def _person(
    canvas: Canvas, place: tuple[int, int], size: int, each: Placed, table: Table, look: Look, shown: Snapshot
) -> None:
    """Name, where, and what the table says."""
    x, y = place
    mine = each.runner.id == shown.runner.id
    said = table.said(each, look)
    right = x + size - 1
    first = canvas.right(right, y, said.text, said.fg, bold=said.bold)
    where = _where(each, look)
    at = right - 10 - width(where.text)
    if at - x >= 9 and at + width(where.text) < first:
        canvas.put(at, y, where.text, where.fg)
        first = at
    ink = "now_ink" if mine else "laser" if each.part == "pacer" else "text"
    rank = f"{each.runner.sex or ''}{each.rank} " if each.part == "leader" else ""
    start = canvas.put(x, y, rank, "muted")
    canvas.put(start, y, cut(each.runner.surname if each.part != "pacer" else _group(each), max(0, first - start - 1)), ink,
               bold=mine)  # fmt: skip


def _where(each: Placed, look: Look) -> Word:
    if each.place_m is not None:
        return Word(f"{look.units} ≈ {words.distance(each.place_m, look.units)}", "estimated")
    if each.state in ("overdue", "out"):
        return Word(each.state, "behind")
    return Word("finished" if each.state == "finished" else "not seen", "muted")


def _finish(each: Placed, _look: Look) -> Word:
    """The finish: as it was, or as it is projected."""
    if each.projected_s is None:
        return Word("", "faint")
    text = words.clock(each.projected_s)
    return Word(text, "bright") if each.state == "finished" else Word(f"≈ {text}", "estimated")


def _line(each: Placed, look: Look) -> Word:
    """The pacer against the even line at the last mat."""
    if each.off_s is None or each.last is None:
        return Word("no mat yet" if each.last is None else "", "faint")
    at = words.mat(each.last.distance_m, each.last.name, look.units)
    return Word(f"{words.gap(each.off_s)} at {at}", words.side_ink(each.off_s))


def _group(each: Placed) -> str:
    """What a pace group is called: by its finish, else by its pacer."""
    if each.goal_s is None:
        return each.runner.surname
    text = words.clock(each.goal_s, hours=each.goal_s >= 3600)
    return text.removesuffix(":00") if each.goal_s >= 3600 else text
