"""What is known about a race at one moment, frozen; what every panel, report and test reads.

Rule: values compare by identity, there is an EMPTY one, and nothing in here knows what happens later.
Elapsed times are seconds since the gun (negative before it), distances metres from the start; a gap is
negative when the runner is ahead, in seconds and in metres alike.
"""
# size: one vocabulary, read side by side

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tracker.race.course import Checkpoint, Course
from tracker.race.pieces import Schedule
from tracker.race.plan import Plan
from tracker.race.projection.forecast import Forecast

CARRYING = frozenset({"official", "reported", "witnessed"})
"""Qualities of a mark that carry a gap, a position and a projection."""

Phase = Literal["empty", "before", "running", "finished", "out"]
Standing = Literal["measured", "estimated", "at_least"]


@dataclass(frozen=True, slots=True, eq=False)
class RaceInfo:
    """The race as its feed describes it. `gun_s` is POSIX time, none where the feed names no instant."""

    id: str = ""
    name: str = ""
    place: str | None = None
    date: str | None = None
    time_zone: str | None = None
    gun_s: float | None = None
    record_eligible: bool | None = None
    synthetic: bool = False

    @property
    def title(self) -> str:
        """`Berlin 2018`; where the place or the day is not known, its name."""
        return f"{self.place} {self.date[:4]}" if self.place and self.date else self.name or self.id


