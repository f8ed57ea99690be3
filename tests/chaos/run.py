"""Chaos: a live race through every fault of the network, seed by seed, and the report of what held.

`python -m tests.chaos.run --seeds 1000 --kills 200`, or `make chaos SEEDS=1000 KILLS=200`. Exit 1 if anything was lost,
doubled or wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from feeds import retry, shipped
from feeds.decode import Decoder
from feeds.feed import LiveFeed
from feeds.record import Recorder, begun
from feeds.sources import tape
from feeds.sources.web import WebFeed
from tests.chaos.kills import main as kill
from tests.chaos.server import ChaosServer
from tracker import live as living
from tracker.fold import Fold
from tracker.live import Live
from tracker.log import Log
from tracker.notices import Notices
from tracker.race.book import Race
from tracker.race.view import Wanted

PATHS = ("/feed.sse", "/feed.sse", "/feed.sse", "/feed.ndjson", "/feed.json")
NOW = b"2019-10-12T12:00:00+02:00"
IDLE_S = 0.1
"""The watchdog while this runs: 2.5 announced intervals of 0.04 s."""
SETTLED = 10
"""Seeds after which nothing is loaded for the first time any more."""


@dataclass(slots=True)
class Report:
    """What became of all seeds."""

    seeds: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: list[int] = field(default_factory=list)
    noticed_s: list[float] = field(default_factory=list)
    recovered_s: list[float] = field(default_factory=list)
    stalest_live_s: float = 0.0
    first_bytes: int = 0
    peak_bytes: int = 0
    tasks: int = 0
    files: int = 0

    @property
    def well(self) -> bool:
        """Nothing lost, doubled or wrong."""
        return not (self.lost or self.doubled or self.wrong)

    def lines(self) -> Iterator[str]:
        """The report."""
        yield f"seeds {self.seeds} · messages {self.messages}"
        yield "faults " + " · ".join(f"{name} {count}" for name, count in sorted(self.faults.items()))
        yield f"lost {self.lost} · doubled {self.doubled} · wrong states {len(self.wrong)} {self.wrong or ''}".rstrip()
        for name, found in (("dead link noticed", self.noticed_s), ("recovered", self.recovered_s)):
            if found:
                yield f"{name} p50 {_rank(found, 0.5):.3f} s · p99 {_rank(found, 0.99):.3f} s · n {len(found)}"
        yield f"watchdog {IDLE_S} s · worst staleness shown as LIVE {self.stalest_live_s:.3f} s"
        yield f"memory after the first {SETTLED} seeds {self.first_bytes / 1e6:.1f} MB, peak {self.peak_bytes / 1e6:.1f} MB"
        yield f"tasks left {self.tasks} · files left open {self.files}"


def _rank(found: list[float], share: float) -> float:
    ordered = sorted(found)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@cache
def messages() -> tuple[bytes, ...]:
    """The 2019 attempt, and four hundred splits around it; the end last."""
    lines = [line for line in shipped.path("vienna-2019").read_bytes().splitlines() if line]
    field_ = [
        b'{"kind":"split","athlete":"f%d","checkpoint":"%dkm","elapsed_s":%d}' % (n, km, km * (180 + n))
        for n in range(80)
        for km in (5, 10, 15, 20, 25)
    ]
    lines = [line for line in lines if b'"kind":"end"' not in line.replace(b" ", b"")]
    return (*lines, *field_, b'{"kind":"end"}')


@contextmanager
def quickly() -> Iterator[None]:
    """Waits of hundredths of a second, so that a thousand seeds pass in minutes."""
    kept = (retry.FIRST_S, retry.MOST_S, living.LOOK_S, living.GRACE_S, living.LEAST_IDLE_S)
    retry.FIRST_S, retry.MOST_S, living.LOOK_S, living.GRACE_S, living.LEAST_IDLE_S = 0.005, 0.02, 0.005, 0.15, 0.02
    try:
        yield
    finally:
        retry.FIRST_S, retry.MOST_S, living.LOOK_S, living.GRACE_S, living.LEAST_IDLE_S = kept


async def one(seed: int, report: Report, folder: Path) -> None:
    """Run one seed into the report."""
    choose = random.Random(seed)
    path = choose.choice(PATHS)
    async with ChaosServer(messages(), seed, NOW) as server:
        feed = WebFeed(server.url + path, period_s=0.05)
        feed.vitals.idle_s = IDLE_S
        await _watch(feed, server, seed, report, folder)
        report.faults += server.faults


async def _watch(feed: LiveFeed, server: ChaosServer, seed: int, report: Report, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    file = folder / f"{seed}.ndjson"
    header = begun(time.time(), "chaos")
    log = Log(Decoder(), origin=None)
    live = Live(
        feed, log, lambda utc_s: Recorder(file, header, utc_s=utc_s), patient=True,
        monotonic=loop.time,
    )  # fmt: skip
    running = asyncio.create_task(live.run())
    noticed: dict[float, float] = {}
    lost_s: float | None = None
    fold, notices, said = Fold(log), Notices(), Counter[str]()
    before, seen = fold.to(0.0).snapshot(0.0), -1
    while not running.done():
        await asyncio.sleep(0.002)
        word, age_s = live.word, live.age_s
        if word == "live":
            report.stalest_live_s = max(report.stalest_live_s, age_s)
            if lost_s is not None:
                report.recovered_s.append(loop.time() - lost_s)
            lost_s = None
        elif lost_s is None and word == "offline":
            lost_s = loop.time()
        for died_s in server.died:
            if word != "live" and died_s not in noticed:
                noticed[died_s] = loop.time() - died_s
        if not log.catching_up and seen != (heard := len(log) + log.counts().duplicates):
            seen = heard
            after = fold.to(live.race_now()).snapshot(live.race_now(), Wanted(athlete="kipchoge"))
            said.update(notices(before, after))
            before = after
    await running
    report.noticed_s += noticed.values()
    report.seeds += 1
    report.messages += len(log) + log.counts().duplicates
    _judge(log, file, seed, report, said)


def _judge(log: Log, file: Path, seed: int, report: Report, said: Counter[str]) -> None:
    """What was lost or doubled, and whether the state and the tape's state are the clean ones."""
    found = _state(log)
    report.lost += len(set(clean()) - set(found))
    report.doubled += sum(count - 1 for count in said.values())
    again = Log(Decoder(), origin=None)
    for item in tape.read(file):
        if not hasattr(item, "state"):
            again.receive(item)
    again.settle()
    if not found == _state(again) == clean():
        report.wrong.append(seed)


