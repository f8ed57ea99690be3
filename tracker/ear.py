"""What hears a feed that is read live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from feeds.feed import Delivery, Link
    from feeds.reading import Said
    from tracker.raceclock import RaceClock


class Ear(Protocol):
    """What hears a feed: a log, or whatever only counts."""

    clock: RaceClock
    links: list[tuple[float, Link]]

    @property
    def most(self) -> int:
        """How many messages it takes at once."""

    @property
    def catching_up(self) -> bool:
        """Whether the feed still tells what was before it was joined."""

    def receive_all(self, deliveries: Sequence[Delivery]) -> list[Said]:
        """Take messages that were received together; what each said, splits that are alike aside."""

    def hear(self, link: Link, received_s: float | None = None) -> None:
        """Take the state of the source."""

    def place(self, *, anew: bool = True) -> int:
        """Give what was told of the past its place; of how many events the order is another now. Not `anew`: only what comes
        behind all before."""

    def catch_up(self) -> None:
        """The past has been told."""

    def woke(self, received_s: float) -> None:
        """Nobody could listen until this instant: no silence before it is the feed's."""
