"""What becomes of a delivery: events, or a Rejection that says line, field and why. Loads no validation library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from feeds.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeds.events import Split
    from feeds.feed import Delivery
    from feeds.seen import AnyEvent, Run, Seen


@dataclass(frozen=True, slots=True)
class Rejection:
    """A message that says nothing sure. `field` is a path such as `targets.0.name`, empty for the whole message."""

    line: int
    field: str
    why: str
    raw: bytes
    """The start of the message, as it came."""

    @property
    def raw_start(self) -> str:
        """The start of the message, for people."""
        return clean(self.raw.decode("utf-8", "replace"), 80)

    def __str__(self) -> str:
        return f"line {self.line}: {self.field}: {self.why}" if self.field else f"line {self.line}: {self.why}"


Said: TypeAlias = "tuple[AnyEvent | Rejection, ...] | Rejection"
"""What one delivery says, in its order."""


def split_of(said: Said) -> Split | Seen | None:
    """The split that a delivery says and nothing else, as nearly all of a flood do."""
    if isinstance(said, tuple) and len(said) == 1:
        event = said[0]
        if event.__class__ is not Rejection and event.kind == "split":  # type: ignore[union-attr]  # the quicker test
            return event  # type: ignore[return-value]  # as the kind says
    return None


class Reader(Protocol):
    """Turns what a source delivers into events: the Decoder for the split feed, a profile for a provider's payloads.

    It counts by name what it passed over without harm.
    """

    unknown_kinds: dict[str, int]
    unknown_fields: dict[str, int]

    @property
    def question(self) -> str:
        """What the user has to be asked, in one line; empty where nothing has to be."""

    def read(self, delivery: Delivery) -> Said:
        """The events and rejections of a delivery. Never raises on input."""

    def read_all(self, deliveries: Sequence[Delivery]) -> Iterator[Run | tuple[Delivery, Said]]:
        """The same of many, in their order; splits that are alike may come as runs."""
