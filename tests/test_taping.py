"""The tape of a live feed, through the whole program: interrupted, gone on with, and with a disk that is full."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feeds.feed import Delivery, Link
from feeds.sources.tape import read
from tests.feeds.sources.serving import answer, beside, opening
from tests.test_cli import Run, paceline
from tests.watching import RACE, split
from tracker.config import paths

__all__ = ["paceline"]

GONE = answer(b"", "", "204 No Content")


def event(n: int, message: dict[str, object]) -> bytes:
    """A message as the event of that number."""
    return b"id: %d\ndata: " % n + json.dumps(message).encode() + b"\n\n"


BEGINNING, REST = (
    event(1, RACE) + event(2, split("5km", 850)),
    event(3, split("10km", 1705)) + event(4, {"kind": "end"}),
)


async def hang_up(_: bytes, writer: asyncio.StreamWriter) -> None:
    """The beginning; then the user's terminal is closed."""
    writer.write(opening("text/event-stream") + BEGINNING)
    await writer.drain()
    await asyncio.sleep(0.2)
    os.kill(os.getpid(), signal.SIGHUP)
    await asyncio.sleep(60)


async def resumed(head: bytes, writer: asyncio.StreamWriter) -> None:
    """All of it, or the end to whoever has heard all of it."""
    is_told = b"last-event-id: 4" in head.lower()
    writer.write(GONE if is_told else opening("text/event-stream") + BEGINNING + REST)
    await writer.drain()


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def tape() -> Path:
    """The only tape there is."""
    [path] = (paths().data / "tapes").iterdir()
    return path


def test_a_watch_that_was_hung_up_goes_on_with_its_tape(paceline: Run) -> None:
    """SIGHUP closes it; the same watch again adds to it; over, it is packed away whole."""
    with beside(hang_up, resumed) as (url, _):
        assert paceline("watch", f"{url}/feed", "--plain")[0] == 128 + signal.SIGHUP
        first = list(read(tape()))
        assert [i.state for i in first if isinstance(i, Link)] == ["live", "offline"]
        assert paceline("watch", f"{url}/feed", "--plain")[0] == 0
    items = list(read(tape()))
    assert tape().suffix == ".gz"
    assert items[: len(first)] == first and sum(isinstance(i, Delivery) for i in items) == 2 + 4
    assert paceline("check", str(tape()))[0] == 0


def test_a_recording_that_was_ended_goes_on_in_the_same_file(tmp_path: Path, paceline: Run) -> None:
    """SIGHUP ends it well; twice on one file is one tape, and its state that of the feed."""
    file = str(tmp_path / "mine")
    with beside(hang_up, resumed) as (url, _):
        assert paceline("record", f"{url}/feed", "-o", file)[:2] == (0, f"{file}: 2 messages\n")
        assert paceline("record", f"{url}/feed", "-o", file)[:2] == (0, f"{file}: 4 messages\n")
    assert sum(isinstance(i, Delivery) for i in read(Path(file))) == 6
    assert paceline("check", file)[0] == 0


@contextmanager
def full_after(size: int) -> Iterator[None]:
    """No file can grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_stops_the_tape_and_not_the_race(paceline: Run) -> None:
    """The race is told to its end; one line says what became of the tape, which is whole as far as it goes."""
    with beside(resumed) as (url, _), full_after(1_000):
        code, out, err = paceline("watch", f"{url}/feed", "--plain")
    assert code == 0 and "10 km" in out
    assert err == "paceline: recording stopped: no space left on device\n"
    items = list(read(tape()))
    assert not [i for i in items if isinstance(i, Link) and i.state == "torn"]
    assert 1 <= sum(isinstance(i, Delivery) for i in items) < 4


def test_a_recording_on_a_full_disk_fails(tmp_path: Path, paceline: Run) -> None:
    """It is for the tape alone: code 1, and the file that is whole as far as it goes."""
    file = tmp_path / "mine"
    with beside(resumed) as (url, _), full_after(1_000):
        code, out, err = paceline("record", f"{url}/feed", "-o", str(file))
    assert (code, out) == (1, "") and err == f"paceline: {file}: recording stopped: no space left on device\n"
    assert not [i for i in read(file) if isinstance(i, Link) and i.state == "torn"]


def test_a_folder_that_cannot_be_written_to_stops_no_race(tmp_path: Path, paceline: Run) -> None:
    """One line says why there is no tape."""
    (tmp_path / "paceline").write_text("in the way", encoding="utf-8")
    with beside(resumed) as (url, _):
        code, out, err = paceline("watch", f"{url}/feed", "--plain")
    assert code == 0 and "10 km" in out and err.startswith("paceline: no recording: ") and err.count("\n") == 1
