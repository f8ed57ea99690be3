"""Beside a ghost: another recorded race, at the same elapsed time."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.draw import compare
from tracker.draw.words import running_clock
from tracker.session import Wish
from tracker.ui.keys import COMPARE_KEYS, bindings
from tracker.ui.messages import RaceChosen
from tracker.ui.panels.panel import Panel
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.viewed import RaceView


class CompareScreen(RaceView):
    """The gap to the ghost, both on one scale, the gap by distance, the splits side by side."""

    BINDINGS = bindings(COMPARE_KEYS)
    KEYS = COMPARE_KEYS

    def body(self) -> Iterable[Sheet]:
        """One sheet."""
        yield Panel("body", compare.draw)

    def action_back(self) -> None:
        """To the race."""
        self.dismiss()

    def action_swap(self) -> None:
        """The ghost's race at this moment, with this one as its ghost."""
        ghost, elapsed_s = self.session.wish.ghost, self.snapshot.elapsed_s
        if ghost and elapsed_s is not None:
            wish = Wish(at=running_clock(elapsed_s), ghost=self.session.opened.name, speed=self.session.clock.rate)
            self.post_message(RaceChosen(ghost, wish))
