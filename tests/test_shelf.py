"""tracker.shelf: chunks that never change, and a snapshot that is always right, whatever kills the relay."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.address import open_address
from feeds.chunked import SNAPSHOT, parse
from feeds.retry import Trouble
from tests.feeds.sources.test_chunks import item
from tests.feeds.test_contract import VIENNA, WANTED
from tracker import shelf
from tracker.fold import Fold
from tracker.log import Log
from tracker.relay import Recorded, carry
from tracker.shelf import FAN, Folder


class Crashed(Exception):
    """The machine is gone."""


def told(folder: Path) -> list[bytes]:
    """All messages of a folder, every chunk of either kind checked against what is said of it."""
    found = parse((folder / SNAPSHOT).read_bytes())
    for chunk in (*found.chunks, *found.recent):
        body = (folder / chunk.file).read_bytes()
        assert (len(body), sha256(body).hexdigest()) == (chunk.size, chunk.sha256)
        assert body.count(b"\n") == chunk.end - chunk.first
    lines = b"".join((folder / chunk.file).read_bytes() for chunk in found.chunks).splitlines()
    assert len(lines) == found.events
    return lines


async def relayed(folder: Path, batches: list[list[int]]) -> None:
    """A relay that takes these events, and ends without a word."""
    sink = Folder(folder)
    await sink.open()
    try:
        for batch in batches:
            await sink.put([item(n) for n in batch])
    except Crashed:
        os.close(sink._lock)  # as the system does
        raise
    await sink.close(over=False)


batches = st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=6), max_size=40)


@settings(max_examples=25, deadline=None)
@given(batches)
def test_every_event_is_there_once_in_its_order(told_so: list[list[int]]) -> None:
    """However they came, again and again: each the first time, and merged chunks hold what the small ones held."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(relayed(Path(folder), told_so))
        wanted = dict.fromkeys(n for batch in told_so for n in batch)
        if wanted:
            assert told(Path(folder)) == [item(n).raw for n in wanted]


def test_chunks_are_merged_and_old_files_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Late joiners fetch few files; what no snapshot names stays a while, then goes."""
    monkeypatch.setattr(shelf, "RECENT", 4)
    monkeypatch.setattr(shelf, "KEPT_S", 0.0)
    asyncio.run(relayed(tmp_path, [[n] for n in range(FAN * FAN + 3)]))
    found = parse((tmp_path / SNAPSHOT).read_bytes())
    assert [chunk.end - chunk.first for chunk in found.chunks] == [FAN * FAN, 1, 1, 1]
    assert [chunk.first for chunk in found.recent] == [FAN * FAN - 1, *range(FAN * FAN, FAN * FAN + 3)]
    assert len(list(tmp_path.glob("*.ndjson"))) <= 4 + 4 + FAN
    told(tmp_path)


@settings(max_examples=25, deadline=None)
@given(batches, st.integers(0, 60))
def test_whatever_stops_it_the_folder_is_right_and_it_goes_on(told_so: list[list[int]], after: int) -> None:
    """Killed at any step: what the snapshot says is there; a relay that tells all again adds what is missing, once."""
    with tempfile.TemporaryDirectory() as name:
        folder, left = Path(name), after
        put = Folder._put

        def dying(self: Folder, file: str, body: bytes) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                (self._path / f".{file}.part").write_bytes(body[: len(body) // 2])
                raise Crashed
            put(self, file, body)

        Folder._put = dying  # type: ignore[method-assign,assignment]  # the step at which it dies
        try:
            asyncio.run(relayed(folder, told_so))
        except Crashed:
            pass
        finally:
            Folder._put = put  # type: ignore[method-assign]
        if (folder / SNAPSHOT).exists():
            told(folder)
        asyncio.run(relayed(folder, told_so))
        wanted = dict.fromkeys(n for batch in told_so for n in batch)
        if wanted:
            assert told(folder) == [item(n).raw for n in wanted]
        assert not list(folder.glob(".*.part"))


def test_one_relay_a_folder(tmp_path: Path) -> None:
    """A second one is refused, for good; once the first is gone it may come."""

    async def both() -> None:
        first = Folder(tmp_path)
        await first.open()
        with pytest.raises(Trouble, match="another relay writes there") as refused:
            await Folder(tmp_path).open()
        assert refused.value.permanent
        await first.close(over=False)
        again = Folder(tmp_path)
        await again.open()
        await again.close(over=False)

    asyncio.run(both())


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        (SNAPSHOT, b'{"kind":"race"}', "is no snapshot of a relay"),
        (SNAPSHOT, b"", ""),
    ],
)
def test_what_is_not_a_relays_is_left_alone(tmp_path: Path, name: str, body: bytes, why: str) -> None:
    """Somebody's own file of that name is not written over; an empty one is nobody's."""
    (tmp_path / name).write_bytes(body)
    if not why:
        asyncio.run(relayed(tmp_path, [[1]]))
        return
    with pytest.raises(Trouble, match=why):
        asyncio.run(relayed(tmp_path, [[1]]))
    assert (tmp_path / name).read_bytes() == body


def test_a_chunk_that_was_lost_is_told(tmp_path: Path) -> None:
    """Going on would leave a hole in every late joiner's race."""
    asyncio.run(relayed(tmp_path, [[1], [2]]))
    next(tmp_path.glob("*.ndjson")).unlink()
    with pytest.raises(Trouble, match="missing or damaged: give another folder"):
        asyncio.run(relayed(tmp_path, [[3]]))


