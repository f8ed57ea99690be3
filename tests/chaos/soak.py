"""A day of a feed on a virtual clock: `make soak`. A million events in minutes; memory, tasks and files must not grow.

A race of fixed size is told again and again, with heartbeats, faults of the link and corrections between.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import selectors
import sys
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

from feeds.decode import Decoder
from feeds.feed import Delivery, Link, Vitals
from feeds.patience import Patience, now
from feeds.retry import Trouble
from feeds.sources.stay import stay
from tracker.live import Live
from tracker.log import Log

GUN_S = 1_570_860_900.0
ATHLETES, MATS = 500, 10
DAY_S = 86_400.0
SLOPE_BYTES = 1 << 20
"""Of memory in 100,000 events, at most."""


class VirtualSelector(selectors.DefaultSelector):
    """Never waits: the time that would have passed has passed."""

    clock_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready, and the time moved on."""
        ready = super().select(0)
        if not ready and timeout:
            self.clock_s += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on a clock of its own."""

    def __init__(self) -> None:
        self.virtual = VirtualSelector()
        super().__init__(self.virtual)

    def time(self) -> float:
        """The virtual time."""
        return self.virtual.clock_s


class DayFeed:
    """A feed that goes on for `lasts_s`: rounds of the whole field, heartbeats, links that break."""

    name = "soak"
    has_end = False

    def __init__(self, events: int, lasts_s: float = DAY_S, seed: int = 0) -> None:
        self.vitals = Vitals()
        self.said = self.breaks = 0
        self._left = events
        self._random = random.Random(seed)
        self._patience = Patience()
        self._pause_s = lasts_s * 1000 / events

    def retry_now(self) -> None:
        """There is a wait now and then."""
        self._patience.wake()

    def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        return stay(self._connection, self._patience, self.vitals)

    async def _connection(self) -> AsyncIterator[Delivery | Link]:
        yield Link("live")
        messages = self._messages()
        while self._left > 0:
            for _ in range(1000):
                self.said += 1
                self._left -= 1
                self.vitals.heard_s = now()
                yield Delivery(next(messages), self.said)
            yield Delivery(self._heartbeat(), 0)
            await asyncio.sleep(self._pause_s)
            if self._random.random() < 0.02:
                self.breaks += 1
                raise Trouble("connection reset")
        yield Delivery(b'{"kind":"end"}', 0)

    def _messages(self) -> Iterator[bytes]:
        yield b'{"kind":"race","id":"soak","name":"Soak","gun":"2019-10-12T08:15:00+02:00","distance_m":42195}'
        while True:
            athlete, mat = self._random.randrange(ATHLETES), 1 + self._random.randrange(MATS)
            rev = 2 if self._random.random() < 0.001 else 1
            yield b'{"kind":"split","athlete":"a%d","checkpoint":"m%d","elapsed_s":%d,"rev":%d}' % (
                athlete, mat, mat * (700 + athlete) + rev, rev,
            )  # fmt: skip

    def _heartbeat(self) -> bytes:
        at = datetime.fromtimestamp(GUN_S + now(), UTC).isoformat(timespec="milliseconds")
        return b'{"kind":"heartbeat","at":"%b","interval_s":90}' % at.encode()


async def soak(events: int, report: dict[str, Any], lasts_s: float = DAY_S) -> None:
    """Listen for so long, and measure every 100,000 events."""
    loop = asyncio.get_running_loop()
    feed = DayFeed(events, lasts_s)
    log = Log(Decoder(), origin=None)
    live = Live(feed, log, patient=True, monotonic=loop.time, wall=lambda: GUN_S)
    running = asyncio.create_task(live.run())
    sizes: list[int] = []
    while not (await asyncio.wait({running}, timeout=lasts_s * 100_000 / events))[0]:
        gc.collect()
        sizes.append(tracemalloc.get_traced_memory()[0])
    await running
    files = Path("/proc/self/fd")
    report |= {
        "events": feed.said,
        "virtual hours": loop.time() / 3600,
        "breaks": feed.breaks,
        "kept": len(log),
        "again": log.counts().duplicates,
        "traced bytes": sizes[-1] if sizes else 0,
        "slope": max((b - a for a, b in pairwise(sizes[2:])), default=0),
        "tasks": len(asyncio.all_tasks()) - 1,
        "files": len(os.listdir(files)) if files.is_dir() else 0,  # noqa: PTH208 - counted, not used
    }


def main() -> int:
    """The command line; 1 if memory grows."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--events", type=int, default=1_000_000)
    words = asked.parse_args()
    report: dict[str, Any] = {}
    since = perf_counter()
    tracemalloc.start()
    with asyncio.Runner(debug=False, loop_factory=VirtualLoop) as runner:
        runner.run(soak(words.events, report))
    for name, value in report.items():
        print(f"{name:<14} {value:,.1f}" if isinstance(value, float) else f"{name:<14} {value:,}")
    print(f"{'real seconds':<14} {perf_counter() - since:,.0f}")
    return 0 if report["slope"] < SLOPE_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
