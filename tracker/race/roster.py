"""Who is in a field: what was said of everybody, as codes in columns. A row is an athlete."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import compress
from operator import is_not
from typing import TYPE_CHECKING, Any

import numpy as np

from tracker.race.bulk import Bools, Floats, Ints, Longs
from tracker.race.marks import status_of

if TYPE_CHECKING:
    from tracker.race.entry import Form, Row
    from tracker.race.reading import Reading

UNSAID: Mapping[str, object] = {}
"""In place of what was said of somebody who was not there."""
NOT_JUDGED = (None, None)
TRAITS = ("sex", "category", "division", "wave", "status")


class Roster:
    """The athletes of a race. `codes[trait]` are numbers into `words[trait]`, of which the first is none.

    `odd`: something was withdrawn. `began`: seconds from the gun to the own start where that was told.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.row: dict[str, int] = {}
        self.words: dict[str, list[str | None]] = {trait: [None] for trait in TRAITS}
        self._numbers: dict[str, dict[str | None, int]] = {trait: {None: 0} for trait in TRAITS}
        self.codes: dict[str, Ints] = {trait: np.zeros(0, np.int32) for trait in TRAITS}
        self.pacer: Bools = np.zeros(0, np.bool_)
        self.odd: Bools = np.zeros(0, np.bool_)
        self.began = np.zeros(0)
        self._wave_began = np.full(1, np.nan)
        """By the codes of waves."""
        self._order: Ints = np.zeros(0, np.int32)
        self._said: list[object] = []
        self._all_said: Mapping[str, object] = UNSAID
        """What `_said` was taken from."""
        self._judged: dict[str, tuple[object, ...]] = {}
        """By what everybody with a status, or a read that was withdrawn, was judged."""
        self._counted = (0, 0)

    def follow(self, book: Reading, stale: Collection[str] = (), *, same_reads: bool = False) -> set[int] | None:
        """Be the roster of another state of the race; of which rows anything else is said now, none where rows moved.

        What was said in the same words is not read again, but of `stale`. `same_reads`: the athletes who were read are
        numbered as they were.
        """
        if same_reads and self._names_all(book):
            fresh: Iterable[int] = ()
            moved = False
            for id in stale:
                if id in self.row:
                    self._said[self.row[id]] = self._all_said.get(id)
        else:
            fresh, moved = self._meet(book)
        rows = {*fresh, *(self.row[id] for id in stale if id in self.row)}
        self._describe(book, rows)
        rows |= self._judge_all(book, stale)
        return None if moved else rows

    def _names_all(self, book: Reading) -> bool:
        """Whether a book names those whom we know, with the same words, and nobody else was read."""
        said = book.about("athlete")
        return said is self._all_said and len(said) == self._counted[1] == len(self.ids)

    def _meet(self, book: Reading) -> tuple[Iterable[int], bool]:
        """Be who a book knows: of whom anything else is said now, and whether any row moved."""
        late, self._counted = book.newcomers()
        ids = list(dict.fromkeys(late))
        before, moved = self._said, ids != self.ids
        if moved:
            old = self.row
            was = np.array([old.get(id, -1) for id in ids], np.int64)
            self.ids, self.row = ids, {id: n for n, id in enumerate(ids)}
            self._order = np.zeros(0, np.int32)
            self._take_over(was)
            before = [before[n] if n >= 0 else UNSAID for n in was.tolist()]
            self.codes["status"][:], self.odd[:], self._judged = 0, False, {}
        self._all_said = book.about("athlete")
        self._said = list(map(self._all_said.get, ids))
        return compress(range(len(ids)), map(is_not, before, self._said)), moved

    def recount(self) -> None:
        """Athletes who were read are numbered in another way."""
        self._counted = (0, self._counted[1])

    def update(self, book: Reading, stale: Collection[str]) -> list[int]:
        """Take those who came to be known, and read again what was said of `stale`; the rows of both."""
        known = len(self.ids)
        late, counted = book.newcomers(self._counted)
        self._counted = (max(self._counted[0], counted[0]), counted[1])  # who was read later on was known to be named
        late = [id for id in dict.fromkeys(late) if id not in self.row]
        if late:
            self.ids += late
            self.row |= {id: n for n, id in enumerate(late, known)}
            self._said += map(book.about("athlete").get, late)
            self._take_over(np.append(np.arange(known), np.full(len(late), -1)))
        self._all_said = book.about("athlete")
        rows = [*{self.row[id] for id in stale if id in self.row}.union(range(known, len(self.ids)))]
        self._describe(book, rows)
        for n in rows:
            self._said[n] = self._all_said.get(self.ids[n])
            self._judge(book, self.ids[n])
        return rows

    def _take_over(self, was: Any) -> None:
        """The columns for new rows from those of old ones, −1 where there is none."""
        old = was >= 0
        for trait, codes in self.codes.items():
            self.codes[trait] = np.zeros(len(was), np.int32)
            self.codes[trait][old] = codes[was[old]]
        pacer, odd = self.pacer, self.odd
        self.pacer, self.odd = np.zeros(len(was), np.bool_), np.zeros(len(was), np.bool_)
        self.pacer[old], self.odd[old] = pacer[was[old]], odd[was[old]]

    def _describe(self, book: Reading, rows: Collection[int]) -> None:
        known: dict[Form | None, tuple[int, ...]] = {}
        said = []
        for n in rows:
            entry = book.described(self.ids[n])
            form = None if entry is None else entry.form
            traits = known.get(form)
            if traits is None:
                traits = self._traits({} if entry is None else entry.form.common or entry.row)
                if form is None or form.common:
                    known[form] = traits
            said.append(traits)
        if not said:
            return
        at = np.fromiter(rows, np.int64, len(said))
        pacer, *codes = np.array(said, np.int32).T
        self.pacer[at] = pacer != 0
        for trait, numbers in zip(TRAITS[:-1], codes, strict=True):
            self.codes[trait][at] = numbers

    def _traits(self, row: Row) -> tuple[int, ...]:
        """Whether an athlete paces, and the codes of what was said of them; how they fare is judged apart."""
        words = (row.get("sex"), row.get("category"), row.get("division", "run"), row.get("wave"))
        return (row.get("role") == "pacer", *map(self._number, TRAITS, words))

    def _judge_all(self, book: Reading, stale: Collection[str]) -> set[int]:
        """Judge by what is said now whoever was judged by anything else; their rows."""
        status, void = book.about("status"), book.about("void")
        rows = set()
        for id in {*status, *void, *self._judged, *stale}:
            now, then = (status.get(id), void.get(id)), self._judged.get(id, NOT_JUDGED)
            if id in self.row and (id in stale or now != then):
                self._judge(book, id)
                rows.add(self.row[id])
        return rows

    def _judge(self, book: Reading, id: str) -> None:
        n, said = self.row[id], (book.about("status").get(id), book.about("void").get(id))
        self.codes["status"][n] = self._number("status", status_of(book.told("status", id))[0])
        self.odd[n] = bool(said[1])
        self._judged.pop(id, None)
        if said != NOT_JUDGED:
            self._judged[id] = said

    def _number(self, trait: str, word: str | None) -> int:
        numbers = self._numbers[trait]
        if word not in numbers:
            numbers[word] = len(numbers)
            self.words[trait].append(word)
        return numbers[word]

    def set_out(self, book: Reading) -> None:
        """When everybody's start was, as far as it was told."""
        zero_s = book.setup.zero_s
        self.began = np.full(len(self.ids), np.nan)
        self._wave_began = np.full(1, np.nan)
        if zero_s is None:
            return
        waves, own = (_starts(book.rows("start", scope), zero_s) for scope in ("wave", "athlete"))
        if waves:
            self._wave_began = np.array([*(waves.get(word or "", np.nan) for word in self.words["wave"]), np.nan])
        for id, seconds in own.items():
            if id in self.row:
                self.began[self.row[id]] = seconds

    def wave_began(self, rows: Longs | slice) -> Floats:
        """Seconds from the gun to the starts of these rows' waves, nan where that was not told."""
        found: Floats = self._wave_began.take(self.codes["wave"][rows], mode="clip")
        return found

    @property
    def order(self) -> Ints:
        """Where each stands by id: ties are told in that order, whoever was heard of first."""
        if len(self._order) != len(self.ids):
            self._order = np.empty(len(self.ids), np.int32)
            self._order[sorted(range(len(self.ids)), key=self.ids.__getitem__)] = np.arange(len(self.ids))
        return self._order

    def is_(self, trait: str, word: str) -> Bools:
        """Who has a trait."""
        has: Bools = self.codes[trait] == self._numbers[trait].get(word, -1)
        return has


def _starts(rows: Iterable[Row], zero_s: float) -> dict[str, float]:
    """Seconds from the gun to the starts of a scope, by id; of several the first counts."""
    found: dict[str, float] = {}
    for row in rows:
        if "at" in row:
            found.setdefault(row["id"], max(0.0, float(row["at"]) - zero_s))
    return found
