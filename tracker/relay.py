"""A feed carried on to where any number of watchers take it from, event by event.

Rule: an event is forgotten only once it was taken there, and the feed is not read on while too many are waiting.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from feeds.decode import Decoder
from feeds.feed import MOST_LIVE, Delivery, FeedError, Link, Vitals
from feeds.reading import Rejection
from feeds.retry import Trouble, asked_s, delays
from feeds.seen import full
from tracker import clock
from tracker.carried import Carried, carried
from tracker.live import Live, named
from tracker.raceclock import RaceClock
from tracker.recording import ENDS_IT
from tracker.rerun import heartbeat

if TYPE_CHECKING:
    from feeds.address import Opened
    from feeds.events import Event
    from feeds.feed import LiveFeed
    from feeds.reading import Reader, Said

MOST_WAITING = 20_000
"""Events that wait to be taken, at most; then the feed waits."""
BEAT_S = 10.0
"""Seconds between two heartbeats of our own, for a feed that has none."""
_LINE_END = re.compile(rb"[\r\n]+")


class Sink(Protocol):
    """Where a feed is carried to. What it cannot take now is Trouble, and is offered again."""

    name: str
    race: str
    """What messages belong to that name no race, before the feed has told its own."""
    most: int
    """Events that it takes at once."""
    too_long: int
    """Events that were longer than it takes any, and left out."""

    async def open(self) -> None:
        """Make ready."""

    async def ready(self) -> None:
        """Wait until it wants more."""

    async def put(self, batch: Sequence[Carried]) -> int:
        """Take all of these; how many of them it had already."""

    async def beat(self, raw: bytes) -> None:
        """Take a heartbeat, which nobody keeps."""

    async def close(self, *, over: bool) -> None:
        """Let go; `over`: the feed has ended."""


class Counts:
    """What came of it."""

    def __init__(self) -> None:
        self.events = self.known = self.refused = 0


class Carrier:
    """Hears a feed, as `Live` wants it, and keeps what is waiting. `race`: what its messages belong to that name none."""

    catching_up = False

    def __init__(self, reader: Reader, race: str) -> None:
        self.clock = RaceClock()
        self.links: list[tuple[float, Link]] = []
        self.waiting: deque[Carried] = deque()
        self.counts = Counts()
        self.beat = b""
        self.beats = False
        self.news = asyncio.Event()
        self.room = asyncio.Event()
        self.room.set()
        self._reader = reader
        self._race = race

    @property
    def most(self) -> int:
        """As many as there is room for."""
        return max(1, min(MOST_LIVE, MOST_WAITING - len(self.waiting)))

    def receive_all(self, deliveries: Sequence[Delivery]) -> list[Said]:
        """Take messages, and give what each said."""
        return [self._receive(delivery) for delivery in deliveries]

    def _receive(self, delivery: Delivery) -> Said:
        said = self._reader.read(delivery)
        events = said if isinstance(said, tuple) else (said,)
        whole = len(events) == 1 and delivery.raw[:1] == b"{" and isinstance(self._reader, Decoder)
        for event in events:
            if isinstance(event, Rejection):
                self.counts.refused += 1
                continue
            raw = delivery.raw if whole else full(event).model_dump_json(exclude_defaults=True).encode()
            if event.kind == "heartbeat":
                self.beat, self.beats = raw, True
            else:
                self.waiting.append(self._carried(full(event), _LINE_END.sub(b" ", raw)))
        if len(self.waiting) >= MOST_WAITING:
            self.room.clear()
        self.news.set()
        return said

    def _carried(self, event: Event, raw: bytes) -> Carried:
        if event.kind == "race":
            self._race = event.id
        return carried(event, event.race or self._race, raw)

    def taken(self, count: int) -> None:
        """The first ones have been taken."""
        for _ in range(count):
            self.waiting.popleft()
        if len(self.waiting) < MOST_WAITING:
            self.room.set()

    def hear(self, link: Link, received_s: float | None = None) -> None:
        """Keep the latest state of the source."""
        self.links = [(received_s or 0.0, link)]

    def place(self, *, anew: bool = True) -> int:  # noqa: ARG002 - as an Ear
        """There is nothing to be placed."""
        return 0

    def catch_up(self) -> None:
        """There is no past."""

    def woke(self, received_s: float) -> None:
        """Nor does silence matter."""


class Gated:
    """A live feed that waits while there is no room for what it tells."""

    def __init__(self, feed: LiveFeed, room: asyncio.Event) -> None:
        self._feed = feed
        self._room = room
        self.name = feed.name
        self.vitals = feed.vitals

    def retry_now(self) -> None:
        """Do not wait any longer before the next attempt."""
        self._feed.retry_now()

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        items = aiter(self._feed)
        try:
            async for item in items:
                await self._room.wait()
                yield item
        finally:
            if isinstance(items, AsyncGenerator):
                await items.aclose()


class Recorded:
    """A recording as a feed that tells all of itself at once."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self.name = opened.name
        self.vitals = Vitals()

    def retry_now(self) -> None:
        """It never breaks."""

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        for item in self._opened.read():
            if isinstance(item, Delivery):
                yield item
            elif item.state == "torn":
                raise FeedError(f"{item.why}; `paceline merge` makes a whole one of it")
        yield Link("ended", "the recording has been told")


