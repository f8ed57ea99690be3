"""feeds.sources.rounds: what is asked round after round."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from feeds.feed import Delivery, FeedError, Link
from feeds.retry import Finished, Trouble
from feeds.sources.guard import DEFAULTS
from feeds.sources.rounds import RoundFeed
from tests.feeds.sources.serving import heard, raws, words


class Told(RoundFeed):
    """Tells what it was given, a round at a time."""

    def __init__(self, *rounds: bytes | Exception) -> None:
        super().__init__("http://127.0.0.1/feed?token=5e3cr3t", DEFAULTS, period_s=0.01, secret=False)
        self.rounds = list(rounds)

    async def _round(self) -> AsyncGenerator[Delivery | Link, None]:
        said = self.rounds.pop(0) if self.rounds else Finished("the feed has ended")
        yield Link("live")
        if isinstance(said, Exception):
            raise said
        yield Delivery(said, 1)


async def test_round_after_round_until_it_ends() -> None:
    """Trouble that passes is told, and the next round goes on; no name holds a secret."""
    feed = Told(b"a", b"b", Trouble("busy"), b"c")
    assert "5e3cr3t" not in feed.name
    found: list[Delivery | Link] = []
    async for item in feed:
        found.append(item)
        if isinstance(item, Link) and item.state == "offline":
            feed.retry_now()
    assert raws(found) == [b"a", b"b", b"c"]
    assert words(found) == ["live", "offline busy", "live", "ended the feed has ended"]


async def test_trouble_for_good_ends_it() -> None:
    """With one line."""
    with pytest.raises(FeedError, match="gone for good"):
        await heard(Told(Trouble("gone for good", permanent=True)))


def test_an_address_that_cannot_be_asked_is_refused_at_once() -> None:
    """Before anything is asked."""
    with pytest.raises(FeedError, match="not an address"):
        RoundFeed("http://", DEFAULTS, period_s=1.0, secret=False)
