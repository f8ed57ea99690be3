"""The race folded from a log, at any instant.

Rule: the state at any instant is the fold of what had arrived by then, whichever way the view came there.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.log import Log
    from tracker.race.book import Race

MOST_KEYFRAMES = 16
FIRST_STRIDE = 2048


class Fold:
    """The race folded from a log: `to(now_s)` goes on from where it is, or from the nearest keyframe before.

    The race it gives is its own; it changes with the next call.
    """

    def __init__(self, log: Log) -> None:
        self.log = log
        self.at = 0
        self.race = log.race()
        self._stride = FIRST_STRIDE
        self._keyframes: dict[int, Race] = {}
        self._generation = log.generation

    def to(self, now_s: float) -> Race:
        """The race as it was known at an instant, that instant included."""
        return self.up_to(bisect_right(self.log.times, now_s))

    def up_to(self, count: int) -> Race:
        """The race after the first `count` events."""
        if self._generation != self.log.generation:
            self._generation = self.log.generation
            self._keyframes.clear()
            self._go_back(0)
        elif count < self.at:
            self._go_back(count)
        while self.at < count:
            stop = min(count, (self.at // self._stride + 1) * self._stride)
            self.log.tell(self.race, self.at, stop)
            self.at = stop
            if stop % self._stride == 0 and stop not in self._keyframes:
                self._keep()
        return self.race

    def step(self) -> bool:
        """Take the next event; whether it changed anything."""
        (event,) = self.log.between(self.at, self.at + 1)
        self.at += 1
        return self.race.receive(event)

    def _go_back(self, count: int) -> None:
        kept = sorted(self._keyframes)
        i = bisect_right(kept, count)
        self.at = kept[i - 1] if i else 0
        left, self.race = self.race, self._keyframes[self.at].copy() if i else self.log.race()
        self.race.take_over(left)

    def _keep(self) -> None:
        self._keyframes[self.at] = self.race.copy()
        if len(self._keyframes) > MOST_KEYFRAMES:
            self._stride *= 2
            self._keyframes = {i: race for i, race in self._keyframes.items() if i % self._stride == 0}
