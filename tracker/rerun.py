"""A recording as if it were live: every message when it was published, on the race's own time, byte for byte.

Rule: what was received at an instant is published then, what carries none when it happened, what has no time of its own
before everything else. Recorded heartbeats are left out: they tell another run's clock. Of a document that was polled, what
was new in it: with the whole of it every time, a client that follows would get each message as often as it was polled.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from feeds.feed import YEARS, Delivery, FeedError, Link, Vitals
from feeds.reading import Rejection
from tracker import clock
from tracker.log import Log
from tracker.moment import moment
from tracker.race.book import Wanted

if TYPE_CHECKING:
    from feeds.address import Opened
    from feeds.profiles.model import Profile

LEAD_S = 10.0
"""Race seconds before the gun, or before the first message without one, at which a rerun begins."""
BEAT_S = 5.0
"""Real seconds between two heartbeats."""
STEP_S = 0.05
"""Real seconds between two looks at what has to be published; nobody sees less."""
LATEST_S = datetime(YEARS[-1], 12, 31, tzinfo=UTC).timestamp()
FASTEST_TOLD = 1e6
"""What a heartbeat can say at most; a race may be run again faster than that."""

_BETWEEN = re.compile(r"[ \t\r\n,]*")


class Rerun:
    """A recording with the instant of each message on the axis of a log. FeedError where nothing speaks of a race.

    `messages` are the raw ones in the order of their publication; `ids` their line numbers, 0 for those of a polled
    document that others of it follow. `profile` reads them, or none; `parts` are the requests whose whole answers they
    are, none where they are rows or messages.
    """

    def __init__(self, opened: Opened) -> None:
        self.name = opened.name
        self.profile = opened.profile
        log = Log(opened.reader())
        heard: list[tuple[float | None, Delivery]] = []
        untold = 0
        for item in opened.read():
            if isinstance(item, Link):
                log.hear(item, item.received_s)
                continue
            log.receive(item)
            untold += not log.clock.told
            heard.append((None if item.received_s is None else log.clock.at(item.received_s), item))
        log.settle()
        if not len(log):
            from tracker.opening import no_feed  # noqa: PLC0415 - opening opens reruns

            raise no_feed(opened.name, *map(str, log.rejections()))
        if log.clock.told:  # the race's clock was not known yet to what came before the first heartbeat
            heard[:untold] = [(heard[untold][0], item) for _, item in heard[:untold]]
        self._log = log
        timed = _published(opened, log, heard if self.profile else _singly(heard))
        self.times = [when for when, _, _ in timed]
        self.ids = [id for _, id, _ in timed]
        self.deliveries = [item for _, _, item in timed]
        self.messages = [item.raw for item in self.deliveries]
        self.parts: tuple[str, ...] = ()
        if self.profile is not None and any(_is_answer(self.profile, raw) for raw in self.messages):
            self.parts = tuple(dict.fromkeys(item.part for item in self.deliveries))
        gun_s, is_taped = log.gun_s, log.origin is None
        self.has_clock = is_taped or (gun_s is not None and gun_s > 0)
        known = [when for when in self.times if math.isfinite(when)]
        if not known or (gun_s is not None and not is_taped):
            known.append(gun_s or 0.0)
        self.starts_s = min(known) - LEAD_S
        self.ends_s = max(known)

    def published(self, now_s: float) -> int:
        """How many messages have been published by an instant of the race."""
        return bisect_right(self.times, now_s)

    def answer(self, now_s: float, part: str = "") -> bytes | None:
        """The latest answer that was published by an instant, of a request or of any; none before the first."""
        latest = reversed(self.deliveries[: self.published(now_s)])
        return next((item.raw for item in latest if part in ("", item.part)), None)

    def moment(self, text: str) -> float:
        """The instant of the race that people call that; empty for the start. FeedError, usage, for what is none."""
        from tracker.fold import Fold  # noqa: PLC0415 - only where a moment was named

        try:
            return moment(Fold(self._log), Wanted(), text) if text else self.starts_s
        except ValueError as error:
            raise FeedError(f"at {error}", 2) from None


def _is_answer(profile: Profile, raw: bytes) -> bool:
    """Whether that is a provider's whole answer, and no row of one."""
    from feeds.profiles.rows import Refused, RowReader  # noqa: PLC0415 - only where a profile reads

    reader = RowReader(profile.rows, jsonp=profile.ask is not None and profile.ask.jsonp)
    try:
        return reader.rows(reader.document(raw)) is not None
    except Refused:
        return False


