"""The library: the shipped races as a table, one of them in full. Results stay hidden until they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tracker.draw import words
from tracker.draw.braille import HIGH, WIDE, Dots
from tracker.draw.cells import cut
from tracker.draw.cells import width as cells
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line
from tracker.draw.parts import Word, chip, chip_width, first_fit, measure, write
from tracker.draw.project import project

if TYPE_CHECKING:
    from tracker.draw.look import Look
    from tracker.race.course import Course

HIDDEN = "·  ·  ·"
THREE_COLUMNS = 60
DETAILS = 100
"""From this width on the chosen race is told in full beside the table."""
_SPLIT = 75
"""Cells from the rule between table and details to the left end of the text, at 114 cells."""
FIRST_ROW = 5
"""The row of the first race when nothing is scrolled."""
_LABEL = 9


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A race as the library lists it. `date` as 2019-10-12, `gun_s` POSIX time, `mats_m` without start and finish.

    Own tapes and saved feeds have `facts` instead, (label, words); `opens` is their address.
    """

    name: str
    race: str
    place: str | None = None
    date: str | None = None
    gun_s: float | None = None
    time_zone: str | None = None
    runner: str = ""
    who: str = ""
    marks: int = 0
    mats_m: tuple[float, ...] = ()
    distance_m: float | None = None
    target_name: str | None = None
    target_s: float | None = None
    pacers: str | None = None
    quality: str = ""
    record_eligible: bool | None = None
    result: str = ""
    course: Course | None = None
    kind: Literal["shipped", "tape", "feed"] = "shipped"
    opens: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def matching(rows: Sequence[LibraryRow], query: str) -> list[LibraryRow]:
    """Rows in which every word of the query occurs: race, runner, city or year."""
    wanted = query.casefold().split()
    return [
        row
        for row in rows
        if all(
            w in " ".join((row.name, row.race, row.place or "", row.date or "", row.runner, row.who)).casefold()
            for w in wanted
        )
    ]


def draw(rows: Sequence[LibraryRow], selected: int, revealed: frozenset[str], query: str, width: int, height: int,
         look: Look) -> list[Line]:  # fmt: skip
    """The screen above its footer: header and rule, search, table, details, and a hint in the last row."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    if width < 1 or height < 1:
        return canvas.lines()
    _header(canvas, rows, revealed, look)
    if height > 3:
        _search(canvas, query, top(height) - 2)
    if height > FIRST_ROW:
        _table(canvas, rows, selected, revealed)
    if width >= DETAILS and height > FIRST_ROW and rows:
        _details(canvas, rows, rows[min(max(0, selected), len(rows) - 1)], revealed, look)
    if height >= 20:
        hint = "a race opens at the gun; finish, splits to come and the field's order stay hidden until they happen"
        short = "a race opens at the gun; its end stays hidden"
        write(canvas, 0, height - 1, first_fit(canvas, width, (Word(hint, "faint"),), (Word(short, "faint"),), ()))
    return canvas.lines()


def top(height: int) -> int:
    """The row of the table's name; low screens do without air."""
    return FIRST_ROW if height >= 20 else FIRST_ROW - 1


def row_at(rows: Sequence[LibraryRow], selected: int, height: int, y: int) -> int | None:
    """The race shown in a row of the screen."""
    first, shown = _window(len(rows), selected, height)
    i = y - top(height) - 2
    return first + i if 0 <= i < shown else None


def _window(count: int, selected: int, height: int) -> tuple[int, int]:
    """The first race shown and how many fit, the chosen one always among them."""
    room = max(0, height - top(height) - 2 - (3 if height >= 20 else 0))
    shown = min(count, room)
    return max(0, min(selected - shown + 1, count - shown)) if selected >= shown else 0, shown


