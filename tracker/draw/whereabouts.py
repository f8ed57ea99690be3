"""When to be where: the mats to come by the clock on the wall, each with the window that holds 80 %."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.draw import words
from tracker.draw.cells import width
from tracker.draw.waiting import lost_at, of_day

if TYPE_CHECKING:
    from tracker.draw.ink import Canvas
    from tracker.draw.look import Look
    from tracker.race.snapshot import Arrival, Snapshot

LEAST_WIDTH = 22
AIRY = 2
"""Rows from one place to the next where there is room."""


def draw(canvas: Canvas, snapshot: Snapshot, look: Look) -> None:
    """Title and a row a place, the next one bright; nothing while nothing is projected."""
    arrivals, rows = expected(snapshot), canvas.height - 2
    if not arrivals or rows < 1 or canvas.width < LEAST_WIDTH:
        return
    canvas.label(0, 0, "WHEN TO BE WHERE", focused=look.focus == "fan")
    if canvas.width >= 24:
        canvas.right(canvas.width - 1, 0, "80 %", "faint")
    shown = chosen(arrivals, rows)
    step = AIRY if AIRY * len(shown) <= rows + 1 else 1
    for i, each in enumerate(shown):
        _row(canvas, 2 + i * step, each, snapshot, look, first=i == 0)
    lost = lost_at(snapshot)
    if lost and 2 + len(shown) * step < canvas.height:
        canvas.put(0, canvas.height - 1, f"as of {lost}", "muted")


def expected(snapshot: Snapshot) -> tuple[Arrival, ...]:
    """The mats to come; the next one as it was expected at the last mark, so that waiting does not move it."""
    arrivals, due = snapshot.projection.arrivals, snapshot.due
    if (
        not arrivals
        or due is None
        or due.q10_s is None
        or due.q90_s is None
        or arrivals[0].checkpoint != due.checkpoint
    ):
        return arrivals
    return (replace(arrivals[0], eta_s=due.eta_s, q10_s=due.q10_s, q90_s=due.q90_s), *arrivals[1:])


def chosen(arrivals: tuple[Arrival, ...], rows: int) -> tuple[Arrival, ...]:
    """The next places and the finish, as many as there are rows."""
    return arrivals if len(arrivals) <= rows else (*arrivals[: rows - 1], arrivals[-1])


def _row(canvas: Canvas, y: int, each: Arrival, snapshot: Snapshot, look: Look, *, first: bool) -> None:
    name = words.mat_with_unit(each.checkpoint.distance_m, each.checkpoint.name, look.units)
    window = f"{of_day(snapshot, each.q10_s)} – {of_day(snapshot, each.q90_s)}"
    at = f"≈ {of_day(snapshot, each.eta_s)}"
    canvas.put(0, y, name, "bright" if first else "text", bold=first)
    begin = canvas.width - width(canvas.said(window))
    middle = begin - 3 - width(canvas.said(at))
    if middle > width(name):
        canvas.put(begin, y, window, "text" if first else "muted")
        canvas.put(middle, y, at, "estimated")
    else:
        canvas.right(canvas.width - 1, y, at, "estimated")
