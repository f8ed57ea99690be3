"""A file that grows: its lines as they are written, also over a rotation. A tape that is being written is one, too."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import BinaryIO

from feeds.feed import Delivery, Link, Vitals
from feeds.lines import LineDecoder
from feeds.patience import Patience, now
from feeds.sources.files import CHUNK
from feeds.sources.tape import LINE_LIMIT, Tape, is_header
from feeds.text import clean

PERIOD_S = 0.2
"""Seconds between two looks at the file."""
LIVE = Link("live")


class FollowFeed:
    """A live feed out of a file, from its beginning. A line without its end waits for the rest of it."""

    has_end = False

    def __init__(self, path: Path, period_s: float = PERIOD_S) -> None:
        self.name = str(path)
        self.vitals = Vitals()
        self._path = path
        self._period_s = period_s
        self._patience = Patience()
        self._line = 0

    def retry_now(self) -> None:
        """Look at once."""
        self._patience.wake()

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        while True:
            try:
                file = self._path.open("rb")
            except OSError as error:
                why = (error.strerror or "it cannot be read").lower()
                code = 3 if isinstance(error, FileNotFoundError) else 1
                yield Link("offline", f"{clean(self.name, 200)}: {why}", self._period_s, code)
                await self._patience.nap(self._period_s)
                continue
            self.vitals.connects += 1
            with file:
                yield LIVE
                async for item in self._of(file):
                    yield item

    async def _of(self, file: BinaryIO) -> AsyncIterator[Delivery | Link]:
        """One file, until another one has its name, or it has shrunk."""
        lines = LineDecoder(LINE_LIMIT)
        entry: Callable[[bytes, int], Delivery | Link] | None = None
        while True:
            # Looked at before reading: what was written into the old file until then is read to its end.
            replaced = self._is_another(file)
            while chunk := file.read(CHUNK):
                self.vitals.bytes_in += len(chunk)
                self.vitals.heard_s = now()
                for line in lines.feed(chunk):
                    self._line += 1
                    if not line or line.isspace():
                        continue
                    if entry is None:
                        if is_header(line, self._path):
                            entry = Tape().entry
                            continue
                        entry = Delivery
                    yield entry(line, self._line)
            if replaced:
                return
            await self._patience.nap(self._period_s)

    def _is_another(self, file: BinaryIO) -> bool:
        own = os.fstat(file.fileno())
        try:
            there = self._path.stat()
        except OSError:
            return True
        return (there.st_dev, there.st_ino) != (own.st_dev, own.st_ino) or own.st_size < file.tell()
