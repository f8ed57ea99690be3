"""A feed carried to a real JetStream."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds import retry
from feeds.address import open_address
from feeds.decode import Decoder
from feeds.feed import FeedError
from feeds.sources.nats import NatsFeed
from tests.feeding import MadeFeed, deliveries
from tests.feeds.test_contract import VIENNA, WANTED, state
from tests.natsd import natsd, published
from tests.serving import running
from tests.watching import RUN
from tracker import live
from tracker.jetstream import Stream
from tracker.relay import Recorded, carry
from tracker.rerun import Pace, Rerun
from tracker.serve import Served

pytestmark = pytest.mark.needs("nats-server")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "GRACE_S", 0.2)
    monkeypatch.setattr(live, "LOOK_S", 0.01)
    monkeypatch.setattr(retry, "FIRST_S", 0.02)


async def test_a_server_killed_in_mid_race_costs_nothing(tmp_path: Path) -> None:
    """Served, relayed, and watched by three: after kill -9 and a start all have the race, and the stream each message once."""
    rerun = Rerun(VIENNA)
    begins_s = rerun.moment("")
    async with natsd(tmp_path) as server:
        stream = Stream(f"{server.url}/V")
        await stream.open()
        feeds = [NatsFeed(f"{server.url}/V") for _ in range(3)]
        watching = [asyncio.create_task(state(feed)) for feed in feeds]
        await until(lambda: all(feed.vitals.connects for feed in feeds))
        async with running(Served(rerun, Pace(begins_s, (rerun.ends_s - begins_s) / 1.2))) as url:
            opened = open_address(f"{url}/feed.sse")
            relaying = asyncio.create_task(carry(opened.feed(), opened.reader(), stream, waits=retry.delays))
            await until(lambda: all(feed.vitals.bytes_in > 1000 for feed in feeds))
            server.kill()
            assert not any(task.done() for task in (relaying, *watching))
            await server.start()
            assert await asyncio.gather(*watching) == [WANTED] * 3
            assert (await relaying).events == len(rerun.messages) == await held(stream)
        assert all(feed.vitals.connects == 2 for feed in feeds)


async def until(true: Callable[[], bool]) -> None:
    """Wait for something that comes soon."""
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.005)


async def held(stream: Stream) -> int:
    """How many messages the stream holds."""
    async with stream._server.connected() as client:
        return (await client.jsm().stream_info(stream.place.stream)).state.messages


async def test_two_relays_of_one_feed_are_one_race(tmp_path: Path) -> None:
    """At the same time, and another one later: what is there already is not there twice."""
    async with natsd(tmp_path) as server:
        streams = [Stream(f"{server.url}/V") for _ in range(2)]
        both = await asyncio.gather(*(carry(Recorded(VIENNA), Decoder(), stream) for stream in streams))
        again = await carry(Recorded(VIENNA), Decoder(), Stream(f"{server.url}/V"))
        assert again.known == again.events == sum(counts.events - counts.known for counts in both)
        assert await held(streams[0]) == again.events
        assert await state(NatsFeed(f"{server.url}/V")) == WANTED


async def test_a_stream_that_is_lost_is_said(tmp_path: Path) -> None:
    """What was acknowledged is gone with it: the relay does not go on as if nothing had happened."""
    async with natsd(tmp_path) as server:
        stream = Stream(f"{server.url}/V")
        await stream.open()
        async with stream._server.connected() as client:
            await client.jsm().delete_stream("V")
        with pytest.raises(FeedError, match="has lost the stream") as error:
            await carry(MadeFeed(*deliveries(*RUN)), Decoder(), stream)
    assert error.value.code == 1


async def test_a_stream_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """Another one has its subjects: one line, no attempt without end."""
    async with natsd(tmp_path) as server:
        await published(server, "OTHER")
        with pytest.raises(FeedError, match="refuses the stream: subjects overlap") as error:
            await carry(MadeFeed(*deliveries(*RUN)), Decoder(), Stream(f"{server.url}/V"))
    assert error.value.code == 1


@pytest.mark.parametrize(("options", "says", "code"), [(("-m", "-1"), "has no JetStream", 1), ((), "refused", 5)])
async def test_no_place_to_carry_to(tmp_path: Path, options: tuple[str, ...], says: str, code: int) -> None:
    """Said at the first attempt, before the feed is asked for anything."""
    async with natsd(tmp_path, *options) as server:
        if not options:
            server.kill()
        with pytest.raises(FeedError, match=says) as error:
            await carry(MadeFeed(*deliveries(*RUN)), Decoder(), Stream(f"{server.url}/V"))
        if not options:
            await server.start()
    assert error.value.code == code


READER = """authorization { users = [ {user: relay, password: pw}, {user: fan, password: pw, permissions: {
  publish: ["$JS.API.STREAM.INFO.V", "$JS.API.CONSUMER.CREATE.V", "$JS.FC.>"], subscribe: ["_INBOX.>", "beat.V"]}} ] }"""


async def test_a_login_that_may_only_read_can_watch(tmp_path: Path) -> None:
    """With no more than the subjects that the page on watchers names."""
    (tmp_path / "conf").write_text(READER)
    async with natsd(tmp_path, "-js", "-c", str(tmp_path / "conf")) as server:
        relay, fan = (f"{server.url.replace('//', f'//{who}:pw@')}/V" for who in ("relay", "fan"))
        await carry(Recorded(VIENNA), Decoder(), Stream(relay))
        assert await state(NatsFeed(fan)) == WANTED
