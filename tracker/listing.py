"""The rows of a field that are looked at: sorted, searched, scrolled. Loads numpy; what it gives does not.

Rule: no more objects are made than there are rows in view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np

from tracker.draw.listed import NOTHING, Among, Listing, Sort
from tracker.fieldrows import Clock, Rows, finishes
from tracker.race.bulk import Bools, Floats, Ints, Longs
from tracker.race.field import Field
from tracker.race.ranks import MOST_ROWS, NO_GAIN, Table
from tracker.race.snapshot import Runner
from tracker.race.standing import gone, read, seen
from tracker.race.won import NET
from tracker.spread import spread

if TYPE_CHECKING:
    from tracker.fieldnow import FieldNow

ENOUGH, SHARE = 3, 0.1
"""So many, and this share of the field, have passed a mat before the table is the one at that mat."""
PINS_FROM = 6
"""Rows from which the leader and the watched runner are pinned."""
NOT_SEARCHED: tuple[str, Bools] = ("", np.zeros(0, np.bool_))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the viewer wants to see. No `mat`: the last that enough have passed; no `clock`: that of the field.

    `like`: the runner of whose country or category they are, where `among` is that. The cursor is on the runner `cursor`,
    in row `line` of those in view; where they are not listed, on row `index`. `move`: the cursor so many rows further
    down; `turn`: the table under it. `cells`: how wide the strip is, none: no strip.
    """

    rows: int
    cells: int = 0
    mat: str = ""
    clock: Clock | None = None
    sort: Sort = "rank"
    among: Among = "all"
    like: str = ""
    search: str = ""
    followed: frozenset[str] = frozenset()
    watched: str = ""
    cursor: str = ""
    index: int = 0
    line: int = 0
    move: int = 0
    turn: int = 0


class Lister:
    """Makes listings. What everybody is called is read again only when somebody is called otherwise."""

    def __init__(self) -> None:
        self._runners: tuple[Runner, ...] = ()
        self._size = 0
        self._everybody: list[Runner | None] = []
        self._here: Bools = np.zeros(0, np.bool_)
        self._teams = False
        self._hay: list[str] = []
        self._found = self._country = NOT_SEARCHED
        self._places: dict[Sort, Ints] = {}

    def __call__(self, now: FieldNow, runners: tuple[Runner, ...], asked: Asked) -> Listing:
        """The rows in view, of the field as it is now."""
        field = now.field
        if not field.mats or not len(field):
            return NOTHING
        self._know(field, runners)
        clock = asked.clock or clock_of(field)
        there = read(field)
        last = latest(there)
        number = next((n for n, mat in enumerate(field.mats) if mat.id == asked.mat), last)
        those = self.those(field, asked)
        among = self._among(field, asked, those)
        table = field.table(field.mats[number].id, clock, among)
        last_seen = seen(field)
        order = self._order(field, table, among, last_seen)
        first = int(order[0]) if len(order) else -1
        if asked.search:
            order = order[self._matching(asked.search, order)]
        finish_s = finishes(now, clock)
        order = self._sorted(order, table, field, last_seen, asked.sort, finish_s)
        mine = field.roster.row.get(asked.watched, -1)
        window = _window(order, field, asked, first, mine)
        make = Rows(now, table, last_seen, self._everybody, asked, finish_s)
        shown = order[window.offset : window.offset + window.body].tolist()
        return Listing(
            mat=field.mats[number],
            chosen=number != last or bool(asked.mat),
            clock=clock,
            rows=tuple(make(row) for row in shown),
            offset=window.offset,
            cursor=window.cursor,
            count=len(order),
            leader=make(first) if window.leader else None,
            mine=make(mine) if window.mine else None,
            passed=int(there[self._here, number].sum()),
            total=int(self._here.sum()),
            sort=asked.sort,
            among=asked.among,
            those=those,
            search=asked.search,
            teams=self._teams,
            tenths=bool((table.time % 1000 != 0).any()),
            strip=spread(field, there, number, now.stand, asked.cells, self._named(field, first, mine, asked)),
        )

    def _know(self, field: Field, runners: tuple[Runner, ...]) -> None:
        if self._size == len(field) and self._runners == runners:
            return
        by_id = {runner.id: runner for runner in runners}
        self._runners, self._size = runners, len(field)
        self._everybody = [by_id.get(id) for id in field.roster.ids]
        self._here = np.array([runner is not None for runner in self._everybody], np.bool_)
        self._teams = any(runner.team for runner in runners)
        self._hay, self._places, self._found, self._country = [], {}, NOT_SEARCHED, NOT_SEARCHED

    def those(self, field: Field, asked: Asked) -> str:
        """The country or category that is listed; empty where all are, or the runner has none."""
        row = field.roster.row.get(asked.like, -1)
        if row < 0:
            return ""
        if asked.among == "category":
            return field.roster.words["category"][field.roster.codes["category"][row]] or ""
        who = self._everybody[row] if asked.among == "country" else None
        return "" if who is None else who.country or ""

    def _among(self, field: Field, asked: Asked, those: str) -> Bools:
        if asked.among == "followed":
            rows = [field.roster.row[id] for id in asked.followed if id in field.roster.row]
            chosen = np.zeros(len(field), np.bool_)
            chosen[rows] = True
            return self._here & chosen
        if asked.among in ("W", "M"):
            return self._here & field.roster.is_("sex", asked.among)
        if not those:
            return self._here
        return self._here & (field.roster.is_("category", those) if asked.among == "category" else self._of(those))

    def _of(self, country: str) -> Bools:
        if self._country[0] != country:
            self._country = country, np.array([who is not None and who.country == country for who in self._everybody])
        return self._country[1]

    def _order(self, field: Field, table: Table, among: Bools, seen: Ints) -> Longs:
        """Who has a time there, best first; then the others, whoever got furthest first, and who is out last."""
        without = among.copy()
        without[table.rows] = False
        rest = np.flatnonzero(without)
        last = seen[rest]
        times = np.where(last < 0, 0, field.time[:, rest, np.maximum(last, 0)].min(axis=0))
        out = gone(field)[rest].astype(np.int64)
        group = out * (len(field.mats) + 1) + (len(field.mats) - 1 - last)
        by_time = np.argsort((times << MOST_ROWS) | field.roster.order[rest])
        return np.concatenate([table.rows, rest[by_time[np.argsort(group[by_time].astype(np.int16), kind="stable")]]])

    def _matching(self, search: str, order: Longs) -> Bools:
        if not self._hay:
            self._hay = ["" if runner is None else haystack(runner) for runner in self._everybody]
        if self._found[0] != search:
            wanted = [f" {word}" for word in folded(search).split()]
            self._found = search, np.array([all(word in hay for word in wanted) for hay in self._hay], np.bool_)
        return self._found[1][order]

    def _sorted(
        self, order: Longs, table: Table, field: Field, seen: Ints, sort: Sort, finish_s: Floats
    ) -> Longs:  # fmt: skip
        if sort == "rank":
            return order
        if sort == "projected":
            return order[np.argsort(finish_s[order], kind="stable")]
        if sort == "gained":
            key = np.full(len(field), NO_GAIN, np.int64)
            key[table.rows] = table.gained
            return order[np.argsort(-key[order], kind="stable")]
        if sort == "seen":
            times = field.time[:, order, np.maximum(seen[order], 0)].min(axis=0)
            times[seen[order] < 0] = -1
            return order[np.argsort(-times, kind="stable")]
        if sort not in self._places:
            self._places[sort] = _places(self._everybody, sort)
        return order[np.argsort(self._places[sort][order], kind="stable")]

    def _named(self, field: Field, first: int, mine: int, asked: Asked) -> dict[int, str]:
        """Whom the strip names, the most important first."""
        rows = [first, mine, *(field.roster.row.get(id, -1) for id in sorted(asked.followed))]
        people = {row: self._everybody[row] for row in rows if row >= 0}
        return {row: who.surname for row, who in people.items() if who is not None}


