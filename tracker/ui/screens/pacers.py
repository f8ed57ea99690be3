"""Who paces, and how evenly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.reactive import var

from tracker.draw import pacers as drawing
from tracker.draw.ink import Line
from tracker.draw.onroad import Placed
from tracker.onroad import road
from tracker.race.pacegroup import groups
from tracker.race.snapshot import PaceGroup
from tracker.ui.keys import PACER_KEYS, bindings
from tracker.ui.panels.panel import RaceSheet
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.viewed import RaceView


class PacerSheet(RaceSheet):
    """Draws the pacers."""

    found: var[Sequence[PaceGroup]] = var((), init=False)
    placed: var[Mapping[str, Placed]] = var({}, init=False)

    def draw(self, width: int, height: int) -> list[Line]:
        """The body of the screen."""
        return drawing.draw(self.snapshot, self.found, self.placed, width, height, self.look)

    def watch_found(self) -> None:
        """Another mat was passed."""
        self.soon()

    watch_placed = watch_found


class PacersScreen(RaceView):
    """Formations, teams and legs, or the pace groups."""

    BINDINGS = bindings(PACER_KEYS)
    KEYS = PACER_KEYS

    def body(self) -> Iterable[Sheet]:
        """One sheet."""
        self.pacers = PacerSheet("pacers")
        yield self.pacers

    def follow(self) -> None:
        """The pacers as they are now."""
        super().follow()
        if not self.is_active or not self.session.loaded:
            return
        shown = self.snapshot
        race = self.session.timeline.fold.to(shown.now_s)
        ordinary = [each for each in shown.runners if each.role == "pacer" and race.saw(each.id)]
        self.pacers.found = groups(ordinary, race.sheet, shown.course.distance_m)
        if ordinary:
            there = road(self.session.field(), shown.runners, "", (), shown.course.distance_m, 2)
            self.pacers.placed = {each.runner.id: each for each in there.of("pacer")}