def _header(canvas: Canvas, rows: Sequence[LibraryRow], revealed: frozenset[str], look: Look) -> None:
    x = canvas.put(0, 0, "paceline", "bright", bold=True)
    x = canvas.put(x + 3, 0, "LIBRARY", "now_ink", bold=True)
    open_ = sum(row.name in revealed for row in rows)
    word = "RESULTS HIDDEN" if not open_ else "RESULTS SHOWN" if open_ == len(rows) else f"{open_} SHOWN"
    if x + 2 + chip_width(canvas, word) <= canvas.width:
        chip(canvas, canvas.width - chip_width(canvas, word), 0, word, "muted")
    canvas.put(0, 1, glyphs(look.ascii).rule * canvas.width, "rule")


def _search(canvas: Canvas, query: str, y: int) -> None:
    x = canvas.put(0, y, "/ ", "bright", bold=True)
    x = canvas.put(x, y, cut(query, max(1, canvas.width - 6)), "bright", bold=True)
    x = canvas.put(x, y, "_" if canvas.ascii_only else "█", "bright") + 2
    said = (Word("enter watches from the gun · v shows a result", "muted"),)
    hint = "race, runner, city or year"
    if not query and x + cells(hint) <= canvas.width:
        x = canvas.put(x, y, hint, "faint")
    right = canvas.width - measure(canvas, said)
    if x + 2 <= right:
        write(canvas, right, y, said)


