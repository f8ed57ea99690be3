"""The view's clock. Rule: no other module asks what time it is, or sleeps.

The clock shows an instant on a log's axis (POSIX time where a race's gun is known) and runs at a rate. It starts
where it is told to; with a live edge it never runs past `edge() - delay_s`, and follows that once it is sent there.
"""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Event

SLOWEST, FASTEST = 0.25, 600.0
RATES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0)
"""The steps of faster and slower; any rate between the ends may be set."""

monotonic = time.monotonic
wall = time.time


async def nap(seconds: float) -> None:
    """Sleep real seconds."""
    import asyncio  # noqa: PLC0415 - one frame of text needs no event loop

    await asyncio.sleep(seconds)


def next_rate(rate: float, step: int) -> float:
    """The step of RATES above (1) or below (-1) a rate; the ends hold."""
    if step > 0:
        return next((r for r in RATES if r > rate), FASTEST)
    return next((r for r in reversed(RATES) if r < rate), SLOWEST)


class Clock:  # size: one clock, whose every control is a line or two
    """An instant that runs at `rate` seconds a second of `source`, unless it is paused.

    Whatever changes it wakes everyone in `sleep_until` at once. `edge` gives the latest instant that may be shown; a
    race that is re-served runs at a `pace` of its own.
    """

    def __init__(
        self,
        start: float = 0.0,
        rate: float = 1.0,
        *,
        paused: bool = False,
        edge: Callable[[], float] | None = None,
        delay_s: float = 0.0,
        source: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] | None = None,
    ) -> None:
        self._source = source
        self._sleep = sleep
        self._edge = edge
        self._delay_s = delay_s
        self._rate = _checked(rate)
        self._pace = 1.0
        self._paused = paused
        self._shown = start
        self._since = source()
        self._changed = False
        self.hurried = False
        """Whether a viewer did something since this was last set to false; they are answered at once."""
        self._bell: Event | None = None
        self._loop: AbstractEventLoop | None = None

    def now(self) -> float:
        """The instant shown."""
        run = 0.0 if self._paused else (self._source() - self._since) * self._rate * self._pace
        return min(self._shown + run, self.edge())

    def real(self) -> float:
        """Seconds of real time, for ages and intervals; the zero means nothing."""
        return self._source()

    def edge(self) -> float:
        """The latest instant that may be shown: infinite without a live edge."""
        return self._edge() - self._delay_s if self._edge is not None else math.inf

    @property
    def rate(self) -> float:
        """Seconds shown a second."""
        return self._rate

    @property
    def paused(self) -> bool:
        """Whether the clock stands."""
        return self._paused

    @property
    def delay_s(self) -> float:
        """How far behind the edge the view is kept."""
        return self._delay_s

    def set_rate(self, rate: float) -> None:
        """0.25 to 600 times; ValueError beyond that."""
        rate = _checked(rate)
        self._keep()
        self._rate = rate

    @property
    def follows(self) -> bool:
        """Whether the clock shows the live edge, wherever that goes."""
        return self._edge is not None and math.isinf(self._shown) and not self._paused

    def follow(self) -> None:
        """Show the live edge from now on, and go on if paused."""
        self._paused, self._rate = False, 1.0
        self._rebase(math.inf)

    def set_pace(self, pace: float) -> None:
        """Race seconds a second at the live edge."""
        if pace != self._pace:
            self._keep()
            self._pace = pace

    def set_delay(self, delay_s: float) -> None:
        """Stay that far behind the live edge."""
        self._keep()
        self._delay_s = max(0.0, delay_s)

    def pause(self) -> None:
        """Stand still."""
        self._rebase(self.now())
        self._paused = True

    def resume(self) -> None:
        """Go on."""
        self._rebase(self.now())
        self._paused = False

    def seek(self, instant: float) -> None:
        """Show that instant now."""
        self._rebase(instant)

    def wake(self) -> None:
        """Wake whoever sleeps, because something beside the clock has changed. Any thread may call it."""
        if self._loop is None or self._loop.is_closed():
            self._changed = self.hurried = True
        else:
            self._loop.call_soon_threadsafe(self._ring)

    def stir(self) -> None:
        """Wake whoever sleeps, without hurry: a feed has told something. In the loop's own thread."""
        if not self._changed:
            self._changed = True
            if self._bell is not None:
                self._bell.set()

    async def sleep_until(self, instant: float, at_most_s: float = math.inf) -> bool:
        """Sleep until the clock shows `instant`, or `at_most_s` real seconds; True when a change woke it earlier.

        A change made since the last sleep counts, so none is missed.
        """
        left = math.inf if self._paused else (instant - self.now()) / (self._rate * self._pace)
        left = min(left, at_most_s)
        if left > 0 and not self._changed:
            await self._nap(left)
        woken, self._changed = self._changed, False
        return woken

    async def _nap(self, seconds: float) -> None:
        import asyncio  # noqa: PLC0415 - one frame of text needs no event loop

        self._loop = asyncio.get_running_loop()
        bell = self._bell = asyncio.Event()
        if math.isinf(seconds):
            await bell.wait()
            return
        naps = [asyncio.ensure_future((self._sleep or asyncio.sleep)(seconds)), asyncio.ensure_future(bell.wait())]
        try:
            await asyncio.wait(naps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for nap in naps:
                nap.cancel()

    def _ring(self) -> None:
        self._changed = self.hurried = True
        if self._bell is not None:
            self._bell.set()

    def _keep(self) -> None:
        """Go on from what is shown; a clock that follows the edge goes on following it."""
        self._rebase(self._shown if self.follows else self.now())

    def _rebase(self, instant: float) -> None:
        self._shown, self._since = instant, self._source()
        self._ring()


def _checked(rate: float) -> float:
    if not SLOWEST <= rate <= FASTEST:
        raise ValueError(f"a rate is {SLOWEST:g} to {FASTEST:g} times, not {rate:g}")
    return rate
