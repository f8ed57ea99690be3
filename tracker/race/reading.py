"""What a race's messages come to, made when asked for and kept until something changes it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import filterfalse, islice
from operator import attrgetter

from tracker.race.entry import Entry, Row
from tracker.race.ledger import Ledger
from tracker.race.marks import Sheet, runner, sheet, status_of
from tracker.race.reads import Reads
from tracker.race.setup import Setup, build
from tracker.race.snapshot import Runner

UNCOUNTED = (0, 0)
"""Of athletes read and athletes described, none has been put among everybody yet."""

_id_of = attrgetter("id")


class Reading:  # size: what is stored, asked for in one place; most of it are one-line answers
    """The race as described so far, its athletes and their sheets, from what is stored."""

    def __init__(self, reads: Reads, ledger: Ledger, origin: float | None) -> None:
        self._reads = reads
        self._ledger = ledger
        self._origin = origin
        self._setup: Setup | None = None
        self.sheets: dict[str, Sheet] = {}
        """Sheets made so far; whoever takes a read drops that athlete's."""
        self._runners: dict[str, tuple[object, object, Runner]] = {}
        """Runners made so far, each with what was said of them, and of what became of them: the same while that is."""
        self._everybody: list[Runner] = []
        """Everybody by id; newcomers are put in their place."""
        self._counted = UNCOUNTED
        self._pacers: set[str] = set()
        self._renamed: set[str] = set()
        """Of whom something else was said since everybody was told the last time."""
        self._told: tuple[Runner, ...] | None = None
        """Everybody as they were told the last time: the same tuple while they are the same."""
        self._rows: dict[tuple[str, str], list[Row]] = {}
        self._made_for: str | None = None

    def forget(self, entry: Entry) -> None:
        """Drop what rests on the state that a message other than a split changed."""
        self._rows.clear()
        kind, about = entry.kind, entry.group
        if kind in ("race", "start"):
            self._forget_all()
        if kind in ("athlete", "status"):
            self._runners.pop(about, None)
            if self._counted != UNCOUNTED:  # else nobody was told yet
                self._renamed.add(about)
        if kind in ("athlete", "status", "void"):
            self.sheets.pop(about, None)

    def _forget_all(self) -> None:
        self._setup = None
        self.sheets.clear()
        self._rows.clear()
        self._runners.clear()
        self._pacers.clear()
        self._renamed.clear()
        self._counted = UNCOUNTED

    def _look_up(self) -> str | None:
        """Which race this is; what was made for another is dropped."""
        id = self.id
        if id != self._made_for:
            self._forget_all()
            self._made_for = id
        return id

    @property
    def id(self) -> str | None:
        """Which race this is: of those described, else of those named, the first by id; none where none is named."""
        described = self._ledger.groups("race")
        if described:
            return min(described)
        return min((race for races in self._named() for race, count in races.items() if count), default=None)

    def _named(self) -> tuple[dict[str, int], dict[str, int]]:
        return self._ledger.races, self._reads.races

    @property
    def other_races(self) -> int:
        """How many messages are another race's, and so lie aside."""
        id = self.id
        return sum(count for races in self._named() for race, count in races.items() if race != id)

    @property
    def setup(self) -> Setup:
        """The race as described so far."""
        id = self._look_up()
        if self._setup is None:
            described = self._ledger.row("race", id, id) if id is not None else None
            gun_s = next((float(row["at"]) for row in self.rows("start", "race") if "at" in row), None)
            if gun_s is None and described is not None:
                gun_s = described.get("gun")
            self._setup = build(described, gun_s, self._origin)
        return self._setup

    def rows(self, kind: str, group: str = "") -> list[Row]:
        """The winning messages of a kind about one thing, as canonical values."""
        id, key = self._look_up(), (kind, group)
        if key not in self._rows:
            self._rows[key] = self._ledger.rows(kind, group, id)
        return self._rows[key]

    def runner(self, athlete: str) -> Runner:
        """What is known of an athlete."""
        id = self._look_up()
        described, status = self._ledger.about("athlete").get(athlete), self._ledger.about("status").get(athlete)
        known = self._runners.get(athlete)
        if known is None or known[0] is not described or known[1] is not status:
            what = None if status is None else status_of(self._ledger.rows("status", athlete, id))[0]
            known = described, status, runner(self._ledger.row("athlete", athlete, id), athlete, what)
            self._runners[athlete] = known
        found = known[2]
        (self._pacers.add if found.role == "pacer" else self._pacers.discard)(athlete)
        return found

    def take_runners(self, other: Reading) -> None:
        """Go on with the runners of another state of the race, which has none from then on: who was described in the same
        words need not be made again."""
        if self._look_up() == other._made_for:
            self._runners, other._runners = other._runners, {}

    def runners(self) -> tuple[Runner, ...]:
        """Everybody who was named or read in this race, by id."""
        id = self._look_up()
        read, named = self._reads.athlete_count, self._ledger.groups("athlete")
        if (read, len(named)) != self._counted:
            if self._counted == UNCOUNTED:
                self._everybody = []
            late, self._counted = self.newcomers(self._counted)
            self._told = None
            self._join(late)
        if self._renamed:
            self._rename()
        if not self.other_races:
            if self._told is None:
                self._told = tuple(self._everybody)
            return self._told
        return tuple(runner for runner in self._everybody if self._is_of(runner.id, id))

    @property
    def has_pacers(self) -> bool:
        """Whether anybody who was told of paces."""
        return bool(self._pacers)

    def _join(self, late: Sequence[str]) -> None:
        """Put newcomers in their places."""
        if not self._everybody:
            self._everybody = list(map(self.runner, sorted(set(late))))
            self._renamed.difference_update(late)
            return
        known, everybody, since = self._everybody, list[Runner](), 0
        for newcomer in sorted(set(late)):
            place = bisect_left(known, newcomer, since, key=_id_of)
            if place == len(known) or known[place].id != newcomer:
                everybody += known[since:place]
                everybody.append(self.runner(newcomer))
                self._renamed.discard(newcomer)
                since = place
        everybody += known[since:]
        self._everybody = everybody

    def _rename(self) -> None:
        """Read again what was said of those of whom something else was said."""
        renamed, self._renamed, self._told = self._renamed, set(), None
        for id in renamed:
            place = bisect_left(self._everybody, id, key=_id_of)
            if place < len(self._everybody) and self._everybody[place].id == id:
                self._everybody[place] = self.runner(id)

    def _is_of(self, athlete: str, race: str | None) -> bool:
        return self._reads.is_of(athlete, race) or bool(self._ledger.winners("athlete", athlete, race))

    def newcomers(self, counted: tuple[int, int] = UNCOUNTED) -> tuple[list[str], tuple[int, int]]:
        """Who was read or named, in any race, since so many had been; and how many have now. One may come twice."""
        read, named = self._reads.athlete_count, self._ledger.groups("athlete")
        strangers = filterfalse(named.__contains__, self._reads.newcomers(counted[0], read))
        late = [*(islice(named, counted[1], None) if counted[1] < len(named) else ()), *strangers]
        return late, (read, len(named))

    def about(self, kind: str) -> Mapping[str, object]:
        """What is kept of a kind in every race, by what it is about; the same objects until others win."""
        return self._ledger.about(kind)

    def told(self, kind: str, id: str) -> list[Row]:
        """The winning messages of a kind about one of many, not kept."""
        return self._ledger.rows(kind, id, self.id) if id in self._ledger.groups(kind) else []

    def described(self, athlete: str) -> Entry | None:
        """What was said of an athlete."""
        return self._ledger.entry("athlete", athlete, self.id)

    def saw(self, athlete: str) -> bool:
        """Whether an athlete was read anywhere."""
        return self._reads.saw(athlete)

    def sheet(self, athlete: str) -> Sheet:
        """An athlete's marks, resolved and cleaned."""
        self._look_up()
        found = self.sheets.get(athlete)
        if found is None:
            found = self.sheets[athlete] = self._made(athlete)
        return found

    def _made(self, athlete: str) -> Sheet:
        ledger, id = self._ledger, self.id
        described = ledger.row("athlete", athlete, id) or {}
        return sheet(
            self.setup,
            described.get("division", "run"),
            [read for read in self._reads.of(athlete) if read.race is None or read.race == id],
            ledger.winners("void", athlete, id),
            ledger.rows("status", athlete, id),
            self._start_s("athlete", athlete),
            self._start_s("wave", described.get("wave")),
        )

    def _start_s(self, scope: str, id: str | None) -> float | None:
        """The instant at which an athlete or a wave was started."""
        return next((float(row["at"]) for row in self.rows("start", scope) if row["id"] == id and "at" in row), None)

    def copy(self, reads: Reads, ledger: Ledger) -> Reading:
        """The same, over a copy of what is stored."""
        twin = Reading(reads, ledger, self._origin)
        twin._setup, twin.sheets, twin._made_for = self._setup, dict(self.sheets), self._made_for
        return twin
