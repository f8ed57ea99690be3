"""A feed carried on, to a sink that does what it is told to."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, Sequence

import pytest

from feeds.address import Asked, open_address
from feeds.decode import Decoder
from feeds.feed import FeedError
from feeds.retry import Trouble
from tests.feeding import REFUSED, MadeFeed, deliveries
from tests.feeds.test_contract import VIENNA
from tests.watching import RUN
from tracker import live, relay
from tracker.carried import Carried
from tracker.fold import Fold
from tracker.log import Log
from tracker.opening import read
from tracker.relay import Recorded, carry


class Kept:
    """Keeps what it takes, after as many refusals as it was given."""

    name, race, most, too_long = "made:sink", "R", 3, 0

    def __init__(self, *troubles: Trouble) -> None:
        self.troubles = list(troubles)
        self.items: list[Carried] = []
        self.beats: list[bytes] = []
        self.over: bool | None = None

    async def open(self) -> None:
        """It is ready."""

    async def ready(self) -> None:
        """It is."""

    async def put(self, batch: Sequence[Carried]) -> int:
        """Keep them."""
        if self.troubles:
            raise self.troubles.pop(0)
        self.items += batch
        return 0

    async def beat(self, raw: bytes) -> None:
        """Keep it too."""
        self.beats.append(raw)

    async def close(self, *, over: bool) -> None:
        """Say how it ended."""
        self.over = over


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_S", 0.005)


def at_once() -> Iterator[float]:
    """No waiting."""
    while True:
        yield 0.0


async def test_everything_arrives_byte_for_byte_in_its_order() -> None:
    """Refusals of the sink cost nothing; a message that is none is counted; heartbeats are not kept."""
    sink = Kept(Trouble("busy"), Trouble("busy"))
    beat = {"kind": "heartbeat", "at": "2026-04-26T08:00:00Z"}
    told: list[str] = []
    counts = await carry(
        MadeFeed(*deliveries(*RUN[:3], b"nonsense", beat, *RUN[3:])), Decoder(), sink,
        told=lambda _, trouble: told.append(trouble), waits=at_once,
    )  # fmt: skip
    assert [item.raw for item in sink.items] == [d.raw for d in deliveries(*RUN)]
    assert (counts.events, counts.refused, sink.over) == (len(RUN), 1, True)
    assert len(sink.beats) == 1 and "made:sink: busy" in told and told[-1] == ""


async def test_a_sink_that_fails_for_good_ends_it() -> None:
    """With its name and its code."""
    sink = Kept(Trouble("is full", code=1, permanent=True))
    with pytest.raises(FeedError, match="made:sink: is full") as error:
        await carry(MadeFeed(*deliveries(*RUN), 3600.0), Decoder(), sink)
    assert error.value.code == 1 and sink.over is False


async def test_a_feed_that_fails_for_good_ends_it() -> None:
    """With its own line and code."""
    with pytest.raises(FeedError, match="404") as error:
        await carry(MadeFeed(REFUSED), Decoder(), Kept())
    assert error.value.code == 3


async def test_a_signal_ends_it_well() -> None:
    """What was heard before has been taken."""
    sink = Kept()
    task = asyncio.create_task(carry(MadeFeed(*deliveries(*RUN), 3600.0), Decoder(), sink))
    await asyncio.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)
    assert (await asyncio.wait_for(task, 2)).events == len(RUN) and sink.over is False


async def test_a_feed_waits_for_a_sink_that_is_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than so many events are held, however many come; none is lost."""
    monkeypatch.setattr(relay, "MOST_WAITING", 4)
    most = 0

    class Slow(Kept):
        async def put(self, batch: Sequence[Carried]) -> int:
            nonlocal most
            await asyncio.sleep(0.001)
            most = max(most, len(batch))
            return await super().put(batch)

    sink = Slow()
    sink.most = 1000
    await carry(Recorded(VIENNA), Decoder(), sink)
    assert len(sink.items) == sum(1 for _ in VIENNA.read()) and most <= 4


async def test_a_feed_without_heartbeats_gets_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that watchers notice when the relay is gone."""
    monkeypatch.setattr(relay, "BEAT_S", 0.02)
    sink = Kept()
    await carry(MadeFeed(*deliveries(*RUN), 0.2), Decoder(), sink)
    assert sink.beats and all(b'"heartbeat"' in beat for beat in sink.beats)


async def test_what_a_profile_reads_goes_out_as_the_split_feed(tmp_path: object) -> None:
    """A provider's table, carried on, is the same race."""
    from pathlib import Path

    from feeds.feed import Delivery

    file = Path(str(tmp_path)) / "rows.csv"
    file.write_text("Bib;5K;10K\n1;0:20:00;0:41:00\n2;0:21:00;0:43:10\n")
    opened = open_address(str(file), Asked(profile="csv"))
    sink = Kept()
    await carry(Recorded(opened), opened.reader(), sink)
    log = Log(Decoder())
    for n, item in enumerate(sink.items, 1):
        log.receive(Delivery(item.raw, n))
    log.settle()
    direct = read(opened)
    assert len(log) and Fold(log).up_to(len(log)).state_hash() == Fold(direct).up_to(len(direct)).state_hash()
