"""A feed being watched: the tape before the log, and how the link stands."""

from __future__ import annotations

import asyncio
import math
from typing import Any

import pytest

from feeds import retry
from feeds.decode import Decoder
from feeds.feed import Delivery, FeedError, Link
from tests.feeding import REFUSED, MadeFeed, deliveries, delivery
from tests.watching import GUN_S, RACE, RUN, at, split
from tracker import live as module
from tracker.fold import Fold
from tracker.live import Live
from tracker.log import Log


class Time:
    """A monotonic clock that passes when it is told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class Tape:
    """A recorder that remembers what it was given, and when the log had how much."""

    why_stopped = ""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.written: list[tuple[bytes, int]] = []
        self.marks: list[str] = []
        self.closed = False

    def write_all(self, deliveries: list[Delivery], utc_s: float, mono_s: float) -> None:
        """Keep them."""
        self.written += [(delivery.raw, len(self.log.heard)) for delivery in deliveries]

    def mark(self, kind: str, utc_s: float, why: str = "") -> None:
        """Keep it."""
        self.marks.append(kind)

    def sync(self) -> None:
        """Nothing to be done."""

    def close(self, utc_s: float, *, over: bool = False) -> None:
        """Keep that."""
        self.closed = True


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0.005)
    monkeypatch.setattr(retry, "FIRST_S", 0.02)


def live(feed: MadeFeed, time: Time | None = None, **more: Any) -> Live:
    time = time or Time()
    return Live(feed, Log(Decoder(), origin=None), monotonic=time, wall=lambda: GUN_S + 5000 + time.now_s, **more)


def heartbeat(elapsed_s: float, **more: Any) -> dict[str, Any]:
    return {"kind": "heartbeat", "at": at(elapsed_s), **more}


async def test_every_message_goes_to_the_tape_before_the_log() -> None:
    """What is acknowledged on the screen is on the tape already, refused messages too; what comes together is taken so."""
    made = live(MadeFeed(Link("live"), *deliveries(*RUN, b"nonsense")))
    tape = Tape(made.log)  # type: ignore[arg-type]  # a log, as made above
    made._record = lambda _: tape  # type: ignore[assignment,return-value]  # stands for the recorder
    await made.run()
    assert [raw for raw, _ in tape.written] == [d.raw for d in deliveries(*RUN, b"nonsense")]
    assert [before for _, before in tape.written] == [0] * (len(RUN) + 1)
    assert len(made.log.heard) == len(RUN) + 1  # type: ignore[attr-defined]
    assert tape.closed


async def test_what_was_before_arrives_when_it_happened_and_what_comes_when_it_is_received() -> None:
    """A feed joined at 20 km shows the race from its gun when it is rewound; the finish is known when it is heard."""
    time = Time()
    feed = MadeFeed(*deliveries(heartbeat(3420), *RUN[:-1]))
    made = live(feed, time)
    await made.run()
    time.now_s += 200
    made.log.receive_all([delivery(RUN[-1], received_s=made.received_s())])
    fold = Fold(made.log)  # type: ignore[arg-type]  # as above
    marks = [len(fold.to(GUN_S + s).sheet("a").marks) for s in (0, 900, 3415, 3600, 3621)]
    assert marks == [0, 1, 4, 4, 5]
    assert made.race_now() == GUN_S + 3420 + 200


async def test_a_link_that_breaks_is_offline_since_its_last_byte() -> None:
    """The horizon is the last good contact, not the moment at which the loss was noticed."""
    time = Time()
    made = live(
        MadeFeed(*deliveries(heartbeat(1000), RACE), Link("offline", "silent", 4.0), 0.02, Link("live"), 0.02), time
    )
    task = asyncio.create_task(made.run())
    await asyncio.sleep(0)
    time.now_s += 30
    await asyncio.sleep(0.01)
    assert made.word == "offline" and made.link.why == "silent"
    await task
    states = [link.state for _, link in made.log.links]
    assert states == ["live", "offline", "live", "ended"]


async def test_silence_is_stale_and_never_live() -> None:
    """Past one and a half announced intervals the link is stale, whatever the transport thinks; a byte makes it live."""
    time = Time()
    made = live(MadeFeed(*deliveries(heartbeat(1000, interval_s=10.0), RACE), 60.0), time)
    task = asyncio.create_task(made.run())
    await asyncio.sleep(0.01)
    assert made.feed.vitals.idle_s == 25.0
    words = []
    for _ in range(3):
        words.append((made.word, made.age_s))
        time.now_s += 10
    assert words == [("live", 0.0), ("live", 10.0), ("stale", 20.0)]
    async with asyncio.timeout(10):
        while made.log.links[-1][1].state != "stale":
            await asyncio.sleep(0.005)
    assert made.log.links[-1][0] == pytest.approx(GUN_S + 1000)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_feed_that_never_was_ends_with_its_own_code() -> None:
    """Without a screen nobody waits for a second attempt; the line and the code are the first one's."""
    for steps in ([Link("offline", "connection refused", 1.0, 5)], [REFUSED]):
        with pytest.raises(FeedError) as error:
            await live(MadeFeed(*steps)).run()
        assert error.value.code in (3, 5)


async def test_the_patient_wait_and_try_again_when_told_to() -> None:
    """A feed that failed for good leaves the screen as it is; a key tries again."""
    feed = MadeFeed(REFUSED, *deliveries(*RUN))
    made = live(feed, patient=True)
    task = asyncio.create_task(made.run())
    await asyncio.sleep(0.01)
    assert (made.word, made.link.why, made.retry_in_s) == ("offline", "HTTP 404: not found", None)
    assert made.retry_now() == 0.0
    await asyncio.wait_for(task, 1)
    assert len(made.log) == len(RUN) and feed.retried == 1  # type: ignore[arg-type]  # a log, as made above


