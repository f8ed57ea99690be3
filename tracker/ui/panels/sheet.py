"""Lines of runs as a widget. Rule: a cell that did not change is not painted, and no text is ever markup."""

from __future__ import annotations

from collections.abc import Iterator

from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from tracker.draw.cells import cells
from tracker.draw.ink import Ink, Line, Run
from tracker.draw.look import DEFAULT, Look
from tracker.ui.themes import FIRST, Inks

SAME_RUN = 12
"""Unchanged cells worth repainting rather than moving the cursor and naming two colours again."""


class Sheet(Widget):
    """A widget that shows what `draw` returns. `soon` asks for a new drawing, at most one a turn of the loop."""

    ALLOW_SELECT = False
    look: var[Look] = var(DEFAULT, init=False)
    inks: var[Inks] = var(FIRST, init=False)

    class Pressed(Message):
        """The mouse was pressed on a cell of a sheet."""

        def __init__(self, sheet: Sheet, at: Offset) -> None:
            super().__init__()
            self.sheet = sheet
            self.at = at

    def __init__(self, name: str, *, can_focus: bool = False) -> None:
        super().__init__(name=name, id=name)
        self.can_focus = can_focus
        self._lines: list[Line] = []
        self._strips: list[Strip] = []
        self._drawn_for: tuple[int, int, Inks] | None = None
        self._asked = False

    def draw(self, width: int, height: int) -> list[Line]:
        """`height` lines of `width` cells."""
        raise NotImplementedError

    def soon(self) -> None:
        """Draw again once this turn of the loop is over."""
        if not self._asked:
            self._asked = True
            self.call_next(self._redraw)

    def watch_look(self) -> None:
        """Another focus, flash or unit."""
        self.soon()

    def watch_inks(self) -> None:
        """Another theme."""
        self.soon()

    def on_resize(self) -> None:
        """Another place."""
        self.soon()

    def on_click(self, event: events.Click) -> None:
        """Tell the screen where."""
        self.post_message(self.Pressed(self, event.offset))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips, drawn now if they are for another size or theme. Bypasses Textual's styling: inks are final."""
        if self._drawn_for != (*self.size, self.inks):
            self._start_over()
        blank = Strip([Segment(" " * crop.width, self.inks.style(Ink()))], crop.width)
        strips = self._strips[crop.y : crop.bottom]
        strips += [blank] * (crop.height - len(strips))
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def _start_over(self) -> None:
        self._lines = self.draw(*self.size)
        self._strips = [self._strip(line) for line in self._lines]
        self._drawn_for = (*self.size, self.inks)

    def _redraw(self) -> None:
        self._asked = False
        if not self.size or not self.is_attached:
            return
        if self._drawn_for != (*self.size, self.inks):
            self._start_over()
            self.refresh()
            return
        before, self._lines = self._lines, self.draw(*self.size)
        changed: list[Region] = []
        for y, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                self._strips[y] = self._strip(new)
                changed += [Region(x, y, size, 1) for x, size in spans(old, new)]
        if changed:
            self.refresh(*changed)

    def _strip(self, line: Line) -> Strip:
        style = self.inks.style
        return Strip([Segment(text, style(ink)) for text, ink in joined(line)], self.size.width)


def joined(line: Line) -> Line:
    """The same cells in fewer runs: blanks have no colour but their ground's, so they take the ink before them."""
    out: Line = []
    for text, ink in line:
        last = out[-1].ink if out else None
        blank = last is not None and text.isspace() and last.bg == ink.bg and not (last.strike or ink.strike)
        if last == ink or blank:
            out[-1] = Run(out[-1].text + text, out[-1].ink)
        else:
            out.append(Run(text, ink))
    return out


def spans(before: Line, now: Line) -> Iterator[tuple[int, int]]:
    """(first cell, cells) of what differs between two lines of one width; near ones are joined."""
    old, new = _grid(before), _grid(now)
    first = last = -1
    for x, (a, b) in enumerate(zip(old, new, strict=False)):
        if a == b:
            continue
        if first >= 0 and x - last > SAME_RUN + 1:
            yield first, last - first + 1
            first = -1
        first, last = (x if first < 0 else first), x
    if first >= 0:
        yield first, last - first + 1


def _grid(line: Line) -> list[tuple[str, Ink]]:
    """One entry a cell; both halves of a wide character carry it, so that both are painted."""
    return [(cluster, ink) for text, ink in line for cluster, size in cells(text) for _ in range(size)]
