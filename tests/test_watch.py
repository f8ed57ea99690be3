"""A live race being watched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from feeds.address import Opened
from feeds.feed import FeedError, Link
from feeds.record import Recorder
from tests.feeding import REFUSED, MadeFeed, deliveries, delivery
from tests.feeds.profiles.made import ROWS, reader
from tests.test_live import Time, heartbeat
from tests.watching import GUN_S, RACE, RUN, FakeTime, split
from tracker import live as module
from tracker.opening import WishError
from tracker.race.snapshot import Snapshot
from tracker.session import Wish
from tracker.watch import MOST_DELAY_S, NO_WISH, Watch


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_S", 0.005)


def watch(feed: MadeFeed, time: Time | FakeTime | None = None, wish: Wish = NO_WISH, **more: Any) -> Watch:
    """A watched feed, ready to listen, on a time that passes when it is told to."""
    time = time or Time()
    made = Watch(
        Opened("made:feed", "live", make=lambda: feed), wish, monotonic=time, wall=lambda: GUN_S + 9000.0, **more
    )
    made.load()
    return made


async def until(true: Callable[[], bool]) -> None:
    """Give the others turns until something holds."""
    for _ in range(400):
        if true():
            return
        await asyncio.sleep(0.002)
    raise AssertionError("it never came to that")


async def test_what_is_heard_is_published_and_the_view_follows_the_race_s_own_clock() -> None:
    """A race of another year, served at 60 times, is shown at its own time and pace; the link is live."""
    time = FakeTime()
    session = watch(MadeFeed(*deliveries(heartbeat(1800, rate=60.0), *RUN[:3]), 1.0), time)
    session.clock._sleep = time.sleep
    shown: list[Snapshot] = []
    running = asyncio.create_task(session.run(shown.append))
    await until(lambda: bool(shown) and shown[-1].last is not None)
    running.cancel()
    assert (shown[-1].mode.word, shown[-1].runner.id, shown[-1].mode.delay_s) == ("live", "a", 0.0)
    before = session.take().elapsed_s
    time.now_s += 2
    assert before is not None and session.take().elapsed_s == before + 120.0


async def listened(session: Watch) -> asyncio.Task[None]:
    """A session whose feed has been heard, still listening; the view is taken by hand."""
    task = asyncio.create_task(session.live.run())
    await until(lambda: not session.live.feed.steps or session.live.word == "offline")  # type: ignore[attr-defined]
    session.timeline.fold.log.catch_up()
    return task


async def test_pause_rewind_and_end_work_as_in_a_replay() -> None:
    """Paused it stands while the race goes on; ten seconds back it stays ten behind; End is live again."""
    time = Time()
    session = watch(MadeFeed(*deliveries(heartbeat(1800), *RUN[:3]), 1.0), time)
    task = await listened(session)
    session.playback.toggle()
    time.now_s += 20
    assert (session.take().mode.word, session.snapshot.elapsed_s) == ("paused", 1800.0)
    assert (session.snapshot.mode.delay_s, session.snapshot.mode.link) == (20.0, "live")
    session.playback.toggle()
    time.now_s += 5
    assert (session.take().elapsed_s, session.snapshot.mode.word, session.snapshot.mode.delay_s) == (
        1805.0,
        "live",
        20.0,
    )
    session.playback.seek(900.0)
    assert len(session.take().marks) == 1
    session.playback.to_end()
    assert (session.take().elapsed_s, session.snapshot.mode.delay_s) == (1825.0, 0.0)
    session.playback.shift(600)
    assert session.clock.follows
    task.cancel()


async def test_a_delay_holds_the_view_behind_and_is_bounded() -> None:
    """The same delay for every panel, one second or thirty at a time, up to five minutes, never before live."""
    time = Time()
    session = watch(MadeFeed(*deliveries(heartbeat(1800), *RUN[:3]), 1.0), time, delay_s=10.0)
    task = await listened(session)
    assert session.take().elapsed_s == 1790.0
    assert session.delay(30) == 40.0 and session.take().elapsed_s == 1760.0
    assert session.take().mode.delay_s == 40.0
    assert session.delay(-41) == 0.0 and session.take().elapsed_s == 1800.0
    assert session.delay(1000) == MOST_DELAY_S
    task.cancel()


async def test_offline_nothing_narrows_and_nobody_is_overdue() -> None:
    """The screen stays with its last state and says since when; silence after the last byte is no evidence."""
    time = Time()
    feed = MadeFeed(*deliveries(heartbeat(1720), *RUN[:3]), Link("offline", "connection refused", 4.0), 1.0)
    session = watch(feed, time)
    task = await listened(session)
    await until(lambda: session.live.word == "offline")
    time.now_s += 2000
    shown = session.take()
    assert shown.due is not None and shown.due.state is None
    assert (shown.mode.word, shown.mode.why, shown.mode.retry_in_s) == ("offline", "connection refused", 0.0)
    assert shown.mode.horizon_s == GUN_S + 1720
    task.cancel()


async def test_live_and_overdue_with_bytes_coming_the_race_is_silent() -> None:
    """Heartbeats come, but nobody is read who should be: that is said, and it is not said while somebody is read."""
    time = Time()
    session = watch(MadeFeed(*deliveries(heartbeat(1720), *RUN[:3]), 1.0), time)
    task = await listened(session)
    assert session.take().mode.silent == ""
    time.now_s += 1100
    session.live._contact_s = time.now_s
    shown = session.take()
    assert shown.due is not None and shown.due.state == "overdue"
    assert shown.mode.silent == "race silent"
    session.timeline.fold.log.receive(delivery(split("15km", 2600, "b"), received_s=session.live.received_s()))
    assert session.take().mode.silent == ""
    task.cancel()


async def test_a_runner_is_found_as_soon_as_the_feed_has_told_of_them() -> None:
    """Until then nobody else is shown under that name."""
    time = Time()
    session = watch(MadeFeed(*deliveries(heartbeat(900), RACE), 1.0), time, Wish(athlete="Bekele"))
    task = await listened(session)
    assert session.take().runner.id == "Bekele"
    athlete = {"kind": "athlete", "id": "7", "name": "Kenenisa Bekele"}
    session.timeline.fold.log.receive(delivery(athlete, received_s=session.live.received_s()))
    assert session.take().runner.name == "Kenenisa Bekele"
    task.cancel()


async def test_what_the_reader_asks_is_told_once() -> None:
    """On a screen once the past has been told, without one at once."""
    for on_screen in (True, False):
        told: list[str] = []
        session = watch(MadeFeed(*deliveries(heartbeat(900), *RUN[:2]), 1.0))
        session.complain, session.asks = (told.append, None) if on_screen else (None, told.append)
        task = await listened(session)
        session.timeline.fold.log.reader = reader("rtrt")
        for course in ("full", "half"):
            row = {**ROWS[1], "course": course, "pid": course}
            session.timeline.fold.log.receive(delivery(row, received_s=session.live.received_s()))
        session.take()
        assert len(told) == (not on_screen or not session.catching_up)
        session.timeline.fold.log.catch_up()
        session.take()
        session.take()
        assert len(told) == 1 and "2 races are in it: full, half" in told[0]
        task.cancel()


async def test_a_target_that_means_nothing_is_told_once() -> None:
    """On a screen as a notice, without one as an error; the race goes on with its own target."""
    for complained in (True, False):
        told: list[str] = []
        session = watch(MadeFeed(*deliveries(heartbeat(900), *RUN[:2]), 1.0), wish=Wish(target="soon"))
        session.complain = told.append if complained else None
        task = await listened(session)
        if complained:
            assert session.take().plan is not None
            session.take()
            assert len(told) == 1 and "soon" in told[0]
        else:
            with pytest.raises(WishError, match="soon"):
                session.take()
        task.cancel()


async def test_a_feed_that_fails_at_once_ends_the_run_of_the_impatient() -> None:
    """Without a screen the first failure is the program's; with one it is a word in the header."""
    with pytest.raises(FeedError, match="404"):
        await watch(MadeFeed(REFUSED), patient=False).run(lambda _: None)
    session = watch(MadeFeed(REFUSED))
    shown: list[Snapshot] = []
    running = asyncio.create_task(session.run(shown.append))
    await until(lambda: bool(shown) and shown[-1].mode.why == "HTTP 404: not found")
    assert shown[-1].mode.word == "offline"
    running.cancel()


