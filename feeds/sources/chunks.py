"""A feed in files behind http(s), as a relay writes them for an edge cache: `snapshot.json` is asked for, chunks once.

Rule: what a chunk holds is believed only with its digest; every message has its number, and none is told twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, AsyncIterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from feeds.chunked import SNAPSHOT, Chunk, Shelf, parse
from feeds.feed import Delivery, Link
from feeds.retry import Finished, Trouble
from feeds.sources.guard import DEFAULTS, HttpOptions
from feeds.sources.poll import LEAST_HERE_S, tags
from feeds.sources.rounds import RoundFeed

if TYPE_CHECKING:
    import httpx

    from feeds.sources.http import Answer

PERIOD_S, LEAST_S, MOST_S = 5.0, 1.0, 60.0
"""Seconds between two looks at the snapshot: where its cache says nothing, and the least and the most where it does."""
MOST_SNAPSHOT = 4 << 20
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
GONE = 3
"""The exit code of what was not found."""
LIVE = Link("live")


class ChunkFeed(RoundFeed):
    """A live feed in files."""

    def __init__(
        self,
        url: str,
        options: HttpOptions = DEFAULTS,
        *,
        budget_per_h: int | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        secret = bool(options.headers)
        super().__init__(
            url, options, period_s=PERIOD_S, secret=secret, budget_per_h=budget_per_h, transport=transport
        )  # fmt: skip
        self._pace.least_s = LEAST_HERE_S if self._here else LEAST_S
        self._tags: dict[str, str] = {}
        self._id = ""
        self._at = 0
        self._beat: dict[str, Any] | None = None
        self._line = 0

    async def _round(self) -> AsyncGenerator[Delivery | Link, None]:
        """One look at the snapshot, and the chunks that are new in it."""
        headers = {"Cache-Control": "no-cache"} if not self._tags else self._tags
        async with self._http.ask(self._url, headers=headers, accept="application/json, */*;q=0.5") as answer:
            self._heed(answer)
            if answer.status == 304:
                yield LIVE
                return
            shelf, known = self._parsed(await answer.body(MOST_SNAPSHOT)), tags(answer)
        yield self._known(shelf)
        for chunk in shelf.after(self._at):
            async for line in self._lines(chunk):
                self._line += 1
                self._at += 1
                yield Delivery(line, self._line)
        self._tags = known  # only now: whoever breaks off in a chunk asks for all of the snapshot again
        if shelf.beat is not None and shelf.beat != self._beat:
            self._beat = shelf.beat
            yield Delivery(json.dumps(shelf.beat).encode(), 0)
        if shelf.ended:
            raise Finished("the feed has ended")

    def _parsed(self, body: bytes) -> Shelf:
        try:
            return parse(body)
        except ValueError as error:
            raise Trouble(f"{SNAPSHOT} {error}", code=1, permanent=not self._id) from None

    def _known(self, shelf: Shelf) -> Link:
        """Begin anew where it is another series, or one that has been cut short."""
        if shelf.id == self._id and shelf.events >= self._at:
            return LIVE
        again, self._id, self._at = bool(self._id), shelf.id, 0
        return Link("live", "another series: it is told from its beginning") if again else LIVE

    async def _lines(self, chunk: Chunk) -> AsyncIterator[bytes]:
        """The messages of a chunk from where we are. Trouble where it is not the one that was named."""
        body = await self._body(chunk)
        lines = body.split(b"\n")
        if len(body) != chunk.size or sha256(body).hexdigest() != chunk.sha256 or lines.pop() != b"":
            raise Trouble(f"{chunk.file} is damaged: {len(body):,} bytes that are not those that were named", code=1)
        if len(lines) != chunk.end - chunk.first:
            raise Trouble(f"{chunk.file} has {len(lines):,} messages, not {chunk.end - chunk.first:,}", code=1)
        for line in lines[max(0, self._at - chunk.first) :]:
            yield line

    async def _body(self, chunk: Chunk) -> bytes:
        """The bytes of a chunk. Trouble that passes where it is not there: a cache may know the snapshot alone yet."""
        where = urljoin(self._url, chunk.file)
        try:
            async with self._http.ask(where, accept="application/x-ndjson, */*;q=0.5") as answer:
                return await answer.body(chunk.size + 1)
        except Trouble as trouble:
            if trouble.code != GONE:
                raise
            raise Trouble(f"{chunk.file}, which the snapshot names, is not there", code=1) from None

    def _heed(self, answer: Answer) -> None:
        """Look again when what a cache holds may be another one."""
        said = _MAX_AGE.search(answer.headers.get("cache-control", ""))
        if said is not None:
            self._pace.period_s = max(self._pace.least_s, min(MOST_S, float(said[1])))
