"""Reads in columns: a few numbers a read, no model kept. Rule: what stands here is never changed, only added to.

What reads share (mat, clock, device, source, …) is a form, kept once; the rest stands in columns, in the order of
arrival.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from random import SystemRandom
from struct import Struct
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from tracker.race.entry import NEVER, canonical
from tracker.race.seconds import Seconds

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
FIRST_TABLE = 1 << 15
"""Places of the table at first; it grows before more than seven of ten are taken."""
MANY = 16_384
"""Reads from which on arrays are worth their loading."""
MOST_SMALL = 1 << 15
"""Forms whose numbers have 16 bits."""
FEW = 2000
"""Athletes whose reads are sought among so many one by one."""
SALT = SystemRandom().getrandbits(62)
FACTORS = tuple(SystemRandom().getrandbits(63) << 1 | 1 for _ in range(6))
"""What makes a mark of a read's numbers, another in every process: nobody can know which reads will want one place."""
WORD = (1 << 64) - 1
_floats, _words = Struct("<3d").pack, Struct("<3Q").unpack

Numbers = tuple[int, int, int, float, float, float]
"""A read as it stands in the columns: athlete, form, place, elapsed time, `at`, `sent`."""


class Rare(Generic[T]):
    """A column of what few reads have: as long as to the last of them; `none` stands behind."""

    def __init__(self, kind: str, none: T) -> None:
        self.told: array[Any] = array(kind)
        self.none: T = none

    def __getitem__(self, n: int) -> T:
        value: T = self.told[n] if n < len(self.told) else self.none
        return value

    def append(self, n: int, value: T | None) -> None:
        """The value of the read `n`, which is behind all that were put."""
        if value is not None and value != self.none:
            self.put(n, (value,))

    def put(self, first: int, values: Sequence[T | None]) -> None:
        """The values from the read `first` on, which is behind all that were put."""
        if any(value is not None and value != self.none for value in values):
            self.told.extend([self.none] * (first - len(self.told)))
            self.told.extend([self.none if value is None else value for value in values])


def mark_of(read: Numbers) -> int:
    """64 bits that are the same for equal reads; its first ones tell where a read is looked for in a table."""
    athlete, form, place, elapsed, at, sent = read
    a, b, c, d, e, f = FACTORS
    x, y, z = _words(_floats(elapsed, at, sent))
    mark: int = athlete * a + form * b + place * c + (x ^ x >> 32) * d + (y ^ y >> 32) * e + (z ^ z >> 32) * f
    return mark & WORD


