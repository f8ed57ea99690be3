"""Beside others of the race, and a ghost: another recorded race, at the same elapsed time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tracker.draw import compare
from tracker.session import Wish
from tracker.ui.keys import COMPARE_KEYS, bindings
from tracker.ui.messages import RaceChosen
from tracker.ui.panels.panel import Panel
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.viewed import RaceView


class CompareScreen(RaceView):
    """The gap to the nearest, all on one scale, the gap by distance, the splits side by side, chances at the finish."""

    BINDINGS = bindings(COMPARE_KEYS)
    KEYS = COMPARE_KEYS

    def body(self) -> Iterable[Sheet]:
        """One sheet."""
        yield Panel("compare", compare.draw)

    def action_swap(self) -> None:
        """The ghost's race at this moment, with this one as its ghost; back again, with the target it had."""
        own = self.session.wanted()
        if own.ghost and self.session.loaded and own.at:
            name = self.session.opened.name
            self.desk.asides[name] = own
            aside = self.desk.asides.get(own.ghost, Wish())
            wish = replace(own, target=aside.target, athlete=aside.athlete, ghost=name)
            self.post_message(RaceChosen(own.ghost, wish, paused=self.session.clock.paused, show="compare"))
