"""What a source gives: deliveries and, between them, the state of its link."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

YEARS = range(1900, 2200)
"""Of instants that are believed: a year 1 overflows in the first zone it is shown in."""


class Delivery(NamedTuple):
    """One raw message as it came. `received_s` is POSIX time; none where the source does not know it.

    `line` counts from 1 in what the source reads. A tuple, since a frozen dataclass takes twice as long to make.
    """

    raw: bytes
    line: int
    received_s: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """How the source stands. `why` is one clear line, for people."""

    state: Literal["live", "stale", "offline", "torn", "ended"]
    why: str = ""
    retry_in_s: float | None = None


class Feed(Protocol):
    """An asynchronous stream of deliveries and link states; it ends by returning."""

    name: str

    def __aiter__(self) -> AsyncIterator[Delivery | Link]: ...


class FeedError(Exception):
    """A feed that cannot be opened or read at all. `code` is the exit code of screens.md; the text is one clear line."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code
