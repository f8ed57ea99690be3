"""How honest the projection was today: the field's bands graded beside the screen, receipts of the followed at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

from textual.reactive import var

from tracker import honesty
from tracker.draw import honesty as drawing
from tracker.draw.graded import Honesty
from tracker.draw.honesty import PARTS, Part
from tracker.draw.ink import Line
from tracker.ui.keys import HONEST_KEYS, bindings
from tracker.ui.panels.panel import RaceSheet
from tracker.ui.panels.sheet import Sheet
from tracker.ui.screens.viewed import RaceView

REST = 4.0
"""A grading rests so many times as long as it took, so that a race that goes on costs a fifth of one core at most."""


class HonestSheet(RaceSheet):
    """Draws what was graded."""

    found: var[Honesty] = var(Honesty(), init=False)
    part: var[Part] = var("next", init=False)
    first: var[int] = var(0, init=False)

    def draw(self, width: int, height: int) -> list[Line]:
        """The body of the screen."""
        return drawing.draw(self.snapshot, self.found, self.part, self.first, width, height, self.look)

    def watch_found(self) -> None:
        """Other grades, another part, other rows."""
        self.soon()

    watch_part = watch_first = watch_found


class HonestScreen(RaceView):
    """What was said, and what came."""

    BINDINGS = bindings(HONEST_KEYS)
    KEYS = HONEST_KEYS

    def body(self) -> Iterable[Sheet]:
        """One sheet."""
        self.graded = HonestSheet("honest")
        self._busy = False
        self._known: tuple[object, ...] = ()
        self._bands = Honesty()
        yield self.graded

    def follow(self) -> None:
        """The receipts now, the field's bands as soon as they are counted."""
        super().follow()
        if not self.is_active or not self.session.loaded:
            return
        shown, timeline = self.snapshot, self.session.timeline
        race = timeline.fold.to(shown.now_s)
        found = honesty.honesty(race, shown, timeline.wanted, sorted(self.desk.followed()))
        self.graded.found = replace(
            found, soon=self._bands.soon, finish=self._bands.finish, ready=self._bands.ready
        )  # fmt: skip
        known = (timeline.fold.at, shown.elapsed_s, timeline.wanted.prior, timeline.wanted.course)
        if not self._busy and known != self._known and (asked := honesty.question(race, shown, timeline.wanted)):
            self._known, self._busy = known, True
            self.run_worker(self._grade(asked), exclusive=True, group="honest")

    async def _grade(self, asked: honesty.Question) -> None:
        real = self.session.clock.real
        began_s = real()
        soon, finish = honesty.bands(asked.mats, await asyncio.to_thread(asked.answer))
        self._bands = Honesty(soon, finish, ready=True)
        self.graded.found = replace(self.graded.found, soon=soon, finish=finish, ready=True)
        self.set_timer(REST * (real() - began_s), self._rested)

    def _rested(self) -> None:
        self._busy = False
        self.follow()

    def action_part(self) -> None:
        """The next mat, the finish, the receipts: one after the other, where there is no room for all."""
        self.graded.part = PARTS[(PARTS.index(self.graded.part) + 1) % len(PARTS)]

    def action_scroll(self, by: int) -> None:
        """Further receipts, or those before."""
        most = drawing.lines_of(self.snapshot, self.graded.found, self.look.units) - 1
        self.graded.first = max(0, min(most, self.graded.first + by))
