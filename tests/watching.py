"""What the tests of clock, log and session share: time that passes when it is told to, and logs made by hand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from feeds.address import Asked, open_address
from feeds.decode import Decoder
from feeds.feed import Delivery, Link
from tests.race.made import GUN_S, at
from tracker.clock import Clock
from tracker.log import Log
from tracker.rerun import Rerun
from tracker.session import Session, Wish

Message = dict[str, Any] | bytes
"""A message, or what should be none."""


class FakeTime:
    """A monotonic clock and a sleep that moves it on."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.naps: list[float] = []

    def __call__(self) -> float:
        return self.now_s

    async def sleep(self, seconds: float) -> None:
        """Pass at once, once whoever else is ready has had a turn."""
        self.naps.append(seconds)
        for _ in range(5):
            await asyncio.sleep(0)
        self.now_s += seconds

    def clock(self, start: float = 0.0, rate: float = 1.0, **more: Any) -> Clock:
        """A clock that runs on this time."""
        return Clock(start, rate, source=self, sleep=self.sleep, **more)


RACE = {
    "kind": "race", "id": "r", "name": "A Half", "gun": at(0), "distance_m": 21097.5, "runner": "a",
    "checkpoints": [{"id": f"{n}km", "name": f"{n} km", "distance_m": n * 1000} for n in (5, 10, 15, 20)]
    + [{"id": "finish", "name": "finish", "distance_m": 21097.5, "type": "finish"}],
    "targets": [{"name": "1:00:00", "finish_s": 3600}],
}  # fmt: skip


def split(checkpoint: str, elapsed_s: float, athlete: str = "a", **more: Any) -> dict[str, Any]:
    """A split as a message."""
    return {"kind": "split", "athlete": athlete, "checkpoint": checkpoint, "elapsed_s": elapsed_s, **more}


RUN = [RACE, split("5km", 850), split("10km", 1705), split("15km", 2560), split("20km", 3410), split("finish", 3598)]
"""A run at an even pace, two seconds inside the target."""


def deliver(messages: Iterable[Message], received_s: Iterable[float | None] = ()) -> list[Delivery]:
    """Messages as a source gives them."""
    when = list(received_s)
    raws = [message if isinstance(message, bytes) else json.dumps(message).encode() for message in messages]
    return [Delivery(raw, n, when[n - 1] if when else None) for n, raw in enumerate(raws, 1)]


def log(messages: Iterable[Message], received_s: Iterable[float | None] = ()) -> Log:
    """A log that has heard everything."""
    made = Log(Decoder())
    for delivery in deliver(messages, received_s):
        made.receive(delivery)
    made.settle()
    return made


def torn(made: Log) -> Log:
    """The same log, from a source that broke off."""
    made.hear(Link("torn", "x.ndjson is torn"))
    return made


def write(path: Path, messages: Iterable[Message]) -> str:
    """A file of these messages; its name."""
    path.write_bytes(b"".join(delivery.raw + b"\n" for delivery in deliver(messages)))
    return str(path)


def session(name: str = "vienna-2019", time: FakeTime | None = None, **wish: Any) -> Session:
    """A session that has read its source."""
    made = Session(open_address(name), Wish(**wish), clock=(time or FakeTime()).clock())
    made.load()
    return made


@cache
def vienna_lines() -> tuple[bytes, ...]:
    """The messages of the shipped race."""
    return tuple(open_address("vienna-2019").path.read_bytes().splitlines())


__all__ = [
    "GUN_S",
    "RACE",
    "RUN",
    "FakeTime",
    "Message",
    "at",
    "deliver",
    "log",
    "session",
    "split",
    "torn",
    "vienna_lines",
    "write",
]


PAGES = {"page": b"Bib;5K\r\n1;0:20:00\r\n", "page 2": b"Bib;5K\r\n2;0:21:00\r\n"}
"""A provider's answers to two requests."""


def answers(folder: Path) -> Rerun:
    """A rerun of a tape of them, a second after one another."""
    lines: list[object] = [{"paceline_tape": 1, "created": "2019-10-12T06:15:00Z", "address": "made:csv"}]
    for n, (part, raw) in enumerate(PAGES.items(), 1):
        lines.append({"n": n, "mono": 0.0, "utc": f"2019-10-12T06:15:0{n}Z", "part": part, "raw": raw.decode()})
    file = folder / "provider.tape"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return Rerun(open_address(str(file), Asked(profile="csv")))
