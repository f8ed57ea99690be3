"""A feed over server-sent events."""

from __future__ import annotations

import pytest

from feeds.feed import Link
from feeds.retry import Finished, Trouble
from feeds.sources.sse import SseFollower
from tests.feeds.sources.serving import raws


class Said:
    """An open answer of these chunks."""

    def __init__(self, *chunks: bytes, status: int = 200) -> None:
        self.status = status
        self._chunks = chunks

    async def chunks(self):  # type: ignore[no-untyped-def]  # as the answer's
        for chunk in self._chunks:
            yield chunk


async def follow(follower: SseFollower, *chunks: bytes, status: int = 200):  # type: ignore[no-untyped-def]  # a list
    return [item async for item in follower.follow(Said(*chunks, status=status))]  # type: ignore[arg-type]  # stands for it


async def test_events_are_messages_and_comments_are_contact() -> None:
    """Numbered over all connections; empty data is nobody's message."""
    follower = SseFollower()
    found = await follow(follower, b": hello\n\n", b'data: {"a":1}\n\ndata:\n\n', b"data: {}\n\n")
    assert raws(found) == [b'{"a":1}', b"{}"]
    assert found[:2] == [Link("live"), Link("live")]
    again = await follow(follower, b"data: {}\n\n")
    assert again[-1].line == 3


async def test_it_resumes_after_the_last_event_that_came_whole() -> None:
    """An id of an event that was cut off is not named; one without a message is."""
    follower = SseFollower()
    assert "Last-Event-ID" not in follower.headers()
    await follow(follower, b"id: 7\ndata: {}\n\nid: 8\ndata: {")
    assert follower.headers() == {"Cache-Control": "no-cache", "Last-Event-ID": "7"}
    await follow(follower, b"data: {}\n\n")
    assert follower.headers()["Last-Event-ID"] == "7"


async def test_204_is_the_end_and_an_endless_event_is_refused() -> None:
    """No more connection after either."""
    with pytest.raises(Finished):
        await follow(SseFollower(), status=204)
    with pytest.raises(Trouble, match="longer than 4 MiB") as trouble:
        await follow(SseFollower(), *[b"data: " + bytes(1 << 20)] * 5)
    assert trouble.value.permanent


async def test_the_server_s_wish_of_a_wait_is_kept() -> None:
    """In seconds."""
    follower = SseFollower()
    await follow(follower, b"retry: 1500\n\n")
    assert follower.retry_s == 1.5
