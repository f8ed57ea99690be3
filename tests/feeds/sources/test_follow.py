"""A file that grows."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from feeds.feed import Delivery, Link
from feeds.sources.follow import FollowFeed
from feeds.sources.tape import TapeHeader


class Reader:
    """Takes what a followed file has given so far."""

    def __init__(self, path: Path) -> None:
        self.feed = FollowFeed(path, period_s=0.002)
        self._items = aiter(self.feed)
        self.got: list[Delivery | Link] = []

    async def until(self, messages: int) -> list[bytes]:
        """The messages, once there are so many."""
        while sum(isinstance(item, Delivery) for item in self.got) < messages:
            self.got.append(await asyncio.wait_for(anext(self._items), 2))
        return [item.raw for item in self.got if isinstance(item, Delivery)]

    async def close(self) -> None:
        """Let go."""
        await self._items.aclose()  # type: ignore[attr-defined]  # a generator


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "feed.ndjson"
    file.write_bytes(b'{"a":1}\n')
    return file


async def test_lines_come_as_they_are_written_whole(path: Path) -> None:
    """A line without its end waits for the rest of it."""
    reader = Reader(path)
    assert await reader.until(1) == [b'{"a":1}']
    with path.open("ab") as file:
        file.write(b'{"b":')
        file.flush()
        file.write(b'2}\n{"c":3}\n')
    assert await reader.until(3) == [b'{"a":1}', b'{"b":2}', b'{"c":3}']
    assert reader.feed.vitals.bytes_in == path.stat().st_size
    await reader.close()


async def test_a_rotated_file_is_read_to_its_end_and_then_the_new_one(path: Path) -> None:
    """What was written into the old one at the last moment is not lost."""
    reader = Reader(path)
    await reader.until(1)
    with path.open("ab") as file:
        file.write(b'{"last":1}\n')
    path.rename(path.with_suffix(".1"))
    path.write_bytes(b'{"new":1}\n')
    assert (await reader.until(3))[1:] == [b'{"last":1}', b'{"new":1}']
    await reader.close()


async def test_a_truncated_file_begins_anew(path: Path) -> None:
    """Shorter than what was read: it is another one."""
    path.write_bytes(b'{"a":1}\n{"b":2}\n')
    reader = Reader(path)
    await reader.until(2)
    path.write_bytes(b'{"c":3}\n')
    assert (await reader.until(3))[2] == b'{"c":3}'
    await reader.close()


async def test_a_file_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    """Offline, not found, until it comes."""
    reader = Reader(tmp_path / "later")
    items = reader._items
    first = await anext(items)
    assert isinstance(first, Link) and (first.state, first.code) == ("offline", 3)
    (tmp_path / "later").write_bytes(b"{}\n")
    assert await reader.until(1) == [b"{}"]
    await reader.close()


async def test_a_tape_that_is_being_written_is_followed_as_one(path: Path) -> None:
    """Its messages, with the instants of their receipt."""
    line = b'{"n":1,"mono":0,"utc":"2026-11-23T10:00:00Z","raw":"{}"}\n'
    path.write_bytes(TapeHeader("2026-11-23T10:00:00Z", "x").line + line)
    reader = Reader(path)
    assert await reader.until(1) == [b"{}"]
    assert isinstance(reader.got[-1], Delivery) and reader.got[-1].received_s == 1795428000.0
    await reader.close()
