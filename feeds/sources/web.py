"""A feed behind http(s): what comes back decides whether it is followed as events, as lines, or asked for again."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

from feeds.feed import Delivery, Link
from feeds.retry import Trouble
from feeds.sources.guard import DEFAULTS, HttpOptions
from feeds.sources.ndjson import NdjsonFollower
from feeds.sources.poll import PollFollower
from feeds.sources.rounds import RoundFeed
from feeds.sources.sse import SseFollower

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
_BOM = b"\xef\xbb\xbf"
_FIELDS = (b"data:", b"event:", b"id:", b"retry:", b":")
SNIFFED = 1 << 20
"""Bytes that an answer of unknown type is judged by, at most: its first message."""
_PAGE = re.compile(rb"\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
ACCEPT = "text/event-stream, application/x-ndjson;q=0.9, application/json;q=0.8, */*;q=0.5"


class WebFeed(RoundFeed):
    """A live feed behind one address. `profile_reads`: a profile reads it, so a web page is no mistake."""

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
        secret = bool(options.headers)
        super().__init__(
            url, options, period_s=period_s, secret=secret, budget_per_h=budget_per_h, transport=transport
        )  # fmt: skip
        self._profile_reads = profile_reads
        self._follower: Follower | None = None

    async def _round(self) -> AsyncGenerator[Delivery | Link, None]:
        """One answer: a document, or a stream to its end, which is Trouble."""
        follower = self._follower
        headers = follower.headers() if follower is not None else {"Cache-Control": "no-cache"}
        accept = follower.accept if follower is not None else ACCEPT
        async with self._http.ask(self._url, headers=headers, accept=accept) as answer:
            if follower is None and answer.status == 200:
                follower = self._follower = await self._decided(answer)
            follower = follower or PollFollower()
            known = _BY_TYPE.get(answer.content_type)
            is_stream = not isinstance(follower, PollFollower)
            if is_stream and answer.status == 200 and known not in (None, type(follower)):
                raise Trouble("answers with something else than it did", code=1)
            async for item in follower.follow(answer):
                yield item
        if is_stream:  # waiting, or a file served as a stream is fetched without end
            raise Trouble("the other side closed the connection", after_s=follower.retry_s or self._pace.least_s)

    def _judged(self, first: bytes) -> type[Follower] | None:
        return judged(first, is_feed=not self._profile_reads)

    async def _decided(self, answer: Answer) -> Follower:
        """By its content type, else by its first bytes. Trouble for a web page that nobody reads."""
        kind = _BY_TYPE.get(answer.content_type)
        if kind is None or kind is PollFollower:
            first = await answer.first(lambda said: self._judged(said) is not None, SNIFFED)
            kind = kind or self._judged(first) or PollFollower
            if not self._profile_reads and (answer.content_type == "text/html" or _PAGE.match(first)):
                raise Trouble(
                    "answers with a web page, not with a feed: name a profile with --profile, see `paceline profiles`",
                    code=1,
                    permanent=True,
                )
        return kind()


def judged(first: bytes, *, is_feed: bool) -> type[Follower] | None:
    """What an answer of unknown type is, by its first bytes; none while they are too few to tell.

    `is_feed`: nobody but the split feed's own reader reads it, whose first message tells a stream from a document.
    """
    if len(first) < len(_BOM) and _BOM.startswith(first):
        return None
    text = first.removeprefix(_BOM)
    if text.startswith(_FIELDS):
        return SseFollower
    said = text.lstrip()
    if not said or any(field.startswith(text) for field in _FIELDS) or (said[:1] == b"<" and b">" not in said):
        return None
    line, end, rest = said.partition(b"\n")
    if said[:1] != b"{":
        return PollFollower
    if not end:
        return None
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        return PollFollower
    if is_feed and "kind" in message:
        return NdjsonFollower  # what follows may be long in coming
    rest = rest.lstrip()
    if not rest:
        return None
    return NdjsonFollower if rest[:1] == b"{" else PollFollower