def clock_of(field: Field) -> Clock:
    """The clock that the field is ranked on: net where it has more than one start, or is told in net times."""
    net = field.time.any(NET)
    return "net" if net and (field.net[: len(field)].mean() > 0.5 or bool(field.starts().any())) else "gun"


def latest(there: Bools) -> int:
    """The number of the last mat that enough have passed; where none has, of that which most have."""
    passed = there.sum(axis=0)
    enough = np.flatnonzero(passed >= max(ENOUGH, SHARE * len(there)))
    return int(enough[-1]) if len(enough) else int(passed.argmax())


def folded(text: str) -> str:
    """A text as it is searched: without marks on letters, without capitals."""
    if not text.isascii():
        text = "".join(c for c in normalize("NFKD", text) if not "\u0300" <= c <= "\u036f")
    return text.casefold()


def haystack(runner: Runner) -> str:
    """What a runner is found by, a blank before each word: name, bib, country, team."""
    parts = (runner.name or runner.id, runner.bib, runner.country, runner.team)
    return " " + " ".join(folded(" ".join(filter(None, parts))).split())


def _places(everybody: Sequence[Runner | None], sort: Sort) -> Ints:
    """Where everybody stands by name, bib or country; who has none stands last."""

    def key(row: int) -> tuple[bool, int, str]:
        who = everybody[row]
        if who is None:
            return True, 0, ""
        if sort == "bib":
            bib = who.bib or ""
            return not bib, int(bib) if bib.isascii() and bib.isdigit() and len(bib) < 18 else 1 << 62, bib
        text = (who.country or "") if sort == "country" else folded(f"{who.surname} {who.name}")
        return not text, 0, text

    ranked = sorted(range(len(everybody)), key=key)
    places = np.empty(len(everybody), np.int32)
    at, before = -1, None
    for row in ranked:
        if (now := key(row)) != before:
            at, before = at + 1, now
        places[row] = at
    return places


@dataclass(frozen=True, slots=True)
class _Window:
    offset: int
    body: int
    cursor: int
    leader: bool
    mine: bool


def _window(order: Longs, field: Field, asked: Asked, first: int, mine: int) -> _Window:
    """Which rows are in view: the cursor in its line as far as possible, a row less for whoever is pinned."""
    count, rows = len(order), max(0, asked.rows)
    at = np.full(len(field), -1, np.int64)
    at[order] = np.arange(count)
    on = field.roster.row.get(asked.cursor, -1) if asked.cursor else -1
    cursor = int(at[on]) if on >= 0 and at[on] >= 0 else asked.index if asked.cursor or asked.index else 0
    cursor, line = max(0, min(count - 1, cursor + asked.move + asked.turn)), asked.line + asked.move
    pinned = [int(at[who]) for who in (first, mine) if who >= 0] if rows >= PINS_FROM else []
    body, offset, leader, own = rows, 0, False, False
    for _ in range(3):
        offset = max(0, min(cursor - max(0, min(line, body - 1)), count - body))
        leader = bool(pinned) and pinned[0] >= 0 and not offset <= pinned[0] < offset + rows - 1
        body = rows - leader
        own = len(pinned) > 1 and mine != first and pinned[1] >= 0 and not offset <= pinned[1] < offset + body
        body -= own
    offset = max(offset, min(cursor - body + 1, count - body), 0)
    return _Window(offset, body, cursor, leader and not offset <= pinned[0] < offset + body, own)
