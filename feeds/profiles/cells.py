"""One row of a provider's answer: who, where, when, by which clock, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from feeds.profiles import times
from feeds.profiles.fields import Field, Fields, filled, is_set, text_of
from feeds.profiles.layout import Column, Time, TimeClock
from feeds.profiles.model import Profile
from feeds.profiles.passing import About, Clock, Passing, Read
from feeds.profiles.places import MILE_M, Kind, Place, Places
from feeds.profiles.rows import Row
from feeds.profiles.times import NoTime
from feeds.text import clean

MOST_KNOWN = 100_000
UNIT_M = {"m": 1.0, "km": 1000.0, "mi": MILE_M}


class BadRow(ValueError):
    """A row that says nothing sure. `field` is where."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


class Cells:  # size: one row is read step by step, each step a method
    """Reads rows by a profile and the user's answers."""

    def __init__(self, profile: Profile, answers: Mapping[str, str]) -> None:
        self._profile, self._answers = profile, answers
        athlete, split = profile.athlete, profile.split
        self._id = Fields(athlete.id, answers)
        about = ("bib", "name", "country", "sex", "category", "team")
        self._about = [(name, Fields(getattr(athlete, name), answers)) for name in about if getattr(athlete, name)]
        self._strip = re.compile("|".join(f"(?:{p})" for p in athlete.strip)) if athlete.strip else None
        self._place = Fields(split.place, answers) if split.place else None
        self._metres = Field(split.metres)
        self._times = [(Field(time.field), time) for time in split.times]
        self._ornaments, self._nulls = split.strip, split.all_nulls
        self._legged = any(time.clock == "leg" for time in split.times)
        self._started = Field(profile.race.started)
        self._rank, self._own = Field(split.rank), Field(split.own_start)
        self._start, self._finish = Field(split.is_start), Field(split.is_finish)
        semantics = profile.semantics
        self._revision, self._inserted = Field(semantics.revision or semantics.sequence), Field(semantics.inserted)
        self._statuses = [(Field(section.field), section) for section in profile.status]
        self._estimates = [(Field(e.field), re.compile(e.pattern, re.IGNORECASE)) for e in profile.estimated]
        self._filters = [(Field(f.field), self._wanted(f.values, f.answer)) for f in profile.filter]
        self._outcomes = [(Field(o.path), o) for o in profile.ask.outcomes] if profile.ask is not None else []
        self._known: dict[tuple[str | None, ...], About] = {}
        self._columns: dict[str, tuple[Column, str] | None] = {}

    def _wanted(self, values: tuple[str, ...], answer: str) -> frozenset[str]:
        given = self._answers.get(answer, "") if answer else ""
        return frozenset(v.casefold() for v in (*values, *([given] if given else [])))

    def outcome(self, document: Any) -> str | None:
        """What an answer with HTTP 200 means nevertheless: "empty", or why nothing can be read; none if it is well."""
        for field, outcome in self._outcomes:
            value = text_of(field(document))
            if value is not None and (not outcome.values or value in outcome.values):
                return "empty" if outcome.means == "empty" else f"the provider says {clean(value, 80)}"
        return None

    def id(self, row: Row) -> str | None:
        """Whose a row is; none where it does not say."""
        return self._id(row)

    def wanted(self, row: Row) -> bool:
        """Whether the filters let a row through."""
        return all(not values or (text_of(field(row)) or "").casefold() in values for field, values in self._filters)

    def read(self, row: Row, received_s: float | None, places: Places) -> Read:
        """All of a row. BadRow, or pydantic's error later, for what cannot be."""
        id = self._id(row)
        if id is None:
            raise BadRow(self._profile.athlete.id[0], "is missing: whose row is this?")
        rev, sent, late_s = self._touched(row, received_s)
        found: list[Passing] = []
        refused: list[tuple[str, str]] = []
        if self._profile.split.columns:
            found += self._wide(row, id, rev, sent, places, refused)
        if self._place is not None or self._metres.path:
            found += self._long(row, id, rev, sent, places)
        if self._own.path and (text := text_of(self._own(row))) is not None:
            found.append(self._own_start(text, id, rev, places))
        became, gun = tuple(self._became(row)), self._gun(row) if self._started.path else None
        return Read(id, self._who(row), rev, sent, late_s, tuple(found), became, tuple(refused), gun)

    def _gun(self, row: Row) -> datetime | None:
        text = text_of(self._started(row))
        try:
            return None if text is None else times.instant(text, self._profile.race.started_form)
        except NoTime as error:
            raise BadRow(self._started.path, str(error)) from None

    def _who(self, row: Row) -> About:
        """What a row says of its athlete; looked up, since most rows say what the one before said."""
        said = tuple([field(row) for _, field in self._about])
        found = self._known.get(said)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[said] = tuple(self._cleaned(said))
        return found

    def _cleaned(self, said: tuple[str | None, ...]) -> Iterator[tuple[str, str]]:
        for (name, _), given in zip(self._about, said, strict=True):
            text = given
            if text is not None and self._strip is not None:
                text = self._strip.sub("", text).strip()
            if name == "sex" and text is not None:
                text = self._profile.athlete.sexes.get(text.casefold())
            if name == "country" and text is not None:
                text = text.upper() if len(text) == 3 and text.isascii() and text.isalpha() else None
            if text:
                yield name, text

    def _touched(self, row: Row, received_s: float | None) -> tuple[int, datetime | None, float | None]:
        """Revision, when it was inserted, and how long after that it was touched."""
        inserted = times.stamp(self._inserted(row)) if self._inserted.path else None
        updated = times.stamp(self._revision(row)) if self._revision.path else None
        rev = updated[0] if updated else int(received_s * 1000) if received_s is not None else 1
        sent = None
        if inserted is not None:
            try:
                sent = datetime.fromtimestamp(inserted[1], UTC)
            except (OverflowError, OSError, ValueError):
                raise BadRow(self._inserted.path, "is no instant") from None
        late_s = updated[1] - inserted[1] if updated and inserted else None
        return rev, sent, late_s

    def _long(self, row: Row, id: str, rev: int, sent: datetime | None, places: Places) -> Iterator[Passing]:
        metres = self._distance(row)
        name = self._place(row) if self._place is not None else None
        if name is None and metres is None:
            raise BadRow(self._profile.split.place[0] if self._profile.split.place else self._metres.path, "is missing")
        kind: Kind | None = "start" if self._is(self._start, row) else "finish" if self._is(self._finish, row) else None
        place = places.find(name or f"{metres:g}m", metres, kind)
        if place is None:
            return
        read = [(time, text) for field, time in self._times if (text := self._bare(field(row))) is not None]
        at = next((self._instant(time, text) for time, text in read if time.clock == "epoch"), None)
        is_start = place.kind == "start"
        rank, estimated = self._ranked(row), self._is_estimate(row)
        if is_start and at is not None:
            yield Passing("start", id, place, "net", None, None, at, None, False, rev, sent)
            return
        clocks = [(time, text) for time, text in read if time.clock != "epoch"]
        if self._legged and not any(time.clock == "leg" for time, _ in read):
            yield Passing("split", id, place, "leg", None, None, None, None, False, rev, sent)
        if not clocks and at is not None:
            yield Passing("split", id, place, "gun", None, None, at, rank, estimated, rev, sent)
        if not clocks and at is None:
            said = any(field.is_in(row) for field, _ in self._times)  # that there is none yet, or a mat that was missed
            if said or is_start or self._is_out(row):
                return
            raise BadRow(self._times[0][0].path if self._times else "times", "is missing: no time in this row")
        seen: set[Clock] = set()
        for time, text in clocks:
            clock, elapsed_s, when = self._elapsed(time.field, time.clock, time.form, text)
            if clock in seen or (is_start and elapsed_s == 0):
                continue
            seen.add(clock)
            step = times.resolution(text, time.form)
            yield Passing("split", id, place, clock, elapsed_s, step, at or when, rank, estimated, rev, sent)

    def _wide(
        self, row: Row, id: str, rev: int, sent: datetime | None, places: Places, refused: list[tuple[str, str]]
    ) -> Iterator[Passing]:
        for name, value in row.items():
            if name not in self._columns:
                if len(self._columns) >= MOST_KNOWN:
                    self._columns.clear()
                self._columns[name] = self._column(name)
            if (matched := self._columns[name]) is None:
                continue
            column, called = matched
            text = self._bare(value)
            place = places.find(called)
            if place is None:
                continue
            hole = Passing("split", id, place, "leg", None, None, None, None, False, rev, sent)
            if text is None or text.upper() in ("DNS", "DNF", "DSQ"):
                if column.clock == "leg":
                    yield hole
                continue
            try:
                clock, elapsed_s, at = self._elapsed(name, column.clock, column.form, text)
            except BadRow as error:
                refused.append((name, str(error)))
                if column.clock == "leg":
                    yield hole
                continue
            if elapsed_s is None:
                continue
            step = times.resolution(text, column.form)
            yield Passing("split", id, place, clock, elapsed_s, step, at, None, self._is_estimate(row), rev, sent)

    def _column(self, name: str) -> tuple[Column, str] | None:
        """The column that a name is of, and what its place is called."""
        for column in self._profile.split.columns:
            if column.exact and name.casefold() == column.exact.casefold():
                return column, column.place or name
            if column.contains and column.contains.casefold() in name.casefold():
                return column, column.place or name
            if column.pattern and (found := re.fullmatch(column.pattern, name, re.IGNORECASE)) is not None:
                return column, column.place or found.groupdict().get("place") or name
        return None

    def _bare(self, value: Any) -> str | None:
        return times.bare(value, self._ornaments, self._nulls)

    def _elapsed(
        self, field: str, clock: TimeClock, form: times.Form, text: str
    ) -> tuple[Clock, float | None, datetime | None]:
        """(clock, elapsed seconds, instant) of a time in a row. BadRow."""
        try:
            if clock == "day":
                day_s = times.time_of_day(text)
                return "gun", self._since_start(day_s), self._on_the_day(day_s)
            seconds = times.duration(text, form)
        except NoTime as error:
            raise BadRow(field, str(error)) from None
        return ("gun" if clock == "epoch" else clock), seconds, None

    def _since_start(self, day_s: float) -> float | None:
        start = self._answers.get("start", "")
        try:
            return times.since(times.time_of_day(start), day_s) if start else None
        except NoTime as error:
            raise BadRow("start", str(error)) from None

    def _on_the_day(self, day_s: float) -> datetime | None:
        """The instant, if date and zone are known; a time before the start is after midnight."""
        day = filled(self._profile.race.date, self._answers)
        zone = filled(self._profile.race.time_zone, self._answers)
        if not (day and zone):
            return None
        elapsed_s, start = self._since_start(day_s), self._answers.get("start", "")
        if elapsed_s is not None:
            day_s = times.time_of_day(start) + elapsed_s
        try:
            return times.on(date.fromisoformat(day), day_s, zone)
        except ValueError as error:
            raise BadRow("date", str(error)) from None

    def _instant(self, time: Time, text: str) -> datetime:
        try:
            return times.instant(text, time.form if time.form != "auto" else "epoch_s")
        except NoTime as error:
            raise BadRow(time.field, str(error)) from None

    def _own_start(self, text: str, id: str, rev: int, places: Places) -> Passing:
        try:
            at = times.instant(text, self._profile.split.own_start_form)
        except NoTime as error:
            raise BadRow(self._own.path, str(error)) from None
        place = places.find("start") or Place("start", "start", 0.0, "start")
        return Passing("start", id, place, "net", None, None, at, None, False, rev, None)

    def _is(self, flag: Field, row: Row) -> bool:
        return bool(flag.path) and is_set(flag(row))

    def _distance(self, row: Row) -> float | None:
        value = self._metres(row) if self._metres.path else None
        try:
            return None if value is None else float(value) * UNIT_M[self._profile.split.metres_unit]
        except (TypeError, ValueError):
            raise BadRow(self._metres.path, "is no distance") from None

    def _ranked(self, row: Row) -> int | None:
        text = (text_of(self._rank(row)) or "").rstrip(".") if self._rank.path else ""
        return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 10_000_000 else None

    def _is_estimate(self, row: Row) -> bool:
        return any(pattern.search(text_of(field(row)) or "") is not None for field, pattern in self._estimates)

    def _is_out(self, row: Row) -> bool:
        return any(True for _ in self._became(row))

    def _became(self, row: Row) -> Iterator[str]:
        for field, section in self._statuses:
            found = field(row)
            if section.flag is not None and is_set(found):
                yield section.flag
            text = (text_of(found) or "").casefold()
            for word, status in section.values.items():
                if text and text == word.casefold():
                    yield status
