"""A provider's answers as events of the split feed, by its profile.

Rule: what comes out does not depend on the order in which rows come, nor on who recorded them: revisions are the
provider's own, else the instant of receipt; nothing that a provider can send raises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from feeds import events
from feeds.decode import Decoder
from feeds.profiles.cells import BadRow, Cells, Passing, Read
from feeds.profiles.fields import filled
from feeds.profiles.naming import Athletes, Mats
from feeds.profiles.paging import goes_on, page_of
from feeds.profiles.rows import Refused, Row, RowReader
from feeds.profiles.snapshots import Pictures
from feeds.reading import Rejection
from feeds.text import clean

if TYPE_CHECKING:
    from feeds.events import Event
    from feeds.feed import Delivery
    from feeds.profiles.model import Profile
    from feeds.reading import Said

LATE_S = 60.0
"""A row touched so long after it was inserted was changed, not only finished."""


class ProfileReader:
    """Reads deliveries. `records` are raw rows, refused ones included; `kinds` counts what accepted rows became.

    `changed`: (athlete, checkpoint) that came with another content, or whose row says that it was touched more than a
    minute after it was inserted. `duplicates`: passings that came again as they were. `mats`: where anybody was read.
    """

    def __init__(self, profile: Profile, answers: Mapping[str, str]) -> None:
        self.profile = profile
        self.records = 0
        self.kinds: Counter[str] = Counter()
        self.changed: set[tuple[str, str]] = set()
        self.mats: set[str] = set()
        self.duplicates = 0
        self.unknown_kinds: dict[str, int] = {}
        self.unknown_fields: dict[str, int] = {}
        defaults = {name: question.default for name, question in profile.questions.items() if question.default}
        self._answers = {**defaults, **answers}
        self._race = filled(profile.race.id, self._answers) or profile.name
        self._rows = RowReader(profile.rows, jsonp=profile.ask is not None and profile.ask.jsonp)
        self._cells = Cells(profile, self._answers)
        self._mats = Mats(profile, self._answers)
        self._athletes = Athletes()
        self._pictures = Pictures()
        self._own = Decoder()

    def read(self, delivery: Delivery) -> Said:
        """The events and rejections of an answer, or of a row. Line 0 is no provider's: a rerun tells the race's clock."""
        if delivery.line == 0:
            return self._own(delivery.raw)
        try:
            document = self._rows.document(delivery.raw)
            if (points := self.profile.points) is not None and delivery.part == points.part:
                return tuple(self._mats.learn(points, document))
            why = self._cells.outcome(document)
            if why not in (None, "empty"):
                return Rejection(delivery.line, "", str(why), delivery.raw[:160])
            line = self._rows.line(document)
            rows = [] if why else self._rows.rows(document) if line is None else line
        except Refused as error:
            return Rejection(delivery.line, "", str(error), delivery.raw[:160])
        whole = rows is not None and line is None
        if rows is None:
            if not isinstance(document, dict) or self._cells.id(document) is None:
                where = self.profile.rows.path or "rows"
                return Rejection(delivery.line, where, "no rows there: is this the right profile?", delivery.raw[:160])
            rows = [document]
        part = delivery.part if whole and self.profile.semantics.snapshot else None
        if whole:
            self._cells.begin()
        if part is not None:
            self._pictures.begin(part)
            self._end_pages_behind(part, document)
        said = list(self._all(rows, delivery, part))
        if part is not None:
            said += self._voids(delivery)
        return tuple(said)

    def _end_pages_behind(self, part: str, document: Any) -> None:
        """A last page has none behind it: those that were there are gone. One that was merely not asked for is not."""
        paging = self.profile.ask.paging if self.profile.ask is not None else None
        page = page_of(part) if paging is not None else None
        if page is None or goes_on(paging, document):
            return
        group, last = page

        def gone(other: str) -> bool:
            found = page_of(other)
            return found is not None and found[0] == group and found[1] > last

        self._pictures.end(gone)

    def _all(self, rows: list[Row], delivery: Delivery, part: str | None) -> Iterator[Event | Rejection]:
        for n, row in enumerate(rows):
            self.records += 1
            try:
                for said in self._row(row, delivery, part):
                    yield self._refused(delivery, len(rows), n, *said, row) if isinstance(said, tuple) else said
            except BadRow as error:
                self._pictures.keep(self._cells.id(row) or "")
                yield self._refused(delivery, len(rows), n, error.field, str(error), row)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                field = ".".join(map(str, first["loc"]))
                yield self._refused(delivery, len(rows), n, field, f"the value cannot be: {first['msg']}", row)

    def _refused(self, delivery: Delivery, of: int, n: int, field: str, why: str, row: Row) -> Rejection:
        where = field if of == 1 else f"{n}.{field}".rstrip(".")
        return Rejection(delivery.line, clean(where, 80), clean(why, 200), repr(row)[:160].encode())

    def _row(self, row: Row, delivery: Delivery, part: str | None) -> Iterator[Event | tuple[str, str]]:
        """The events of a row, and (field, why) of its cells that are refused."""
        if not self._cells.wanted(row):
            return
        read = self._cells.read(row, delivery.received_s, self._mats.places)
        made = list(self._athletes.told(self._race, read))
        made += self._mats.told(read, self._race)
        self._count(read)
        for passing in read.passings:
            match self._pictures.see(part, passing.key, passing.content, read.rev):
                case "same":
                    self.duplicates += 1
                    continue
                case "changed":
                    self.changed.add((read.id, passing.place.id))
            made.append(self._passing(passing, read.id, self._pictures.revision(passing.key, passing.rev)))
            if read.changed_late_s is not None and read.changed_late_s > LATE_S:
                self.changed.add((read.id, passing.place.id))
        for status in read.statuses:
            made.append(
                events.Status(
                    kind="status", race=self._race, athlete=read.id, status=status, rev=read.rev, sent=read.sent
                )
            )
        if read.refused:
            self._pictures.keep(read.id)
        yield from made
        yield from read.refused

    def _count(self, read: Read) -> None:
        """A row a split counts once, whatever clocks it tells; a row an athlete once a place."""
        own_start = bool(self.profile.split.own_start)
        places = {p.place.id: p.kind for p in read.passings if not (own_start and p.kind == "start")}
        self.mats.update(places)
        self.kinds.update(places.values() if self.profile.split.columns else list(places.values())[:1])
        self.kinds.update(["status"] * len(read.statuses))

    def _passing(self, passing: Passing, athlete: str, rev: int) -> Event:
        more: dict[str, Any] = {
            "race": self._race,
            "rev": rev,
            "sent": _text(passing.sent),
            "at": _text(passing.at),
        }
        if passing.kind == "start":
            return events.Start(kind="start", scope="athlete", id=athlete, **more)
        return events.Split(
            kind="split",
            athlete=athlete,
            checkpoint=passing.place.id,
            occurrence=passing.place.lap,
            clock=passing.clock,
            elapsed_s=passing.elapsed_s,
            resolution_s=passing.resolution_s,
            place=passing.rank,
            quality="estimated" if passing.estimated else None,
            **more,
        )

    def _voids(self, delivery: Delivery) -> Iterator[Event]:
        """What was there at the last look and is not any more, once the round is over."""
        if delivery.more:
            return
        received = int((delivery.received_s or 0.0) * 1000)
        for key, last in self._pictures.vanished():
            athlete, checkpoint, clock, lap = key
            rev = self._pictures.revision(key, last) + 1
            rev = rev if self.profile.semantics.revision else max(received, rev)
            self._pictures.withdraw(key, rev)
            self.kinds["void"] += 1
            yield events.Void(
                kind="void", race=self._race, athlete=athlete, checkpoint=checkpoint, clock=clock, occurrence=lap, rev=rev
            )  # fmt: skip


def _text(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()
