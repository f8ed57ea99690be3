"""A feed being watched: every message goes to the tape first, then to the log; how the link stands is known at any time.

Rule: nothing that a feed does ends the program; ages are monotonic, and never said to be younger than they are.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from typing import TYPE_CHECKING, Literal

from feeds import retry
from feeds.feed import IDLE_S, Delivery, FeedError, Link, together
from tracker import clock
from tracker.log import PAUSE_S

if TYPE_CHECKING:
    from feeds.feed import LiveFeed
    from feeds.reading import Said
    from feeds.record import Recorder
    from tracker.ear import Ear

WATCHDOG, STALE = 2.5, 1.5
"""Announced intervals of silence after which a link counts as dead, and as stale."""
LEAST_IDLE_S = 1.0
"""A watchdog shorter than this would bite on every hiccup."""
GRACE_S = 2.0
"""Silence after the race's end after which nothing more is waited for: corrections may come with it."""
LOOK_S, LATE_S = 0.25, 0.1
"""Real seconds between two looks at a link that is silent; one that is later than that tells that the program was busy."""

Word = Literal["connecting", "live", "stale", "offline", "ended"]


def named(name: str, error: FeedError) -> FeedError:
    """The same with the feed that it is about, unless it says so itself."""
    text = str(error)
    return error if text.startswith(f"{name}: ") else FeedError(f"{name}: {text}", error.code)


PLACE_S = 0.1
"""Real seconds between two moments at which what is told of the past gets its place, at least."""
FOLD_AGAIN_S = 20e-6
"""Seconds an event that whoever looks at the race takes to fold all of it again, once the past has another order."""


