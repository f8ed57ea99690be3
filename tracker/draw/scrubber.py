"""The timeline: from the gun to the target, else to the late end of what is projected; never to the end of a recording.

It has the cells of the course's axis, so that its head stands under the place of the target's line.
"""

from __future__ import annotations

import math

from tracker.draw import words
from tracker.draw.glyphs import glyphs
from tracker.draw.header import elapsed as race_clock
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look
from tracker.draw.waiting import is_live, lost_at
from tracker.race.snapshot import Mark, Snapshot

GROWS_BY_S = 300.0
"""Past the target, and with the projection where there is none, the line grows by so much at a time."""
HALF_HOUR_S = 1800.0
UNKNOWN_PACE_S_PER_KM = 300.0
"""For a race without a target and without a mark: a span that most stay within."""
STEPS_S = (60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0, 43200.0, 86400.0)
MOST_TICKS = 5


def span(snapshot: Snapshot) -> float:
    """Elapsed seconds at the right end."""
    now = snapshot.elapsed_s or 0.0
    if snapshot.plan is not None:
        end = snapshot.plan.finish_s
        return end if now <= end else end + GROWS_BY_S * math.ceil((now - end) / GROWS_BY_S)
    arrivals, expected = snapshot.projection.arrivals, snapshot.projection.even_pace_s
    if arrivals:
        return GROWS_BY_S * math.ceil(max(arrivals[-1].q90_s, now, 1.0) / GROWS_BY_S)
    if expected is None:
        expected = (snapshot.course.distance_m or 12_000.0) / 1000 * UNKNOWN_PACE_S_PER_KM
    return HALF_HOUR_S * math.ceil(max(expected, now, 1.0) / HALF_HOUR_S)


def time_at(snapshot: Snapshot, x: int, width: int) -> float:
    """Elapsed seconds at a cell; the ends are the gun and the right end."""
    share = min(1.0, max(0.0, x / (width - 1))) if width > 1 else 0.0
    return share * span(snapshot)


def mark_at(snapshot: Snapshot, x: int, width: int) -> Mark | None:
    """The mark drawn at a cell, else the one beside it."""
    places = [(abs(_cell(mark.elapsed_s, snapshot, width) - x), mark) for mark in _shown(snapshot)]
    near = min(places, key=lambda p: p[0], default=None)
    return near[1] if near is not None and near[0] <= 1 else None


def draw(snapshot: Snapshot, width: int, height: int, look: Look) -> list[Line]:
    """Two rows: times, and the line with the marks passed and the head. One row: the line.

    While the projection is chosen, the times are those that were projected at each mark.
    """
    canvas = Canvas(width, height, ascii_only=look.ascii)
    sign = glyphs(look.ascii)
    y = min(1, height - 1)
    marks = [_cell(mark.elapsed_s, snapshot, width) for mark in _shown(snapshot)]
    head = _cell(_head_s(snapshot), snapshot, width)
    if marks and head == marks[-1] and head < width - 1:
        head += 1
    canvas.put(0, y, sign.bar * head, "faint")
    canvas.put(head, y, sign.bar_to_come * (width - head), "rule")
    edge = _edge(snapshot, width)
    if edge is not None:
        canvas.put(head, y, sign.bar * (edge - head), "rule")
    for x in marks:
        canvas.put(x, y, sign.event, "text")
    if snapshot.phase == "empty":
        return canvas.lines()
    canvas.put(head, y, sign.head, "on_now", "now", bold=True)
    if height > 1:
        _times(canvas, snapshot, head, look)
    return canvas.lines()


def _shown(snapshot: Snapshot) -> list[Mark]:
    return [mark for mark in snapshot.marks if mark.carries]


def _cell(elapsed_s: float, snapshot: Snapshot, width: int) -> int:
    return min(width - 1, max(0, round(elapsed_s / span(snapshot) * (width - 1))))


def _head_s(snapshot: Snapshot) -> float:
    """Elapsed seconds at the head: now; of a feed that is lost, until when it is known."""
    now_s, lost_s, gun_s = snapshot.elapsed_s or 0.0, snapshot.mode.horizon_s, snapshot.race.gun_s
    return now_s if lost_s is None or gun_s is None else min(now_s, lost_s - gun_s)