async def test_after_its_end_a_race_can_be_played_again() -> None:
    """It stands at its end, ended; play begins at the gun."""
    session = watch(MadeFeed(*deliveries(heartbeat(3600), *RUN, {"kind": "end"}), Link("ended")))
    await session.live.run()
    assert session.take().mode.word == "ended" and session.snapshot.mode.is_live
    session.playback.play()
    shown = session.take()
    assert (shown.elapsed_s, shown.mode.word, shown.mode.is_live) == (0.0, "replay", False)


async def test_the_command_shows_the_same_feed_again() -> None:
    """What is copied watches this address, with the runner and the target."""
    session = watch(MadeFeed(*deliveries(heartbeat(900), *RUN[:2]), 1.0))
    task = await listened(session)
    session.take()
    assert session.command().startswith("paceline watch made:feed")
    assert replace(session.wanted(), at="", speed=None) == Wish()
    task.cancel()


async def test_a_tape_that_cannot_be_written_is_told_once() -> None:
    """The race goes on; whoever watches hears why nothing is kept of it."""

    def none(_: float) -> Recorder:
        raise FeedError("tapes: permission denied")

    told: list[str] = []
    session = watch(MadeFeed(*deliveries(heartbeat(1800), *RUN[:3]), 1.0), Time(), record=none)
    session.complain = told.append
    task = await listened(session)
    for _ in range(3):
        session.take()
    assert told == ["no recording: tapes: permission denied"]
    task.cancel()


