"""A feed over server-sent events: resumed after the last event that came whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from feeds.feed import Delivery, Link
from feeds.retry import Finished, Trouble
from feeds.sse import SseDecoder, TooLong

if TYPE_CHECKING:
    from feeds.sources.http import Answer

LIVE = Link("live")


class SseFollower:
    """Follows one answer after another; what the server said of ids and waits is kept between them."""

    accept = "text/event-stream"

    def __init__(self) -> None:
        self._last_id = ""
        self._line = 0
        self.retry_s = 0.0

    def headers(self) -> dict[str, str]:
        """What a request says, so that nothing comes from a cache, and only what is new."""
        resume = {"Last-Event-ID": self._last_id} if self._last_id else {}
        return {"Cache-Control": "no-cache", **resume}

    async def follow(self, answer: Answer) -> AsyncIterator[Delivery | Link]:
        """The events of an open answer. Finished on 204; Trouble when the link breaks, or an event has no end."""
        if answer.status == 204:
            raise Finished("the feed has ended")
        yield LIVE
        decoder = SseDecoder(last_event_id=self._last_id)
        try:
            async for chunk in answer.chunks():
                events = decoder.feed(chunk)
                self._last_id = decoder.last_event_id
                if decoder.retry_ms is not None:
                    self.retry_s = decoder.retry_ms / 1000
                if not events:
                    yield LIVE
                for event in events:
                    if event.data:
                        self._line += 1
                        yield Delivery(event.data, self._line)
        except TooLong as error:
            raise Trouble(str(error), code=1, permanent=True) from None
