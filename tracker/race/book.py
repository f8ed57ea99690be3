"""The race: the only thing in the core that changes. Rule: it is told events, one by one, and asked for snapshots.

Any order of events, any repetition and any overlap of recordings ends in the same state; all that is derived from it
is made when it is read, so a correction, a void or the race message itself may come last.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan
from typing import TYPE_CHECKING

from tracker.race.entry import Entry, entry_of
from tracker.race.ledger import Ledger
from tracker.race.marks import Sheet
from tracker.race.plan import is_paced
from tracker.race.projection.told import ground_of
from tracker.race.reading import Reading
from tracker.race.reads import Reads
from tracker.race.snapshot import Runner, Snapshot
from tracker.race.state import digest, lines
from tracker.race.view import Wanted, is_led, snapshot, told_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from feeds.seen import AnyEvent, Run
    from tracker.race.columns import Columns
    from tracker.race.field import Field
    from tracker.race.projection.basis import Basis
    from tracker.race.projection.told import Told

__all__ = ["Race", "Wanted"]

WHAT_THE_RACE_NAMES = Wanted()
FEW = 2000
"""Athletes up to whom the state is told sheet by sheet."""


class Race:  # size: what is asked of a race, a line or two each
    """A race as its feed has told it so far. `origin` is the axis' instant of the gun where the feed names none.

    `reads`: what it will be told again, so that it is not stored twice.
    """

    def __init__(self, origin: float | None = None, reads: Reads | None = None) -> None:
        self.origin = origin
        self._reads = Reads() if reads is None else reads.begun()
        self._ledger = Ledger()
        self._reading = Reading(self._reads, self._ledger, origin)
        self._sheets = self._reading.sheets
        self._field: Field | None = None

    def receive(self, event: AnyEvent | Entry) -> bool:
        """Take one event, or what a log keeps of it; whether anything changed."""
        if event.kind == "split":
            changed = self._reads.add(event)
            if changed and self._sheets:
                self._sheets.pop(event.athlete, None)
            return changed
        if event.kind == "heartbeat":
            return False
        entry = event if isinstance(event, Entry) else entry_of(event)
        if not self._ledger.take(entry):
            return False
        self._reading.forget(entry)
        if self._field is not None and entry.kind in ("athlete", "status", "void"):
            self._field.forget(entry.group)
        return True

    def receive_run(self, run: Run) -> NDArray[np.int32]:
        """Take splits that came one after the other; the numbers of their reads, from `read_count` on where they are new."""
        found = self._reads.add_run(run)
        if self._sheets:
            for athlete in run.athletes:
                self._sheets.pop(athlete, None)
        return found

    @property
    def read_count(self) -> int:
        """How many reads there are."""
        return self._reads.count

    def shares(self, reads: Reads) -> bool:
        """Whether the race's reads stand in the columns of others."""
        return self._reads.shares(reads)

    def follow(self, columns: Columns, end: int) -> bool:
        """Take the reads up to `end` that stand in columns; false where ours are others."""
        first = self._reads.count
        if not self._reads.follow(columns, end):
            return False
        if self._sheets:
            for code in set(columns.athlete[first:end]):
                self._sheets.pop(columns.names[code], None)
        return True

    @property
    def gun_s(self) -> float | None:
        """POSIX time of the gun, none where it is not known."""
        return self._reading.setup.info.gun_s

    def happened(self, event: AnyEvent, begun: dict[str, float] | None = None) -> float | None:
        """When what a message tells happened, on the axis; none is not known, or before the gun.

        `begun`: when athletes' net clocks began, kept here for a caller who asks of every split of a flood.
        """
        if (at_s := event.at_s) is not None:
            return at_s
        zero_s = self._reading.setup.zero_s
        if event.kind != "split" or event.elapsed_s is None or zero_s is None:
            return None
        if event.clock != "net":
            if begun is not None and (event.checkpoint in self._reading.setup.starts or event.distance_m == 0.0):
                begun[event.athlete] = event.elapsed_s
            return zero_s + event.elapsed_s
        begin_s = None if begun is None else begun.get(event.athlete)
        if begin_s is None:
            begin_s = self.sheet(event.athlete).net_begin_s
            if begun is not None:
                begun[event.athlete] = begin_s
        return zero_s + event.elapsed_s + begin_s

    def begin(self, run: Run, begun: dict[str, float]) -> None:
        """Keep when net clocks began, as `happened` does, by the reads of a run."""
        starts = self._reading.setup.starts
        line = {
            n
            for n, form in enumerate(run.forms)
            if form.clock == "gun" and (form.checkpoint in starts or form.distance_m == 0.0)
        }
        for n, athlete, elapsed_s in (
            zip(run.form.tolist(), run.athletes, run.elapsed_s.tolist(), strict=True) if line else ()
        ):
            if n in line and not isnan(elapsed_s):
                begun[athlete] = elapsed_s

    def arrival(self, event: AnyEvent) -> float | None:
        """When a message that came without an instant arrives on the axis: when it was published, else happened."""
        return self.happened(event) if (sent_s := event.sent_s) is None else sent_s

    def runners(self) -> tuple[Runner, ...]:
        """Everybody who was named or read, by id."""
        return self._reading.runners()

    def runner(self, athlete: str) -> Runner:
        """What is known of an athlete."""
        return self._reading.runner(athlete)

    def sheet(self, athlete: str) -> Sheet:
        """An athlete's marks, resolved and cleaned."""
        return self._reading.sheet(athlete)

    def snapshot(self, now_s: float, wanted: Wanted = WHAT_THE_RACE_NAMES) -> Snapshot:
        """What is known at an instant of the axis. ValueError when the target asked for cannot be read."""
        return snapshot(self._reading, now_s, wanted)

    def saw(self, athlete: str) -> bool:
        """Whether an athlete was read anywhere."""
        return self._reading.saw(athlete)

    def told(self, athlete: str, wanted: Wanted) -> Told | None:
        """What a runner's projection rests on; none where there is none."""
        return told_of(self._reading, athlete, wanted)

    def basis(self, wanted: Wanted) -> Basis | None:
        """What the projections of the whole field rest on; none without a model or a known course."""
        setup = self._reading.setup
        ground = ground_of(wanted.model, setup, wanted.course)
        if wanted.model is None or ground is None:
            return None
        from tracker.race.projection.basis import Basis  # noqa: PLC0415  as below

        paced = is_paced(setup.plans, record_eligible=setup.info.record_eligible)
        return Basis(wanted.model, ground, wanted.prior, paced or is_led(self._reading))

    @property
    def over(self) -> bool:
        """Whether the race was said to be over."""
        return bool(self._reading.rows("end"))

    def field(self) -> Field:
        """Everybody at every mat, in columns, as known now. The same object each time: it goes on with the race."""
        from tracker.race.field import Field  # noqa: PLC0415  numpy is loaded where there is a field

        if self._field is None:
            self._field = Field(self._reading, self._reads)
        return self._field.update()

    def take_over(self, other: Race) -> None:
        """Go on with the runners and the field of another state of this race, which has none from then on."""
        self._reading.take_runners(other._reading)
        field, other._field = other._field, None
        if field is not None:
            field.follow(self._reading, self._reads)
            self._field = field

    def state_lines(self, few: int = FEW) -> list[str]:
        """The state as sorted lines, one a winning key; those of more than a `few` athletes by their columns."""
        athletes: Iterable[str] = self._reads.athletes()
        if self._reads.athlete_count <= few:
            return lines(self._ledger, self._reading.id, athletes, self.sheet)
        from tracker.race import stated  # noqa: PLC0415  numpy is loaded where there is a field

        field = self.field()
        whole = field.told_whole()
        odd = [id for id, is_whole in zip(field.roster.ids, whole.tolist(), strict=True) if not is_whole]
        found = lines(self._ledger, self._reading.id, odd, self.sheet)
        found.extend(stated.lines(field, self._reads.columns, whole))
        found.sort()
        return found

    def state_hash(self) -> str:
        """SHA-256 of the lines, in hexadecimal."""
        return digest(self.state_lines())

    def copy(self) -> Race:
        """A race of its own in the same state; cheap, what is in it is shared until one of both changes it."""
        twin = Race(self.origin)
        twin._reads, twin._ledger = self._reads.copy(), self._ledger.copy()
        twin._reading = self._reading.copy(twin._reads, twin._ledger)
        twin._sheets = twin._reading.sheets
        return twin
