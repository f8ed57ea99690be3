"""A document that is asked for again and again."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.feed import Delivery, Link, Vitals
from feeds.patience import now
from feeds.retry import Finished, Trouble
from feeds.sources.poll import LEAST_S, Pace, PollFollower
from tests.feeds.sources.serving import raws


class Document:
    """A whole answer."""

    def __init__(self, body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.status, self.headers, self._body = status, headers or {}, body

    async def body(self) -> bytes:
        """All of it."""
        return self._body


async def follow(follower: PollFollower, *answers: Document) -> list[bytes]:
    """What is told of these answers, one after another."""
    return raws([item for said in answers for item in [i async for i in follower.follow(said)]])  # type: ignore[arg-type]  # stands for it


async def test_only_a_document_that_changed_is_told() -> None:
    """The same body again is contact and nothing more, whether the server knows it or not."""
    follower = PollFollower()
    answers = [Document(b"[1]"), Document(b"[1]"), Document(b"", 304), Document(b"[2]"), Document(b"[1]")]
    assert await follow(follower, *answers) == [b"[1]", b"[2]", b"[1]"]


async def test_requests_are_conditional_once_the_server_has_told_how() -> None:
    """By its tag and its date."""
    follower = PollFollower()
    assert follower.headers() == {}
    await follow(follower, Document(b"[1]", 200, {"etag": '"x"', "last-modified": "then"}))
    assert follower.headers() == {"If-None-Match": '"x"', "If-Modified-Since": "then"}


async def test_204_is_the_end() -> None:
    """There will be nothing more."""
    with pytest.raises(Finished):
        await follow(PollFollower(), Document(b"", 204))


@given(st.floats(0, 100), st.integers(0, 10**9), st.none() | st.integers(1, 10**9))
def test_nobody_is_asked_too_often(period_s: float, cost: int, budget: int | None) -> None:
    """Five seconds at least elsewhere, and what a round cost is spread over the hour's budget."""
    waited = Pace(Vitals(), period_s, here=False, budget_per_h=budget).pause_s(cost)
    assert waited >= max(LEAST_S, period_s)
    assert budget is None or waited * budget / 3600 >= cost - 1e-3 * max(1, cost)
    assert Pace(Vitals(), 0.0, here=True).pause_s(cost) < 1


async def test_rounds_follow_each_other_at_their_pace_until_one_fails() -> None:
    """What goes both ways in a round is its cost; what a round holds is let go with it."""
    vitals, at_s, left = Vitals(), list[float](), [3]
    pace = Pace(vitals, 0.0, here=True, budget_per_h=3_600_000)

    async def one() -> AsyncGenerator[Delivery | Link, None]:
        try:
            at_s.append(now())
            vitals.bytes_in += 40
            vitals.bytes_out += 40
            yield Link("live")
            if len(at_s) == 3:
                raise Trouble("over")
        finally:
            left[0] -= 1

    with pytest.raises(Trouble):
        [item async for item in pace.rounds(one)]
    assert at_s[1] - at_s[0] >= 0.08 and at_s[2] - at_s[1] >= 0.08 and left == [0]

    items = pace.rounds(one)
    await anext(items)
    await items.aclose()
    assert left == [-1]


def test_a_delivery_is_numbered() -> None:
    """By documents, from 1."""
    assert Delivery(b"", 1).line == 1
