"""A made-up race as if it were heard live: everything up to a moment, then a link that is well, silent or lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from feeds.address import Opened
from feeds.feed import Delivery, Link, Vitals
from tracker.session import Wish
from tracker.watch import Watch

ADDRESS = "https://timing.example.org/lakeside/feed.sse"
RETRY_S = 4.0
LAST_S = 0.5
"""What passes once the link stands as it is asked to, so that the screen is drawn again."""
Told = Literal["", "live", "stale", "offline"]


class StillTime:
    """A monotonic clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now_s


class ToldFeed:
    """Says what a file says, and that it is a certain moment; then nothing, or that the link is lost."""

    name = ADDRESS

    def __init__(self, path: Path, now_s: float, lost_for_s: float | None) -> None:
        self.vitals = Vitals(requests=1, connects=1)
        self.lines = path.read_bytes().splitlines()
        beat = {"kind": "heartbeat", "at": datetime.fromtimestamp(now_s, UTC).isoformat()}
        self.lines.insert(0, json.dumps(beat).encode())
        self.vitals.bytes_in = sum(map(len, self.lines))
        self.lost_for_s = lost_for_s
        self.told = False

    def retry_now(self) -> None:
        """It stays as it is: a picture is taken."""

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        for n, line in enumerate(self.lines, 1):
            yield Delivery(line, n)
        if self.lost_for_s is not None:
            yield Link("offline", "connection refused", self.lost_for_s + RETRY_S)
        self.told = True
        await asyncio.Event().wait()


class ToldSession(Watch):
    """A live race that stands still: `settle`, called again and again, lets so much time pass since the last byte."""

    def __init__(self, path: Path, wish: Wish, now_s: float, link: Told, age_s: float) -> None:
        self.time, self.link, self.age_s, self.waits = StillTime(), link, age_s, False
        self.feed = ToldFeed(path, now_s - age_s, age_s if link == "offline" else None)
        made = Opened(ADDRESS, "live", make=lambda: self.feed, transport="SSE")
        super().__init__(made, wish, monotonic=self.time, wall=lambda: now_s - age_s)

    def settle(self) -> bool:
        """Once everything has been told, the moment of the picture; whether it has come."""
        if not (self.loaded and self.feed.told):
            return False
        log = self.timeline.fold.log
        if not self.waits:
            log.catch_up()
            self._pass(self.age_s - LAST_S)
            self.waits = True
            return False
        if log.links[-1][1].state != self.link:
            return False
        self._pass(LAST_S)
        return True

    def _pass(self, seconds: float) -> None:
        self.time.now_s += seconds
        self.clock.wake()
