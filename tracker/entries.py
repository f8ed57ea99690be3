"""The events of a log, small: a split is the number of a read in columns, anything else stands as it came.

Rule: what comes out is what went in, but for the `message_id` of a split or an athlete, which says nothing of a race.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from feeds.seen import Seen
from tracker.race.entry import NEVER, Entry, entry_of, to_text
from tracker.race.reads import Reads
from tracker.race.seconds import BY_ARRAYS, Seconds

if TYPE_CHECKING:
    from feeds.seen import AnyEvent, Run
    from tracker.race.book import Race


Kept: TypeAlias = "AnyEvent | Entry"
"""An event as a log keeps it."""
SLICE = 1 << 16
"""Events whose arrivals are looked up together."""
_OF_ALL = ("race", "start", "end")
"""Kinds that say when other events arrived, or that arrive with the last of them."""


class Entries:
    """Events in their order. A race that is told them from the start by `tell` shares the columns of its reads."""

    def __init__(self, reads: Reads | None = None) -> None:
        self.reads = Reads() if reads is None else reads
        self._others: list[Kept] = []
        """What is no split; an athlete as races keep it, a tenth of the model and theirs as well."""
        self._places = array("i")
        """Where the others stand."""
        self._codes = array("i")
        """Of every event the number of its read, or −1 less its place among the others."""

    def __len__(self) -> int:
        return len(self._codes)

    def put(self, event: Kept) -> None:
        """Take an event behind all others, an athlete also as what it claims."""
        if event.kind == "split":
            self._codes.append(self.reads.number(event))
        else:
            self._places.append(len(self._codes))
            self._others.append(event if isinstance(event, Entry) else ready(event))
            self._codes.append(-len(self._others))

    def put_run(self, run: Run) -> None:
        """Take splits that came one after the other behind all others."""
        self._codes.frombytes(self.reads.add_run(run).tobytes())

    def follow(self, first: int, end: int) -> None:
        """Take the reads first … end − 1 of the columns behind all others, which somebody else has put there."""
        self.reads.reach(end)
        self._codes.extend(range(first, end))

    def between(self, first: int, end: int) -> Sequence[AnyEvent]:
        """The events first … end − 1."""
        return [_event(kept) for kept in self.kept(first, end)]

    def kept(self, first: int, end: int) -> Sequence[Kept]:
        """The events first … end − 1, for a race."""
        return [self._kept(code) for code in self._codes[first:end]]

    def tell(self, race: Race, first: int, end: int) -> None:
        """Tell a race that knows all before them the events first … end − 1."""
        codes = self._codes[first:end]
        top = max(codes, default=-1)
        others = range(bisect_left(self._places, first), bisect_left(self._places, end))
        # New reads were numbered as they came: up to the highest, none is missing.
        followed = top < 0 or race.follow(self.reads.columns, top + 1)
        for code in (-1 - n for n in others) if followed else codes:
            race.receive(self._kept(code))

    def is_split(self, i: int) -> bool:
        """Whether an event is a split."""
        return self._codes[i] >= 0

    def about(self, athlete: str | None) -> Iterator[int]:
        """Where the events stand that are about an athlete, or about nobody in particular."""
        mine = self.reads.columns.codes.get(athlete or "", -1)
        of = self.reads.columns.athlete
        for i, code in enumerate(self._codes):
            if code < 0:
                if getattr(self._others[-1 - code], "athlete", None) in (None, athlete):
                    yield i
            elif of[code] == mine:
                yield i

    def said(self, *kinds: str) -> Iterator[Kept]:
        """The events of some kinds, splits aside."""
        return (other for other in self._others if other.kind in kinds)

    def ends(self) -> list[int]:
        """Where the race is said to be over."""
        others = zip(self._places, self._others, strict=True)
        return [i for i, other in others if other.kind == "end"]

    @property
    def all_sent(self) -> bool:
        """Whether of every split it is known when it was sent."""
        return self.reads.columns.sent.whole

    def arrivals(self, race: Race, first: int = 0) -> Iterator[float | None]:
        """When each event from `first` on arrived that came without an instant, by what a race knows; none where nothing
        tells."""
        sent = self.reads.columns.sent
        for at in range(first, len(self), SLICE):
            codes = self._codes[at : at + SLICE]
            for code, sent_s in zip(codes, _picked(sent, codes), strict=True):
                if code < 0:
                    other = self._others[-1 - code]
                    if not isinstance(other, Entry):
                        yield race.arrival(other)
                    else:
                        yield other.rank[1] if other.rank[1] > NEVER else other.at_s
                else:
                    yield sent_s if sent_s > NEVER else race.arrival(_read(self.reads, code))

    def sent_since(self, first: int) -> array[float] | None:
        """When the events from `first` on were sent; none where that is not known of all, or one says when others were."""
        sent, found = self.reads.columns.sent, array("d")
        ends = [*self._places[bisect_left(self._places, first) :], len(self)]
        for end in ends:
            codes = self._codes[first:end]
            if len(codes) and codes == array("i", range(codes[0], codes[0] + len(codes))):  # nearly always so
                found += sent[codes[0] : codes[0] + len(codes)]
            else:
                found.extend([sent[code] for code in codes])
            if end < len(self):
                other = self._others[-1 - self._codes[end]]
                sent_s = other.rank[1] if isinstance(other, Entry) else other.sent_s
                found.append(NEVER if other.kind in _OF_ALL or sent_s is None else sent_s)
            first = end + 1
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
        found.reads.columns.share_names(other.group for other in self._others if isinstance(other, Entry))
        return found

    def _kept(self, code: int) -> Kept:
        return _read(self.reads, code) if code >= 0 else self._others[-1 - code]


def _picked(sent: Seconds, codes: array[int]) -> Sequence[float]:
    """When the reads of these numbers were sent; something where one is none."""
    if len(codes) < BY_ARRAYS or not len(sent):
        return [sent[code] if code >= 0 else NEVER for code in codes]
    import numpy as np  # noqa: PLC0415 - so many are a field, which loads it anyway

    from tracker.race.bulk import picked  # noqa: PLC0415  as above

    found: list[float] = picked(sent, np.maximum(codes, 0)).tolist()
    return found


def _read(reads: Reads, n: int) -> Seen:
    """The n-th read as the split that said it."""
    columns = reads.columns
    return Seen(columns.forms[columns.form[n]], columns.values(n))


def ready(event: AnyEvent) -> Kept:
    """An event as a log and its races keep it, where they keep it alike."""
    return entry_of(event) if event.kind == "athlete" else event


def _event(kept: Kept) -> AnyEvent:
    """The event again."""
    if not isinstance(kept, Entry):
        return kept
    from feeds.events import Athlete  # noqa: PLC0415 - whoever wants the whole of it has loaded its model

    (rev, sent_s), told = kept.rank, dict(kept.row)
    for name, posix_s in (("sent", sent_s), ("at", told.get("at", NEVER))):
        if posix_s > NEVER:
            told[name] = datetime.fromtimestamp(posix_s, UTC).isoformat()
    told["rev"], fields = rev, Athlete.model_fields
    given = {name: value for name, value in told.items() if value != fields[name].default}
    return Athlete.model_validate_json(to_text(given))
