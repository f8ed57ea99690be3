"""A feed behind http(s): what comes back decides whether it is followed as events, as lines, or asked for again."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from feeds.feed import Delivery, Link, Vitals
from feeds.patience import Patience
from feeds.retry import Trouble
from feeds.sources.guard import DEFAULTS, HttpOptions, checked, is_private
from feeds.sources.http import Http
from feeds.sources.ndjson import NdjsonFollower
from feeds.sources.poll import PollFollower, pause_s
from feeds.sources.sse import SseFollower
from feeds.sources.stay import stay
from feeds.text import without_secrets

if TYPE_CHECKING:
    import httpx

    from feeds.sources.http import Answer

PERIOD_S = 10.0
Follower = SseFollower | NdjsonFollower | PollFollower

_BY_TYPE: dict[str, type[Follower]] = {
    "text/event-stream": SseFollower,
    "application/x-ndjson": NdjsonFollower,
    "application/ndjson": NdjsonFollower,
    "application/jsonl": NdjsonFollower,
    "application/x-jsonlines": NdjsonFollower,
    "application/json": PollFollower,
    "text/html": PollFollower,
    "application/xhtml+xml": PollFollower,
    "text/csv": PollFollower,
    "application/xml": PollFollower,
    "text/xml": PollFollower,
}
_EVENTS = re.compile(rb"(\xef\xbb\xbf)?(:|(data|event|id|retry):)")
_PAGE = re.compile(rb"\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
ACCEPT = "text/event-stream, application/x-ndjson;q=0.9, application/json;q=0.8, */*;q=0.5"


class WebFeed:
    """A live feed behind one address. `reads_pages`: a profile reads it, so a web page is no mistake."""

    has_end = False

    def __init__(
        self,
        url: str,
        options: HttpOptions = DEFAULTS,
        *,
        profile_reads: bool = False,
        period_s: float = PERIOD_S,
        budget_per_h: int | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._here = is_private(checked(url).host)
        self.name = without_secrets(url)
        self.vitals = Vitals()
        self._url = url
        self._http = Http(self.vitals, options, transport=transport)
        self._profile_reads = profile_reads
        self._period_s = period_s
        self._budget_per_h = budget_per_h
        self._patience = Patience()
        self._follower: Follower | None = None

    def retry_now(self) -> None:
        """Do not wait any longer before the next attempt."""
        self._patience.wake()

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        try:
            async for item in stay(self._connection, self._patience):
                yield item
        finally:
            await self._http.aclose()

    async def _connection(self) -> AsyncIterator[Delivery | Link]:
        while True:
            before = self.vitals.bytes_in
            follower = self._follower
            headers = follower.headers() if follower is not None else {"Cache-Control": "no-cache"}
            accept = follower.accept if follower is not None else ACCEPT
            async with self._http.ask(self._url, headers=headers, accept=accept) as answer:
                self.vitals.connects += 1
                if follower is None and answer.status == 200:
                    follower = self._follower = await self._decided(answer)
                follower = follower or PollFollower()
                is_other = _BY_TYPE.get(answer.content_type, SseFollower) is not SseFollower
                if isinstance(follower, SseFollower) and is_other and answer.status == 200:
                    raise Trouble("answers with something else than events", code=1)
                async for item in follower.follow(answer):
                    yield item
            if not isinstance(follower, PollFollower):
                if follower.retry_s:
                    raise Trouble("the other side closed the connection", after_s=follower.retry_s)
                return
            wait_s = pause_s(
                self._period_s,
                here=self._here,
                vitals=self.vitals,
                budget_per_h=self._budget_per_h,
                bytes_before=before,
            )
            await self._patience.nap(wait_s)

    async def _decided(self, answer: Answer) -> Follower:
        """By its content type, else by its first bytes. Trouble for a web page that nobody reads."""
        kind = _BY_TYPE.get(answer.content_type)
        if kind is None or kind is PollFollower:
            first = await answer.first()
            kind = kind or _judged(first)
            if not self._profile_reads and (answer.content_type == "text/html" or _PAGE.match(first)):
                raise Trouble(
                    "answers with a web page, not with a feed: name a profile with --profile, see `paceline profiles`",
                    code=1,
                    permanent=True,
                )
        return kind()


def _judged(first: bytes) -> type[Follower]:
    """What an answer of unknown type is, by its first bytes."""
    if _EVENTS.match(first):
        return SseFollower
    line, end, _ = first.partition(b"\n")
    if not end or line[:1] != b"{":
        return PollFollower
    try:
        return NdjsonFollower if isinstance(json.loads(line), dict) else PollFollower
    except (ValueError, RecursionError):
        return PollFollower


def is_plain_public(url: str) -> bool:
    """Whether an address is asked without encryption beyond this machine's own network."""
    parts = checked(url, ("http", "https", "ws", "wss"))
    return parts.scheme in ("http", "ws") and not is_private(parts.host)