async def test_a_delay_that_was_set_by_key_is_kept_at_the_end() -> None:
    """Once, and only if it is another one."""
    kept: list[float] = []
    for by_s in (0.0, 30.0):
        session = watch(MadeFeed(*deliveries(heartbeat(1800), *RUN)), Time(), delay_s=10.0, keep_delay=kept.append)
        running = asyncio.create_task(session.run(lambda _: None))
        await asyncio.sleep(0)
        session.delay(by_s)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert kept == [40.0]


@pytest.mark.parametrize(("at", "elapsed_s"), [("15:00", 900.0), ("5km", 850.0), ("2:00:00", 1800.0)])
async def test_a_copied_moment_is_shown_again(at: str, elapsed_s: float) -> None:
    """Once the feed has told of the past, `--at` is that moment of it; what is still to come is the live edge."""
    session = watch(MadeFeed(*deliveries(heartbeat(1800), *RUN[:3]), 1.0), wish=Wish(at=at))
    task = await listened(session)
    assert session.take().elapsed_s == elapsed_s
    session.playback.to_end()
    assert session.take().elapsed_s == 1800.0
    task.cancel()


async def test_a_moment_that_is_none_is_told_once() -> None:
    """The race goes on, live."""
    told: list[str] = []
    session = watch(MadeFeed(*deliveries(heartbeat(1800), *RUN[:3]), 1.0), wish=Wish(at="the moon"))
    session.complain = told.append
    task = await listened(session)
    assert (session.take().elapsed_s, session.take().elapsed_s) == (1800.0, 1800.0)
    assert len(told) == 1 and told[0].startswith("--at ")
    task.cancel()


def test_before_the_first_answer_it_says_that_it_tries() -> None:
    """Nobody is shown a replay that is none."""
    mode = watch(MadeFeed(), Time()).snapshot.mode
    assert (mode.word, mode.why, mode.is_live) == ("offline", "connecting", True)
