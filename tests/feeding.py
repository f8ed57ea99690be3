"""Feeds made by hand: what they say, and when, is told to them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from feeds.feed import Delivery, FeedError, Link, Vitals

Step = Delivery | Link | Exception | float
"""What a feed gives, raises, or how long it waits (seconds, in naps of the event loop)."""


class MadeFeed:
    """A live feed that follows its steps; iterated again, it goes on with the next one."""

    name = "made:feed"

    def __init__(self, *steps: Step, has_end: bool = True) -> None:
        self.vitals = Vitals()
        self.steps = list(steps)
        self.retried = 0
        self.has_end = has_end
        self.closed = False

    def retry_now(self) -> None:
        """Count it."""
        self.retried += 1

    async def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        try:
            while self.steps:
                step = self.steps.pop(0)
                if isinstance(step, float):
                    await asyncio.sleep(step)
                    continue
                if isinstance(step, Exception):
                    raise step
                yield step
        finally:
            self.closed = True


def delivery(message: dict[str, Any] | bytes, line: int = 1, **more: Any) -> Delivery:
    """A message as a delivery."""
    return Delivery(message if isinstance(message, bytes) else json.dumps(message).encode(), line, **more)


def deliveries(*messages: dict[str, Any] | bytes) -> list[Delivery]:
    """Messages as deliveries, numbered from 1."""
    return [delivery(message, n) for n, message in enumerate(messages, 1)]


REFUSED = FeedError("HTTP 404: not found", 3)
