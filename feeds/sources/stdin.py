"""Standard input as a feed: messages as lines, a tape, or for a profile a whole reply. It ends where the input ends."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import BinaryIO

from feeds.feed import Delivery, FeedError, Link, Vitals
from feeds.lines import LineDecoder
from feeds.patience import now
from feeds.sources.files import CHUNK
from feeds.sources.tape import DOCUMENT_LIMIT, LINE_LIMIT, Tape, is_header, is_object

LIVE = Link("live")
PIPE = 1 << 20
"""Bytes that may wait in a pipe: who sends a flood is stopped less often, and more of it is read together."""
_NAME = Path("standard input")


def claim_stdin() -> int:
    """A descriptor of standard input for the feed; keys are read from the terminal in its place.

    FeedError, usage, where there is no terminal.
    """
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        raise FeedError("-: no terminal to read keys from; write lines with --plain or --json", 2) from None
    feed = os.dup(0)
    os.dup2(terminal, 0)
    os.close(terminal)
    return feed


class StdinFeed:
    """What comes through a descriptor. Nothing of the event loop waits for it."""

    name = "-"
    has_end = True

    def __init__(self, fd: int = 0, *, profile_reads: bool = False) -> None:
        self.vitals = Vitals()
        self._fd = fd
        self._profile_reads = profile_reads
        self._line = 0

    def retry_now(self) -> None:
        """There is nothing to be tried again."""

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        yield LIVE
        lines = LineDecoder(LINE_LIMIT)
        entry: Callable[[bytes, int], Delivery | Link] | None = None
        document = bytearray()
        async for chunk in self._chunks():
            self.vitals.bytes_in += len(chunk)
            self.vitals.heard_s = now()
            if document:
                document += chunk
                _bounded(document)
                continue
            for n, line in enumerate(found := lines.feed(chunk)):
                self._line += 1
                if not line or line.isspace():
                    continue
                if entry is None:
                    if is_header(line, _NAME):
                        entry = Tape().entry
                        continue
                    if self._profile_reads and not is_object(line):
                        document += b"\n".join([*found[n:], lines.flush()])
                        break
                    entry = Delivery
                yield entry(line, self._line)
        tail = bytes(document) or lines.flush()
        if tail and not tail.isspace():
            yield (entry or Delivery)(tail, self._line + 1)
        yield Link("ended", "the input has ended")

    async def _chunks(self) -> AsyncIterator[bytes]:
        """The bytes: of a pipe without a thread, of anything else with one."""
        mode = os.fstat(self._fd).st_mode
        if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
            while chunk := await asyncio.to_thread(os.read, self._fd, CHUNK):
                yield chunk
            return
        if stat.S_ISFIFO(mode) and hasattr(fcntl, "F_SETPIPE_SZ"):
            with contextlib.suppress(OSError):  # as much as this user may have
                fcntl.fcntl(self._fd, fcntl.F_SETPIPE_SZ, PIPE)
        reader = asyncio.StreamReader(limit=PIPE)
        pipe: BinaryIO = os.fdopen(os.dup(self._fd), "rb", buffering=0)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), pipe
        )
        try:
            while chunk := await reader.read(PIPE):
                yield chunk
        finally:
            transport.close()


def _bounded(document: bytearray) -> None:
    if len(document) > DOCUMENT_LIMIT:
        raise FeedError(f"-: a reply of more than {DOCUMENT_LIMIT >> 20} MiB: give it a row a line")
