"""A folder of immutable chunks and one `snapshot.json`, for any web server or edge cache to hand out (feeds.chunked).

Rule: a file is there whole or not at all, and nobody is told of a chunk before it is on the disk. Whatever kills this in
the middle leaves a folder that is right, and a relay that is started again goes on where it was.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import secrets
from collections import deque
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from feeds.chunked import SNAPSHOT, Chunk, Shelf, parse
from feeds.decode import Decoder
from feeds.feed import Delivery
from feeds.reading import Rejection
from feeds.retry import Trouble
from feeds.seen import full
from tracker import clock
from tracker.carried import Carried, identity

PERIOD_S = 1.0
"""Seconds between two chunks, at least."""
FAN = 16
"""So many chunks of one size become one of the next."""
LARGEST = 4 << 20
"""Bytes from which a chunk is left as it is."""
RECENT = 32
"""Small chunks that stay named after they were merged: half a minute and more."""
KEPT_S = 600.0
"""Seconds for which a file stays that no snapshot names any more: a cache may still hold an old one."""
LOCK = ".relay.lock"
UNNAMED = "race"
What = TypeVar("What")


class Folder:
    """A sink. An event that is there already, also from an earlier run, is not written again."""

    most, too_long = 4096, 0

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self.race = UNNAMED
        self._path = path
        self._shelf = Shelf(id=secrets.token_hex(8))
        self._levels: list[int] = []
        self._known: set[bytes] = set()
        self._left: deque[tuple[float, str]] = deque()
        self._lock = -1
        self._written_s = -PERIOD_S

    async def open(self) -> None:
        """Trouble, for good, where it cannot be written, another relay writes there, or something else lies there."""
        await asyncio.to_thread(self._open)

    async def ready(self) -> None:
        """Until a second after the last chunk."""
        await clock.nap(max(0.0, self._written_s + PERIOD_S - clock.monotonic()))

    async def put(self, batch: Sequence[Carried]) -> int:
        """Write those that are new as one chunk, and tell of it; how many were known."""
        fresh: dict[bytes, bytes] = {}
        for item in batch:
            digest = _digest(item.id)
            if digest not in self._known:
                fresh.setdefault(digest, item.raw)
        if fresh:
            await self._told(self._append, list(fresh.values()))
            self._known.update(fresh)
        self._written_s = clock.monotonic()
        return len(batch) - len(fresh)

    async def beat(self, raw: bytes) -> None:
        """A snapshot with the heartbeat in it."""
        await self._told(self._publish, self._shelf.model_copy(update={"beat": json.loads(raw)}))

    async def close(self, *, over: bool) -> None:
        """Say that it has ended, if it has, and let go of the folder."""
        if self._lock >= 0:
            if over:
                await self._told(self._publish, self._shelf.model_copy(update={"ended": True}))
            os.close(self._lock)
            self._lock = -1

    async def _told(self, work: Callable[[What], None], what: What) -> None:
        """Trouble where it could not be written."""
        try:
            await asyncio.to_thread(work, what)
        except OSError as error:
            raise Trouble(f"cannot be written: {error.strerror or error}", code=1) from None

    def _open(self) -> None:
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self._path / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            body = (self._path / SNAPSHOT).read_bytes() if (self._path / SNAPSHOT).exists() else b""
        except BlockingIOError:
            raise Trouble("another relay writes there", code=1, permanent=True) from None
        except FileExistsError:
            raise Trouble("is a file: give a folder", code=1, permanent=True) from None
        except OSError as error:
            raise Trouble(f"cannot be written: {error.strerror or error}", code=1, permanent=True) from None
        if body:
            self._resume(body)
        self._sweep()

    def _resume(self, body: bytes) -> None:
        """Go on with what is there. Trouble where it is not a relay's, or not whole."""
        try:
            self._shelf = parse(body).model_copy(update={"ended": False})
        except ValueError as error:
            raise Trouble(f"{SNAPSHOT} there {error}: give another folder", code=1, permanent=True) from None
        decode = Decoder()
        for chunk in self._shelf.chunks:
            for line in self._held(chunk).splitlines():
                said = decode.read(Delivery(line, 0))
                for event in said if isinstance(said, tuple) else (said,):
                    if not isinstance(event, Rejection):
                        if event.kind == "race":
                            self.race = event.id
                        self._known.add(_digest(identity(full(event), event.race or self.race)))
        self._levels = [0] * len(self._shelf.chunks)

    def _held(self, chunk: Chunk) -> bytes:
        try:
            body = (self._path / chunk.file).read_bytes()
        except OSError:
            body = b""
        if sha256(body).hexdigest() != chunk.sha256:
            raise Trouble(f"{chunk.file} there is missing or damaged: give another folder", code=1, permanent=True)
        return body

    def _append(self, lines: Sequence[bytes]) -> None:
        shelf = self._shelf
        chunk = self._write(b"".join(line + b"\n" for line in lines), shelf.events, shelf.events + len(lines))
        chunks, levels = [*shelf.chunks, chunk], [*self._levels, 0]
        while len(levels) >= FAN and len(set(levels[-FAN:])) == 1 and sum(c.size for c in chunks[-FAN:]) <= LARGEST:
            merged, level = chunks[-FAN:], levels[-1] + 1
            body = b"".join((self._path / each.file).read_bytes() for each in merged)
            chunks[-FAN:] = [self._write(body, merged[0].first, merged[-1].end)]
            levels[-FAN:] = [level]
        recent = (*shelf.recent, chunk)[-RECENT:]
        before = {each.file for each in (*shelf.chunks, *shelf.recent)}
        told = {"events": chunk.end, "chunks": tuple(chunks), "recent": recent, "ended": False}
        self._publish(shelf.model_copy(update=told))
        self._levels = levels
        gone = before - {each.file for each in (*chunks, *recent)}
        self._left.extend((clock.monotonic(), file) for file in sorted(gone))
        while self._left and self._left[0][0] + KEPT_S < clock.monotonic():
            (self._path / self._left.popleft()[1]).unlink(missing_ok=True)

    def _write(self, body: bytes, first: int, end: int) -> Chunk:
        """A chunk on the disk, under a name that says what is in it."""
        digest = sha256(body).hexdigest()
        chunk = Chunk(
            file=f"{first:010d}-{end:010d}-{digest[:16]}.ndjson", first=first, end=end, size=len(body), sha256=digest
        )  # fmt: skip
        self._put(chunk.file, body)
        return chunk

    def _publish(self, shelf: Shelf) -> None:
        self._put(SNAPSHOT, shelf.as_json())
        self._shelf = shelf

    def _put(self, name: str, body: bytes) -> None:
        """A file that is there whole or not at all, and on the disk before anything that comes later."""
        part = self._path / f".{name}.part"
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path / name)
        folder = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _sweep(self) -> None:
        """Let go of what an earlier run left: parts, and chunks that nobody names."""
        named = {each.file for each in (*self._shelf.chunks, *self._shelf.recent)}
        for part in self._path.glob(".*.part"):
            part.unlink(missing_ok=True)
        for chunk in self._path.glob("*.ndjson"):
            if chunk.name not in named:
                self._left.append((clock.monotonic(), chunk.name))


def _digest(id: str) -> bytes:
    return sha256(id.encode()).digest()[:10]
