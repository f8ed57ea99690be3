"""A feed kept on a tape without a screen."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from feeds.decode import Decoder
from feeds.feed import Delivery, FeedError, Link
from feeds.record import Recorder, begun
from feeds.sources.tape import read
from tests.feeding import REFUSED, MadeFeed, deliveries
from tests.watching import RUN
from tracker import live
from tracker.recording import keep


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_S", 0.005)


def tape(path: Path) -> list[bytes]:
    return [item.raw for item in read(path) if isinstance(item, Delivery)]


async def kept(path: Path, feed: MadeFeed) -> tuple[int, Recorder | None]:
    """What is kept of a feed."""
    return await keep(feed, Decoder(), lambda utc_s: Recorder(path, begun(utc_s, "made:feed"), utc_s=utc_s))


async def test_everything_is_kept_and_a_second_run_goes_on(tmp_path: Path) -> None:
    """Refused messages too; the tape says when each run began and stopped."""
    path = tmp_path / "tape"
    assert (await kept(path, MadeFeed(*deliveries(*RUN[:3], b"nonsense"))))[0] == 4
    await kept(path, MadeFeed(*deliveries(*RUN[3:])))
    assert tape(path) == [d.raw for d in deliveries(*RUN[:3], b"nonsense", *RUN[3:])]
    states = [item.state for item in read(path) if isinstance(item, Link)]
    assert states[0] == "live" and states[-1] == "offline" and states.count("offline") == 2


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_it_well(tmp_path: Path, sign: signal.Signals) -> None:
    """What was heard is on the tape, which is closed."""
    path = tmp_path / "tape"
    task = asyncio.create_task(kept(path, MadeFeed(*deliveries(*RUN), 3600.0)))
    await asyncio.sleep(0.05)
    os.kill(os.getpid(), sign)
    messages, recorder = await asyncio.wait_for(task, 2)
    assert messages == len(RUN) == len(tape(path)) and recorder is not None
    assert [item.state for item in read(path) if isinstance(item, Link)][-1] == "offline"


async def test_a_tape_that_cannot_be_written_ends_it_at_once(tmp_path: Path) -> None:
    """Why it cannot, with its code: a recorder that listens on and keeps nothing would be found out after the race."""
    path = tmp_path / "tape"
    path.write_text("no tape\n")
    with pytest.raises(FeedError, match="not a plain tape"):
        await asyncio.wait_for(kept(path, MadeFeed(*deliveries(*RUN), 3600.0)), 2)
    Recorder(tmp_path / "other", begun(0.0, "another:feed"), utc_s=0.0).close(0.0)
    with pytest.raises(FeedError, match="tape of another feed") as error:
        await asyncio.wait_for(kept(tmp_path / "other", MadeFeed(*deliveries(*RUN), 3600.0)), 2)
    assert error.value.code == 2


async def test_a_tape_that_stops_ends_it(tmp_path: Path) -> None:
    """What was written before stays; why it stopped is told, and nothing is listened to that is not kept."""
    path = tmp_path / "tape"
    long = b'{"kind": "note", "text": "' + b"x" * (25 << 20) + b'"}'
    feed = MadeFeed(*deliveries(*RUN[:2], long), 3600.0)
    messages, recorder = await asyncio.wait_for(kept(path, feed), 5)
    assert messages == 3 and recorder is not None and recorder.why_stopped
    assert tape(path) == [d.raw for d in deliveries(*RUN[:2])]


async def test_a_feed_that_is_none_leaves_no_tape(tmp_path: Path) -> None:
    """Its own line and code."""
    with pytest.raises(FeedError, match="404") as error:
        await kept(tmp_path / "tape", MadeFeed(REFUSED))
    assert error.value.code == 3 and not (tmp_path / "tape").exists()
