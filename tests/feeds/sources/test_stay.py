"""The one loop around every transport that can break."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count

import pytest

from feeds import retry
from feeds.feed import Delivery, FeedError, Link, Vitals
from feeds.patience import Patience, now
from feeds.retry import Finished, Trouble
from feeds.sources.stay import stay

LIVE, MESSAGE = Link("live"), Delivery(b"{}", 1)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_S", 0.001)


async def kept(*lives: list[Delivery | Link | Exception], vitals: Vitals | None = None) -> list[Delivery | Link]:
    """What comes out of connections that give these, one after another."""
    left = list(lives)

    async def connection() -> AsyncIterator[Delivery | Link]:
        for item in left.pop(0):
            if isinstance(item, Exception):
                raise item
            yield item

    return [
        item async for item in stay(connection, Patience(), vitals or Vitals(), lambda: (n / 1e6 for n in count(1)))
    ]


async def test_what_breaks_is_taken_up_again_until_it_is_finished() -> None:
    """Offline with the reason and the wait, live again, and ended for good."""
    found = await kept([LIVE, MESSAGE, Trouble("reset")], [Trouble("refused", code=5)], [LIVE, Finished("over")])
    states = [(i.state, i.why) if isinstance(i, Link) else "message" for i in found]
    assert states == [
        ("live", ""),
        "message",
        ("offline", "reset"),
        ("offline", "refused"),
        ("live", ""),
        ("ended", "over"),
    ]


async def test_a_message_resets_the_back_off_and_a_bare_connection_does_not() -> None:
    """A server that accepts and closes at once is not asked ever faster."""
    found = await kept([Trouble("a")], [LIVE, Trouble("b")], [LIVE, MESSAGE, Trouble("c")], [Finished("over")])
    waits = [round((i.retry_in_s or 0) * 1e6) for i in found if isinstance(i, Link) and i.state == "offline"]
    assert waits == [1, 2, 1]


async def test_a_second_contact_resets_the_back_off_too() -> None:
    """A document that stays the same, or a stream that only says it is there, is success."""
    found = await kept([Trouble("a")], [LIVE, LIVE, Trouble("b")], [Finished("over")])
    waits = [round((i.retry_in_s or 0) * 1e6) for i in found if isinstance(i, Link) and i.state == "offline"]
    assert waits == [1, 1]


async def test_what_a_connection_holds_is_let_go_when_nobody_reads_on() -> None:
    """At once, not when the rubbish is collected."""
    held = ["open"]

    async def connection() -> AsyncIterator[Delivery | Link]:
        try:
            yield LIVE
        finally:
            held.clear()

    items = stay(connection, Patience(), Vitals())
    assert await anext(items) == LIVE
    await items.aclose()
    assert not held


async def test_what_makes_no_sense_is_not_tried_again() -> None:
    """It is an error with the trouble's own code."""
    with pytest.raises(FeedError, match="not found") as error:
        await kept([Trouble("HTTP 404: not found", code=3, permanent=True)])
    assert error.value.code == 3


async def test_retry_after_is_the_least_wait() -> None:
    """What the server asked for stands in the link, for people to see."""
    found = await kept([Trouble("busy", after_s=0.001)], [Finished("over")])
    assert isinstance(found[0], Link) and found[0].retry_in_s == found[0].asked_s == 0.001


async def test_a_link_counts_once_however_much_it_brings() -> None:
    """And again after each loss; an attempt that failed is none."""
    vitals = Vitals()
    await kept([LIVE, LIVE, MESSAGE, Trouble("a")], [Trouble("b")], [LIVE, Finished("over")], vitals=vitals)
    assert vitals.connects == 2


async def test_waking_cuts_the_back_off_and_nothing_else() -> None:
    """What the server asked for is waited for in full; the back-off of an hour ends after a second, or what stands for it."""
    patience, began_s, at_s = Patience(), now(), list[float]()

    async def connection() -> AsyncIterator[Delivery | Link]:
        at_s.append(now() - began_s)
        if len(at_s) == 1:
            raise Trouble("busy", after_s=0.05)
        yield LIVE
        raise Finished("over")

    async for _ in stay(connection, patience, Vitals(), lambda: count(3600.0)):
        patience.wake()
    assert 0.05 <= at_s[1] < 1


async def test_a_side_that_closes_is_trouble_too() -> None:
    """A stream that simply ends is tried again."""
    found = await kept([LIVE], [Finished("over")])
    assert isinstance(found[1], Link) and "closed" in found[1].why
