"""Staying connected: the one loop around every transport that can break."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator

from feeds.feed import Delivery, FeedError, Link, Vitals
from feeds.patience import Patience
from feeds.retry import Finished, Trouble, asked_s, delays, least_s

Connection = Callable[[], AsyncIterator[Delivery | Link]]
"""Connects, and yields until the link breaks: raises Trouble or Finished, or returns when the other side closed.

It yields `Link("live")` once it is connected, and may again whenever a byte came that brings no message.
"""


async def stay(
    connection: Connection,
    patience: Patience,
    vitals: Vitals,
    waits: Callable[[], Iterator[float]] = delays,
) -> AsyncGenerator[Delivery | Link, None]:
    """What a connection yields, over any number of them. FeedError when there is no sense in trying again.

    The back-off begins anew once a connection has brought a message, or a second contact. Patience that is woken cuts it
    short, never what the other side asked for.
    """
    waiting = waits()
    while True:
        trouble = Trouble("the other side closed the connection")
        items, contacts = connection(), 0
        try:
            async for item in items:
                contacts += 1
                if contacts == 1:
                    vitals.connects += 1
                if isinstance(item, Delivery) or contacts > 1:
                    waiting = waits()  # success
                yield item
        except Finished as over:
            yield Link("ended", str(over))
            return
        except Trouble as broken:
            trouble = broken
        finally:
            if isinstance(items, AsyncGenerator):
                await items.aclose()  # also when nobody reads on: what it holds open is let go now
        if trouble.permanent:
            raise FeedError(str(trouble), trouble.code)
        wanted_s = asked_s(trouble)
        delay_s = max(next(waiting), wanted_s)
        yield Link("offline", str(trouble), delay_s, trouble.code, asked_s=wanted_s)
        await patience.nap(delay_s, least_s(trouble))
