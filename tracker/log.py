"""Everything a feed said, in the order in which it arrived, and the race folded from it.

Rule: the state at any instant is the fold of what had arrived by then, whichever way the view came there.
The axis is POSIX time; where a feed names no instant of the gun, the gun is at the log's `origin`.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.race.book import Race
from tracker.race.snapshot import Counts

if TYPE_CHECKING:
    from feeds.decode import Decoder, Rejection
    from feeds.events import Event
    from feeds.feed import Delivery, Link

MOST_KEYFRAMES = 16
MOST_REJECTIONS = 10_000
"""Rejections kept to be shown; all are counted."""
FIRST_STRIDE = 2048
ALWAYS = -math.inf
"""The arrival of what was known from the start."""


class Log:
    """A feed's messages on the race's axis: `times[i]` is when `entry(i)` arrived, in order.

    Deliveries without an instant wait until `settle` knows the gun: they arrive when they happened, or always were.
    """

    def __init__(self, decoder: Decoder, origin: float | None = 0.0) -> None:
        self.decoder = decoder
        self.origin = origin
        self.times: list[float] = []
        self.links: list[Link] = []
        self.ended = False
        self._entries: list[Event] = []
        self._waiting: list[Event] = []
        self._rejections: list[tuple[float, Rejection]] = []
        self._rejected = 0
        self._start = Race(origin=origin)

    def hear(self, link: Link) -> None:
        """Take the state of the source."""
        self.links.append(link)
        self.ended = self.ended or link.state == "ended"

    def receive(self, delivery: Delivery) -> None:
        """Take one message. What is no event is kept as a Rejection."""
        events = self.decoder(delivery.raw, delivery.line)
        when = delivery.received_s
        if not isinstance(events, tuple):
            self._rejected += 1
            if len(self._rejections) < MOST_REJECTIONS:
                self._rejections.append((ALWAYS if when is None else when, events))
        elif when is None:
            self._waiting += events
        else:
            self.origin = None  # a source that brings its own instants needs none
            self._note_start(events)
            when = max(when, self.times[-1]) if self.times else when
            self.times += [when] * len(events)
            self._entries += events

    def settle(self) -> None:
        """The source is at its end: give what waits its place, by the gun that is now known."""
        waiting, self._waiting = self._waiting, []
        self._note_start(waiting)
        arrival = self._start.arrival
        placed = [(ALWAYS if (when := arrival(event)) is None else when, event) for event in waiting]
        last = max((when for when, _ in placed), default=ALWAYS)
        # An `end` without an instant would otherwise be known before the gun.
        placed = [(last if e.kind == "end" and when == ALWAYS else when, e) for when, e in placed]
        heard = zip(self.times, self._entries, strict=True)
        merged = sorted([*heard, *placed], key=lambda pair: (pair[0], pair[1].kind == "end"))
        self.times = [when for when, _ in merged]
        self._entries = [event for _, event in merged]
        self._rejections.sort(key=lambda pair: pair[0])
        self.ended = True

    def _note_start(self, events: Sequence[Event]) -> None:
        for event in events:
            if event.kind in ("race", "start", "athlete"):
                self._start.receive(event)

    def __len__(self) -> int:
        return len(self._entries)

    def between(self, first: int, end: int) -> Sequence[Event]:
        """The events first … end − 1."""
        return self._entries[first:end]

    @property
    def gun_s(self) -> float | None:
        """The instant of the gun, by all that was said of it; else the origin."""
        return self._start.gun_s if self._start.gun_s is not None else self.origin

    @property
    def start_s(self) -> float | None:
        """The first instant at which anything arrived; none while nothing has one."""
        i = bisect_right(self.times, ALWAYS)
        return self.times[i] if i < len(self.times) else None

    @property
    def end_s(self) -> float | None:
        """The last instant at which anything arrived; none while nothing has one."""
        return self.times[-1] if self.times and self.times[-1] != ALWAYS else None

    @property
    def torn(self) -> str:
        """Why the source ends too early, in one line; empty when it does not."""
        return next((link.why for link in self.links if link.state == "torn"), "")

    def rejections(self, now_s: float = math.inf) -> Sequence[Rejection]:
        """What was refused by then."""
        return [rejection for _, rejection in self._rejections[: self._refused_by(now_s)]]

    def counts(self, now_s: float = math.inf) -> Counts:
        """What the feed had given by then; unknown kinds, and rejections beyond those kept, as far as it was read."""
        full = self._rejected > len(self._rejections)
        return Counts(
            events=bisect_right(self.times, now_s),
            rejected=self._rejected if full else self._refused_by(now_s),
            unknown_kinds=sum(self.decoder.unknown_kinds.values()),
        )

    def _refused_by(self, now_s: float) -> int:
        return bisect_right(self._rejections, now_s, key=itemgetter(0))


class Fold:
    """The race folded from a log: `to(now_s)` goes on from where it is, or from the nearest keyframe before.

    The race it gives is its own; it changes with the next call.
    """

    def __init__(self, log: Log) -> None:
        self.log = log
        self.at = 0
        self.race = Race(origin=log.origin)
        self._stride = FIRST_STRIDE
        self._keyframes: dict[int, Race] = {}

    def to(self, now_s: float) -> Race:
        """The race as it was known at an instant, that instant included."""
        return self.up_to(bisect_right(self.log.times, now_s))

    def up_to(self, count: int) -> Race:
        """The race after the first `count` events."""
        if count < self.at:
            self._go_back(count)
        while self.at < count:
            stop = min(count, (self.at // self._stride + 1) * self._stride)
            receive: Callable[[Event], object] = self.race.receive
            for event in self.log.between(self.at, stop):
                receive(event)
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
        self.race = self._keyframes[self.at].copy() if i else Race(origin=self.log.origin)

    def _keep(self) -> None:
        self._keyframes[self.at] = self.race.copy()
        if len(self._keyframes) > MOST_KEYFRAMES:
            self._stride *= 2
            self._keyframes = {i: race for i, race in self._keyframes.items() if i % self._stride == 0}


def next_time(times: Sequence[float], now_s: float) -> float:
    """The next arrival after an instant, infinite when there is none."""
    i = bisect_right(times, now_s)
    return times[i] if i < len(times) else math.inf
