"""Athletes and mats as a provider's rows name them. Rule: what is known in the end is the same, whatever came first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from feeds import events
from feeds.profiles.cells import UNIT_M, Read
from feeds.profiles.fields import Field, filled, is_set, text_of
from feeds.profiles.model import PointsSection, Profile
from feeds.profiles.places import Kind, Place, Places

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
    """The mats that rows and points have named so far, and the race that has them."""

    def __init__(self, profile: Profile, answers: Mapping[str, str]) -> None:
        section = profile.race
        given = {
            name: filled(getattr(section, name), answers) for name in ("name", "date", "time_zone", "gun", "distance_m")
        }
        self._given = {name: value for name, value in given.items() if value}
        distance = self._given.pop("distance_m", "")
        self._total_m = float(distance) if distance.replace(".", "", 1).isdigit() else None
        self._fallback = profile.title
        self._first_start = section.gun_is_first_start and "gun" not in self._given
        self._race = filled(section.id, answers) or profile.name
        self._gun_s: float | None = None
        place = profile.place
        self.places = Places(place.aliases, place.metres, place.ignore, place.lap, self._total_m)
        self._found: dict[str, Place] = {}
        self._told = False

    def learn(self, section: PointsSection, document: Any) -> Iterator[Event]:
        """What a document of points says: known before anybody passes."""
        found = Field(section.path)(document)
        get = {name: Field(getattr(section, name)) for name in ("name", "label", "metres", "is_start", "is_finish")}
        for point in found if isinstance(found, list) else ():
            name = text_of(get["name"](point))
            if name is None:
                continue
            try:
                metres = float(get["metres"](point)) * UNIT_M[section.unit]
            except (TypeError, ValueError):
                metres = None
            kind: Kind | None = (
                "start" if is_set(get["is_start"](point)) else "finish" if is_set(get["is_finish"](point)) else None
            )
            self.places.learn(name, metres, kind)
            if (place := self.places.find(name)) is not None:
                self._found[place.id] = place
        if self._found:
            yield self._message()

    def told(self, read: Read, race: str) -> Iterator[Event]:
        """The race, if a row has named a new mat; and its gun, if the first start is that and this one is earlier."""
        new = [p.place for p in read.passings if p.place.id not in self._found]
        if new or not self._told:
            self._found |= {place.id: place for place in new}
            yield self._message()
        for passing in read.passings if self._first_start else ():
            if passing.kind == "start" and passing.at is not None:
                at_s = passing.at.timestamp()
                if self._gun_s is None or at_s < self._gun_s:
                    self._gun_s = at_s
                    said = {"kind": "start", "scope": "race", "id": race, "race": race, "at": passing.at.isoformat()}
                    yield events.Start.model_validate({**said, "rev": int((LATEST_S - at_s) * 1000)})

    def _message(self) -> Event:
        """The race with all mats known: its revision is how many, so that whoever knows more is right."""
        self._told = True
        mats = sorted(self._found.values(), key=lambda p: (p.metres is None, p.metres or 0.0, p.id))
        total_m = self._total_m
        if total_m is None:
            total_m = next((p.metres for p in mats if p.kind == "finish" and p.metres is not None), None)
        checkpoints = [
            {"id": p.id, "name": p.name, "type": p.kind, **({} if p.metres is None else {"distance_m": p.metres})}
            for p in mats
        ]
        said = {"kind": "race", "id": self._race, "name": self._fallback, **self._given, "rev": len(mats)}
        said |= {"checkpoints": tuple(events.Checkpoint.model_validate(c) for c in checkpoints)}
        if total_m:
            said["distance_m"] = total_m
        gun = said.pop("gun", None)
        return events.Race.model_validate({**said, **({"gun": gun} if gun else {})})
