"""A stream of a NATS JetStream as the place to which a feed is carried (extra `nats`).

Rule: an event counts as taken once the server has acknowledged it; what was offered twice is there once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from feeds.retry import Trouble
from feeds.sources.guard import DEFAULTS, HttpOptions
from feeds.sources.natslink import NO_JETSTREAM, Server, place, token
from feeds.text import clean

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.js.api import StreamInfo

    from tracker.carried import Carried

MOST_MESSAGES = 10_000_000
MOST_BYTES = 1 << 30
MOST_AGE_S = 30 * 86_400.0
KNOWN_S = 3600.0
"""Limits of a stream that is made here; none lets go of old messages. Within the last an event is known again."""
MOST_RACES = 64
ACKNOWLEDGED_S = 5.0
ROUNDS = 5
NAME_IN_USE = 10058
"""What the server says of a stream that somebody else has made in this moment."""


class Stream:
    """A sink. The stream is made where it is missing; one that is there is left as it is, but for its subjects."""

    most = 256

    def __init__(self, url: str, options: HttpOptions = DEFAULTS) -> None:
        self.place = place(url)
        self.name = self.place.name
        self.race = self.place.stream
        self._server = Server(self.place, options)
        self._held = AsyncExitStack()
        self._client: Client | None = None
        self._lost = asyncio.Event()
        self._created = ""
        self._races = {self.race}
        self._taken: set[str] = set()
        self._last = 0
        self.too_long = 0

    async def open(self) -> None:
        """Trouble where there is no server, no JetStream, or no stream can be made."""
        await self._connected()

    async def ready(self) -> None:
        """It takes whatever comes at once."""

    async def put(self, batch: Sequence[Carried]) -> int:
        """Publish all of these; Trouble where one of them was not acknowledged, then all are to be offered again."""
        self._races |= {item.race for item in batch}
        if len(self._races) > MOST_RACES:
            raise Trouble(f"tells of more than {MOST_RACES} races", code=1, permanent=True)
        client = await self._connected()
        with self._server.told():
            return await self._published(client, batch)

    async def beat(self, raw: bytes) -> None:
        """To whoever listens now."""
        client = await self._connected()
        with self._server.told():
            await client.publish(self.place.beats, raw)

    async def close(self, *, over: bool) -> None:  # noqa: ARG002 - a stream goes on
        """Let go of the connection."""
        self._client = None
        await self._held.aclose()

    async def _published(self, client: Client, batch: Sequence[Carried]) -> int:
        """How many were there already. Whichever comes first: all acknowledged, one refused, the connection lost."""
        tasks = [asyncio.create_task(self._one(client, item)) for item in batch]
        lost = asyncio.create_task(self._lost.wait())
        try:
            all_of_them = asyncio.gather(*tasks)
            first: list[asyncio.Future[Any]] = [all_of_them, lost]
            await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
            if not all_of_them.done():
                raise Trouble("the other side closed the connection")
            return sum(await all_of_them)
        finally:
            for task in (*tasks, lost):
                task.cancel()
            await asyncio.gather(*tasks, lost, return_exceptions=True)

    async def _one(self, client: Client, item: Carried) -> bool:
        from nats.errors import MaxPayloadError  # noqa: PLC0415 - an extra

        try:
            done = await client.jetstream(timeout=ACKNOWLEDGED_S).publish(
                item.subject, item.raw, stream=self.place.stream, headers={"Nats-Msg-Id": item.id}
            )
        except MaxPayloadError:
            self.too_long += 1
            return False
        self._last = max(self._last, done.seq)
        return bool(done.duplicate)

    async def _connected(self) -> Client:
        """A connection, and a stream that takes all that is said of the races. Trouble where there is none."""
        client = self._client
        if client is None or self._lost.is_set():
            self._client = None
            await self._held.aclose()
            self._lost.clear()
            client = await self._held.enter_async_context(self._server.connected(self._lost.set))
            self._taken.clear()
        if not self._races <= self._taken:
            with self._server.told():
                await self._ensure(client)
            self._taken |= self._races
        self._client = client
        return client

    async def _ensure(self, client: Client) -> None:
        """The stream, with its subjects. Another relay may make or change it at the same time."""
        from nats.js.api import DiscardPolicy, StorageType, StreamConfig  # noqa: PLC0415 - an extra
        from nats.js.errors import APIError  # noqa: PLC0415

        streams = client.jsm()
        for _ in range(ROUNDS):
            info = await self._info(client)
            if info is not None and self._created and self._created != str(info.created):
                info = None
            if self._created and (info is None or info.state.last_seq < self._last):
                raise Trouble(
                    "has lost the stream: start the relay again, so that all is told anew", permanent=True, code=1
                )
            wanted = {f"race.{token(race)}.>" for race in self._races}
            there = set((info.config.subjects or ()) if info is not None else ())
            if info is not None and (wanted <= there or "race.>" in there):
                self._created = str(info.created)
                return
            try:
                if info is None:
                    made = StreamConfig(
                        name=self.place.stream, subjects=sorted(wanted), storage=StorageType.FILE,
                        max_msgs=MOST_MESSAGES, max_bytes=MOST_BYTES, max_age=MOST_AGE_S, duplicate_window=KNOWN_S,
                        discard=DiscardPolicy.NEW,
                    )  # fmt: skip
                    await streams.add_stream(made)
                else:
                    await streams.update_stream(info.config.evolve(subjects=sorted(there | wanted)))
            except APIError as refused:
                if refused.err_code in NO_JETSTREAM:
                    raise
                if refused.err_code != NAME_IN_USE:
                    why = clean(refused.description or "no reason given", 160)
                    raise Trouble(f"refuses the stream: {why}", code=1, permanent=True) from None
        raise Trouble("others change the stream again and again", code=1)

    async def _info(self, client: Client) -> StreamInfo | None:
        from nats.js.errors import NotFoundError  # noqa: PLC0415 - an extra

        try:
            return await client.jsm().stream_info(self.place.stream)
        except NotFoundError:
            return None
