"""The course with everybody on it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.reactive import var

from tracker.draw import crowd as drawing
from tracker.draw.ink import Line
from tracker.draw.onroad import NOBODY, Road
from tracker.onroad import road
from tracker.ui.keys import CROWD_KEYS, bindings
from tracker.ui.panels.panel import RaceSheet
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.viewed import RaceView
from tracker.ui.unhurried import Unhurried


class CrowdSheet(RaceSheet):
    """Draws the course."""

    road: var[Road] = var(NOBODY, init=False)

    def draw(self, width: int, height: int) -> list[Line]:
        """The body of the screen."""
        return drawing.draw(self.snapshot, self.road, width, height, self.look)

    def watch_road(self) -> None:
        """Somebody moved."""
        self.soon()


class CrowdScreen(RaceView):
    """Where everybody is, who leads, the followed, the pace groups."""

    BINDINGS = bindings(CROWD_KEYS)
    KEYS = CROWD_KEYS

    def body(self) -> Iterable[Sheet]:
        """One sheet."""
        self.crowd = CrowdSheet("crowd")
        self._replace = Unhurried(self._place, self.session.clock.real, self.set_timer)
        yield self.crowd

    def follow(self) -> None:
        """The field as it is now."""
        super().follow()
        if self.is_active and self.session.loaded and self.crowd.size:
            self._replace()

    def on_resize(self) -> None:
        """As many cells as there is room for."""
        self.call_after_refresh(self.follow)

    def _place(self) -> None:
        shown, now = self.snapshot, self.session.field()
        follows, total_m = sorted(self.desk.followed()), shown.course.distance_m
        self.crowd.road = road(now, shown.runners, shown.runner.id, follows, total_m, self.crowd.size.width)
        if now.pending:  # some of the field's forecasts have still to be made
            self._replace.go_on(self.follow)
