"""The events of a log, small: a split is the number of a read in columns, anything else stands as it came.

Rule: what comes out is what went in, but for the `message_id` of a split or an athlete, which says nothing of a race.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feeds.seen import Seen
from tracker.race.ledger import NEVER, Claim, claim, to_text
from tracker.race.reads import Reads

if TYPE_CHECKING:
    from feeds.events import Event
    from feeds.seen import AnyEvent, Run
    from tracker.race.book import Race


_OF_ALL = ("race", "start", "end")
"""Kinds that say when other events arrived, or that arrive with the last of them."""


class Entries:
    """Events in their order. A race that is told them from the start by `tell` shares the columns of its reads."""

    def __init__(self, reads: Reads | None = None) -> None:
        self.reads = Reads() if reads is None else reads
        self._others: list[AnyEvent | Claim] = []
        """What is no split; an athlete as races keep it, a tenth of the model and theirs as well."""
        self._places = array("i")
        """Where the others stand."""
        self._codes = array("i")
        """Of every event the number of its read, or −1 less its place among the others."""

    def __len__(self) -> int:
        return len(self._codes)

    def put(self, event: AnyEvent | Claim) -> None:
        """Take an event behind all others, an athlete also as what it claims."""
        if event.kind == "split":
            self._codes.append(self.reads.number(event))  # type: ignore[arg-type]  # what is said is never a split
        else:
            self._places.append(len(self._codes))
            self._others.append(packed(event))
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
            tell(race, self._others[-1 - code] if code < 0 else self._event(code))

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
                if isinstance(event, Claim) or getattr(event, "athlete", None) in (None, athlete):
                    yield i
            elif of[code] == mine:
                yield i

    def said(self, *kinds: str) -> Iterator[AnyEvent | Claim]:
        """The events of some kinds, splits aside."""
        return (other for other in self._others if other.kind in kinds)

    def ends(self) -> list[int]:
        """Where the race is said to be over."""
        others = zip(self._places, self._others, strict=True)
        return [i for i, other in others if other.kind == "end"]

    @property
    def all_sent(self) -> bool:
        """Whether of every split it is known when it was sent."""
        return min(self.reads.columns.sent, default=0.0) > NEVER

    def arrivals(self, race: Race, first: int = 0) -> Iterator[float | None]:
        """When each event from `first` on arrived that came without an instant, by what a race knows; none where nothing
        tells."""
        sent = self.reads.columns.sent
        for code in self._codes[first:]:
            if code < 0:
                other = self._others[-1 - code]
                if not isinstance(other, Claim):
                    yield race.arrival(other)
                else:
                    yield other.sent_s if other.sent_s > NEVER else None
            else:
                yield sent[code] if sent[code] > NEVER else race.arrival(self._event(code))

    def sent_since(self, first: int) -> array[float] | None:
        """When the events from `first` on were sent; none where that is not known of all, or one says when others were."""
        sent, found = self.reads.columns.sent, array("d")
        for code in self._codes[first:]:
            if code >= 0:
                found.append(sent[code])
            else:
                other = self._others[-1 - code]
                found.append(NEVER if other.kind in _OF_ALL or other.sent_s is None else other.sent_s)
        return None if min(found, default=NEVER) == NEVER else found

    def go_on(self, other: Entries, first: int) -> None:
        """Put the events of others that stand in the same columns, from `first` on, behind all."""
        codes = other._codes[first:]
        self.reads.reach(max(codes, default=-1) + 1)
        for code in codes:
            if code < 0:
                self._places.append(len(self._codes))
                self._others.append(other._others[-1 - code])
                code = -len(self._others)  # noqa: PLW2901 - its place among our own
            self._codes.append(code)

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
        return _athlete(other) if isinstance(other, Claim) else other


def packed(event: AnyEvent | Claim) -> AnyEvent | Claim:
    """An athlete as what it claims, any other event as it is."""
    if isinstance(event, Claim) or event.kind != "athlete":
        return event
    return claim(event)


def tell(race: Race, event: AnyEvent | Claim) -> bool:
    """Tell a race an event, or what one claims; whether anything changed."""
    return race.take(event) if isinstance(event, Claim) else race.receive(event)


def _athlete(what: Claim) -> Event:
    """The message that claimed it, as far as anything of it is kept."""
    from feeds.events import Athlete  # noqa: PLC0415 - whoever has an athlete has loaded its model

    told: dict[str, Any] = {"rev": what.rev} | what.entry.row
    instants = {"at": told.get("at"), "sent": None if what.sent_s == NEVER else what.sent_s}
    told |= {name: datetime.fromtimestamp(s, UTC).isoformat() for name, s in instants.items() if s is not None}
    fields = Athlete.model_fields
    return Athlete.model_validate_json(to_text({n: v for n, v in told.items() if v != fields[n].default}))
