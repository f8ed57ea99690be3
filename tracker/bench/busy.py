"""The same fold with the race screen on top of it: a feed's flood must leave the screen its ten frames a second."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.feed import MOST_LIVE, numbered
from feeds.reading import Rejection
from tracker.bench.fold import RUNNERS, take
from tracker.bench.made import race_lines
from tracker.bench.table import Row, middle, times_floor
from tracker.bench.terminal import PATIENCE_S, Terminal

if TYPE_CHECKING:
    from tracker.race.snapshot import Snapshot
    from tracker.ui.app import PacelineApp

FRAME_S = 0.1
SETTLE_S = 1.0


def folding_under_a_screen(floor: float, rounds: int) -> Row:
    """Splits a second while the screen paints at 10 fps in a pty of its own."""
    figures = [_flooded() for _ in range(max(1, rounds // 3))]
    return Row("the same under a screen at 10 fps", "/s", middle(figures), (times_floor("≥", 0.6),), floor,
               "the row above")  # fmt: skip


def _flooded() -> float:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "figure"
        with Terminal(["tracker.bench.busy", str(told)]) as terminal:
            begun = time.perf_counter()
            while terminal.process.poll() is None and time.perf_counter() - begun < PATIENCE_S:
                terminal.drain(0.2)
            if not told.exists():
                raise RuntimeError(terminal.text()[-2000:])
        return float(told.read_text(encoding="ascii"))


async def flood(lines: Sequence[bytes], show: Callable[[Snapshot], object], frame_s: float = FRAME_S) -> float:
    """Decode and fold all lines, showing a snapshot ten times a second; splits a second."""
    from feeds.decode import Decoder
    from tracker.race.book import Race, Wanted

    decode, race, wanted = Decoder(), Race(), Wanted()
    begun = shown = time.perf_counter()
    now_s = 0.0
    for first in range(0, len(lines), MOST_LIVE):
        row = list(numbered(lines[first : first + MOST_LIVE], first + 1))
        take(decode, race, row)
        said = decode.read(row[-1])
        assert isinstance(said, tuple) and not isinstance(said[-1], Rejection)
        now_s = race.arrival(said[-1]) or now_s
        if time.perf_counter() - shown >= frame_s:
            shown = time.perf_counter()
            show(race.snapshot(now_s, wanted))
        await asyncio.sleep(0)
    return len(lines) / (time.perf_counter() - begun)


async def closed(app: PacelineApp, screen: asyncio.Task[Any]) -> None:
    """End a screen; what went wrong in it goes wrong here."""
    app.exit()
    await screen
    if app.fault is not None:
        raise app.fault


async def flooded_screen() -> float:
    """The race screen, its own session standing still, with a flood in its place; splits a second."""
    from feeds.address import open_address
    from tracker.clock import Clock
    from tracker.draw.look import DEFAULT
    from tracker.session import ScreenOptions, Session, Wish
    from tracker.ui.app import PacelineApp
    from tracker.ui.messages import SnapshotTaken

    def still(name: str, wish: Wish) -> Session:
        return Session(open_address(name), wish, clock=Clock(paused=True))

    lines = race_lines(RUNNERS)
    import_module("feeds.bulk"), import_module("tracker.race.bulk")  # loaded once, as in the row above
    session = still("vienna-2019", Wish())
    session.load()
    app = PacelineApp(ScreenOptions(open=still, session=session, look=DEFAULT))
    screen = asyncio.create_task(app.run_async())
    await asyncio.sleep(SETTLE_S)
    figure = await flood(lines, lambda snapshot: app.post_message(SnapshotTaken(snapshot)))
    await closed(app, screen)
    return figure


if __name__ == "__main__":
    splits_per_s = asyncio.run(flooded_screen())
    Path(sys.argv[1]).write_text(f"{splits_per_s:.0f}", encoding="ascii")