def _edge(snapshot: Snapshot, width: int) -> int | None:
    """The cell of the live edge, where the view stays behind it."""
    mode = snapshot.mode
    if not is_live(snapshot) or mode.delay_s < 1 or snapshot.elapsed_s is None:
        return None
    return _cell(snapshot.elapsed_s + mode.delay_s, snapshot, width)


def _now(snapshot: Snapshot) -> str:
    """What stands over the head: the race clock; in a live race `live`, `11:52, held`, or the time of day."""
    mode = snapshot.mode
    if not _by_the_day(snapshot):
        return race_clock(snapshot)
    if lost := lost_at(snapshot):
        return f"{lost}, held"
    if mode.word == "live" and mode.delay_s < 1:
        return "live"
    return words.time_of_day(snapshot.now_s, snapshot.race.time_zone, zone=False)


def _by_the_day(snapshot: Snapshot) -> bool:
    """Whether the times are those of the day: in a live race."""
    return is_live(snapshot) and snapshot.race.gun_s is not None


def _times(canvas: Canvas, snapshot: Snapshot, head: int, look: Look) -> None:
    """The head's time, and round ones wherever they leave it a cell of air."""
    width = canvas.width
    now = canvas.said(_now(snapshot))
    first = min(max(0, head - len(now) // 2), width - len(now))
    taken = [(first, first + len(now))] if now else []
    edge = _edge(snapshot, width)
    if edge is not None and edge - 2 > first + len(now) and edge + 2 <= width:
        canvas.put(edge - 2, 0, "live", "faint")
        taken.append((edge - 2, edge + 2))
    believed = _believed(snapshot, width) if look.focus == "projection" else []
    for text, x in believed or _ticks(snapshot, width):
        if all(x + len(text) < a or x > b for a, b in taken):
            canvas.put(x, 0, text, "faint")
            taken.append((x, x + len(text)))
    reverse = look.focus == "scrubber"
    canvas.put(first, 0, now, "on_now" if reverse else "now_ink", "now" if reverse else "bg")


def _believed(snapshot: Snapshot, width: int) -> list[tuple[str, int]]:
    """(text, first cell): over each mark the finish as it was projected there, the latest first."""
    at = {mark.distance_m: _cell(mark.elapsed_s, snapshot, width) for mark in _shown(snapshot)}
    said = [(words.clock(then.median_s), at.get(then.distance_m)) for then in snapshot.projection.history if then.point]
    placed = [(text, min(max(0, x - len(text) // 2), width - len(text))) for text, x in said if x is not None]
    return placed[::-1]


def _ticks(snapshot: Snapshot, width: int) -> list[tuple[str, int]]:
    """(text, first cell): the two ends first, then the round times between them."""
    end = span(snapshot)
    step = next((s for s in STEPS_S if end / s <= MOST_TICKS), end)
    if _by_the_day(snapshot):
        return _ticks_of_day(snapshot, width, end, step)
    last = words.clock(end, hours=end >= 3600)
    out = [("0:00", 0), (last, width - len(last))]
    for i in range(1, math.ceil(end / step)):
        text = words.rough_clock(i * step) if end >= 3600 else words.clock(i * step)
        out.append((text, _cell(i * step, snapshot, width) - len(text) // 2))
    return out


def _ticks_of_day(snapshot: Snapshot, width: int, end: float, step: float) -> list[tuple[str, int]]:
    """The same by the clock on the wall: round times of the race's zone, wherever the gun was."""
    gun_s, zone = snapshot.race.gun_s or 0.0, snapshot.race.time_zone

    def said(elapsed_s: float) -> str:
        return words.time_of_day(gun_s + elapsed_s, zone, seconds=False, zone=False)

    out = [(said(0.0), 0), (said(end), width - len(said(end)))]
    first = -(words.second_of_day(gun_s, zone) % step) + step
    for i in range(math.ceil((end - first) / step)):
        text = said(first + i * step)
        out.append((text, max(0, _cell(first + i * step, snapshot, width) - len(text) // 2)))
    return out