@dataclass(frozen=True, slots=True, eq=False)
class Runner:
    """An athlete. `bests` are (metres, seconds, where)."""

    id: str = ""
    name: str = ""
    bib: str | None = None
    country: str | None = None
    sex: str | None = None
    role: str = "runner"
    team: str | None = None
    status: str | None = None
    bests: tuple[tuple[float, float, str | None], ...] = ()

    @property
    def surname(self) -> str:
        """The last word of the name, the whole name where that is only an initial; without a name the bib."""
        last = self.name.split()[-1] if self.name.split() else ""
        return last if len(last.rstrip(".")) > 1 else self.name.strip() or self.bib or self.id

    @property
    def initial(self) -> str:
        """One character for the road and the course."""
        return self.surname[:1].upper()[:1] or "?"


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One passing as the tables show it.

    `quality` is the mark's source; `carries` says whether gaps and positions rest on it. `section_s` is the time
    since the last mat of the regular grid (none for a mat off the grid), `section_m` its length; `pace_s_per_km`
    is over `pace_m`. `gap_s` is against the snapshot's target. `was_s` is the value before a correction, `rejected`
    the reason why it does not count.
    """

    checkpoint: Checkpoint
    distance_m: float | None
    elapsed_s: float
    quality: str
    resolution_s: float
    carries: bool
    clock: str = "gun"
    source: str | None = None
    section_s: float | None = None
    section_m: float | None = None
    pace_s_per_km: float | None = None
    pace_m: float | None = None
    gap_s: float | None = None
    even_pace_s: float | None = None
    was_s: float | None = None
    known_s: float | None = None
    provisional: bool = False
    backup: bool = False
    flag: str | None = None
    rejected: str | None = None
    place: int | None = None
    rounding: str = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """Where the runner is. `at_least`: the mat is overdue, and only the last mark is sure.

    `low_m` and `high_m` hold them with 80 %; none where there is no model, or nothing to estimate.
    """

    distance_m: float
    quality: Standing
    pace_s_per_km: float | None = None
    basis: str = ""
    """What the estimate rests on, in words: "last 5 km", "laser announced", …"""
    low_m: float | None = None
    high_m: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """The next mat that is waited for and when it is due, in elapsed seconds; `in_s` whole, from the second shown now.

    With a model `eta_s` is the median, `q10_s` to `q90_s` hold the moment with 80 %, and `late_from_s` is the 95 %
    quantile. `silent`: mats before it, or itself where it is the last, that read nobody of those around;
    `silent_since_s`: when the first of them was due. About the runner that says nothing.
    """

    checkpoint: Checkpoint
    eta_s: float
    in_s: float
    overdue_from_s: float
    state: Literal["due", "late", "overdue", "silent"] | None = None
    basis: str = ""
    q10_s: float | None = None
    q90_s: float | None = None
    late_from_s: float | None = None
    silent: tuple[Checkpoint, ...] = ()
    silent_since_s: float | None = None

    @property
    def bounds(self) -> bool:
        """Whether the mat's moment has come and nobody came: from then on the runner can only be further behind."""
        return self.state is not None and self.state != "silent"


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """The gap to a schedule: exact at the last mark that carries, estimated now.

    `now_s` and `metres` are estimates (`quality` estimated), exact (measured: age 0), or bounds (at_least: overdue).
    `line_m` is where the schedule is now. `before_s` is the gap at the mark before.
    """

    plan: Plan
    mark: Mark
    seconds: float
    resolution_s: float
    quality: Standing
    age_s: float
    now_s: float
    metres: float | None
    line_m: float | None
    before: Mark | None = None
    before_s: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """When the runner will be at a mat: median, 10 % and 90 % quantile, elapsed seconds since the gun."""

    checkpoint: Checkpoint
    eta_s: float
    q10_s: float
    q90_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Believed:
    """The finish as it was projected at a mark: quantiles and the chance of the target, on the runner's clock.

    `point`: whether the median was to be shown, not the band alone.
    """

    distance_m: float
    q10_s: float
    median_s: float
    q90_s: float
    p_target: float | None = None
    point: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Receipt:
    """Said at `at_m` of `of_m`: with 80 % between `low_s` and `high_s`, the middle at `middle_s`, on the runner's clock.

    `came_s` is when they were there, none while that is not known.
    """

    at_m: float
    of_m: float
    low_s: float
    middle_s: float
    high_s: float
    came_s: float | None = None

    @property
    def held(self) -> bool | None:
        """Whether the band held; none while nothing came."""
        return None if self.came_s is None else self.low_s <= self.came_s <= self.high_s


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Finish times, each named for what it is; the quantiles and what follows from them are none without a model.

    `needed_pace_s_per_km`: the average from here that still meets the target. `last_*`: the last stretch of about 5 km.
    `p_target` is the chance of the target if the runner finishes. `arrivals` are the mats to come, the finish last;
    `history` what was believed at each mark. `point`: whether the median is to be shown, not the band alone.
    `ahead` tells the moment at any place ahead, on the runner's clock.
    """

    even_pace_s: float | None = None
    goal_gap_s: float | None = None
    needed_pace_s_per_km: float | None = None
    last_pace_s_per_km: float | None = None
    last_m: float | None = None
    mean_pace_s_per_km: float | None = None
    finish_s: float | None = None
    median_s: float | None = None
    q05_s: float | None = None
    q10_s: float | None = None
    q25_s: float | None = None
    q75_s: float | None = None
    q90_s: float | None = None
    q95_s: float | None = None
    p_target: float | None = None
    point: bool = True
    arrivals: tuple[Arrival, ...] = ()
    history: tuple[Believed, ...] = ()
    warnings: tuple[str, ...] = ()
    ahead: Forecast | None = None
    resolution_s: float = 0.0
    basis: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Pacer:
    """A place in a formation; `name` is none where it was not published."""

    slot: str
    name: str | None
    role: Literal["captain", "pacer"]
    quality: str


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """One stretch with one formation. Times are elapsed seconds by the best knowledge of now."""

    number: int
    team: str | None
    from_m: float
    to_m: float
    quality: str
    start_s: float | None = None
    end_s: float | None = None
    size: int = 0
    slots: tuple[Pacer, ...] = ()
    plan: Literal["planned", "actual"] = "planned"


@dataclass(frozen=True, slots=True, eq=False)
class TeamLoad:
    """What a team has run and when it last rested: for "legs run and rested"."""

    team: str
    legs_run: int
    metres_run: float
    legs_to_come: int
    resting_m: float | None


@dataclass(frozen=True, slots=True, eq=False)
class PacerSeen:
    """A pacer of an ordinary race, as mats saw them; `out` once a later mat was passed without them."""

    runner: Runner
    last: Checkpoint | None
    last_s: float | None
    out: bool


@dataclass(frozen=True, slots=True, eq=False)
class PaceGroup:
    """A pacer of an ordinary race. `marks` are on their own clock, `offs` the seconds behind the even line at each."""

    runner: Runner
    goal_s: float | None
    marks: tuple[Mark, ...] = ()
    offs: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rotation:
    """The pacers. `current` is none before the first leg, after the last and when the runner is alone.

    `next_change_m` is a place on the course, `next_change_s` an elapsed time, `to_change_s` counts from now.
    `laser_ahead_m` and `car_ahead_m` are metres before the leading pacers, none where there is no laser or car.
    """

    legs: tuple[Leg, ...] = ()
    current: Leg | None = None
    next: Leg | None = None
    next_change_m: float | None = None
    next_change_s: float | None = None
    to_change_s: float | None = None
    alone_since_m: float | None = None
    inferred: bool = True
    loads: tuple[TeamLoad, ...] = ()
    pacers: tuple[PacerSeen, ...] = ()
    laser_ahead_m: float | None = None
    laser_quality: str | None = None
    car_ahead_m: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """One line of "what happened". Words are the panel's; facts are here.

    mark: `mark`, `gap_s` and `before_s` · change: `team`, `before` (teams), `place_m` · alone: `place_m` ·
    start, note, conditions, status, end: `text`.
    """

    kind: Literal["start", "mark", "change", "alone", "note", "conditions", "status", "end"]
    elapsed_s: float
    inferred: bool = False
    mark: Mark | None = None
    gap_s: float | None = None
    before_s: float | None = None
    before_resolution_s: float = 0.0
    team: str | None = None
    before: str | None = None
    place_m: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Ghost:
    """A recorded race folded at the same elapsed time. Its whole recording counts; marks to come are its own future.

    `passed` and `to_come` are its marks; `position_m` lies between its own marks; `both` is the last mat that both
    passed, `gap_s` the gap there. `at_least_s`: the runner is through `waiting`, the ghost is not. `schedule` rests on
    `passed` alone.
    """

    race: RaceInfo
    runner: Runner
    plan: Plan
    passed: tuple[Mark, ...] = ()
    to_come: tuple[Mark, ...] = ()
    position_m: float | None = None
    both: Mark | None = None
    gap_s: float | None = None
    resolution_s: float = 1.0
    waiting: Checkpoint | None = None
    at_least_s: float | None = None
    metres: float | None = None
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Rival:
    """Another runner, known by reads only: the gap at the last mat both passed, metres only where both are placed.

    `at_least_s`: the runner is through `waiting` so long, the rival is not yet.
    """

    runner: Runner
    last: Mark | None
    gap_s: float | None
    at: Checkpoint | None
    position_m: float | None
    waiting: Checkpoint | None = None
    at_least_s: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Contender:
    """One of several who are compared, on the clock of `Together`.

    `marks` are those that carry, their times on that clock. `gap_s` is to the first contender at `at`, the last mat of
    both, negative in front of them; `to_come`: marks that a ghost has still to pass. `low_s` and `high_s` hold the
    finish with 80 %, none of it for whom nothing is projected; `done_s` is the time of who has finished. `p_first` is
    the chance of being the first at the finish, `p_ahead` that of being ahead of each contender in turn, if they
    finish; none to oneself, and to whom nothing is projected for.
    """

    runner: Runner
    name: str
    marks: tuple[Mark, ...] = ()
    to_come: tuple[Mark, ...] = ()
    phase: Phase = "running"
    place_m: float | None = None
    gap_s: float | None = None
    resolution_s: float = 1.0
    at: Checkpoint | None = None
    low_s: float | None = None
    median_s: float | None = None
    high_s: float | None = None
    done_s: float | None = None
    p_first: float | None = None
    p_ahead: tuple[float | None, ...] = ()
    ghost: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Two to four who are compared, the watched runner first. `clock`: everybody's since the gun, or their own start's."""

    clock: Literal["gun", "net"]
    contenders: tuple[Contender, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What the feed gave. `quarantined` and `flagged` are marks kept aside or marked; the rest are messages."""

    events: int = 0
    rejected: int = 0
    duplicates: int = 0
    unknown_kinds: int = 0
    other_races: int = 0
    before_gun: int = 0
    quarantined: int = 0
    flagged: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Mode:
    """How the view runs: set by the session.

    `link_age_s`: since the last byte. `horizon_s`: the instant on the axis until which the feed is known complete, none
    where that is now. `silent`: words, when bytes come but nobody is read who should be. `delay_s`: how far behind live
    the view is. `link`: how the link stands, also while the view is paused; empty for a recording.
    """

    word: Literal["replay", "paused", "live", "stale", "offline", "ended"] = "replay"
    rate: float = 1.0
    why: str = ""
    link_age_s: float | None = None
    retry_in_s: float | None = None
    delay_s: float = 0.0
    horizon_s: float | None = None
    silent: str = ""
    is_live: bool = False
    link: Literal["", "live", "stale", "offline"] = ""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Everything a screen needs. `now_s` is on the log's axis (POSIX time where the gun is known).

    `over`: the feed has said that the race is over; nothing is due after that. `begin_s`: when the clock that the marks
    are on began, since the gun.
    """

    race: RaceInfo = field(default_factory=RaceInfo)
    course: Course = field(default_factory=Course)
    runner: Runner = field(default_factory=Runner)
    phase: Phase = "empty"
    now_s: float = 0.0
    elapsed_s: float | None = None
    marks: tuple[Mark, ...] = ()
    last: Mark | None = None
    position: Position | None = None
    due: Due | None = None
    plan: Plan | None = None
    plans: tuple[Plan, ...] = ()
    gap: Gap | None = None
    projection: Projection = field(default_factory=Projection)
    rotation: Rotation | None = None
    happened: tuple[Happening, ...] = ()
    ghost: Ghost | None = None
    together: Together | None = None
    """Those who are compared with the runner; none while nobody but a ghost is."""
    rivals: tuple[Rival, ...] = ()
    leader: tuple[Runner, Checkpoint] | None = None
    """Who was first at the furthest mat that anybody has passed; none in a field too large to be looked at one by one."""
    runners: tuple[Runner, ...] = ()
    has_pacers: bool = False
    conditions: str = ""
    over: bool = False
    begin_s: float = 0.0
    schedule: Schedule | None = None
    """What a paced run was set to, by the marks so far."""
    counts: Counts = field(default_factory=Counts)
    mode: Mode = field(default_factory=Mode)


EMPTY = Snapshot()
