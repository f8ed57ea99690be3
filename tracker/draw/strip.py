"""Parts of a strip drawn to scale: metres to cells, chips, brackets with a distance, names in a rule."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from tracker.draw.cells import width
from tracker.draw.glyphs import glyphs
from tracker.draw.ink import Canvas

CAR_WIDTH = 6
_CAR = ("╭──┬─╮", "│  │ │", "╰──┴─╯")
_CAR_ASCII = ("+--+-+", "|  | |", "+--+-+")


@dataclass(frozen=True, slots=True)
class Strip:
    """`rows` rows of a canvas from `top` on, `low` to `high` metres wide. `ruled`: a rule above and one below."""

    canvas: Canvas
    top: int
    rows: int
    ruled: bool
    low: float
    high: float

    @property
    def middle(self) -> int:
        """The row the runner is on."""
        return self.top + self.rows // 2

    @property
    def bottom(self) -> int:
        """The row below the strip: the rule with the names, or the row of the bracket."""
        return self.top + self.rows

    @property
    def names_row(self) -> int:
        """The row of the lower rule: under the strip, under the bracket's row where that lies below."""
        return self.bottom + (self.rows == 3)

    @property
    def bracket_row(self) -> int | None:
        """The row of the distance: the last one of five or seven, below three, none where there is no room."""
        if self.ruled and self.rows > 3:
            return self.bottom - 1
        return self.bottom if self.bottom < self.canvas.height else None

    def at(self, metres: float) -> int:
        """The cell of a place; it may lie outside."""
        return round((metres - self.low) / (self.high - self.low) * (self.canvas.width - 1))

    def column(self, x: int, sign: str, ink: str, *, rows: int | None = None, bold: bool = False) -> None:
        """A sign on each row of the strip, or on its first `rows`."""
        for dy in range(self.rows if rows is None else rows):
            self.canvas.put(x, self.top + dy, sign, ink, bold=bold)


class Name(NamedTuple):
    """A word in the rule under a strip. `at` is its wanted first cell, the blank before the word included."""

    at: int
    text: str
    ink: str
    bold: bool = False
    keep: bool = True
    """Whether it stays when there is no room for all."""


def chip(canvas: Canvas, x: int, y: int, initial: str, fg: str = "on_now", bg: str = "now") -> None:
    """A runner on the road: three cells, the middle one at x."""
    text = f"[{initial}]" if canvas.ascii_only else f" {initial} "
    canvas.put(x - 1, y, text, fg, bg, bold=True)


def car(canvas: Canvas, x: int, middle: int) -> None:
    """The car, its back at x, three rows around `middle`."""
    for dy, row in enumerate(_CAR_ASCII if canvas.ascii_only else _CAR):
        canvas.put(x, middle - 1 + dy, row, "muted")


def bracket(canvas: Canvas, first: int, last: int, y: int, text: str, ink: str, *, open_left: bool = False,
            open_right: bool = False) -> bool:  # fmt: skip
    """A dimension line between two cells, its words in the middle; an open end is an arrow. False: no room for words."""
    signs = glyphs(canvas.ascii_only)
    if last > first:
        left = signs.arrow_left if open_left else signs.left_end
        right = signs.arrow_right if open_right else signs.right_end
        canvas.put(first, y, left + signs.dash * (last - first - 1) + right, ink + "/55")
    words = f" {text} "
    if last - first - 1 < width(canvas.said(words)):
        return False
    canvas.centre(first, y, last - first + 1, words, ink)
    return True


def rule(canvas: Canvas, y: int) -> None:
    """A thin line over the whole width."""
    canvas.put(0, y, glyphs(canvas.ascii_only).rule * canvas.width, "rule")


def is_rule(canvas: Canvas, x: int, y: int, size: int) -> bool:
    """Whether cells show nothing but the thin line."""
    sign = glyphs(canvas.ascii_only).rule
    return (
        x >= 0
        and x + size <= canvas.width
        and all(canvas.char(i, y) == sign and canvas.ink(i, y).fg == "rule" for i in range(x, x + size))
    )


def names(canvas: Canvas, y: int, wanted: list[Name]) -> None:
    """Words in a rule, left to right, a cell of rule between them; pushed apart, the dispensable left out first."""
    row = list(wanted)
    while row:
        sizes = [width(canvas.said(n.text)) + 2 for n in row]
        places = apart([(n.at, size) for n, size in zip(row, sizes, strict=True)], canvas.width)
        spare = [n for n in row if not n.keep]
        moved = [abs(x - n.at) > size // 2 for n, x, size in zip(row, places, sizes, strict=False) if n.keep]
        if places and not (spare and any(moved)):
            for name, x in zip(row, places, strict=True):
                canvas.put(x, y, f" {name.text} ", name.ink, bold=name.bold)
            return
        row.remove((spare or row)[-1])


def apart(wanted: list[tuple[int, int]], room: int) -> list[int]:
    """First cells for (wanted cell, length) in this order, a free cell between; empty where they do not fit.

    Words that would overlap share the way they have to move.
    """
    offsets = [0, *accumulate(size + 1 for _, size in wanted)]
    if offsets[-1] - 1 > room:
        return []
    blocks: list[tuple[float, int]] = []
    for (at, _), offset in zip(wanted, offsets, strict=False):
        mean, count = float(at - offset), 1
        while blocks and blocks[-1][0] > mean:
            before, many = blocks.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        blocks.append((mean, count))
    free = room - offsets[-1] + 1
    base = [min(max(0, math.ceil(mean)), free) for mean, count in blocks for _ in range(count)]
    return [start + offset for start, offset in zip(base, offsets, strict=False)]
