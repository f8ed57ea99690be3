"""What a live feed says now, read like a recording: for the doctor, who does not wait for a race to end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

from feeds.feed import Delivery, FeedError, Link, LiveFeed
from tracker import clock
from tracker.live import named

QUIET_S, MOST_S, PATIENCE_S = 2.0, 30.0, 60.0
"""Real seconds: of silence after which all has been said, of listening in all, and of waiting for the first message."""
BATCH = 1000


def drained(
    feed: LiveFeed,
    *,
    quiet_s: float = QUIET_S,
    most_s: float = MOST_S,
    wall: Callable[[], float] = clock.wall,
) -> Iterator[Delivery | Link]:
    """What a feed says until it ends or pauses, each message with the instant of receipt. FeedError when it fails.

    Standard input and other feeds with an end are read to it, however long that takes.
    """
    with asyncio.Runner() as runner:
        taps = _Tap(feed, quiet_s, most_s)
        while (items := runner.run(taps.some())) or not taps.over:
            for item in items:
                yield item._replace(received_s=wall()) if isinstance(item, Delivery) and taps.is_live else item
        runner.run(taps.close())


class _Tap:
    """Takes from a feed what is there."""

    def __init__(self, feed: LiveFeed, quiet_s: float, most_s: float) -> None:
        self._name = feed.name
        self._items: AsyncIterator[Delivery | Link] = aiter(feed)
        self._quiet_s, self._most_s = quiet_s, most_s
        self._since_s = clock.monotonic()
        self._next: asyncio.Task[Delivery | Link | None] | None = None
        self._heard = False
        self.has_end = getattr(feed, "has_end", False)
        self.is_live = not self.has_end
        self.over = False

    async def some(self) -> list[Delivery | Link]:
        """Up to a batch; fewer when the feed pauses. FeedError as the feed, or when its first attempt fails."""
        found: list[Delivery | Link] = []
        while len(found) < BATCH and not self.over:
            found += await (self._one() if self.has_end else self._soon())
        return found

    async def _one(self) -> list[Delivery | Link]:
        item = await self._after()
        self.over = item is None
        return [] if item is None else self._taken(item)

    async def _soon(self) -> list[Delivery | Link]:
        """The next one, if it comes before the feed counts as quiet."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._after())
        done, _ = await asyncio.wait([self._next], timeout=self._quiet_s if self._heard else PATIENCE_S)
        self.over = not done or (self._heard and clock.monotonic() - self._since_s > self._most_s)
        if not done:
            return []
        item, self._next = self._next.result(), None
        self.over = self.over or item is None
        return [] if item is None else self._taken(item)

    async def _after(self) -> Delivery | Link | None:
        try:
            return await anext(self._items)
        except StopAsyncIteration:
            return None
        except FeedError as error:
            raise named(self._name, error) from None

    def _taken(self, item: Delivery | Link) -> list[Delivery | Link]:
        if isinstance(item, Link) and item.state == "offline":
            self.over = True
            if not self._heard:
                raise FeedError(f"{self._name}: {item.why}", item.code)
        if isinstance(item, Delivery) and not self._heard:
            self._heard, self._since_s = True, clock.monotonic()
        return [item]

    async def close(self) -> None:
        """Let go of the feed."""
        if self._next is not None:
            self._next.cancel()
            await asyncio.gather(self._next, return_exceptions=True)
        if hasattr(self._items, "aclose"):
            await self._items.aclose()