class Columns:
    """Reads in columns, each once."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.codes: dict[str, int] = {}
        self.forms: list[Form] = []
        self.form_codes: dict[Form, int] = {}
        self.athlete, self.form = array("i"), array("h")
        self.elapsed, self.sent = Seconds(UNTIMED), Seconds(NEVER)
        self.at, self.place = Rare("d", NEVER), Rare("i", UNPLACED)
        self.firsts = array("i")
        """Where the first read of each athlete stands."""
        self.marked = False
        """Whether reads are looked for by their marks, so that arrays can do it too, instead of by the quicker hashes."""
        self.table = array("i", [-1]) * FIRST_TABLE
        """Numbers of reads by their marks or hashes, with open places between them."""
        self._before, self._latest = array("i"), array("i")
        """Of every read the one before it of the same athlete, of every athlete the latest: once it is worth it."""
        self._sought = 0

    def __len__(self) -> int:
        return len(self.athlete)

    def form_code(self, form: Form) -> int:
        """The number of a form."""
        code = self.form_codes.get(form)
        if code is None:
            code = self.form_codes[form] = len(self.forms)
            self.forms.append(form)
            if len(self.forms) == MOST_SMALL:
                self.form = array("i", self.form)
        return code

    def enter(self, form: int, values: Values, count: int) -> int:
        """The number of a read, which is the length of before where it is put at the end of just `count` reads.

        −1 where it is new, but others stand behind those.
        """
        name, elapsed, at, sent, place = values
        athlete = self.codes.get(name, len(self.names))
        read = (
            athlete,
            form,
            UNPLACED if place is None else place,
            UNTIMED if elapsed is None else elapsed + 0.0,  # of two zeros one
            NEVER if at is None else at,
            NEVER if sent is None else sent,
        )
        slot = self._slot(read)
        if (n := self.table[slot]) >= 0:
            return n
        number = len(self)
        if number != count:
            return -1
        if athlete == len(self.names):
            self.add_name(name, number)
        self.table[slot] = number
        self.athlete.append(athlete)
        self.form.append(form)
        self.elapsed.append(read[3])
        self.sent.append(read[5])
        self.at.append(number, at)
        self.place.append(number, place)
        self.make_room(1)
        return number

    def add_name(self, name: str, first: int) -> None:
        """Take an athlete whose first read is this one."""
        self.codes[name] = len(self.names)
        self.names.append(name)
        self.firsts.append(first)

    def share_names(self, names: Iterable[str]) -> None:
        """Be these names, where they are known: whoever else keeps them keeps the same texts."""
        for name in names:
            if (code := self.codes.get(name)) is not None:
                self.names[code] = name
        self.codes = dict(zip(self.names, self.codes.values(), strict=True))

    def _slot(self, read: Numbers) -> int:
        """Where a read stands in the table, else the open place for it."""
        table = self.table
        mark = mark_of(read) if self.marked else hash((SALT, *read)) & WORD
        mask = len(table) - 1
        slot, step = mark >> 64 - mask.bit_length(), (mark | 1) & mask
        while (n := table[slot]) >= 0 and self._numbers(n) != read:
            slot = (slot + step) & mask
        return slot

    def _numbers(self, n: int) -> Numbers:
        return self.athlete[n], self.form[n], self.place[n], self.elapsed[n], self.at[n], self.sent[n]

    def make_room(self, more: int) -> None:
        """A table that so many more reads may be put into."""
        size = len(self.table)
        while 10 * (len(self) + more) > 7 * size:
            size *= 2
        if size > len(self.table):
            self._enter_again(size)

    def mark(self) -> None:
        """Look for reads by their marks from now on."""
        if not self.marked:
            self._enter_again(len(self.table))

    def _enter_again(self, size: int) -> None:
        """Put all reads into a table of a size, by their marks."""
        from tracker.race import bulk  # noqa: PLC0415 - loads numpy

        self.table, self.marked = array("i", [-1]) * size, True
        bulk.enter_again(self)

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
        code = self.codes.get(athlete)
        if code is None:
            return
        before, latest = self._before, self._latest
        if len(self) - len(before) >= MANY:
            from tracker.race import bulk  # noqa: PLC0415 - loads numpy

            self._sought += 1
            if self._sought <= FEW:
                yield from bulk.places(self.athlete, code, count)
                return
            bulk.chain(self.athlete, before, latest)
        for n in range(len(before), len(self)):
            of = self.athlete[n]
            if of == len(latest):
                latest.append(-1)
            before.append(latest[of])
            latest[of] = n
        n = latest[code]
        while n >= 0:
            if n < count:
                yield n
            n = before[n]

    def races(self, first: int, end: int) -> Counter[str]:
        """How many of the reads first … end − 1 name which race."""
        found: Counter[str] = Counter()
        for form, count in Counter(self.form[first:end]).items():
            if (race := self.forms[form].race) is not None:
                found[race] += count
        return found

    def picked(self, numbers: Sequence[int]) -> Columns:
        """Some of the reads, in the order of their numbers, in columns of their own."""
        own = Columns()
        own.forms, own.form_codes = list(self.forms), dict(self.form_codes)
        if len(numbers) >= MANY:
            from tracker.race import bulk  # noqa: PLC0415 - loads numpy

            bulk.pick(self, own, numbers)
            return own
        for place, n in enumerate(numbers):
            own.enter(self.form[n], self.values(n), place)
        return own
