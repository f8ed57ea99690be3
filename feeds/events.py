"""The vocabulary of a split feed, version 1: frozen, strict models in one discriminated union.

Units are metres, seconds, degrees Celsius and metres a second; instants are RFC 3339 with an offset.
Rule: what is not said here cannot be said about a race.
"""
# size: one vocabulary, read side by side

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from feeds.instant import Instant
from feeds.seen import Form, Values, form_of, values_of
from feeds.text import Id, Prose, Text

Quality = Literal["official", "reported", "witnessed", "derived", "estimated", "interpolated"]
Clock = Literal["gun", "net"]
Rounding = Literal["up", "down", "nearest", "unknown"]
Device = Literal["chip", "backup", "camera", "hand", "gps"]
Division = Literal["run", "wheelchair", "handcycle", "walk", "cycle", "other"]

Metres = Annotated[float, Field(ge=0, le=10_000_000)]
Seconds = Annotated[float, Field(ge=0, le=10_000_000)]
Pace = Annotated[float, Field(gt=0, le=100_000, description="seconds per kilometre")]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Part(BaseModel):
    """A value inside a message."""

    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False, extra="ignore")


class Message(Part):
    """What every message may carry. A missing `rev` is 1."""

    message_id: Id | None = None
    race: Id | None = None
    rev: Annotated[int, Field(ge=0, le=2**63 - 1)] = 1
    at: Instant | None = None
    sent: Instant | None = None
    quality: Quality | None = None
    source: Prose | None = None
    synthetic: bool = False

    @property
    def at_s(self) -> float | None:
        """`at` as POSIX seconds."""
        return None if self.at is None else self.at.timestamp()

    @property
    def sent_s(self) -> float | None:
        """`sent` as POSIX seconds."""
        return None if self.sent is None else self.sent.timestamp()


class Checkpoint(Part):
    """A mat. `distance_m` is along the course from the start; none where it is not known.

    `carries` is false for a place without a mat, whose times are only ever derived: nobody is waited for there.
    """

    id: Id
    name: Text | None = None
    distance_m: Metres | None = None
    type: Literal["start", "split", "finish"] = "split"
    carries: bool = True


class Waypoint(Part):
    """A point of the course's geometry, at a distance along it."""

    distance_m: Metres
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    name: Text | None = None
    quality: Quality | None = None


class Landmark(Part):
    """A place beside the course, for maps."""

    name: Text
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    quality: Quality | None = None


class Height(Part):
    """Metres above the sea at a distance along the course."""

    distance_m: Metres
    height_m: Annotated[float, Field(ge=-500, le=9000)]
    quality: Quality | None = None


class Laps(Part):
    """Laps of `lap_m`, the first beginning at `from_m`."""

    count: Annotated[float, Field(gt=0, le=10_000)]
    lap_m: Annotated[float, Field(ge=1, le=10_000_000)]
    from_m: Metres = 0.0
    quality: Quality | None = None


class Target(Part):
    """A schedule to be compared with: a finish time at even pace, a pace, or (metres, seconds) points."""

    name: Text
    finish_s: Annotated[float, Field(gt=0, le=10_000_000)] | None = None
    pace_s_per_km: Pace | None = None
    points: Annotated[tuple[tuple[Metres, Seconds], ...], Field(max_length=10_000)] = ()
    from_m: Metres = 0.0
    quality: Quality | None = None
    source: Prose | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Target:
        if self.points and not all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(self.points)):
            raise ValueError("points must rise, in metres and in seconds: write them from the start on, each once")
        if self.finish_s is None and self.pace_s_per_km is None and len(self.points) < 2:
            raise ValueError("give finish_s, pace_s_per_km or at least two points")
        return self


class Limit(Part):
    """Paces of a division (s/km) under which a section is flagged or put aside."""

    division: Division
    flag_s_per_km: Pace
    quarantine_s_per_km: Pace


class Race(Message):
    """The race itself. `gun` is none until it has gone; `date` says the day where the hour is not known."""

    kind: Literal["race"]
    id: Id
    name: Text
    place: Text | None = None
    date: Day | None = None
    gun: Instant | None = None
    time_zone: Text | None = None
    distance_m: Annotated[float, Field(ge=1, le=10_000_000)] | None = None
    checkpoints: Annotated[tuple[Checkpoint, ...], Field(max_length=1000)] = ()
    course: Annotated[tuple[Waypoint, ...], Field(max_length=100_000)] = ()
    landmarks: Annotated[tuple[Landmark, ...], Field(max_length=1000)] = ()
    heights: Annotated[tuple[Height, ...], Field(max_length=100_000)] = ()
    course_note: Prose | None = None
    laps: Laps | None = None
    targets: Annotated[tuple[Target, ...], Field(max_length=100)] = ()
    limits: Annotated[tuple[Limit, ...], Field(max_length=20)] = ()
    record_eligible: bool | None = None
    runner: Id | None = Field(None, description="the athlete whom the feed is mainly about")


