"""From a byte of a live feed to the cells that show it, and a flood behind the screen: the program, fed over loopback."""

from __future__ import annotations

import asyncio
import gc
import json
import math
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tracker.bench.busy import closed
from tracker.bench.loopback import Loopback
from tracker.bench.made import race_lines
from tracker.bench.table import Row, at_least, at_most
from tracker.bench.terminal import PATIENCE_S, Terminal
from tracker.cli import YOUNG_OBJECTS

BEAT = b'{"kind":"heartbeat","at":"2025-04-27T12:00:00Z","rate":1,"interval_s":60}'
"""The race is three hours old."""
LATE = BEAT.replace(b"T12:", b"T15:")
MARK_M, MARK_S = 1000, 255.0
MARKS = 42
PAINTED_BYTES = 1500
"""What a split paints at least; a tick of the clock paints 300 bytes."""
SETTLE_S = 2.5
"""After it, the feed tells no longer of the past."""
SPLITS_PER_S, SLICE_S, FRAME_S, LOOK_S = 5000, 0.02, 0.1, 0.005


def rank(found: Sequence[float], share: float) -> float:
    """The value that so large a share does not pass."""
    return sorted(found)[min(len(found) - 1, int(share * len(found)))]


def marked_race() -> bytes:
    """A marathon with a mat every kilometre."""
    race = json.loads(race_lines(1)[0])
    marks = [{"id": f"m{n}", "distance_m": n * MARK_M, "type": "split"} for n in range(1, MARKS + 1)]
    return json.dumps(race | {"checkpoints": marks}).encode()


def a_split(n: int) -> bytes:
    """The runner at the n-th mat, which the feed tells late."""
    return b'{"kind":"split","athlete":"r0","checkpoint":"m%d","clock":"gun","elapsed_s":%.1f}' % (n, n * MARK_S)


def painting(count: int) -> list[Row]:
    """Milliseconds from a split sent to a split painted, at moments that nobody chose; of at most MARKS."""
    count = min(count, MARKS)
    ours = _painted(lambda feed: ["tracker", "watch", feed.address, "--no-record"], count)
    bare = _painted(lambda feed: ["tracker.bench.floors.told_app", str(feed.port)], count)
    what, floor_is = "bytes in → bytes painted, live", "a Textual app that shows each line that it hears"
    return [
        Row(f"{what}, p50", "ms", rank(ours, 0.5), (at_most(6),), rank(bare, 0.5), floor_is),
        Row(f"{what}, p95", "ms", rank(ours, 0.95), (at_most(40),), rank(bare, 0.95), floor_is),
    ]


def _painted(command: Callable[[Loopback], list[str]], count: int) -> list[float]:
    dice = random.Random(7)  # noqa: S311 - the same moments each time, not a secret
    found = []
    with Loopback() as feed, Terminal(command(feed)) as terminal:
        feed.accept()
        feed.send(marked_race(), BEAT)
        terminal.drain(SETTLE_S)
        for n in range(1, count + 1):
            terminal.drain(dice.uniform(0.6, 1.2))
            sent_s = time.perf_counter()
            feed.send(a_split(n))
            terminal.drain(PATIENCE_S, PAINTED_BYTES)
            found.append((time.perf_counter() - sent_s) * 1000)
    return found


def flooding(seconds: float) -> list[Row]:
    """5,000 splits a second into the race screen: CPU of one core, and how late its event loop is."""
    cpu, lag_ms, painted = _flooded(seconds)
    what = "5,000 splits/s under a screen"
    return [
        Row(f"{what}: CPU", "%", cpu, (at_most(25),)),
        Row(f"{what}: loop lag p99", "ms", lag_ms, (at_most(15),)),
        Row(f"{what}: tenths of a second with a paint", "%", painted, (at_least(90),)),
    ]


def _flooded(seconds: float) -> tuple[float, float, float]:
    """CPU in per cent, p99 of the lag in ms, tenths of a second with a paint in per cent."""
    lines = race_lines(math.ceil(SPLITS_PER_S * seconds / 10))
    with tempfile.TemporaryDirectory() as folder, Loopback() as feed:
        told = Path(folder) / "lags"
        with Terminal(["tracker.bench.arrive", feed.address, str(told)]) as terminal:
            feed.accept()
            feed.send(lines[0], LATE)
            terminal.drain(2 * SETTLE_S)
            sending = threading.Thread(target=_send, args=(feed, lines[1:]))
            cpu_s, began_s = terminal.cpu_s(), time.perf_counter()
            sending.start()
            paints = 0
            while sending.is_alive():
                paints += terminal.drain(FRAME_S) > 0
            took_s = time.perf_counter() - began_s
            cpu_s = terminal.cpu_s() - cpu_s
            feed.send(b'{"kind":"end"}')
            while terminal.process.poll() is None and time.perf_counter() - began_s < took_s + PATIENCE_S:
                terminal.drain(0.2)
            if not told.exists():
                raise RuntimeError(terminal.text()[-2000:])
        lags = [late_s for at_s, late_s in json.loads(told.read_bytes()) if began_s < at_s < began_s + took_s]
    return cpu_s / took_s * 100, rank(lags, 0.99) * 1000, paints * FRAME_S / took_s * 100


def _send(feed: Loopback, lines: Sequence[bytes]) -> None:
    """So many a second, evenly."""
    step = int(SPLITS_PER_S * SLICE_S)
    began_s = time.perf_counter()
    for n in range(0, len(lines), step):
        time.sleep(max(0.0, began_s + n / SPLITS_PER_S - time.perf_counter()))
        feed.send(*lines[n : n + step])


async def lags(over: Callable[[], bool]) -> list[tuple[float, float]]:
    """(when, how late) of an event loop that is asked to come back every few milliseconds."""
    found = []
    while not over():
        began_s = time.perf_counter()
        await asyncio.sleep(LOOK_S)
        found.append((now_s := time.perf_counter(), now_s - began_s - LOOK_S))
    return found


async def watched(address: str) -> list[tuple[float, float]]:
    """The screen of a live race until its end; how late its loop was."""
    from feeds.address import open_address
    from tracker.draw.look import DEFAULT
    from tracker.session import ScreenOptions, Wish
    from tracker.ui.app import PacelineApp
    from tracker.watch import Watch

    def watch(name: str, wish: Wish) -> Watch:
        return Watch(open_address(name), wish)

    session = watch(address, Wish())
    app = PacelineApp(ScreenOptions(open=watch, session=session, look=DEFAULT))
    screen = asyncio.create_task(app.run_async())
    found = await lags(lambda: screen.done() or (session.loaded and session.timeline.fold.log.ended))
    await closed(app, screen)
    return found


if __name__ == "__main__":
    gc.set_threshold(YOUNG_OBJECTS)  # as in the program
    Path(sys.argv[2]).write_text(json.dumps(asyncio.run(watched(sys.argv[1]))), encoding="ascii")
