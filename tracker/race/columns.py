"""Reads in columns: a few numbers a read, no model kept. Rule: what stands here is never changed, only added to.

What reads share (mat, clock, device, source, …) is a form, kept once; the rest stands in columns, in the order of
arrival.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from tracker.race.ledger import NEVER, canonical

if TYPE_CHECKING:
    from feeds.seen import Form, Values


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


T = TypeVar("T", int, float)
UNTIMED = -1.0
"""In the column of elapsed times: none was given."""
UNPLACED = 0
MOST_PENDING = 4096
FIRST_TABLE = 8192
"""Places of the table at first; it grows before six of ten are taken."""


class Rare(Generic[T]):
    """A column of what few reads have: as long as to the last of them; `none` stands behind."""

    def __init__(self, kind: str, none: T) -> None:
        self.told: array[Any] = array(kind)
        self.none: T = none

    def __getitem__(self, n: int) -> T:
        value: T = self.told[n] if n < len(self.told) else self.none
        return value

    def put(self, first: int, values: Sequence[T | None]) -> None:
        """The values from the read `first` on, which is behind all that were put."""
        if any(value is not None and value != self.none for value in values):
            self.told.extend([self.none] * (first - len(self.told)))
            self.told.extend([self.none if value is None else value for value in values])


class Columns:
    """Reads in columns. New ones wait in `pending` and are put in together: `settle` first, then look."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.codes: dict[str, int] = {}
        self.forms: list[Form] = []
        self.form_codes: dict[Form, int] = {}
        self.athlete, self.form = array("i"), array("i")
        self.elapsed, self.sent = array("d"), array("d")
        self.at, self.place = Rare("d", NEVER), Rare("i", UNPLACED)
        self.firsts = array("i")
        """Where the first read of each athlete stands."""
        self.hashes = array("q")
        self.table = array("i", [-1]) * FIRST_TABLE
        """Numbers of reads by hash, with open places between them; `mask` is its length less one."""
        self.mask = FIRST_TABLE - 1
        self.pending: list[Values] = []
        self.room = MOST_PENDING
        """How many may still wait."""
        self._chained = self._raced = 0
        self._before, self._latest = array("i"), array("i")
        self._races: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self.hashes)

    def form_code(self, form: Form) -> int:
        """The number of a form."""
        code = self.form_codes.get(form)
        if code is None:
            code = self.form_codes[form] = len(self.forms)
            self.forms.append(form)
        return code

    def enter(self, form: int, values: Values, count: int) -> int:
        """The number of a read, which is the length of before where it is put at the end of just `count` reads.

        −1 where it is new, but others stand behind those.
        """
        key = hash((form, values))
        slot = key & self.mask
        while (n := self.table[slot]) >= 0:
            if self.hashes[n] == key and self._is(n, form, values):
                return n
            slot = (slot + 1) & self.mask
        number = len(self.hashes)
        if number != count:
            return -1
        self.table[slot] = number
        self.hashes.append(key)
        self.form.append(form)
        self.pending.append(values)
        self.room -= 1
        if self.room <= 0:
            self.settle()
        return number

    def put(self, forms: Sequence[int], values: Sequence[Values], keys: Sequence[int], begin: int) -> int:
        """Put reads at the end, from the one at `begin` on, as far as each is surely new and may wait; how many those were.

        `keys` are their hashes, those of (form, values).
        """
        table, mask, hashes, first = self.table, self.mask, self.hashes, len(self.hashes)
        number, after = first, first - begin
        for key in keys[begin : begin + self.room]:
            slot = key & mask
            while (taken := table[slot]) >= 0 and (hashes[taken] if taken < first else keys[taken - after]) != key:
                slot = (slot + 1) & mask
            if taken >= 0:
                break
            table[slot] = number
            number += 1
        end = begin + number - first
        hashes.extend(keys[begin:end])
        self.form.extend(forms[begin:end])
        self.pending += values[begin:end]
        self.room -= number - first
        if self.room <= 0:
            self.settle()
        return number - first

    def _make_room(self, *, anew: bool = False) -> None:
        """A table with at most six of ten places taken, whatever may come until the next look."""
        size = len(self.table)
        while 6 * size <= 10 * (len(self) + MOST_PENDING):
            size *= 4
        if anew or size > len(self.table):
            table, mask = array("i", [-1]) * size, size - 1
            for n, key in enumerate(self.hashes):
                slot = key & mask
                while table[slot] >= 0:
                    slot = (slot + 1) & mask
                table[slot] = n
            self.table, self.mask = table, mask

    def _is(self, n: int, form: int, values: Values) -> bool:
        """Whether a read has these values; equal hashes alone say nothing sure."""
        if self.form[n] != form:
            return False
        settled = len(self.athlete)
        if n >= settled:
            return self.pending[n - settled] == values
        known = (self.names[self.athlete[n]], self.elapsed[n], self.at[n], self.sent[n], self.place[n])
        return known == _numbers(values)

    def settle(self) -> None:
        """Put what waits into the columns."""
        if not self.pending:
            return
        athlete, elapsed, at, sent, place = zip(*self.pending, strict=True)
        self.pending, self.room = [], MOST_PENDING
        self._make_room()
        codes, number = self.codes, len(self.athlete)
        known = list(map(codes.get, athlete))
        if None in known:
            for n, name in enumerate(athlete, number):
                if name not in codes:
                    codes[name] = len(codes)
                    self.names.append(name)
                    self.firsts.append(n)
            known = list(map(codes.get, athlete))
        self.athlete.extend(known)  # type: ignore[arg-type]  # everybody has a number by now
        self.elapsed.extend([UNTIMED if value is None else value for value in elapsed])
        self.at.put(number, at)
        self.sent.extend([NEVER if value is None else value for value in sent])
        self.place.put(number, place)

    def values(self, n: int) -> Values:
        """What is a read's own."""
        elapsed, at, sent, place = self.elapsed[n], self.at[n], self.sent[n], self.place[n]
        return (
            self.names[self.athlete[n]],
            None if elapsed == UNTIMED else elapsed,
            None if at == NEVER else at,
            None if sent == NEVER else sent,
            None if place == UNPLACED else place,
        )

    def read(self, n: int) -> Read:
        """A read as a value."""
        athlete, elapsed_s, at, sent, place = self.values(n)
        form = self.forms[self.form[n]]._asdict()
        return Read(athlete=athlete, elapsed_s=elapsed_s, at=at, sent=sent, place=place, **form)

    def chain(self, athlete: str, count: int) -> Iterator[int]:
        """The numbers of an athlete's reads among the first `count`, the latest first."""
        self.settle()
        before, latest = self._before, self._latest
        for n in range(self._chained, len(self)):
            code = self.athlete[n]
            if code == len(latest):
                latest.append(-1)
            before.append(latest[code])
            latest[code] = n
        self._chained = len(self)
        last = self.codes.get(athlete)
        n = -1 if last is None else latest[last]
        while n >= 0:
            if n < count:
                yield n
            n = before[n]

    def races(self, count: int) -> dict[str, int]:
        """How many of the first `count` reads name which race."""
        for n in range(self._raced, len(self)):
            race = self.forms[self.form[n]].race
            if race is not None:
                self._races.setdefault(race, array("i")).append(n)
        self._raced = len(self)
        return {race: bisect_left(places, count) for race, places in self._races.items()}

    def picked(self, numbers: Sequence[int]) -> Columns:
        """Some of the reads, in the order of their numbers, in columns of their own."""
        self.settle()
        own = Columns()
        own.forms, own.form_codes = list(self.forms), dict(self.form_codes)
        for name in ("form", "elapsed", "sent", "hashes"):
            column = getattr(self, name)
            getattr(own, name).extend([column[n] for n in numbers])
        own.at.put(0, [self.at[n] for n in numbers] if self.at.told else [])
        own.place.put(0, [self.place[n] for n in numbers] if self.place.told else [])
        codes: dict[int, int] = {}
        for n, old in enumerate([self.athlete[n] for n in numbers]):
            if old not in codes:
                codes[old] = len(codes)
                own.firsts.append(n)
            own.athlete.append(codes[old])
        own.names = [self.names[old] for old in codes]
        own.codes = {name: code for code, name in enumerate(own.names)}
        own._make_room(anew=True)
        return own


def _numbers(values: Values) -> tuple[str, float, float, float, int]:
    """The values as they stand in the columns."""
    athlete, elapsed_s, at, sent, place = values
    return (
        athlete,
        UNTIMED if elapsed_s is None else elapsed_s,
        NEVER if at is None else at,
        NEVER if sent is None else sent,
        UNPLACED if place is None else place,
    )
