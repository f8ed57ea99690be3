"""A provider's answers as events of the split feed, by its profile.

Rule: what comes out does not depend on the order in which rows come, nor on who recorded them: revisions are the
provider's own, else the instant of receipt; nothing that a provider can send raises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from feeds import events
from feeds.decode import Decoder
from feeds.profiles.cells import BadRow, Cells
from feeds.profiles.forecasts import Forecasts
from feeds.profiles.legs import Gone
from feeds.profiles.paging import goes_on, page_of
from feeds.profiles.passing import Passing, Read
from feeds.profiles.races import Races
from feeds.profiles.rows import Refused, Row, RowReader
from feeds.profiles.snapshots import Key, Pictures
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
    minute after it was inserted. `duplicates`: passings that came again as they were. `mats`: (race, checkpoint) where
    anybody was read. `followed`: the runners who decide which of several races is shown, by id, bib or name.
    """

    def __init__(self, profile: Profile, answers: Mapping[str, str], followed: Sequence[str] = ()) -> None:
        self.profile = profile
        self.records = 0
        self.kinds: Counter[str] = Counter()
        self.changed: set[tuple[str, str]] = set()
        self.mats: set[tuple[str, str]] = set()
        self.duplicates = 0
        self.unknown_kinds: dict[str, int] = {}
        self.unknown_fields: dict[str, int] = {}
        defaults = {name: said for name, q in profile.questions.items() if (said := q.default or q.of_a_file)}
        self._answers = {**defaults, **answers}
        self._rows = RowReader(profile.rows, jsonp=profile.ask is not None and profile.ask.jsonp)
        self._cells = Cells(profile, self._answers)
        self._races = Races(profile, self._answers, followed)
        self._pictures = Pictures()
        self._forecasts = Forecasts(profile.forecast) if profile.forecast is not None else None
        self._own = Decoder()

    def read_all(self, deliveries: Sequence[Delivery]) -> Iterator[tuple[Delivery, Said]]:
        """The same of many, one by one."""
        return ((each, self.read(each)) for each in deliveries)

    def read(self, delivery: Delivery) -> Said:
        """The events and rejections of an answer, or of a row. Line 0 is no provider's: a rerun tells the race's clock."""
        if delivery.line == 0:
            return self._own(delivery.raw)
        try:
            document = self._rows.document(delivery.raw)
            if (points := self.profile.points) is not None and delivery.part == points.part:
                return (*self._races.learn(points, document), *self._reordered())
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
        if whole and self._races.order == []:
            for race in self._races.all():
                race.legs.begin()
        if part is not None:
            self._pictures.begin(part)
            self._end_pages_behind(part, document)
        said = list(self._all(rows, delivery, part))
        if whole and self._forecasts is not None:
            said += self._expected(self._forecasts, document, delivery, part)
        if part is not None:
            said += self._voids(delivery)
        return (*said, *self._sums())

    @property
    def question(self) -> str:
        """What the user has to be asked, in one line; empty where nothing has to be."""
        if self._races.order is None and any(race.legs.waiting for race in self._races.all()):
            return "legs are not summed before the document of points tells their order: declare it as [place] order"
        return self._races.question

    def _reordered(self) -> Iterator[Event]:
        """The sums of legs by an order that was told anew."""
        for race in self._races.all():
            race.legs.touch_all()
        return self._sums()

    def _sums(self) -> Iterator[Event]:
        """What the legs come to."""
        order = self._races.order
        for race in self._races.all() if order is not None else ():
            for said in race.legs.told(order or ()):
                if isinstance(said, Gone):
                    yield _void(said.passing.key(race.id), said.rev)
                else:
                    yield _passing(said, race.id, said.rev)

    def _expected(
        self, forecasts: Forecasts, document: Any, delivery: Delivery, part: str | None
    ) -> Iterator[Event | Rejection]:
        """What the provider expects: no row, and so not counted."""
        for named, passing in forecasts.read(document, self._races.places):
            race = self._races.named(named)
            if race is None:
                continue
            key = passing.key(race.id)
            if self._pictures.see(part, key, passing.content, passing.rev) == "same":
                continue
            try:
                yield from race.expect(passing.place)
                yield _passing(passing, race.id, self._pictures.revision(key, passing.rev))
            except ValidationError as error:
                yield self._refused(delivery, 1, 0, "forecast", str(error.errors()[0]["msg"]), {})

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
        race = self._races.of(row) if self._cells.wanted(row) else None
        if race is None:
            return
        read = self._cells.read(row, delivery.received_s, self._races.places)
        made = list(self._races.told(race, read))
        self._count(read, race.id)
        if self.profile.split.columns and self._races.order == []:
            race.legs.begin(read.id)
        for passing in read.passings:
            if passing.clock == "leg":
                race.legs.put(passing)
            if not passing.hole:
                made += self._seen(passing, race.id, part, read.changed_late_s)
        for status in read.statuses:
            more: dict[str, Any] = {"athlete": read.id, "status": status, "rev": read.rev, "sent": _text(read.sent)}
            made.append(events.Status(kind="status", race=race.id, **more))
        if read.refused:
            self._pictures.keep(read.id)
        yield from made
        yield from read.refused

    def _seen(self, passing: Passing, race: str, part: str | None, late_s: float | None) -> Iterator[Event]:
        """A passing, unless it was said before; of a leg only the sum is told."""
        key = passing.key(race)
        match self._pictures.see(part, key, passing.content, passing.rev):
            case "same":
                self.duplicates += 1
                return
            case "changed":
                self.changed.add((passing.athlete, passing.place.id))
        if late_s is not None and late_s > LATE_S:
            self.changed.add((passing.athlete, passing.place.id))
        if passing.clock != "leg":
            yield _passing(passing, race, self._pictures.revision(key, passing.rev))

    def _count(self, read: Read, race: str) -> None:
        """A row a split counts once, whatever clocks it tells; a row an athlete once a place."""
        own_start, wide = bool(self.profile.split.own_start), bool(self.profile.split.columns)
        counted: set[str] = set()
        for passing in read.passings:
            place = passing.place
            if passing.hole or (own_start and passing.kind == "start") or place.id in counted:
                continue
            if wide or not counted:
                self.kinds[passing.kind] += 1
            counted.add(place.id)
            self.mats.add((race, place.id))
        if read.statuses:
            self.kinds["status"] += len(read.statuses)

    def _voids(self, delivery: Delivery) -> Iterator[Event]:
        """What was there at the last look and is not any more, once the round is over."""
        if delivery.more:
            return
        received = int((delivery.received_s or 0.0) * 1000)
        for key, last in self._pictures.vanished():
            athlete, checkpoint, clock, lap, race = key
            self.kinds["void"] += clock != "ahead"
            if clock == "leg":
                self._leg_gone(athlete, checkpoint, lap, race)
                continue
            rev = self._pictures.revision(key, last) + 1
            rev = rev if self.profile.semantics.revision else max(received, rev)
            self._pictures.withdraw(key, rev)
            yield _void(key, rev)

    def _leg_gone(self, athlete: str, checkpoint: str, lap: int | None, race: str) -> None:
        for of in self._races.all():
            if of.id == race:
                of.legs.drop(athlete, checkpoint, lap)


def _passing(passing: Passing, race: str, rev: int) -> Event:
    more: dict[str, Any] = {"race": race, "rev": rev, "sent": _text(passing.sent), "at": _text(passing.at)}
    if passing.kind == "start":
        return events.Start(kind="start", scope="athlete", id=passing.athlete, **more)
    return events.Split(
        kind="split",
        athlete=passing.athlete,
        checkpoint=passing.place.id,
        occurrence=passing.place.lap,
        clock="gun" if passing.clock == "gun" else "net",
        elapsed_s=passing.elapsed_s,
        resolution_s=passing.resolution_s,
        place=passing.rank,
        quality="estimated" if passing.estimated else None,
        **more,
    )


def _void(key: Key, rev: int) -> Event:
    athlete, checkpoint, clock, lap, race = key
    said: dict[str, Any] = {"athlete": athlete, "checkpoint": checkpoint, "occurrence": lap}
    said["clock"] = "net" if clock in ("leg", "ahead") else clock
    return events.Void(kind="void", race=race, rev=rev, **said)


def _text(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()
