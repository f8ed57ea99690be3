"""The course as a map."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.draw import map as drawing
from tracker.ui.keys import MAP_KEYS, bindings
from tracker.ui.panels.panel import Panel
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.viewed import RaceView


class MapScreen(RaceView):
    """Where the runner is, lap by lap."""

    BINDINGS = bindings(MAP_KEYS)
    KEYS = MAP_KEYS

    def body(self) -> Iterable[Sheet]:
        """One sheet."""
        yield Panel("map", drawing.draw)