def test_a_full_disk_is_trouble_that_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is told of what could not be written; offered again it is there once."""

    async def run() -> None:
        sink = Folder(tmp_path)
        await sink.open()

        def full(*_: Any) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(Folder, "_put", full)
            with pytest.raises(Trouble, match="No space left on device") as trouble:
                await sink.put([item(1)])
            assert not trouble.value.permanent
        assert await sink.put([item(1), item(2)]) == 0
        await sink.close(over=True)

    asyncio.run(run())
    assert told(tmp_path) == [item(1).raw, item(2).raw]


def test_a_race_started_again_ends_in_the_same_state(tmp_path: Path) -> None:
    """Vienna carried twice is there once; its state is that of the file."""
    for known in (0, 84):
        counts = asyncio.run(carry(Recorded(VIENNA), VIENNA.reader(), Folder(tmp_path)))
        assert (counts.events, counts.known) == (84, known)
    log = Log(VIENNA.reader())
    from feeds.feed import Delivery

    for n, line in enumerate(told(tmp_path), 1):
        log.receive(Delivery(line, n))
    log.settle()
    assert Fold(log).up_to(len(log)).state_hash() == WANTED


def test_killed_in_mid_race_and_started_again_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """A real relay of a real feed, `kill -9`, and another one: the file's own race."""
    path = VIENNA.path
    lines = path.read_bytes().splitlines(keepends=True)
    growing = tmp_path / "growing.ndjson"
    growing.write_bytes(b"".join(lines[:40]))
    folder = tmp_path / "shelf"
    words = [sys.executable, "-m", "tracker", "relay", "-", "--to", str(folder)]
    first = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert first.stdin is not None
    first.stdin.write(growing.read_bytes())
    first.stdin.flush()
    for _ in range(600):
        if (folder / SNAPSHOT).exists():
            break
        try:
            first.wait(0.02)
        except subprocess.TimeoutExpired:
            continue
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    first.stdin.close()
    assert 0 < len(told(folder)) <= 40
    second = subprocess.run(words, input=path.read_bytes(), capture_output=True, timeout=30, check=True)
    assert b"84 messages" in second.stdout
    assert sorted(told(folder)) == sorted(line.rstrip(b"\n") for line in lines)
    assert open_address(str(path)).is_live is False
