"""A split feed over SSE, NDJSON and polling that breaks in every way a network can, by a seed.

Every message gets through in the end: a fault only delays, doubles, reorders or cuts what is sent.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

FAULTS = (
    "reset", "stall", "half_close", "slice", "unavailable", "garbage", "double", "reorder", "cut_event", "over_replay",
    "dead",
)  # fmt: skip
"""What a connection may suffer. `dead`: the socket stays open and nothing ever comes again."""

HEARTBEAT = b'{"kind":"heartbeat","at":"%b","rate":60,"interval_s":0.04}'
DEAD_S = 30.0


class ChaosServer:
    """Serves messages on loopback. `patience` connections may fail; those after it are clean, so that a run ends."""

    def __init__(self, messages: Sequence[bytes], seed: int, now: bytes, patience: int = 12) -> None:
        self.messages = list(messages)
        self.random = random.Random(seed)
        self.faults: Counter[str] = Counter()
        self.connections = 0
        self.died: list[float] = []
        self._beat = HEARTBEAT.replace(b"%b", now)
        self._patience = patience
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> ChaosServer:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)  # the transports close in the loop's next turn

    @property
    def url(self) -> str:
        """Where it is; the path says how it is asked: /feed.sse, /feed.ndjson, /feed.json."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                head = await reader.readuntil(b"\r\n\r\n")
                await self._answer(head, writer)
        finally:
            writer.close()

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        path = head.split(b" ", 2)[1]
        fault = self.random.choice(FAULTS) if self.connections <= self._patience else ""
        if fault:
            self.faults[fault] += 1
        if fault == "unavailable":
            writer.write(b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
        elif path.endswith(b".json"):
            await self._document(writer, fault)
        else:
            await self._stream(writer, fault, _last_id(head), sse=path.endswith(b".sse"))

    async def _document(self, writer: asyncio.StreamWriter, fault: str) -> None:
        """A growing document: more of it with every request, all of it in the end."""
        share = min(1.0, self.connections / max(1, self._patience))
        shown = self._disturbed(self.messages[: int(len(self.messages) * share)], fault)
        body = b"[" + b",".join([self._beat, *shown]) + b"]"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        await self._send(writer, [head % len(body), body], fault)

    async def _stream(self, writer: asyncio.StreamWriter, fault: str, last_id: int, *, sse: bool) -> None:
        if sse and last_id >= len(self.messages) and not fault:
            writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        first = max(0, last_id - (self.random.randrange(1, 9) if fault == "over_replay" else 0)) if sse else 0
        numbered = list(enumerate(self.messages, 1))[first:]
        numbered = self._numbered(numbered, fault)
        kind = b"text/event-stream" if sse else b"application/x-ndjson"
        parts = [b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nConnection: close\r\n\r\n"]
        parts.append(b"data: " + self._beat + b"\n\n" if sse else self._beat + b"\n")
        for number, raw in numbered:
            parts.append(
                b"id: %d\ndata: %b\n\n" % (number, raw)
                if sse and number
                else b"data: " + raw + b"\n\n"
                if sse
                else raw + b"\n"
            )
        await self._send(writer, parts, fault)

    def _numbered(self, numbered: list[tuple[int, bytes]], fault: str) -> list[tuple[int, bytes]]:
        """Doubles and swaps keep the ids in order of sending, so that a resume never skips what was not sent."""
        if fault == "double":
            return [pair for pair in numbered for _ in range(1 + (self.random.random() < 0.05))]
        if fault == "reorder":
            for i in range(len(numbered) - 1):
                if self.random.random() < 0.05:
                    (a, first), (b, second) = numbered[i : i + 2]
                    numbered[i : i + 2] = [(0, second), (b, first)] if a and b else numbered[i : i + 2]
            return numbered
        if fault == "garbage":
            made = [(0, self.random.randbytes(self.random.randrange(1, 200)).hex().encode()) for _ in range(5)]
            for junk in made:
                numbered.insert(self.random.randrange(len(numbered) + 1), junk)
        return numbered

    def _disturbed(self, messages: list[bytes], fault: str) -> list[bytes]:
        if fault == "reorder":
            self.random.shuffle(messages)
        if fault == "double":
            messages = [m for m in messages for _ in range(1 + (self.random.random() < 0.05))]
        return [*messages, b'{"kind":"split"}'] if fault == "garbage" else messages

    async def _send(self, writer: asyncio.StreamWriter, parts: Sequence[bytes], fault: str) -> None:
        cut = self.random.randrange(1, len(parts) + 1)
        for n, part in enumerate(parts):
            breaks = n == cut and fault in ("reset", "half_close", "cut_event", "stall", "dead")
            if breaks and not await self._break(writer, part, fault):
                return
            await self._pieces(writer, part, fault)
        if fault == "half_close":
            writer.write_eof()
            await asyncio.sleep(0.05)

    async def _break(self, writer: asyncio.StreamWriter, part: bytes, fault: str) -> bool:
        """What happens in the middle; whether the rest is sent after it."""
        if fault == "stall":
            await asyncio.sleep(0.03)
            return True
        writer.write(part[: self.random.randrange(len(part) or 1)] if fault != "cut_event" else part[:-1])
        await writer.drain()
        if fault == "reset":
            writer.transport.abort()
        elif fault == "half_close":
            writer.write_eof()
        elif fault == "dead":
            self.died.append(asyncio.get_running_loop().time())
            await asyncio.sleep(DEAD_S)
        return False

    async def _pieces(self, writer: asyncio.StreamWriter, part: bytes, fault: str) -> None:
        size = self.random.randrange(1, 40) if fault == "slice" else len(part)
        for at in range(0, len(part), size or 1):
            writer.write(part[at : at + size])
            if fault == "slice" and self.random.random() < 0.02:
                await asyncio.sleep(0)
        await writer.drain()


def _last_id(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"last-event-id" and value.strip().isdigit():
            return int(value)
    return 0
