"""A feed kept on a tape without a screen, until it ends or somebody ends it. Rule: memory does not grow with the feed."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from feeds.feed import MOST_LIVE, FeedError, Link
from tracker.live import Live
from tracker.raceclock import RaceClock

if TYPE_CHECKING:
    from feeds.feed import Delivery, LiveFeed
    from feeds.reading import Reader, Said
    from feeds.record import Recorder

ENDS_IT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Tally:
    """Hears a feed, and keeps nothing of it but counts."""

    catching_up = False

    def __init__(self, reader: Reader) -> None:
        self.clock = RaceClock()
        self.links: list[tuple[float, Link]] = []
        self.messages = 0
        self._reader = reader

    most = MOST_LIVE

    def receive_all(self, deliveries: Sequence[Delivery]) -> list[Said]:
        """Count messages, and give what each said."""
        self.messages += len(deliveries)
        return [self._reader.read(delivery) for delivery in deliveries]

    def hear(self, link: Link, received_s: float | None = None) -> None:
        """Keep the latest state of the source."""
        self.links = [(received_s or 0.0, link)]

    def place(self, *, anew: bool = True) -> int:  # noqa: ARG002 - as an Ear
        """There is nothing to be placed."""
        return 0

    def catch_up(self) -> None:
        """There is no past."""

    def woke(self, received_s: float) -> None:
        """Nor does silence matter."""


async def keep(
    feed: LiveFeed,
    reader: Reader,
    record: Callable[[float], Recorder],
    *,
    told: Callable[[int, str], None] = lambda _messages, _words: None,
) -> tuple[int, Recorder | None]:
    """Record until the feed ends or a signal comes; the messages heard, and the tape. FeedError when the feed fails for
    good, or when the tape cannot be written at all; one that stops ends it, since nothing would be kept any more.

    `told` hears now and then how many messages there are, and how the link stands.
    """
    tally = Tally(reader)

    def changed() -> None:
        told(tally.messages, f"{live.word}{f': {live.link.why}' if live.link.why else ''}")
        if live.tape_trouble:
            listening.cancel()

    refused: list[FeedError] = []

    def recorder(utc_s: float) -> Recorder:
        try:
            return record(utc_s)
        except FeedError as error:
            refused.append(error)
            raise

    live = Live(feed, tally, recorder, changed=changed)
    listening = asyncio.create_task(live.run())
    await _until_signalled(listening)
    if refused:
        raise refused[0]
    return tally.messages, live.recorder


async def _until_signalled(listening: asyncio.Task[None]) -> None:
    """Wait for it, and cancel it at the first signal that ends a recording. FeedError when it fails."""
    loop = asyncio.get_running_loop()
    for sign in ENDS_IT:
        loop.add_signal_handler(sign, listening.cancel)
    try:
        await asyncio.wait([listening])
        if not listening.cancelled():
            listening.result()
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        for sign in ENDS_IT:
            loop.remove_signal_handler(sign)