class Pump:
    """Takes what is waiting to a sink, and offers again what it could not take."""

    def __init__(
        self, carrier: Carrier, sink: Sink, say: Callable[[str], None], waits: Callable[[], Iterator[float]] = delays
    ) -> None:
        self._carrier = carrier
        self._sink = sink
        self._say = say
        self._waits = waits
        self._beaten_s = clock.monotonic()
        self.over = False

    def finish(self) -> None:
        """Nothing more will come: end when all has been taken."""
        self.over = True
        self._carrier.news.set()

    async def run(self, is_live: Callable[[], bool]) -> None:
        """Until it is finished. FeedError when the sink fails for good; `is_live`: whether the feed does well."""
        carrier, sink = self._carrier, self._sink
        while True:
            carrier.news.clear()
            if carrier.waiting:
                if not self.over and len(carrier.waiting) < sink.most:
                    await sink.ready()
                batch = list(islice(carrier.waiting, sink.most))
                carrier.counts.known += await self._put(batch)
                carrier.counts.events += len(batch)
                carrier.taken(len(batch))
                self._say("")
            elif self.over:
                return
            await self._beat(is_live())
            if not carrier.waiting and not self.over:
                with suppress(TimeoutError):
                    await asyncio.wait_for(carrier.news.wait(), BEAT_S / 4)

    async def _put(self, batch: Sequence[Carried]) -> int:
        waiting = self._waits()
        while True:
            try:
                return await self._sink.put(batch)
            except Trouble as trouble:
                if trouble.permanent:
                    raise named(self._sink.name, FeedError(str(trouble), trouble.code)) from None
                self._say(str(trouble))
                await clock.nap(max(next(waiting), asked_s(trouble)))

    async def _beat(self, is_live: bool) -> None:
        """The feed's heartbeat, or our own with the time of day, so that a relay that is gone is noticed."""
        carrier, now_s = self._carrier, clock.monotonic()
        beat, carrier.beat = carrier.beat, b""
        if not beat and not carrier.beats and is_live and now_s - self._beaten_s >= BEAT_S:
            self._beaten_s = now_s
            beat = heartbeat(clock.wall(), 1.0, BEAT_S)
        if beat:
            with suppress(Trouble):  # the next one will do
                await self._sink.beat(beat)


async def carry(
    feed: LiveFeed,
    reader: Reader,
    sink: Sink,
    *,
    told: Callable[[int, str], None] = lambda _events, _trouble: None,
    waits: Callable[[], Iterator[float]] = delays,
) -> Counts:
    """Carry until the feed ends or a signal comes. FeedError where either side fails for good, or at the first attempt.

    `told` hears how many events were taken, and what is wrong on either side; empty where nothing is.
    """
    carrier, there = Carrier(reader, sink.race), ""

    def changed() -> None:
        here = live.link.why if live.link.state == "offline" and carrier.links else ""
        told(carrier.counts.events, "; ".join(filter(None, (here, there))))

    def say(trouble: str) -> None:
        nonlocal there
        there = trouble and f"{sink.name}: {trouble}"
        changed()

    live = Live(Gated(feed, carrier.room), carrier, changed=changed)
    pump = Pump(carrier, sink, say, waits)
    over = False
    try:
        await sink.open()
        over = await _both(live, pump)
    except Trouble as trouble:
        raise named(sink.name, FeedError(str(trouble), trouble.code)) from None
    finally:
        await sink.close(over=over)
    return carrier.counts


async def _both(live: Live, pump: Pump) -> bool:
    """Read and take until the feed has ended and all of it was taken, or a signal comes; whether it has ended."""
    listening = asyncio.create_task(live.run())
    pumping = asyncio.create_task(pump.run(lambda: live.word == "live"))
    loop = asyncio.get_running_loop()

    def stop() -> None:
        listening.cancel()
        pumping.cancel()

    for sign in ENDS_IT:
        loop.add_signal_handler(sign, stop)
    try:
        await asyncio.wait([listening, pumping], return_when=asyncio.FIRST_COMPLETED)
        if listening.done() and not listening.cancelled():
            listening.result()
            pump.finish()
            await asyncio.wait([pumping])
        if pumping.done() and not pumping.cancelled():
            pumping.result()
            return True
        return False
    finally:
        stop()
        await asyncio.gather(listening, pumping, return_exceptions=True)
        for sign in ENDS_IT:
            loop.remove_signal_handler(sign)
