"""What a row of a provider's says: passings, and all beside them. Rule: facts only."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple

from feeds.profiles.places import Place
from feeds.profiles.snapshots import Key

Clock = Literal["gun", "net", "leg", "ahead"]
About = tuple[tuple[str, str], ...]


class Passing(NamedTuple):
    """A read at a place, or an athlete's own start. Of a leg `elapsed_s` is its own, none for a hole; `ahead`: expected."""

    kind: Literal["split", "start"]
    athlete: str
    place: Place
    clock: Clock
    elapsed_s: float | None
    resolution_s: float | None
    at: datetime | None
    rank: int | None
    estimated: bool
    rev: int
    sent: datetime | None

    def key(self, race: str) -> Key:
        """What it is one of, in a race."""
        return (self.athlete, self.place.id, None if self.kind == "start" else self.clock, self.place.lap, race)

    @property
    def hole(self) -> bool:
        """Whether it is a leg that has no time."""
        return self.clock == "leg" and self.elapsed_s is None

    @property
    def content(self) -> tuple[object, ...]:
        """What it says, whenever that was said."""
        return (self.elapsed_s, self.at, self.rank, self.estimated, self.sent)


class Read(NamedTuple):
    """What a row says. `changed_late_s`: how long after it was inserted it was touched."""

    id: str
    about: About
    rev: int
    sent: datetime | None
    changed_late_s: float | None
    passings: tuple[Passing, ...]
    statuses: tuple[Any, ...]
    refused: tuple[tuple[str, str], ...]
    """Cells of a wide row that say nothing sure, (field, why); the others count."""
    gun: datetime | None = None
    """When the race of the row began."""
