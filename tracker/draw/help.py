"""The keys in groups: one column, two where the screen is wide."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from tracker.draw.cells import cut, width
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas, Line

if TYPE_CHECKING:
    from tracker.draw.footer import Key
    from tracker.draw.look import Look

TWO_COLUMNS = 72
APART = 4
HEADER = 3
"""Rows above the first group: name, rule, air."""

Sections = Sequence[tuple[str, Sequence["Key"]]]


def draw(sections: Sections, screen_width: int, height: int, look: Look, top: int = 0) -> list[Line]:
    """The screen above its footer; `top` rows are scrolled away."""
    canvas = Canvas(screen_width, height, ascii_only=look.ascii)
    if screen_width < 1 or height < 1:
        return canvas.lines()
    x = canvas.put(0, 0, "paceline", "bright", bold=True)
    canvas.put(x + 3, 0, "HELP", "now_ink", bold=True)
    canvas.put(0, 1, glyphs(look.ascii).rule * screen_width, "rule")
    columns = _columns(sections, screen_width)
    room = max(0, height - HEADER)
    size = (screen_width - APART * (len(columns) - 1)) // max(1, len(columns))
    tall = rows(sections, screen_width)
    top = min(max(0, top), max(0, tall - room))
    # One field for all keys, so that labels stand under each other on both sides.
    keys = min(max((width(canvas.said(k.keys)) for _, group in sections for k in group), default=0), size // 2)
    for i, column in enumerate(columns):
        _column(canvas, column, i * (size + APART), size, keys, top)
    below = tall - top - room
    if below > 0 and room > 1:
        canvas.put(0, height - 1, " " * screen_width)
        canvas.put(0, height - 1, cut(f"{below + 1} more rows below", screen_width), "faint")
    return canvas.lines()


def rows(sections: Sections, screen_width: int) -> int:
    """Rows of the longest column: how far there is to scroll."""
    return max(
        (sum(len(group) + 2 for _, group in column) - 1 for column in _columns(sections, screen_width)), default=0
    )


def _columns(sections: Sections, screen_width: int) -> list[Sections]:
    """The groups in reading order, cut where the two columns come out most alike."""
    if screen_width < TWO_COLUMNS or len(sections) < 2:
        return [sections]
    sizes = [len(group) + 2 for _, group in sections]
    whole = sum(sizes)
    cuts = list(accumulate(sizes))[:-1]
    at = min(range(len(cuts)), key=lambda i: max(cuts[i], whole - cuts[i])) + 1
    return [sections[:at], sections[at:]]


def _column(canvas: Canvas, sections: Sections, x: int, size: int, keys: int, top: int) -> None:
    y = HEADER - top
    for title, group in sections:
        if y >= HEADER:
            canvas.label(x, y, cut(title.upper(), size))
        for key in group:
            y += 1
            if y >= HEADER:
                canvas.put(x, y, cut(key.keys, keys), "text", bold=True)
                canvas.put(x + keys + 2, y, cut(canvas.said(key.label), size - keys - 2), "muted")
        y += 2
