"""Ink, runs, and a canvas of cells to draw a panel on. Rule: colours are tokens; only palettes know hex values."""

from __future__ import annotations

from typing import NamedTuple

from tracker.draw.cells import clustered, width
from tracker.draw.glyphs import to_ascii


class Ink(NamedTuple):
    """How a run looks: tokens of the palette; "A/28" mixes 28 % of a token into the ground."""

    fg: str = "text"
    bg: str = "bg"
    bold: bool = False
    strike: bool = False


class Run(NamedTuple):
    """A piece of a line in one ink."""

    text: str
    ink: Ink


Line = list[Run]
PLAIN = Ink()
BLANK = (" ", PLAIN)


class Canvas:
    """A grid of cells. Whatever is drawn outside it is cut; a wide character takes two cells."""

    def __init__(self, width: int, height: int, *, ascii_only: bool = False) -> None:
        self.width = max(0, width)
        self.height = max(0, height)
        self.ascii_only = ascii_only
        """Whether whatever is written is translated first, so that places are counted in what is seen."""
        self._rows = [[BLANK] * self.width for _ in range(self.height)]

    def put(self, x: int, y: int, text: str, fg: str = "text", bg: str = "bg", *, bold: bool = False,
            strike: bool = False) -> int:  # fmt: skip
        """Write from x on; returns the cell after the last one."""
        ink = Ink(fg, bg, bold, strike)
        clusters, narrow = clustered(self.said(text))
        if narrow:
            end = x + len(clusters)
            first, last = max(0, x), min(self.width, end)
            if 0 <= y < self.height and first < last:
                row = self._rows[y]
                self._part(row, first)
                self._part(row, last)
                row[first:last] = [(char, ink) for char, _ in clusters[first - x : last - x]]
            return end
        for char, size in clusters:
            if 0 <= y < self.height and x >= 0 and x + size <= self.width:
                row = self._rows[y]
                self._part(row, x)
                self._part(row, x + size)
                row[x] = (char, ink)
                if size == 2:
                    row[x + 1] = ("", ink)
            x += size
        return x

    def _part(self, row: list[tuple[str, Ink]], x: int) -> None:
        """Where a wide character lies across the border before x, blank both its halves, since one is written over."""
        if 0 < x < self.width and not row[x][0]:
            row[x - 1], row[x] = (" ", row[x - 1][1]), (" ", row[x][1])

    def right(self, x: int, y: int, text: str, fg: str = "text", bg: str = "bg", *, bold: bool = False,
              strike: bool = False) -> int:  # fmt: skip
        """Write so that the last cell is x; returns the first cell."""
        text = self.said(text)
        first = x - width(text) + 1
        self.put(first, y, text, fg, bg, bold=bold, strike=strike)
        return first

    def centre(self, x: int, y: int, room: int, text: str, fg: str = "text", bg: str = "bg", *,
               bold: bool = False) -> int:  # fmt: skip
        """Write in the middle of `room` cells from x; returns the cell after the last one."""
        text = self.said(text)
        return self.put(x + (room - width(text)) // 2, y, text, fg, bg, bold=bold)

    def blit(self, x: int, y: int, lines: list[Line]) -> None:
        """Copy drawn lines onto this canvas."""
        for dy, line in enumerate(lines):
            cx = x
            for text, ink in line:
                cx = self.put(cx, y + dy, text, ink.fg, ink.bg, bold=ink.bold, strike=ink.strike)

    def label(self, x: int, y: int, text: str, *, focused: bool = False) -> int:
        """The name of a panel, in reverse where the panel has the focus; returns the cell after it."""
        return self.put(x, y, text, "bg" if focused else "muted", "muted" if focused else "bg", bold=True)

    def said(self, text: str) -> str:
        """A text as this canvas will show it."""
        return to_ascii(text) if self.ascii_only else text

    def is_free(self, x: int, y: int, width: int) -> bool:
        """Whether cells lie on the canvas and nothing is drawn there."""
        return (
            0 <= y < self.height
            and x >= 0
            and x + width <= self.width
            and all(cell == BLANK for cell in self._rows[y][x : x + width])
        )

    def ink(self, x: int, y: int) -> Ink:
        """The ink of a cell."""
        return self._rows[y][x][1]

    def char(self, x: int, y: int) -> str:
        """The character of a cell ("" for the second half of a wide one)."""
        return self._rows[y][x][0]

    def lines(self) -> list[Line]:
        """The canvas as runs, each line exactly `width` cells."""
        out: list[Line] = []
        for row in self._rows:
            line: Line = []
            text, last = "", PLAIN
            for char, ink in row:
                if ink is not last and ink != last and text:
                    line.append(Run(text, last))
                    text = ""
                text, last = text + char, ink
            if text:
                line.append(Run(text, last))
            out.append(line)
        return out


def plain(lines: list[Line]) -> str:
    """The text alone, without trailing spaces: what `--once` prints and golden tests keep."""
    return "\n".join("".join(run.text for run in line).rstrip() for line in lines)
