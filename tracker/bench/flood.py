"""A whole field through a pipe, as fast as it is read, with its table open."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.bench.arrive import FRAME_S, LOOK_S
from tracker.bench.busy import closed
from tracker.bench.field import RUNNERS, written
from tracker.bench.table import Row, at_least
from tracker.bench.terminal import PATIENCE_S, Terminal
from tracker.cli import YOUNG_OBJECTS

if TYPE_CHECKING:
    from tracker.watch import Watch

OPEN_TABLE, OPENS_S = "f", 1.5


def flooding(runners: int = RUNNERS) -> list[Row]:
    """Splits a second, and how steadily the table is painted meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        told, path = Path(folder) / "told", written(Path(folder), runners)
        with Terminal(["tracker.bench.flood", str(path), str(told)]) as terminal:
            terminal.drain(OPENS_S)
            terminal.press(OPEN_TABLE)
            began_s, paints = time.perf_counter(), []
            while terminal.process.poll() is None and time.perf_counter() - began_s < 4 * PATIENCE_S:
                paints.append((time.perf_counter(), terminal.drain(FRAME_S) > 0))
            if not told.exists():
                raise RuntimeError(terminal.text()[-2000:])
        splits, first_s, last_s = json.loads(told.read_bytes())
    during = [painted for at_s, painted in paints if first_s < at_s < last_s]
    what = f"{runners:,} runners through a pipe, their table open"
    return [
        Row(f"{what}: splits", "/s", splits / (last_s - first_s), (at_least(100_000),)),
        Row(f"{what}: tenths of a second with a paint", "%", sum(during) / len(during) * 100, (at_least(90),)),
    ]


async def heard(session: Watch, over: asyncio.Task[Any]) -> tuple[int, float, float]:
    """How many splits a live race told, and when the first and the last of them came."""
    count, first_s, last_s = 0, 0.0, 0.0
    while not over.done() and not (session.loaded and session.timeline.fold.log.ended):
        await asyncio.sleep(LOOK_S)
        now = session.timeline.fold.log.heard_splits if session.loaded else 0
        if now > count:
            first_s, last_s, count = first_s or time.perf_counter(), time.perf_counter(), now
    return count, first_s, last_s


SEND = "import shutil, sys; shutil.copyfileobj(open(sys.argv[1], 'rb'), sys.stdout.buffer)"


async def sending(path: str) -> tuple[asyncio.subprocess.Process, int]:
    """A process that sends a file as fast as it is taken, and where it can be read."""
    pipe, ours = os.pipe()
    sender = await asyncio.create_subprocess_exec(sys.executable, "-c", SEND, path, stdout=ours)
    os.close(ours)
    return sender, pipe


async def watched(path: str) -> tuple[int, float, float]:
    """The screen of a race that comes through a pipe, until its end."""
    from feeds.address import Opened
    from feeds.sources.stdin import StdinFeed
    from tracker.draw.look import DEFAULT
    from tracker.session import ScreenOptions, Wish
    from tracker.ui.app import PacelineApp
    from tracker.watch import Watch

    sender, pipe = await sending(path)

    def watch(_name: str, wish: Wish) -> Watch:
        return Watch(Opened("-", "live", make=lambda: StdinFeed(pipe)), wish)

    session = watch("-", Wish())
    app = PacelineApp(ScreenOptions(open=watch, session=session, look=DEFAULT))
    screen = asyncio.create_task(app.run_async())
    found = await heard(session, screen)
    await closed(app, screen)
    if sender.returncode is None:
        sender.kill()
    await sender.wait()
    return found


if __name__ == "__main__":
    gc.set_threshold(YOUNG_OBJECTS)  # as in the program
    Path(sys.argv[2]).write_text(json.dumps(asyncio.run(watched(sys.argv[1]))), encoding="ascii")
