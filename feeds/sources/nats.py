"""A feed in a NATS JetStream: all of it so far, then what comes, resumed after the last message (extra `nats`).

Rule: every message has its number in the stream; one that is missing is asked for again, by a subscription of our own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TYPE_CHECKING

from feeds.feed import IDLE_S, Delivery, Link, Vitals
from feeds.patience import Patience, now
from feeds.retry import Trouble
from feeds.sources.guard import DEFAULTS, HttpOptions
from feeds.sources.natslink import Server, awaitable, place, token
from feeds.sources.peers import Resolve, resolved
from feeds.sources.stay import stay

if TYPE_CHECKING:
    from nats.aio.client import Client
    from nats.aio.msg import Msg

BEAT_S, LINK_S = 5.0, 12.5
"""Seconds after which a server with nothing to send says so, and after which a silent one counts as dead."""
LIVE = Link("live")


class NatsFeed:
    """A live feed in one stream. FeedError, usage, where the library is missing or the address names none.

    The server's own heartbeats keep the link alive, unless the feed announces heartbeats: then whoever publishes it must
    be heard.
    """

    has_end = False

    def __init__(self, url: str, options: HttpOptions = DEFAULTS, *, resolve: Resolve = resolved) -> None:
        self.place = place(url)
        self.name = self.place.name
        self.notice = self.place.notice
        self.vitals = Vitals()
        self._server = Server(self.place, options, resolve)
        self._patience = Patience()
        self._line = 0
        self._stream = ""
        self._last = 0
        self._taken = 0
        self._owed = False

    def retry_now(self) -> None:
        """Do not wait any longer before the next attempt."""
        self._patience.wake()

    def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        return stay(self._connection, self._patience, self.vitals)

    async def _connection(self) -> AsyncGenerator[Delivery | Link, None]:
        heard: asyncio.Queue[Msg | None] = asyncio.Queue()
        self.vitals.requests += 1
        async with self._server.connected(lambda: heard.put_nowait(None)) as client:
            gone = await self._subscribe(client, heard)
            if not self._owed:
                yield Link("live", f"the stream no longer holds {gone} earlier messages" if gone else "")
            said_s = now()
            while True:
                message = await self._next(heard, said_s)
                self.vitals.bytes_in += len(message.data)
                delivery = self._delivery(message)
                if delivery is not None:
                    said_s = self.vitals.heard_s = now()
                    self._owed = False
                    yield delivery
                    continue
                await self._answer(client, message)
                if self.vitals.idle_s == IDLE_S:
                    self.vitals.heard_s = now()
                    yield LIVE

    async def _subscribe(self, client: Client, heard: asyncio.Queue[Msg | None]) -> int:
        """Ask for all after the last message; how many there were that the stream does not hold any more."""
        from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy  # noqa: PLC0415 - an extra

        streams = client.jsm()
        info = await streams.stream_info(self.place.stream)
        if info.state.last_seq < self._last or self._stream not in ("", str(info.created)):
            self._last = 0  # another stream of that name: from its beginning
        self._stream = str(info.created)
        self._taken = 0
        gone = max(0, info.state.first_seq - 1 - self._last)
        self._last += gone
        inbox = client.new_inbox()
        take = awaitable(heard.put_nowait)
        await client.subscribe(inbox, cb=take)
        await client.subscribe(self.place.beats, cb=take)
        athletes = [f"race.*.*.{token(athlete)}" for athlete in self.place.only]
        await streams.add_consumer(
            self.place.stream,
            ConsumerConfig(
                deliver_subject=inbox, deliver_policy=DeliverPolicy.BY_START_SEQUENCE, opt_start_seq=self._last + 1,
                ack_policy=AckPolicy.NONE, max_deliver=1, flow_control=True, idle_heartbeat=BEAT_S, mem_storage=True,
                num_replicas=1, filter_subjects=["race.*.*", *athletes] if athletes else None,
            ),
        )  # fmt: skip
        return gone

    async def _next(self, heard: asyncio.Queue[Msg | None], said_s: float) -> Msg:
        """The next message, the server's own ones too. Trouble where it, or whoever publishes, is silent."""
        publisher_s = self.vitals.idle_s - (now() - said_s) if self.vitals.idle_s != IDLE_S else LINK_S
        if heard.empty() and publisher_s <= 0:
            raise self._silent()
        try:
            async with asyncio.timeout(min(LINK_S, publisher_s) if heard.empty() else None):
                message = await heard.get()
        except TimeoutError:
            if publisher_s < LINK_S:
                raise self._silent() from None
            raise Trouble(f"silent for {LINK_S:g} s", code=4) from None
        if message is None:
            raise Trouble("the other side closed the connection")
        return message

    def _silent(self) -> Trouble:
        self._owed = True
        return Trouble(f"whoever publishes it is silent for {self.vitals.idle_s:g} s", code=4)

    def _delivery(self, message: Msg) -> Delivery | None:
        """What a message of the feed delivers; none for one of the server's own. Trouble where one before it is missing."""
        if message.subject == self.place.beats:
            return Delivery(message.data, 0)
        if not message.reply.startswith("$JS.ACK."):
            return None
        in_stream, taken = _numbers(message.reply)
        if taken != self._taken + 1 or (in_stream != self._last + 1 and not self.place.only):
            raise Trouble(f"a message was lost after number {self._last}: they are asked for again")
        self._taken, self._last = taken, in_stream
        self._line += 1
        return Delivery(message.data, self._line)

    async def _answer(self, client: Client, message: Msg) -> None:
        """What the server itself says: it waits for a word before it sends more, or tells how much it has sent."""
        said = message.headers or {}
        if int(said.get("Nats-Last-Consumer", "0")) > self._taken:
            raise Trouble(f"messages were lost after number {self._last}: they are asked for again")
        if reply := message.reply or said.get("Nats-Consumer-Stalled", ""):
            await client.publish(reply)


def _numbers(reply: str) -> tuple[int, int]:
    """A message's number in the stream, and in what was sent to us."""
    tokens = reply.split(".")
    at = 5 if len(tokens) == 9 else 7  # with a domain and an account before them
    return int(tokens[at]), int(tokens[at + 1])