def _singly(heard: list[tuple[float | None, Delivery]]) -> list[tuple[float | None, Delivery]]:
    """Polled documents as the messages that were new in them; no heartbeats."""
    told: set[bytes] = set()
    singly: list[tuple[float | None, Delivery]] = []
    for when, item in heard:
        messages = _messages(item.raw)
        for raw in messages:
            if _is_heartbeat(raw) or (raw is not item.raw and raw in told):
                continue
            told.add(raw)
            singly.append((when, item._replace(raw=raw)))
    return singly


def _messages(raw: bytes) -> list[bytes]:
    """The messages of a document that is an array, each as it stands there; else the message itself."""
    if raw[:1] != b"[":
        return [raw]
    try:
        text = raw.decode()
        json.loads(text)
    except (ValueError, RecursionError):
        return [raw]
    found: list[bytes] = []
    at, decoder = _past(text, 1), json.JSONDecoder()
    while text[at] != "]":
        _, end = decoder.raw_decode(text, at)
        found.append(text[at:end].encode())
        at = _past(text, end)
    return found


def _past(text: str, at: int) -> int:
    """Where the next message of an array begins, or its end."""
    return _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing at all, too


def _is_heartbeat(raw: bytes) -> bool:
    if b"heartbeat" not in raw:
        return False
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("kind") == "heartbeat"


def _published(
    opened: Opened, log: Log, heard: list[tuple[float | None, Delivery]]
) -> list[tuple[float, int, Delivery]]:
    """(when, id, delivery) in order. What was refused comes with the message before it."""
    reader = opened.reader()
    timed: list[tuple[float, bool, int, Delivery]] = []
    last, end = -math.inf, log.end_s if log.end_s is not None else 0.0
    for n, (received_s, item) in enumerate(heard):
        when, is_end = received_s, False
        if when is None:
            said = reader.read(item)
            events = [event for event in (said if isinstance(said, tuple) else ()) if not isinstance(event, Rejection)]
            whens = [w for event in events if (w := log.arrival(event)) is not None]
            is_end = any(event.kind == "end" for event in events)
            when = min(whens, default=end if is_end else -math.inf if events else last)
        last = when
        timed.append((when, is_end, n, item))
    timed.sort(key=lambda item: item[:3])
    lasts = {item.line: n for n, (_, _, _, item) in enumerate(timed)}
    return [(when, item.line if lasts[item.line] == n else 0, item) for n, (when, _, _, item) in enumerate(timed)]


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
    at = datetime.fromtimestamp(min(now_s, LATEST_S), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    said = {"kind": "heartbeat", "at": at, "rate": min(speed, FASTEST_TOLD), "interval_s": interval_s}
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
        self._pace: Pace | None = None
        self._at = 0

    def retry_now(self) -> None:
        """It never breaks."""

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        rerun = self._rerun
        pace = self._pace = self._pace or Pace(self._start_s, self._speed)
        self.vitals.connects += 1
        yield Link("live")
        beaten_s = -math.inf
        while self._at < len(rerun.messages):
            now_s = pace.now()
            if clock.monotonic() - beaten_s >= self._interval_s:
                beaten_s = clock.monotonic()
                if rerun.has_clock:
                    yield Delivery(heartbeat(now_s, self._speed, self._interval_s), 0)
            self.vitals.heard_s = clock.monotonic()
            for item in rerun.deliveries[self._at : rerun.published(now_s)]:
                self._at += 1
                self.vitals.bytes_in += len(item.raw)
                yield item._replace(received_s=None)
            if self._at < len(rerun.messages):
                await clock.nap(min(pace.wait_s(rerun.times[self._at]) + 0.001, self._interval_s, STEP_S * 20))
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
