"""Every read of every athlete at every mat. Rule: nothing is decided here; laps, passings and flags are made when read.

This is what a feed's flood goes through: one plain tuple a read, no model kept. Copies share one list and know how
much of it is theirs, so a keyframe costs nothing and folding again from it only looks things up. Whoever holds a
whole field in columns gives the same methods.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.race.ledger import NEVER, canonical

if TYPE_CHECKING:
    from feeds.events import Split


class Read(NamedTuple):
    """One read. Instants are POSIX seconds."""

    athlete: str
    race: str | None
    checkpoint: str | None
    distance_m: float | None
    occurrence: int | None
    clock: str
    elapsed_s: float | None
    device: str
    rev: int
    quality: str | None
    source: str | None
    resolution_s: float | None
    rounding: str
    place: int | None
    provisional: bool
    synthetic: bool
    at: float | None
    sent: float | None

    @property
    def rank(self) -> tuple[int, float]:
        """What ranks a read among those of its key, before its canonical JSON."""
        return (self.rev, NEVER if self.sent is None else self.sent)

    @property
    def canonical(self) -> str:
        """The values as canonical JSON."""
        return canonical(self._asdict())


Values = tuple[Any, ...]
_values = itemgetter(*Read._fields)


def _read(values: Values) -> Read:
    """A stored read with its instants as POSIX seconds; converted here, where few are looked at."""
    *plain, at, sent = values
    instants = (None if instant is None else instant.timestamp() for instant in (at, sent))
    return Read._make((*plain, *instants))


class _ByAthlete:
    """Whose the reads of an index are; brought up to date when asked for, not while a flood runs."""

    def __init__(self, index: dict[Values, int]) -> None:
        self._index = index
        self._of: dict[str, list[Values]] = {}
        self._known = 0
        self.firsts: list[int] = []
        """Where the first read of each athlete stands, in order; `names` are theirs."""
        self.names: list[str] = []
        self.races: dict[str, list[int]] = {}
        """Where the reads stand that name a race."""

    def of(self) -> dict[str, list[Values]]:
        """The reads of every athlete."""
        if self._known == len(self._index):
            return self._of
        for values in islice(self._index, self._known, None):
            reads = self._of.setdefault(values[0], [])
            if not reads:
                self.firsts.append(self._index[values])
                self.names.append(values[0])
            reads.append(values)
            if values[1] is not None:
                self.races.setdefault(values[1], []).append(self._index[values])
        self._known = len(self._index)
        return self._of


class Reads:
    """The reads of all athletes: the first `_count` of an index that copies share, each with its number."""

    def __init__(self) -> None:
        self._index: dict[Values, int] = {}
        self._by = _ByAthlete(self._index)
        self._count = 0

    def add(self, split: Split) -> bool:
        """Whether the read says anything new."""
        values = _values(split.__dict__)
        index, count = self._index, self._count
        number = index.setdefault(values, count)
        if number < count:
            return False
        self._count = count + 1
        if len(index) != count + 1:
            self._catch_up(values, number)
        return True

    def _catch_up(self, values: Values, number: int) -> None:
        """Copies have gone on: either the same way, and the read is known to them, or on another."""
        mine = self._count - 1
        if number == mine and next(reversed(self._index)) is not values:
            return
        if number == mine:
            del self._index[values]
        self._index = {read: i for i, read in enumerate(islice(self._index, mine))} | {values: mine}
        self._by = _ByAthlete(self._index)

    def of(self, athlete: str) -> list[Read]:
        """All reads of an athlete, in no order that means anything."""
        index, count = self._index, self._count
        return [_read(values) for values in self._by.of().get(athlete, ()) if index[values] < count]

    def athletes(self) -> Iterator[str]:
        """Who was read anywhere."""
        index, count = self._index, self._count
        return (athlete for athlete, reads in self._by.of().items() if index[reads[0]] < count)

    def newcomers(self, first: int, end: int) -> list[str]:
        """The athletes numbered first … end − 1, in the order in which they were first read."""
        self._by.of()
        return self._by.names[first:end]

    def saw(self, athlete: str) -> bool:
        """Whether an athlete was read anywhere."""
        reads = self._by.of().get(athlete)
        return reads is not None and self._index[reads[0]] < self._count

    def is_of(self, athlete: str, race: str | None) -> bool:
        """Whether an athlete was read in a race, or in the only one."""
        index, count = self._index, self._count
        return any(values[1] in (None, race) and index[values] < count for values in self._by.of().get(athlete, ()))

    @property
    def athlete_count(self) -> int:
        """How many athletes were read."""
        self._by.of()
        return bisect_left(self._by.firsts, self._count)

    @property
    def races(self) -> dict[str, int]:
        """How many reads name which race."""
        self._by.of()
        return {race: bisect_left(places, self._count) for race, places in self._by.races.items()}

    def copy(self) -> Reads:
        """Reads of its own, for the cost of a pointer."""
        twin = Reads()
        twin._index, twin._by, twin._count = self._index, self._by, self._count
        return twin