async def test_what_the_other_side_asked_for_is_left_and_said() -> None:
    """Whoever wants to try again at once is told how long it still takes."""
    time = Time()
    made = live(MadeFeed(*deliveries(RACE), Link("offline", "busy", 40.0, asked_s=30.0), 0.03), time, patient=True)
    task = asyncio.create_task(made.run())
    await asyncio.sleep(0.01)
    time.now_s += 10
    assert made.retry_now() == 20.0
    time.now_s += 25
    assert made.retry_now() == 0.0
    await task


async def test_a_key_that_is_held_down_is_no_storm_of_requests() -> None:
    """A feed that failed for good is asked again when somebody wants it, at most once a second."""
    feed = MadeFeed(*[REFUSED] * 50)
    made, loop = live(feed, patient=True), asyncio.get_running_loop()
    began_s = loop.time()
    task = asyncio.create_task(made.run())
    for _ in range(30):
        await asyncio.sleep(0.002)
        made.retry_now()
    assert 1 <= 50 - len(feed.steps) <= 1 + (loop.time() - began_s) / retry.FIRST_S
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_requests_a_minute_are_those_of_the_last_minute() -> None:
    """Not the mean since the beginning: a busy start is forgotten."""
    time = Time()
    made = live(MadeFeed(*deliveries(RACE), 0.1), time)
    task = asyncio.create_task(made.run())
    found = []
    for asked, seconds in ((30, 1.0), (31, 30.0), (32, 20.0), (33, 40.0), (33, 60.0)):
        made.feed.vitals.requests = asked
        await asyncio.sleep(0.015)
        time.now_s += seconds
        found.append(made.requests_per_min)
    assert found == [30, 31, 32, 1, 0]
    await task


async def test_after_the_end_nothing_is_waited_for_but_what_comes_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message behind the end still counts; a feed that goes on in silence is left."""
    monkeypatch.setattr(module, "GRACE_S", 5.0)
    time = Time()
    made = live(MadeFeed(*deliveries({"kind": "end"}, *RUN), 3600.0), time)
    task = asyncio.create_task(made.run())
    await asyncio.sleep(0.02)
    assert not task.done() and len(made.log) == len(RUN) + 1  # type: ignore[arg-type]
    time.now_s += 6
    await asyncio.wait_for(task, 1)
    assert made.word == "ended"


async def test_a_link_that_breaks_after_the_end_is_the_end() -> None:
    """A server that closes once the race is over is not offline."""
    made = live(MadeFeed(*deliveries(*RUN, {"kind": "end"}), Link("offline", "closed", 1.0), 3600.0))
    await asyncio.wait_for(made.run(), 1)
    assert made.word == "ended" and len(made.log) == len(RUN) + 1  # type: ignore[arg-type]


async def test_the_seconds_to_the_next_attempt_run_down() -> None:
    """They are counted on the monotonic clock, and stop at zero."""
    time = Time()
    made = live(MadeFeed(*deliveries(RACE), Link("offline", "closed", 4.0), 0.03), time, patient=True)
    task = asyncio.create_task(made.run())
    await asyncio.sleep(0.01)
    assert made.retry_in_s == 4.0
    time.now_s += 3
    assert made.retry_in_s == 1.0
    time.now_s += 3
    assert made.retry_in_s == 0.0
    await task


async def test_a_tape_that_cannot_be_made_stops_no_race() -> None:
    """Why there is none is kept to be shown."""

    def none(_: float) -> Any:
        raise FeedError("tapes/x.ndjson: permission denied")

    made = live(MadeFeed(*deliveries(*RUN)), record=none)
    await made.run()
    assert len(made.log) == len(RUN) and "permission denied" in made.tape_why  # type: ignore[arg-type]


async def test_before_the_first_byte_it_is_connecting_and_infinitely_old() -> None:
    """Nothing is said to be live that was never heard."""
    made = live(MadeFeed())
    assert (made.word, made.age_s) == ("connecting", math.inf)


async def test_a_late_split_counts_into_the_latency_once_it_is_live() -> None:
    """What is told of the past when a feed is joined says nothing of how late the feed is."""
    time = Time()
    made = live(MadeFeed(*deliveries(heartbeat(860), *RUN[:2])), time)
    await made.run()
    time.now_s += 855
    made.log.receive_all([delivery(split("10km", 1705), received_s=made.received_s())])
    assert made.log.latency.count == 1  # type: ignore[attr-defined]
    assert made.log.latency.median_s == pytest.approx(10.0)  # type: ignore[attr-defined]


async def test_a_program_that_was_busy_takes_that_for_no_pause_of_the_feed() -> None:
    """What a feed tells of the past goes on behind a view that took long; a silence of the feed itself ends it."""
    for step_s, steps, past in ((1.5, 1, True), (0.09, 17, False)):
        time = Time()
        made = live(MadeFeed(*deliveries(*RUN[:2]), 0.15), time)
        running = asyncio.create_task(made.run())
        await asyncio.sleep(0)
        for _ in range(steps):
            await asyncio.sleep(0.006)  # a look, or two
            time.now_s += step_s
        await asyncio.sleep(0.02)
        assert made.log.catching_up is past
        await running


async def test_what_goes_wrong_while_taking_is_no_secret() -> None:
    """A fault of the program ends the reading with itself, also where it comes up between two messages."""
    made = live(MadeFeed(*deliveries(*RUN), 5.0))

    def broken(_: object) -> None:
        raise RuntimeError("broken")

    made.log.receive_all = broken  # type: ignore[method-assign,assignment]  # stands for any fault
    with pytest.raises(RuntimeError, match="broken"):
        await asyncio.wait_for(made.run(), 2)
