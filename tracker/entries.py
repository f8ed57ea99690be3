"""The events of a log, small: a split is the number of a read in columns, anything else stands as it came.

Rule: what comes out is what went in, but for a split's `message_id`, which says nothing of a race.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from feeds.seen import Seen
from tracker.race.ledger import NEVER
from tracker.race.reads import Reads

if TYPE_CHECKING:
    from feeds.events import Event
    from feeds.seen import AnyEvent, Run
    from tracker.race.book import Race


class Entries:
    """Events in their order. A race that is told them from the start by `tell` shares the columns of its reads."""

    def __init__(self, reads: Reads | None = None) -> None:
        self.reads = Reads() if reads is None else reads
        self._others: list[Event | bytes] = []
        """What is no split; an athlete as JSON, a tenth of the model."""
        self._places = array("i")
        """Where the others stand."""
        self._codes = array("i")
        """Of every event the number of its read, or −1 less its place among the others."""

    def __len__(self) -> int:
        return len(self._codes)

    def put(self, event: AnyEvent) -> None:
        """Take an event behind all others."""
        if event.kind == "split":
            self._codes.append(self.reads.number(event))
        else:
            self._places.append(len(self._codes))
            self._others.append(_packed(event))
            self._codes.append(-len(self._others))

    def put_run(self, run: Run) -> None:
        """Take splits that came one after the other behind all others."""
        self._codes.extend(self.reads.add_run(run))

    def follow(self, first: int, end: int) -> None:
        """Take the reads first … end − 1 of the columns behind all others, which somebody else has put there."""
        self.reads.reach(end)
        self._codes.extend(range(first, end))

    def between(self, first: int, end: int) -> Sequence[AnyEvent]:
        """The events first … end − 1."""
        return [self._event(code) for code in self._codes[first:end]]

    def tell(self, race: Race, first: int, end: int) -> None:
        """Tell a race that knows all before them the events first … end − 1."""
        codes = self._codes[first:end]
        top = max(codes, default=-1)
        others = range(bisect_left(self._places, first), bisect_left(self._places, end))
        # New reads were numbered as they came: up to the highest, none is missing.
        followed = top < 0 or race.follow(self.reads.columns, top + 1)
        for code in (-1 - n for n in others) if followed else codes:
            race.receive(self._event(code))

    def is_split(self, i: int) -> bool:
        """Whether an event is a split."""
        return self._codes[i] >= 0

    def about(self, athlete: str | None) -> Iterator[int]:
        """Where the events stand that are about an athlete, or about nobody in particular."""
        mine = self.reads.columns.codes.get(athlete or "", -1)
        of = self.reads.columns.athlete
        for i, code in enumerate(self._codes):
            if code < 0:
                event = self._others[-1 - code]
                if isinstance(event, bytes) or getattr(event, "athlete", None) in (None, athlete):
                    yield i
            elif of[code] == mine:
                yield i

    def said(self, *kinds: str) -> Iterator[Event]:
        """The events of some kinds, splits aside."""
        for other in self._others:
            if isinstance(other, bytes):
                if "athlete" in kinds:
                    yield _unpacked(other)
            elif other.kind in kinds:
                yield other

    def ends(self) -> list[int]:
        """Where the race is said to be over."""
        others = zip(self._places, self._others, strict=True)
        return [i for i, other in others if not isinstance(other, bytes) and other.kind == "end"]

    @property
    def all_sent(self) -> bool:
        """Whether of every split it is known when it was sent."""
        return min(self.reads.columns.sent, default=0.0) > NEVER

    def arrival_s(self, i: int, race: Race) -> float | None:
        """When an event arrived that came without an instant, by what a race knows; none where nothing tells."""
        code = self._codes[i]
        if code >= 0:
            sent = self.reads.columns.sent[code]
            return sent if sent > NEVER else race.arrival(self._event(code))
        other = self._others[-1 - code]
        silent = isinstance(other, bytes) and b'"sent"' not in other  # an athlete is unpacked only for its instant
        return None if silent else race.arrival(self._event(code))

    def sorted_by(self, order: Sequence[int]) -> Entries:
        """The same events in another order, their reads in that order too."""
        columns = self.reads.columns
        number, taken = array("i", [-1]) * len(columns), array("i")
        found = Entries()
        for i in order:
            code = self._codes[i]
            if code < 0:
                found._places.append(len(found._codes))
                found._others.append(self._others[-1 - code])
                found._codes.append(-len(found._others))
                continue
            if number[code] < 0:
                number[code] = len(taken)
                taken.append(code)
            found._codes.append(number[code])
        in_order = len(taken) == len(columns) and all(n == place for place, n in enumerate(taken))
        found.reads = Reads(columns if in_order else columns.picked(taken))
        return found

    def _event(self, code: int) -> AnyEvent:
        if code >= 0:
            columns = self.reads.columns
            return Seen(columns.forms[columns.form[code]], columns.values(code))
        other = self._others[-1 - code]
        return _unpacked(other) if isinstance(other, bytes) else other


def _packed(event: Event) -> Event | bytes:
    if event.kind != "athlete":
        return event
    return event.model_dump_json(exclude_unset=True).encode()


def _unpacked(raw: bytes) -> Event:
    from feeds.events import Athlete  # noqa: PLC0415 - as below

    return Athlete.model_validate_json(raw)