class Live:  # size: a feed as it is read, one sign of it a method
    """Reads a feed into a log. `record` opens the tape with the first message; `heard` is called with what each message said, `changed` when the link stands otherwise.

    Patient, it waits when the feed has failed for good, until `retry_now`; else `run` raises that FeedError, also when
    the first attempt fails.
    """

    def __init__(
        self,
        feed: LiveFeed,
        log: Ear,
        record: Callable[[float], Recorder] | None = None,
        *,
        patient: bool = False,
        changed: Callable[[], None] = lambda: None,
        heard: Callable[[Said], None] = lambda _: None,
        monotonic: Callable[[], float] = clock.monotonic,
        wall: Callable[[], float] = clock.wall,
    ) -> None:
        self.feed = feed
        self.log = log
        self.recorder: Recorder | None = None
        self.tape_why = ""
        self._record = record
        self.link = Link("offline", "connecting")
        self.changed = changed
        self._heard = heard
        self._patient = patient
        self._monotonic = monotonic
        self._began_s = monotonic()
        self._wall_s = wall() - self._began_s
        self._contact_s = self._taken_s = self._woke_s = self._came_s = -math.inf
        self._look_s = math.inf
        self._link_s = self._began_s
        self._place_s = self._anew_s = 0.0
        self._come: list[Delivery] = []
        self._requests = deque([(self._began_s, 0)])
        self._again = asyncio.Event()
        self._over = False
        self._enough: asyncio.Timeout | None = None
        self._fault: BaseException | None = None

    def received_s(self) -> float:
        """POSIX time by the wall clock of the start, run on monotonically."""
        return self._wall_s + self._monotonic()

    def race_now(self) -> float:
        """The race's own time now: the latest instant that can be shown."""
        return self.log.clock.at(self.received_s())

    @property
    def age_s(self) -> float:
        """Seconds since the last byte; infinite before the first."""
        return self._monotonic() - self._contact_s

    @property
    def listening_s(self) -> float:
        """Seconds since the start."""
        return self._monotonic() - self._began_s

    @property
    def word(self) -> Word:
        """How the link stands now."""
        if self.link.state == "live" and self.age_s > STALE / WATCHDOG * self.feed.vitals.idle_s:
            return "stale"
        if self.link.state == "ended":
            return "ended"
        if self.link.state == "live":
            return "live"
        return "offline" if self.log.links else "connecting"

    @property
    def retry_in_s(self) -> float | None:
        """Seconds until the next attempt; none when there is none to come."""
        wait_s = self.link.retry_in_s
        return None if wait_s is None else max(0.0, wait_s - (self._monotonic() - self._link_s))

    def retry_now(self) -> float:
        """Try at once, but for what the other side asked for: the seconds that are left of that."""
        self._again.set()
        self.feed.retry_now()
        return max(0.0, self.link.asked_s - (self._monotonic() - self._link_s))

    @property
    def requests_per_min(self) -> int:
        """Requests of the last minute."""
        since_s = self._monotonic() - 60.0
        while len(self._requests) > 1 and self._requests[1][0] <= since_s:
            self._requests.popleft()
        return self.feed.vitals.requests - self._requests[0][1]

    async def run(self) -> None:
        """Read until nothing more will come. FeedError where the feed fails for good and nobody waits for it."""
        looking = asyncio.create_task(self._look())
        try:
            while not await self._well():
                self._again.clear()
                await clock.nap(retry.FIRST_S)  # a key that is held down is no storm of requests
                await self._again.wait()
        finally:
            looking.cancel()
            self.log.catch_up()
            self.close()

    @property
    def tape_trouble(self) -> str:
        """Why nothing is recorded any more, or never was; empty while all is well, and where no tape is wanted."""
        return self.recorder.why_stopped if self.recorder is not None else self.tape_why

    def close(self) -> None:
        """Close the tape; which one it was stays known."""
        if self.recorder is not None:
            self.recorder.close(self.received_s(), over=self.link.state == "ended")

    async def _well(self) -> bool:
        """Read on; whether it came to its end."""
        try:
            await self._read()
        except FeedError as error:
            if not self._patient:
                raise named(self.feed.name, error) from None
            self._take_link(Link("offline", str(error), None, error.code))
            return False
        return True

    async def _read(self) -> None:
        items = aiter(self.feed)
        try:
            async with asyncio.timeout(None) as self._enough:
                await self._each(items)
        except TimeoutError:
            if self._fault is not None:
                raise self._fault from None
            if not self._over:
                raise
        finally:
            if isinstance(items, AsyncGenerator):
                await items.aclose()
        if self.link.state != "ended":
            self._take_link(Link("ended", "the race is over"))

    async def _each(self, items: AsyncIterator[Delivery | Link]) -> None:
        loop = asyncio.get_running_loop()
        try:
            async for item in items:
                if isinstance(item, Link):
                    self._take()
                    if self._over and item.state == "offline":
                        return
                    self._take_link(item)
                    continue
                if not self._come:  # what comes without a pause is taken together, before anything else is done
                    loop.call_soon(self._take_soon)
                    self._came_s = self._monotonic()
                self._come.append(item)
                if len(self._come) >= self.log.most:
                    await asyncio.sleep(0)
        finally:
            self._take()

    def _take_soon(self) -> None:
        """`_take`, called by the loop: what goes wrong ends the reading, as if that had called it."""
        try:
            self._take()
        except BaseException as error:  # noqa: BLE001 - raised again where it can be caught
            self._fault = error
            if self._enough is not None:
                self._enough.reschedule(0.0)

    def _take(self) -> None:
        """Take what has come: to the tape first."""
        come, self._come = self._come, []
        if not come:
            return
        self._wake()
        received_s = self._wall_s + self._came_s
        deliveries = [
            item if item.received_s is not None else Delivery(item.raw, item.line, received_s, item.part, item.more)
            for item in come
        ]
        self._contact_s = self._taken_s = self._came_s
        self._write(deliveries, received_s)
        if self.link.state != "live":
            self._take_link(Link("live"))
        for row in together(deliveries):
            for said in self.log.receive_all(row) if isinstance(row, list) else ():
                self._heed(said)
                self._heard(said)
        self._place()
        self.changed()

    def _heed(self, said: Said) -> None:
        """How often the feed will be heard, and that it is over."""
        for event in said if isinstance(said, tuple) else ():
            kind = getattr(event, "kind", "")
            if kind == "heartbeat":
                interval_s = getattr(event, "interval_s", None)
                self.feed.vitals.idle_s = IDLE_S if interval_s is None else max(LEAST_IDLE_S, WATCHDOG * interval_s)
            elif kind == "end":
                self._over = True

    def _write(self, deliveries: Sequence[Delivery], received_s: float) -> None:
        if self._record is not None:
            record, self._record = self._record, None
            try:
                self.recorder = record(received_s)
            except (FeedError, OSError) as error:
                self.tape_why = f"no recording: {error}"
        if self.recorder is not None:
            self.recorder.write_all(deliveries, received_s, self._contact_s)

    def _take_link(self, link: Link) -> None:
        before, now_s = self.link.state, self._monotonic()
        if link.state == "live":
            self._contact_s = max(now_s, self._contact_s)
        if link.state == before == "live":
            return
        if self.recorder is not None and self._contact_s > -math.inf and link.state in ("live", "offline"):
            self.recorder.mark("resumed" if link.state == "live" else "lost", self.received_s(), link.why)
        self.link, self._link_s = link, now_s
        self._hear(link)
        self.changed()
        if link.state == "offline" and not self._patient and self._taken_s == -math.inf:
            raise FeedError(link.why, link.code)  # `_well` says of which feed

    def _hear(self, link: Link) -> None:
        """Let the log know; what is no contact any more is dated by the last byte."""
        lost_s = self._contact_s if link.state in ("stale", "offline") and self._contact_s > -math.inf else None
        self.log.hear(link, self.received_s() if lost_s is None else self._wall_s + lost_s)

    async def _look(self) -> None:
        """Notice silence, give the past its place as it is told, bring the tape to the disk."""
        stale = False
        while True:
            self._look_s = self._monotonic() + LOOK_S
            await clock.nap(LOOK_S)
            self._wake()
            if self._requests[-1][1] != (requests := self.feed.vitals.requests):
                self._requests.append((self._monotonic(), requests))
            self._contact_s = max(self._contact_s, self.feed.vitals.heard_s)
            was, stale = stale, self.word == "stale"
            if stale != was and self.link.state == "live":
                self._hear(Link("stale" if stale else "live"))
                self.changed()
            self._place()
            if self._over and self._enough is not None and self._monotonic() - self._taken_s > GRACE_S:
                self._enough.reschedule(0.0)
            if self.recorder is not None:
                self.recorder.sync()

    def _wake(self) -> None:
        """Notice that the program was busy itself: a look is late."""
        if self._monotonic() - self._look_s > LATE_S:
            self._woke_s = self._look_s = self._monotonic()
            self.log.woke(self.received_s())

    def _place(self) -> None:
        """While the feed tells of the past: place it now and then, the less often the longer that takes."""
        log, now_s = self.log, self._monotonic()
        if not log.catching_up or now_s < self._place_s:
            return
        placed = 0
        if self._contact_s > -math.inf and now_s - max(self._contact_s, self._woke_s) > PAUSE_S:
            log.catch_up()
        else:
            placed = log.place(anew=now_s >= self._anew_s)
        then_s = self._monotonic()
        self._place_s = then_s + max(PLACE_S, 4 * (then_s - now_s))
        if placed:
            self._anew_s = then_s + 4 * (then_s - now_s + FOLD_AGAIN_S * placed)
        self.changed()
