"""What a source gives: deliveries and, between them, the state of its link."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, groupby, islice, repeat
from operator import attrgetter
from typing import Literal, NamedTuple, Protocol

YEARS = range(1900, 2200)
"""Of instants that are believed: a year 1 overflows in the first zone it is shown in."""


class Delivery(NamedTuple):
    """One raw message as it came. `received_s` is POSIX time; none where the source does not know it.

    `line` counts from 1 in what the source reads. `part` names the request that it answers, where a source asks
    several in a round; `more` says that others of the same round follow. A tuple, since a frozen dataclass takes twice
    as long to make.
    """

    raw: bytes
    line: int
    received_s: float | None = None
    part: str = ""
    more: bool = False


_delivery = partial(tuple.__new__, Delivery)


def numbered(raws: Sequence[bytes], first: int) -> Iterator[Delivery]:
    """Messages in a row that were received at no instant that is known: faster than each by itself."""
    return map(_delivery, zip(raws, count(first), repeat(None), repeat(""), repeat(False), strict=False))


@dataclass(frozen=True, slots=True)
class Link:
    """How the source stands. `why` is one clear line, for people; `code` the exit code if this is the end of it.

    A live source says `live` whenever it is connected again, `offline` when it is not, with the seconds until it tries
    again, of which the other side itself asked for `asked_s`; `ended` when nothing more will come. A tape knows when that
    was: `received_s`.
    """

    state: Literal["live", "stale", "offline", "torn", "ended"]
    why: str = ""
    retry_in_s: float | None = None
    code: int = 5
    received_s: float | None = None
    asked_s: float = 0.0


class Feed(Protocol):
    """An asynchronous stream of deliveries and link states; it ends by returning."""

    name: str

    def __aiter__(self) -> AsyncIterator[Delivery | Link]: ...


MOST_TOGETHER = 4096
"""Deliveries that are taken at once."""
MOST_LIVE = 2048
"""Those of a live feed, where a screen waits meanwhile."""
_ONLY, _received = {Delivery}, attrgetter("received_s")


def together(items: Iterable[Delivery | Link]) -> Iterator[list[Delivery] | Link]:
    """Deliveries in a row that were received at one instant, or at none that is known, at most so many."""
    rest = iter(items)
    while row := list(islice(rest, MOST_TOGETHER)):
        if set(map(type, row)) == _ONLY and len(set(map(_received, row))) == 1:
            yield row  # type: ignore[misc]  # as the test says: nearly always so, and told without a look at each
            continue
        for of_one, group in groupby(row, lambda item: None if isinstance(item, Link) else (item.received_s,)):
            if of_one is None:
                yield from group  # type: ignore[misc]  # links
            else:
                yield list(group)  # type: ignore[arg-type]  # deliveries


IDLE_S = 45.0
"""Silence after which a link counts as dead, unless the feed announces its heartbeats."""


@dataclass(slots=True)
class Vitals:
    """How a live source does. The source counts; whoever watches it reads, and sets `idle_s`.

    Bytes are those of messages and bodies as they came, of HTTP its heads too; `connects` is how often the
    link came to be: the first time, and after each loss. `heard_s` is the event loop's time of the last byte; `runner`
    whom it was asked for, by the feed's own id, once it has searched them.
    """

    bytes_in: int = 0
    bytes_out: int = 0
    requests: int = 0
    connects: int = 0
    heard_s: float = -math.inf
    idle_s: float = IDLE_S
    runner: str = ""

    @property
    def traffic(self) -> int:
        """Bytes in both directions."""
        return self.bytes_in + self.bytes_out


class LiveFeed(Feed, Protocol):
    """A feed that goes on by itself: it reconnects and resumes. FeedError once there is no sense in trying again.

    Iterated again after that, or after it was cancelled, it resumes where it was.
    """

    vitals: Vitals

    def retry_now(self) -> None:
        """Do not wait any longer before the next attempt."""


class FeedError(Exception):
    """A feed that cannot be opened or read at all. `code` is the exit code of screens.md; the text is one clear line."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code