def _ends(width: int) -> tuple[int, int, int, int, int]:
    """Who, date (first cells), marks, result (last cells), and the last cell of the table."""
    if width >= DETAILS:
        more = (width - 114) * _SPLIT // 114 if width >= 114 else width - 114
        return 19, 41 + more // 2, 60 + more, 72 + more, 74 + more
    if width >= THREE_COLUMNS:
        spare = width - 76
        return 19, max(37, 41 + spare // 2), 0 if width < 70 else 60 + spare, 74 + spare, width - 1
    return 0, 0, 0, width - 2, width - 1


def _table(canvas: Canvas, rows: Sequence[LibraryRow], selected: int, revealed: frozenset[str]) -> None:
    y = top(canvas.height)
    x = 0
    for kind, title in (("shipped", "SHIPPED RACES"), ("tape", "TAPES"), ("feed", "FEEDS")):
        if count := sum(row.kind == kind for row in rows):
            x = canvas.put(canvas.label(x, y, title) + 2, y, str(count), "muted") + 4
    who, date, marks, result, _ = _ends(canvas.width)
    for at, text in ((1, "race"), (who, "who"), (date, "date")):
        if at:
            canvas.put(at, y + 1, text, "muted")
    for end, text in ((marks, "marks"), (result, "result")):
        if end:
            canvas.right(end, y + 1, text, "muted")
    first, shown = _window(len(rows), selected, canvas.height)
    for i, row in enumerate(rows[first : first + shown]):
        _row(canvas, y + 2 + i, row, first + i == selected, row.name in revealed)
    if not rows:
        canvas.put(1, y + 2, cut("no race matches", canvas.width - 1), "muted")
    after = y + 3 + shown
    if first + shown < len(rows):
        return
    if canvas.height - after >= 4 and canvas.width >= THREE_COLUMNS:
        canvas.put(1, after, "a file anywhere: paceline replay FILE", "faint")


def _row(canvas: Canvas, y: int, row: LibraryRow, chosen: bool, shown: bool) -> None:
    who, date, marks, result, last = _ends(canvas.width)
    ground = "rule" if chosen else "bg"
    if chosen:
        canvas.put(0, y, " " * (last + 1), "text", ground)
        canvas.put(0, y, ">" if canvas.ascii_only else "▌", "now", ground)
    outcome = row.kind if row.kind != "shipped" else row.result if shown else HIDDEN
    room = (who or result - cells(outcome) - 1) - 2
    canvas.put(1, y, cut(row.name, room), "bright" if chosen else "text", ground, bold=chosen)
    if who:
        canvas.put(who, y, cut(row.who, date - who - 2), "text", ground)
    if date:
        canvas.put(date, y, words.day(row.date), "text" if chosen else "muted", ground)
    if marks and row.marks:
        canvas.right(marks, y, str(row.marks), "text" if chosen else "muted", ground)
    canvas.right(result, y, outcome, "bright" if shown else "text" if chosen else "muted", ground, bold=shown)


def _details(canvas: Canvas, rows: Sequence[LibraryRow], row: LibraryRow, revealed: frozenset[str], look: Look) -> None:
    """The chosen race in full, right of a rule."""
    x = _ends(canvas.width)[4] + 1
    y, end = top(canvas.height), canvas.height - 3
    for line in range(y, end):
        canvas.put(x, line, "|" if look.ascii else "│", "rule")
    x += 4
    room = canvas.width - x
    canvas.put(x, y, cut(row.name.upper(), room), "bright", bold=True)
    where = f", {row.place}" if row.place and row.place not in row.race else ""
    canvas.put(x, y + 1, cut(row.race + where, room), "text")
    y += 3
    for label, text in _facts(rows, row, look):
        if y >= end - 3:
            break
        canvas.put(x, y, label, "muted")
        canvas.put(x + _LABEL, y, cut(text, room - _LABEL), "text")
        y += 1
    if row.kind != "shipped":
        return
    foot = end - 4
    if row.course is not None and foot - y >= 7:
        canvas.label(x, y + 1, "COURSE")
        _sketch(canvas, row.course, x, y + 2, room, foot - y - 3)
    at = canvas.label(x, max(y + 1, foot), "RESULT") + 3
    if row.name in revealed:
        canvas.put(at, max(y + 1, foot), row.result, "bright", bold=True)
    else:
        canvas.put(at, max(y + 1, foot), cut("hidden · v shows it", canvas.width - at), "faint")


def _facts(rows: Sequence[LibraryRow], row: LibraryRow, look: Look) -> list[tuple[str, str]]:
    """(label, words) of what is known before the gun."""
    if row.kind != "shipped":
        return list(row.facts)
    start = words.day(row.date)
    if row.gun_s is not None:
        start = f"{start}, {words.time_of_day(row.gun_s, row.time_zone)}"
    target = row.target_name or "none"
    if row.target_s and row.distance_m:
        target = f"{target} ({words.pace(row.target_s / row.distance_m * 1000, look.units)}/{look.units})"
    ghosts = [r.name for r in rows if r.name != row.name and r.distance_m == row.distance_m]
    more = f" and {len(ghosts) - 1} more" if len(ghosts) > 1 else ""
    records = {True: "record-eligible", False: "not record-eligible"}.get(row.record_eligible or False)
    return [
        (label, text)
        for label, text in (
            ("start", start),
            ("runner", row.runner),
            ("target", target),
            ("pacers", row.pacers or "none"),
            ("marks", _marks(row, look)),
            ("quality", row.quality),
            ("ghosts", f"{ghosts[0]}{more}" if ghosts else "none"),
            ("records", "" if row.record_eligible is None else records or ""),
        )
        if text
    ]


def _marks(row: LibraryRow, look: Look) -> str:
    """`5 km each, and 21 km`, else their number."""
    steps = [m for m in row.mats_m if m % 5000 == 0]
    odd = [m for m in row.mats_m if m % 5000]
    if len(steps) < 3 or [m / 5000 for m in steps] != list(range(1, len(steps) + 1)) or len(odd) > 2:
        return str(row.marks)
    if look.units == "mi":
        return f"{row.marks}, every 3.1 mi"
    half = (row.distance_m or 0.0) / 2
    named = ["half" if abs(m - half) < 1 else f"{m / 1000:g} km" for m in odd]
    return ", and ".join(("5 km each", " and ".join(named))) if named else "5 km each"


def _sketch(canvas: Canvas, course: Course, x: int, y: int, width: int, height: int) -> None:
    """The course alone, without words."""
    drawn = project(course, width * WIDE, height * HIGH)
    if drawn is None:
        return
    dots = Dots(width, height)
    for (_, x0, y0), (_, x1, y1) in zip(drawn.way, drawn.way[1:], strict=False):
        dots.line((x0, y0), (x1, y1), "text")
    dots.draw(canvas, x, y)
