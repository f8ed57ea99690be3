"""Athletes and mats as a provider's rows name them. Rule: what is known in the end is the same, whatever came first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from feeds import events
from feeds.profiles.fields import filled
from feeds.profiles.legs import Legs
from feeds.profiles.model import Profile
from feeds.profiles.passing import Read
from feeds.profiles.places import Place

if TYPE_CHECKING:
    from feeds.events import Event

LATEST_S = 7_258_118_400
"""Beyond every instant that is believed: so much less its own is the revision of a start, so that the first one wins."""


class Athletes:
    """What rows say of athletes; told when it is new, and when what was said before turns out to be later."""

    def __init__(self) -> None:
        self._said: dict[str, dict[tuple[tuple[str, str], ...], list[int]]] = {}

    def told(self, race: str, read: Read) -> Iterator[Event]:
        """The messages of a row's athlete."""
        said = self._said.setdefault(read.id, {})
        revs = said.setdefault(read.about, [read.rev, -1])
        revs[0] = max(revs[0], read.rev)
        for about, (seen, told) in said.items():
            if told < 0 or (len(said) > 1 and seen > told):
                said[about][1] = seen
                yield events.Athlete.model_validate(
                    {"kind": "athlete", "race": race, "id": read.id, "rev": seen, **dict(about)}
                )


class Mats:
    """A race with the mats that rows and points have named so far. `shown`: whether it is described at all."""

    def __init__(self, profile: Profile, answers: Mapping[str, str], id: str, called: str = "") -> None:
        section = profile.race
        given = {name: filled(getattr(section, name), answers) for name in ("name", "date", "time_zone", "gun")}
        self._given = {name: value for name, value in given.items() if value}
        self._total_m = total_m(profile, answers)
        self.id = id
        self.name = self._given.pop("name", "") or called or profile.title
        self._first_start = section.gun_is_first_start and not section.started and "gun" not in self._given
        self._started: datetime | None = None
        self._gun_s: float | None = None
        self._found: dict[str, Place] = {}
        self.athletes = Athletes()
        self.legs = Legs()
        self.shown = True
        self._told = False

    def learn(self, places: Iterable[Place]) -> Iterator[Event]:
        """Mats that are known before anybody passes."""
        self._found |= {place.id: place for place in places}
        if self._found and self.shown:
            yield self._message()

    def expect(self, place: Place) -> Iterator[Event]:
        """A mat that is named before anybody was read there."""
        if place.id not in self._found:
            yield from self.learn([place])

    def show(self) -> Iterator[Event]:
        """Describe it from now on."""
        if not self.shown:
            self.shown = True
            yield self._message()

    def told(self, read: Read) -> Iterator[Event]:
        """The race, if a row has named a new mat; and its gun, if the first start is that and this one is earlier."""
        new = [p.place for p in read.passings if p.place.id not in self._found]
        if new or not self._told:
            self._found |= {place.id: place for place in new}
            if self.shown:
                yield self._message()
        if read.gun is not None and "gun" not in self._given and self._started != read.gun:
            self._started = read.gun
            yield self._begins(read.gun, read.rev)
        for passing in read.passings if self._first_start else ():
            if passing.kind == "start" and passing.at is not None:
                at_s = passing.at.timestamp()
                if self._gun_s is None or at_s < self._gun_s:
                    self._gun_s = at_s
                    yield self._begins(passing.at, int((LATEST_S - at_s) * 1000))

    def _begins(self, at: datetime, rev: int) -> Event:
        said = {"kind": "start", "scope": "race", "id": self.id, "race": self.id, "at": at.isoformat(), "rev": rev}
        return events.Start.model_validate(said)

    def _message(self) -> Event:
        """The race with all mats known: its revision is how many, so that whoever knows more is right."""
        self._told = True
        mats = sorted(self._found.values(), key=lambda p: (p.metres is None, p.metres or 0.0, p.id))
        whole_m = self._total_m
        if whole_m is None:
            whole_m = next((p.metres for p in mats if p.kind == "finish" and p.metres is not None), None)
        checkpoints = [
            {"id": p.id, "name": p.name, "type": p.kind, **({} if p.metres is None else {"distance_m": p.metres})}
            for p in mats
        ]
        said = {"kind": "race", "id": self.id, "name": self.name, **self._given, "rev": len(mats)}
        said |= {"checkpoints": tuple(events.Checkpoint.model_validate(c) for c in checkpoints)}
        if whole_m:
            said["distance_m"] = whole_m
        gun = said.pop("gun", None)
        return events.Race.model_validate({**said, **({"gun": gun} if gun else {})})


def total_m(profile: Profile, answers: Mapping[str, str]) -> float | None:
    """Metres of the course, where they were said."""
    said = filled(profile.race.distance_m, answers)
    return float(said) if said.replace(".", "", 1).isdigit() else None
