"""Where to see the runner: each place with its window by the clock on the wall, and the way there.

Rule: a window is rounded outwards to whole minutes, the moment to leave inwards; nothing is surer than it was computed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tracker.draw import words
from tracker.draw.cells import width
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look
from tracker.draw.parts import Word, Words, first_fit, shorten, write
from tracker.draw.waiting import due_mat, lost_at, mat, of_day
from tracker.race.meet import Meeting, Obstacle, Stop, obstacle
from tracker.race.snapshot import Snapshot

INDENT, WINDOW, MEDIAN, STATE, WAY = 2, 10, 26, 37, 56
"""Cells at which the parts of a row begin."""
WIDE, NARROW = 116, 52
"""Cells from which the way stands on the row of its place, and under which a row ends with its median."""
NOTHING_YET = "no place yet: press a and type where you will stand, as in 12km 28km:25min 41km"
MEANING = (
    "missed: you leave as they pass, or now, and come too late to the next place",
    "missed: they are there before you",
)


def draw(
    snapshot: Snapshot, found: Sequence[Meeting], cells: int, height: int, look: Look, wrong: str = ""
) -> list[Line]:
    """Title, places, and what is to be known about them; `wrong` is what is wrong with the places, if anything."""
    canvas = Canvas(cells, height, ascii_only=look.ascii)
    if cells < 1 or height < 1:
        return canvas.lines()
    _title(canvas, snapshot, look)
    note = why(snapshot, look)
    if wrong or not found:
        y = _prose(canvas, 2, wrong or NOTHING_YET, "behind" if wrong else "text")
        _prose(canvas, y + 1, note, "muted")
        return canvas.lines()
    blocks = [_block(canvas, snapshot, found, n, look) for n in range(len(found))]
    y, apart = 2, 1
    if 2 + sum(map(len, blocks)) + len(blocks) + 1 > height:
        apart = 0
    first, last = _shown(found, [len(block) + apart for block in blocks], max(1, height - 2))
    for block in blocks[first:last]:
        for row in block:
            for x, piece in row:
                write(canvas, x, y, piece)
            y += 1
        y += apart
    if last < len(blocks) and height > 3:
        canvas.put(0, height - 1, " " * cells)
        canvas.put(0, height - 1, f"{len(blocks) - last} more, in a taller window", "faint")
    elif y + 1 - apart < height:
        _foot(canvas, y + 1 - apart, note, alarm(snapshot, look), found)
    return canvas.lines()


def why(snapshot: Snapshot, look: Look) -> str:
    """Why nothing is to come, in a line; empty where there is no reason."""
    said = obstacle(snapshot)
    if said is None:
        return ""
    if said == "mark" and snapshot.last is not None:
        return "the marks so far have no place on the course: windows begin with the first one that has"
    if said == "mark":
        due, first = snapshot.due, snapshot.course.after(0.0)
        at = f", due ≈ {of_day(snapshot, due.eta_s)}" if due is not None else ""
        name = due_mat(due, look) if due is not None else ""
        if not name and first is not None:
            name = words.mat_with_unit(first.distance_m, first.name, look.units)
        return f"no window before the first mark{f': {name}{at}' if name else ''}"
    last = f"; last seen at {mat(snapshot.last, look)}" if snapshot.last is not None else "; never seen at a mat"
    told: dict[Obstacle, str] = {
        "race": "nothing is known of a race yet",
        "course": "the course is not known: windows begin once the feed names its length and mats",
        "gun": "the feed does not say at what time of day the race began, so no place has a window by the clock",
        "out": f"{snapshot.runner.name or snapshot.runner.id} is out of the race{last}",
        "over": f"the race is over{last}",
    }
    return told[said]


def alarm(snapshot: Snapshot, look: Look) -> str:
    """That a mat is waited for in vain, in a line; empty while none is overdue or nothing is to come anyway."""
    due = snapshot.due
    if due is None or due.state != "overdue" or obstacle(snapshot) is not None:
        return ""
    since, at = (of_day(snapshot, each) for each in (due.overdue_from_s, due.eta_s))
    return f"{due_mat(due, look)} overdue since {since}, due ≈ {at}: all this holds only if they go on"


def place(stop: Stop, look: Look) -> str:
    """`28 km`, `half`, `finish`."""
    return words.mat_with_unit(stop.distance_m, stop.name, look.units)


def minute(snapshot: Snapshot, elapsed_s: float, *, up: bool = False) -> str:
    """A moment by the clock on the wall in whole minutes, the one begun, or with `up` the one to come."""
    gun_s = snapshot.race.gun_s or 0.0
    seconds = gun_s + elapsed_s
    whole = math.ceil(seconds / 60 - 1e-9) if up else math.floor(seconds / 60 + 1e-9)
    return words.time_of_day(whole * 60.0, snapshot.race.time_zone, seconds=False, zone=False)


def window(snapshot: Snapshot, low_s: float, high_s: float) -> str:
    """`10:21 – 10:38`."""
    return f"{minute(snapshot, low_s)} – {minute(snapshot, high_s, up=True)}"


def _title(canvas: Canvas, snapshot: Snapshot, look: Look) -> None:
    x = canvas.label(0, 0, "MEET") + 2
    lost, last = lost_at(snapshot), snapshot.last
    basis = f"as of {lost}" if lost else f"by {mat(last, look)}" if last is not None else ""
    begin = canvas.right(canvas.width - 1, 0, basis, "muted") if basis else canvas.width
    name = snapshot.runner.surname.upper()
    rows = (
        [Word(name, "now_ink", True), Word("  windows of 80 %, ≈ their middle", "faint")],
        [Word(name, "now_ink", True)],
    )
    write(canvas, x, 0, first_fit(canvas, max(0, begin - x - 2), *rows))


Row = list[tuple[int, Words]]
"""Cells at which pieces begin."""


def _block(canvas: Canvas, snapshot: Snapshot, found: Sequence[Meeting], n: int, look: Look) -> list[Row]:
    """The rows of a place: one, or two where the way there has no room on the first."""
    here = found[n]
    row = _row(canvas, snapshot, here, look)
    x = WAY if canvas.width >= WIDE else WINDOW if canvas.width >= NARROW else INDENT
    way = _way(snapshot, here, found[n - 1] if n else None, look)
    if not way:
        return [row]
    fitting = first_fit(canvas, canvas.width - x, *way)
    return [[*row, (x, fitting)]] if canvas.width >= WIDE else [row, [(x, fitting)]]


def _row(canvas: Canvas, snapshot: Snapshot, here: Meeting, look: Look) -> Row:
    """Place, window, median, and how it stands."""
    to_come = here.state in ("ahead", "open", "gone")
    name = shorten(canvas, place(here.stop, look), WINDOW - 1)
    row: Row = [(0, [Word(name, "bright" if to_come else "muted", to_come)])]
    if here.state == "none" or here.median_s is None:
        return [*row, (WINDOW, [Word("not expected", "muted")])]
    if not to_come:
        at = of_day(snapshot, here.median_s, seconds=True)
        measured = [Word(at, "text"), Word(" passed", "muted")]
        between = [Word(f"≈ {minute(snapshot, here.median_s + 30)}", "estimated"), Word(" passed", "muted")]
        return [*row, (WINDOW, measured if here.measured else between)]
    assert here.low_s is not None and here.high_s is not None
    row.append((WINDOW, [Word(window(snapshot, here.low_s, here.high_s), "estimated")]))
    row.append((MEDIAN, [Word(f"≈ {minute(snapshot, here.median_s + 30)}", "estimated")]))
    if canvas.width >= NARROW:
        row.append((STATE, _state(snapshot, here)))
    return row


def _state(snapshot: Snapshot, here: Meeting) -> Words:
    """`in 24 min` until the window opens; from then on the chance that the runner is past."""
    if here.state != "ahead" and here.passed_p is not None:
        return [Word(f"passed {words.chance(here.passed_p)}", "estimated")]
    if lost_at(snapshot) or here.low_s is None or snapshot.elapsed_s is None:
        return []
    return [Word(f"in {words.minutes(here.low_s - snapshot.elapsed_s)}", "text")]


def _way(snapshot: Snapshot, here: Meeting, before: Meeting | None, look: Look) -> list[Words]:
    """How long it takes, when to leave, and what comes of that, the longest first; nothing without a way."""
    if here.leave_by_s is None or here.stop.travel_s is None:
        return []
    travel = words.minutes(here.stop.travel_s)
    too_late = snapshot.elapsed_s is not None and snapshot.elapsed_s > here.leave_by_s
    by = minute(snapshot, here.leave_by_s)
    leave = Word(f"leave now (by {by})", "behind") if too_late else Word(f"leave by {by}", "bright")
    missed = [] if here.missed_p is None else [Word(f" · missed {words.chance(here.missed_p)}", "estimated")]
    if before is None or here.before_p is None:
        return [[Word(f"{travel} to it · ", "muted"), leave], [leave]]
    name = place(before.stop, look)
    seen = Word(f" · {name} seen by then {words.chance(here.before_p)}", "estimated")
    told = before.state == "passed"
    return [
        [Word(f"{travel} from {name} · ", "muted"), leave, *([] if told else [seen]), *missed],
        [Word(f"{travel} · ", "muted"), leave, *([] if told else [seen]), *missed],
        [leave, *missed],
        [leave],
    ]


def _shown(found: Sequence[Meeting], heights: Sequence[int], room: int) -> tuple[int, int]:
    """Which places are shown where not all can be: those passed go first, then the farthest."""
    first, last = 0, len(found)
    while sum(heights[first:last]) > room and first < last - 1:
        if found[first].state == "passed":
            first += 1
        else:
            last -= 1
    return first, last


def _foot(canvas: Canvas, y: int, note: str, warning: str, found: Sequence[Meeting]) -> None:
    """Why nothing is to come, or what the chances mean, after what speaks against all of it."""
    if warning:
        y = _prose(canvas, y, warning, "behind")
    if note:
        _prose(canvas, y, note, "text")
    elif any(each.missed_p is not None for each in found):
        write(canvas, 0, y, first_fit(canvas, canvas.width, *([Word(text, "faint")] for text in MEANING)))


def _prose(canvas: Canvas, y: int, text: str, ink: str) -> int:
    """A sentence on as many rows as it takes; returns the row after it."""
    line = ""
    for word in canvas.said(text).split():
        if line and width(line) + 1 + width(word) > canvas.width:
            canvas.put(0, y, line, ink)
            y, line = y + 1, word
        else:
            line = f"{line} {word}" if line else word
    canvas.put(0, y, line, ink)
    return y + 1
