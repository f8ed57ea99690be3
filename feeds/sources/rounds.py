"""What feeds over http(s) share that are asked round after round: one origin, a pace, a link that comes back."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import TYPE_CHECKING

from feeds.feed import Delivery, Link, Vitals
from feeds.patience import Patience
from feeds.sources.guard import HttpOptions, checked, unencrypted
from feeds.sources.hosts import is_loopback
from feeds.sources.http import Http
from feeds.sources.poll import Pace
from feeds.sources.stay import stay
from feeds.text import without_secrets

if TYPE_CHECKING:
    import httpx


class RoundFeed:
    """A live feed behind one address; what a round is, is said by whoever inherits this. FeedError for no address."""

    has_end = False

    def __init__(
        self,
        url: str,
        options: HttpOptions,
        *,
        period_s: float,
        secret: bool,
        budget_per_h: int | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        parts = checked(url)
        self.vitals = Vitals()
        self.name = without_secrets(str(parts))
        self.notice = unencrypted(url, secret=secret)
        self._url = url
        self._here = is_loopback(parts.host)
        self._pace = Pace(self.vitals, period_s, here=self._here, budget_per_h=budget_per_h)
        self._http = Http(self.vitals, options, transport=transport)
        self._patience = Patience()

    def retry_now(self) -> None:
        """Do not wait any longer before the next attempt."""
        self._patience.wake()

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        try:
            async with aclosing(stay(self._connection, self._patience, self.vitals)) as items:
                async for item in items:
                    yield item
        finally:
            await self._http.aclose()

    def _connection(self) -> AsyncGenerator[Delivery | Link, None]:
        return self._pace.rounds(self._round)

    def _round(self) -> AsyncGenerator[Delivery | Link, None]:
        """One round of requests, and what came of it."""
        raise NotImplementedError
