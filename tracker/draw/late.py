"""How late a feed was, split by split: stems that hang from nought, so that better is up. Rule: the scale moves in steps."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.draw.braille import HIGH, WIDE, Dots
from tracker.draw.ink import Canvas, Line
from tracker.draw.look import Look

STEPS_S = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21600, 86400)
LATE_S = 60.0
"""From here on a split came late."""
AXIS = 8
"""Cells of the scale's words."""


def draw(seconds: Sequence[float], width: int, height: int, look: Look) -> list[Line]:
    """The latest of them, the newest at the right end; in one row without the scale's words."""
    canvas = Canvas(width, height, ascii_only=look.ascii)
    axis = AXIS if height > 1 and width >= 2 * AXIS else 0
    dots = Dots(width - axis, height)
    room = dots.width * WIDE
    if not seconds or room < 1 or height < 1:
        return canvas.lines()
    shown = list(seconds)[-room:]
    most_s = top(max(shown))
    if axis:
        canvas.right(axis - 2, 0, "0 s", "faint")
        canvas.right(axis - 2, height - 1, said(most_s), "faint")
    for x, each in enumerate(shown, room - len(shown)):
        foot = min(1.0, max(0.0, each) / most_s) * (height * HIGH - 1)
        late = each > LATE_S
        dots.line((x, 0), (x, foot), "behind" if late else "muted", priority=int(late))
    dots.draw(canvas, axis, 0)
    return canvas.lines()


def top(seconds: float) -> float:
    """The lower end of the scale."""
    return next((float(step) for step in STEPS_S if seconds <= step), seconds)


def said(seconds: float) -> str:
    """`5 s`, `2 min`, `1 h`, `30 h`."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.0f} h"
