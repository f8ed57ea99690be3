"""Dots: two by four to a cell, one colour a cell, the highest priority wins."""

from __future__ import annotations

from tracker.draw.ink import Canvas

WIDE, HIGH = 2, 4
"""Dots a cell has across and down."""

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BLANK = 0x2800
_DENSE = 3
"""From this many dots on, a cell of an ASCII screen gets a star instead of a point."""


class Dots:
    """A field of `width` by `height` cells to set dots in; places are dots from the upper left corner."""

    def __init__(self, width: int, height: int) -> None:
        self.width = max(0, width)
        self.height = max(0, height)
        self._cells: dict[tuple[int, int], tuple[int, int, str]] = {}

    def dot(self, x: float, y: float, ink: str = "text", priority: int = 0) -> None:
        """Set one dot; outside the field it is dropped."""
        px, py = round(x), round(y)
        if not (0 <= px < self.width * WIDE and 0 <= py < self.height * HIGH):
            return
        place = (px // WIDE, py // HIGH)
        bits, best, colour = self._cells.get(place, (0, priority, ink))
        if priority >= best:
            best, colour = priority, ink
        self._cells[place] = (bits | _BITS[py % HIGH][px % WIDE], best, colour)

    def line(self, start: tuple[float, float], end: tuple[float, float], ink: str = "text", priority: int = 0) -> None:
        """A straight line, both ends included."""
        (x0, y0), (x1, y1) = start, end
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
        for i in range(steps + 1):
            self.dot(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps, ink, priority)

    def draw(self, canvas: Canvas, x: int, y: int, *, bold: bool = False) -> None:
        """Write the cells that hold dots onto a canvas, the field's corner at x, y."""
        for (cx, cy), (bits, _, ink) in self._cells.items():
            if canvas.ascii_only:
                char = "*" if bits.bit_count() >= _DENSE else "."
            else:
                char = chr(_BLANK + bits)
            canvas.put(x + cx, y + cy, char, ink, bold=bold)
