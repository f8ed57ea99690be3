"""Work that follows the race but takes long: seldom enough that keys and the feed have the loop in between."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

RESTS = 2.0
"""It rests so many times as long as it took."""
SOON_S = 0.1
"""Until it goes on with what it left to be done."""


class Unhurried:
    """Call it whenever there is news: it works now if it has rested, else once, as soon as it has.

    `real` gives seconds of real time, `later` calls back after some.
    """

    def __init__(
        self, work: Callable[[], None], real: Callable[[], float], later: Callable[[float, Callable[[], None]], object]
    ) -> None:
        self._work, self._real, self._later = work, real, later
        self._rested_s = real()
        self._waiting = self._going_on = False

    def __call__(self) -> None:
        """There is news."""
        left_s = self._rested_s - self._real()
        if left_s <= 0:
            self._now()
        elif not self._waiting:
            self._waiting = True
            self._later(left_s, self._then)

    def go_on(self, call: Callable[[], None]) -> None:
        """Not all could be done at once: `call` in a moment, once however often that is said."""
        if not self._going_on:
            self._going_on = True
            self._later(SOON_S, partial(self._go_on, call))

    def _go_on(self, call: Callable[[], None]) -> None:
        self._going_on = False
        call()

    def _then(self) -> None:
        self._waiting = False
        self._now()

    def _now(self) -> None:
        begun_s = self._real()
        self._work()
        ended_s = self._real()
        self._rested_s = ended_s + RESTS * (ended_s - begun_s)
