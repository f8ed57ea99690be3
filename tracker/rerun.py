"""A recording as if it were live: every message when it was published, on the race's own time, byte for byte.

Rule: what was received at an instant is published then, what carries none when it happened, what has no time of its own
before everything else.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from feeds.feed import Delivery, FeedError, Link, Vitals
from feeds.reading import Rejection
from tracker import clock
from tracker.log import Log
from tracker.moment import moment
from tracker.race.book import Wanted

if TYPE_CHECKING:
    from feeds.address import Opened

LEAD_S = 10.0
"""Race seconds before the gun, or before the first message without one, at which a rerun begins."""
BEAT_S = 5.0
"""Real seconds between two heartbeats."""
STEP_S = 0.05
"""Real seconds between two looks at what has to be published; nobody sees less."""


class Rerun:
    """A recording with the instant of each message on the axis of a log. FeedError where nothing speaks of a race.

    `messages` are the raw ones in the order of their publication, `ids` their line numbers.
    """

    def __init__(self, opened: Opened) -> None:
        self.name = opened.name
        self.reads_profile = opened.profile is not None
        log = Log(opened.reader())
        raws: list[tuple[float | None, int, bytes]] = []
        for item in opened.read():
            if isinstance(item, Link):
                log.hear(item, item.received_s)
                continue
            log.receive(item)
            raws.append((item.received_s, item.line, item.raw))
        log.settle()
        if not len(log):
            from tracker.opening import no_feed  # noqa: PLC0415 - opening opens reruns

            raise no_feed(opened.name, *map(str, log.rejections()))
        self._log = log
        timed = _published(opened, log, raws)
        self.times = [when for when, _, _ in timed]
        self.ids = [line for _, line, _ in timed]
        self.messages = [raw for _, _, raw in timed]
        self.has_clock = log.gun_s is not None and log.gun_s > 0
        known = [when for when in self.times if math.isfinite(when)]
        gun_s = log.gun_s if log.gun_s is not None else known[0] if known else 0.0
        self.starts_s = min([gun_s, *known]) - LEAD_S
        self.ends_s = max([gun_s, *known])

    def published(self, now_s: float) -> int:
        """How many messages have been published by an instant of the race."""
        return bisect_right(self.times, now_s)

    def moment(self, text: str) -> float:
        """The instant of the race that people call that; empty for the start. ValueError with one clear line."""
        from tracker.log import Fold  # noqa: PLC0415 - only where a moment was named

        return moment(Fold(self._log), Wanted(), text) if text else self.starts_s


def _published(opened: Opened, log: Log, raws: list[tuple[float | None, int, bytes]]) -> list[tuple[float, int, bytes]]:
    """(when, line, raw) in order. What was refused comes with the message before it."""
    reader = opened.reader()
    timed: list[tuple[float, bool, int, bytes]] = []
    last, end = -math.inf, log.end_s if log.end_s is not None else 0.0
    for n, (received_s, line, raw) in enumerate(raws):
        when, is_end = received_s, False
        if when is None:
            said = reader.read(Delivery(raw, line))
            events = [event for event in (said if isinstance(said, tuple) else ()) if not isinstance(event, Rejection)]
            whens = [w for event in events if (w := log.arrival(event)) is not None]
            is_end = any(event.kind == "end" for event in events)
            when = last = min(whens, default=end if is_end else -math.inf if events else last)
        timed.append((when, is_end, n, raw))
    timed.sort(key=lambda item: item[:3])
    return [(when, raws[n][1], raw) for when, _, n, raw in timed]


class Pace:
    """The race's time while it runs again: from `start_s`, at `speed` race seconds a second; any above 0."""

    def __init__(self, start_s: float, speed: float, monotonic: Callable[[], float] = clock.monotonic) -> None:
        self.speed = speed
        self._start_s = start_s
        self._monotonic = monotonic
        self._since = monotonic()

    def now(self) -> float:
        """The race's time."""
        return self._start_s + (self._monotonic() - self._since) * self.speed

    def wait_s(self, instant: float) -> float:
        """Real seconds until an instant of the race."""
        return max(0.0, (instant - self.now()) / self.speed)


def heartbeat(now_s: float, speed: float, interval_s: float) -> bytes:
    """A heartbeat that tells the race's clock."""
    at = datetime.fromtimestamp(now_s, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    said = {"kind": "heartbeat", "at": at, "rate": speed, "interval_s": interval_s}
    return json.dumps(said, separators=(",", ":")).encode()


class RerunFeed:
    """A recording as a live feed, in this program. The race's clock is told as a server would tell it."""

    has_end = False

    def __init__(self, rerun: Rerun, speed: float = 1.0, at: str = "", interval_s: float = BEAT_S) -> None:
        self.name = f"replay:{rerun.name}"
        self.vitals = Vitals()
        self._rerun = rerun
        self._speed = speed
        self._start_s = rerun.moment(at)
        self._interval_s = interval_s

    def retry_now(self) -> None:
        """It never breaks."""

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        rerun, pace = self._rerun, Pace(self._start_s, self._speed)
        yield Link("live")
        beaten_s, at = -math.inf, 0
        while at < len(rerun.messages):
            now_s = pace.now()
            if clock.monotonic() - beaten_s >= self._interval_s:
                beaten_s = clock.monotonic()
                if rerun.has_clock and not rerun.reads_profile:
                    yield Delivery(heartbeat(now_s, self._speed, self._interval_s), 0)
            self.vitals.heard_s = clock.monotonic()
            for at in range(at, rerun.published(now_s)):  # noqa: B020 - goes on where it was
                yield Delivery(rerun.messages[at], rerun.ids[at])
            at = max(at, rerun.published(now_s))
            if at < len(rerun.messages):
                await clock.nap(min(pace.wait_s(rerun.times[at]) + 0.001, self._interval_s, STEP_S * 20))
        yield Link("ended", "the recording has ended")


def parse_replay(address: str) -> tuple[str, float, str]:
    """`replay:FILE?speed=60&at=25km` as (name, speed, at). FeedError, usage."""
    name, _, query = address.removeprefix("replay:").partition("?")
    said = dict(parse_qsl(query, keep_blank_values=True))
    unknown = said.keys() - {"speed", "at"}
    if not name or unknown:
        raise FeedError(f"{address}: write replay:FILE?speed=60&at=25km", 2)
    return name, parse_speed(said.get("speed", "1")), said.get("at", "")


def parse_speed(text: str) -> float:
    """Race seconds a second, any number above 0, with or without an ×. FeedError, usage."""
    try:
        speed = float(text.strip().rstrip("xX×"))
    except ValueError:
        speed = math.nan
    if not 0 < speed < math.inf:
        raise FeedError(f"speed {text}: give a number above 0", 2)
    return speed
