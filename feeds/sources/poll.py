"""A document that is asked for again and again: seldom enough, and only told of when it has changed."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from hashlib import sha256
from typing import TYPE_CHECKING

from feeds.feed import Delivery, Link, Vitals
from feeds.patience import rest
from feeds.retry import Finished

if TYPE_CHECKING:
    from feeds.sources.http import Answer

LEAST_S, LEAST_HERE_S = 5.0, 0.05
"""Seconds between two requests, at least: of a server elsewhere, and of one on this machine."""
LIVE = Link("live")


class PollFollower:
    """Follows one answer after another, each a whole document."""

    accept = "application/json, */*;q=0.5"
    retry_s = 0.0

    def __init__(self) -> None:
        self._line = 0
        self._seen = b""
        self._tags: dict[str, str] = {}

    def headers(self) -> dict[str, str]:
        """What a request says: what is known already need not come again."""
        return self._tags

    async def follow(self, answer: Answer) -> AsyncIterator[Delivery | Link]:
        """The document, if it is another than the last one. Finished on 204."""
        if answer.status == 204:
            raise Finished("the feed has ended")
        body = b"" if answer.status == 304 else await answer.body()
        yield LIVE
        if answer.status == 304:
            return
        self._tags = tags(answer)
        digest = sha256(body).digest()
        if digest != self._seen:
            self._seen = digest
            self._line += 1
            yield Delivery(body, self._line)


def tags(answer: Answer) -> dict[str, str]:
    """What the next request says, so that what is known need not come again."""
    asked = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
    return {name: value for name, said in asked if (value := answer.headers.get(said))}


class Pace:
    """How often a server is asked: round after round, the pauses between them nobody's to cut short.

    `here`: it stands on this machine. `period_s` may be set anew by what the server says.
    """

    def __init__(self, vitals: Vitals, period_s: float, *, here: bool, budget_per_h: int | None = None) -> None:
        self.period_s = period_s
        self.least_s = LEAST_HERE_S if here else LEAST_S
        self._vitals = vitals
        self._budget_per_h = budget_per_h

    async def rounds(
        self, one: Callable[[], AsyncGenerator[Delivery | Link, None]]
    ) -> AsyncGenerator[Delivery | Link, None]:
        """What one round after another yields, until one raises."""
        while True:
            before = self._vitals.traffic
            async with aclosing(one()) as items:
                async for item in items:
                    yield item
            await rest(self.pause_s(self._vitals.traffic - before))

    def pause_s(self, cost: int) -> float:
        """Seconds until the next round: never too soon, and as long as the last one's bytes cost of the hour's budget."""
        least_s = max(self.period_s, self.least_s)
        return least_s if self._budget_per_h is None else max(least_s, cost * 3600 / self._budget_per_h)
