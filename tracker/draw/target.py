"""The pace line on the road: its place, and a bracket with the distance from it to the runner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.draw import words
from tracker.draw.cells import cut, width
from tracker.draw.glyphs import glyphs
from tracker.draw.strip import Name, Strip, bracket

if TYPE_CHECKING:
    from tracker.draw.look import Units
    from tracker.race.snapshot import Due, Gap

FAR_M = 200.0
"""A line farther off stands at the edge, with an arrow and its distance."""


def said(gap: Gap, metres: float, units: Units, due: Due | None = None) -> tuple[str, str]:
    """The distance in words, and its ink. Once the mat is due it is a bound, as the gap is."""
    size = words.metres(metres, gap.mark.resolution_s, units)
    if gap.quality == "at_least" or (due is not None and due.bounds):
        ink = "behind" if gap.quality == "at_least" else "estimated"
        if abs(metres) < 0.5:
            return "at best level with the line", ink
        return (f"at most {size} ahead" if metres < 0 else f"at least {size} behind"), ink
    if abs(metres) < 0.5:
        return "≈ level with the line", "estimated"
    return f"≈ {size} {'ahead' if metres < 0 else 'behind'}", "estimated"


def cell(strip: Strip, metres: float) -> int:
    """The column of the line, at the edge when it is far."""
    if abs(metres) > FAR_M:
        return 0 if metres < 0 else strip.canvas.width - 1
    return min(strip.canvas.width - 1, max(0, strip.at(metres)))


def draw(strip: Strip, gap: Gap, metres: float, units: Units, *, due: Due | None = None) -> Name:
    """Draw the line and its bracket; returns its name for the rule."""
    canvas, at, here = strip.canvas, cell(strip, metres), strip.at(0)
    signs = glyphs(canvas.ascii_only)
    strip.column(at, signs.target, "bright", bold=True)
    if strip.ruled:
        canvas.put(at, strip.top - 1, signs.target_head, "bright")
    if strip.ruled and strip.rows > 3:
        canvas.put(at, strip.bottom, signs.target_foot, "bright")
    text, ink = said(gap, metres, units, due)
    row, far = strip.bracket_row, abs(metres) > FAR_M
    if row is not None:
        if metres < 0:
            fits = bracket(canvas, at + 1, here, row, text, ink, open_left=far)
        else:
            fits = bracket(canvas, here, at - 1, row, text, ink, open_right=far)
        if not fits:
            _beside(strip, row, text, ink, min(at, here), max(at, here))
    name = f"{cut(gap.plan.name, 20)} line"
    return Name(at - (width(name) + 2) // 2, name, "bright", bold=True)


def _beside(strip: Strip, row: int, text: str, ink: str, first: int, last: int) -> None:
    """The words next to a bracket that is too short for them, on the side with room."""
    canvas = strip.canvas
    size = width(canvas.said(text))
    for x in (first - 1 - size, last + 2):
        if canvas.is_free(x, row, size):
            canvas.put(x, row, text, ink)
            return