def _state(log: Log) -> tuple[str, ...]:
    return tuple(Fold(log).up_to(len(log)).state_lines())


@cache
def clean() -> tuple[str, ...]:
    """The state that must come out: the race without a network."""
    race, decoder = Race(), Decoder()
    for line in messages():
        events = decoder(line)
        for event in events if isinstance(events, tuple) else ():
            race.receive(event)
    return tuple(race.state_lines())


def run(seeds: range, folder: Path, told: bool = False) -> Report:
    """All seeds."""
    report = Report()
    with quickly():
        for n, seed in enumerate(seeds, 1):
            asyncio.run(_counted(seed, report, folder), debug=False)  # it would trace each of the many timers
            report.peak_bytes = _most_bytes()
            if n == SETTLED:
                report.first_bytes = report.peak_bytes
            if told and sys.stderr.isatty():
                sys.stderr.write(f"\rseed {seed}  wrong {len(report.wrong)} ")
    return report


async def _counted(seed: int, report: Report, folder: Path) -> None:
    before = _open_files()
    await one(seed, report, folder)
    await asyncio.sleep(0)
    gc.collect()
    report.tasks = max(report.tasks, len(asyncio.all_tasks()) - 1)
    report.files = max(report.files, _open_files() - before)


def _most_bytes() -> int:
    """The most memory that this process has had: what allocations cost when traced would make the seeds slow."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _open_files() -> int:
    folder = Path("/proc/self/fd")
    return len(os.listdir(folder)) if folder.is_dir() else 0  # noqa: PTH208 - counted, not used


def main() -> int:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=20)
    asked.add_argument("--first", type=int, default=0, help="the first seed")
    asked.add_argument("--kills", type=int, default=5)
    words = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = run(range(words.first, words.first + words.seeds), Path(folder), told=True)
    for line in report.lines():
        print(line)
    return max(0 if report.well else 1, kill(words.kills))


if __name__ == "__main__":
    sys.exit(main())
