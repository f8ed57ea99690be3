"""What every source must pass: the same race through all of them ends in the same state."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from feeds.address import Asked, Opened, open_address
from feeds.feed import LiveFeed
from feeds.sources.stdin import StdinFeed
from feeds.sources.web import WebFeed
from tests.feeds.shelves import handed_out
from tests.natsd import natsd, published
from tests.serving import running
from tracker import live
from tracker.fold import Fold
from tracker.live import Live
from tracker.log import Log
from tracker.opening import open_any, read
from tracker.relay import Recorded, carry
from tracker.rerun import Pace, Rerun
from tracker.serve import Served
from tracker.shelf import Folder

VIENNA = open_address("vienna-2019")
_READ = read(VIENNA)
WANTED = Fold(_READ).up_to(len(_READ)).state_hash()
NOTHING = Asked()


async def state(feed: LiveFeed, opened: Opened = VIENNA) -> str:
    """The hash of the race that a live feed tells, once it has ended."""
    log = Log(opened.reader(), origin=None)
    await asyncio.wait_for(Live(feed, log).run(), 20)
    return Fold(log).up_to(len(log)).state_hash()


@pytest.mark.parametrize("way", ["feed.sse", "feed.ndjson", "feed.json", "feed.ws"])
async def test_over_the_network(way: str) -> None:
    """Events, lines, a polled document, frames."""
    rerun = Rerun(VIENNA)
    async with running(Served(rerun, Pace(rerun.ends_s + 1, 60.0))) as url:
        address = f"{url}/{way}" if way != "feed.ws" else f"{url.replace('http', 'ws')}/feed.ws"
        opened = open_address(address)
        feed = opened.feed()
        if isinstance(feed, WebFeed):
            feed._pace.period_s = 0.05
        assert await state(feed, opened) == WANTED


@pytest.mark.needs("nats-server")
async def test_over_a_broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A NATS JetStream, in any order of its messages."""
    monkeypatch.setattr(live, "GRACE_S", 0.2)
    lines = VIENNA.path.read_bytes().splitlines()
    async with natsd(tmp_path) as server:
        await published(server, "R", *lines[9:], *lines[:9])
        opened = open_address(f"{server.url}/R")
        assert await state(opened.feed(), opened) == WANTED


async def test_over_an_edge_cache(tmp_path: Path) -> None:
    """Chunks and a snapshot, as a relay wrote them."""
    await carry(Recorded(VIENNA), VIENNA.reader(), Folder(tmp_path))
    async with handed_out(tmp_path) as (url, _):
        opened = open_address(url)
        assert await state(opened.feed(), opened) == WANTED


async def test_through_standard_input() -> None:
    """As `cat race.ndjson | paceline watch -`, in any order of its lines."""
    lines = VIENNA.path.read_bytes().splitlines()
    read_end, write_end = os.pipe()
    os.set_blocking(write_end, True)

    def say() -> None:
        with os.fdopen(write_end, "wb") as pipe:
            pipe.write(b"\n".join([*lines[7:], *lines[:7]]))

    saying = asyncio.get_running_loop().run_in_executor(None, say)
    assert await state(StdinFeed(read_end)) == WANTED
    await saying
    os.close(read_end)


async def test_from_a_file_that_grows(tmp_path: Path) -> None:
    """Written while it is read."""
    file = tmp_path / "growing.ndjson"
    lines = VIENNA.path.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:30]))
    opened = open_address(str(file), Asked(follow=True))
    task = asyncio.create_task(state(opened.feed(), opened))
    await asyncio.sleep(0.02)
    with file.open("ab") as more:
        more.write(b"".join(lines[30:]))
    assert await task == WANTED


async def test_as_a_replay_that_is_live() -> None:
    """`replay:vienna-2019?speed=…`, in the order of its publication."""
    opened = open_any("replay:vienna-2019?speed=1000000", NOTHING)
    assert opened.is_live and await state(opened.feed(), opened) == WANTED


async def test_a_tape_of_it_replays_to_the_same(tmp_path: Path) -> None:
    """What was recorded over one transport is the race."""
    from feeds.record import Recorder, begun

    path = tmp_path / "tape.ndjson"
    rerun = Rerun(VIENNA)
    async with running(Served(rerun, Pace(rerun.ends_s + 1, 60.0))) as url:
        opened = open_address(f"{url}/feed.sse")
        log = Log(opened.reader(), origin=None)
        await Live(opened.feed(), log, lambda utc_s: Recorder(path, begun(utc_s, opened.name), utc_s=utc_s)).run()
    log = read(open_address(str(path)))
    assert Fold(log).up_to(len(log)).state_hash() == WANTED
