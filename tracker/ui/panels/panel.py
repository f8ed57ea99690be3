"""A panel of the race: draws the snapshot it is bound to."""

from __future__ import annotations

from textual.reactive import var

from tracker.draw.ink import Line
from tracker.draw.panels import DrawFn
from tracker.race.snapshot import EMPTY, Snapshot
from tracker.ui.panels.sheet import Sheet


class RaceSheet(Sheet):
    """A sheet that is told the state of the race."""

    snapshot: var[Snapshot] = var(EMPTY, init=False)

    def watch_snapshot(self) -> None:
        """Another state of the race."""
        self.soon()


class Panel(RaceSheet):
    """One of `tracker.draw.panels.PANELS`, or any other drawing of a snapshot and nothing else."""

    def __init__(self, name: str, drawing: DrawFn, *, can_focus: bool = False) -> None:
        super().__init__(name, can_focus=can_focus)
        self._drawing = drawing

    def draw(self, width: int, height: int) -> list[Line]:
        """The panel's lines."""
        return self._drawing(self.snapshot, width, height, self.look)