class Best(Part):
    """A best time before this race."""

    distance_m: Metres
    time_s: Seconds
    where: Text | None = None
    quality: Quality | None = None


class Athlete(Message):
    """A runner or a pacer."""

    kind: Literal["athlete"]
    id: Id
    bib: Text | None = None
    name: Text | None = None
    country: Country | None = None
    sex: Literal["M", "W", "X"] | None = None
    category: Text | None = None
    division: Division = "run"
    wave: Id | None = None
    role: Literal["runner", "pacer"] = "runner"
    team: Text | None = None
    bests: Annotated[tuple[Best, ...], Field(max_length=20)] = ()


class Start(Message):
    """The start of the race (the gun), of a wave, or of one athlete; `at` is the instant."""

    kind: Literal["start"]
    scope: Literal["race", "wave", "athlete"]
    id: Id


class Split(Message):
    """A passing at a mat, named by its checkpoint or by its distance; elapsed on `clock`, or `at`, or both."""

    kind: Literal["split"]
    athlete: Id
    checkpoint: Id | None = None
    distance_m: Metres | None = None
    occurrence: Annotated[int, Field(ge=1, le=1000)] | None = None
    clock: Clock = "gun"
    elapsed_s: Seconds | None = None
    resolution_s: Annotated[float, Field(gt=0, le=3600)] | None = None
    rounding: Rounding = "unknown"
    device: Device = "chip"
    place: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    provisional: bool = False

    @property
    def form(self) -> Form:
        """What it has in common with many splits."""
        return form_of(self.__dict__)

    @property
    def values(self) -> Values:
        """What is its own."""
        return values_of(self.__dict__)


class Void(Message):
    """A split is withdrawn; without a clock, on both."""

    kind: Literal["void"]
    athlete: Id
    checkpoint: Id | None = None
    distance_m: Metres | None = None
    occurrence: Annotated[int, Field(ge=1, le=1000)] | None = None
    clock: Clock | None = None


class Position(Message):
    """Where an athlete was on the course `at` a moment; never outranks a mat."""

    kind: Literal["position"]
    athlete: Id
    distance_m: Metres
    accuracy_m: Metres | None = None
    device: Literal["gps", "car", "transponder", "witness"] = "gps"


class Slot(Part):
    """A place in a formation. `athlete` or `name` is none where it was not published."""

    slot: Literal[
        "captain", "left_inner", "left_outer", "right_inner", "right_outer", "rear_left", "rear_right",
        "front_right", "front_left", "unplaced",
    ]  # fmt: skip
    athlete: Id | None = None
    quality: Quality | None = None
    source: Prose | None = None


class Formation(Message):
    """Who paces, from a distance or a moment on. No team and no slots: the runner is alone."""

    kind: Literal["formation"]
    plan: Literal["planned", "actual"] = "planned"
    from_m: Metres | None = None
    to_m: Metres | None = None
    team: Text | None = None
    leg: Annotated[int, Field(ge=1, le=1000)] | None = None
    legs: Annotated[int, Field(ge=1, le=1000)] | None = None
    size: Annotated[int, Field(ge=0, le=100)] | None = Field(None, description="pacers in the formation")
    slots: Annotated[tuple[Slot, ...], Field(max_length=100)] = ()


class Line(Message):
    """Where a pace line is (`distance_m`), what it is set to, or how far before the first pacer it runs (`ahead_m`)."""

    kind: Literal["line"]
    name: Id
    from_m: Metres | None = None
    distance_m: Metres | None = None
    pace_s_per_km: Pace | None = None
    ahead_m: Metres | None = None


class Status(Message):
    """What became of an athlete. It gates times: a DNF's finish clock counts for nothing."""

    kind: Literal["status"]
    athlete: Id
    status: Literal["DNS", "DNF", "DSQ", "reinstated", "finished"]
    reason: Prose | None = None


class Conditions(Message):
    """The weather at a place."""

    kind: Literal["conditions"]
    place: Text | None = None
    temperature_c: Annotated[float, Field(ge=-90, le=70)] | None = None
    humidity_pct: Annotated[float, Field(ge=0, le=100)] | None = None
    wind_m_s: Annotated[float, Field(ge=0, le=120)] | None = None
    text: Prose | None = None


class Note(Message):
    """A text for people. `at` none: it belongs to the whole race."""

    kind: Literal["note"]
    text: Prose


class Heartbeat(Message):
    """The race's own time now; no state."""

    kind: Literal["heartbeat"]
    rate: Annotated[float, Field(gt=0, le=1_000_000)] = 1.0
    interval_s: Annotated[float, Field(gt=0, le=86_400)] | None = None


class End(Message):
    """The race is over."""

    kind: Literal["end"]
    result: Literal["official", "provisional"] = "official"


Event = Annotated[
    Race | Athlete | Start | Split | Void | Position | Formation | Line | Status | Conditions | Note | Heartbeat | End,
    Field(discriminator="kind"),
]
