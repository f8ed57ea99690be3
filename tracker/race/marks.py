"""An athlete's marks: reads resolved, cleaned and put in order, with their sections. Independent of any target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.race.clean import Cleaned, clean
from tracker.race.columns import Read
from tracker.race.course import SAME_PLACE_M
from tracker.race.entry import NEVER, Entry, Key, Row
from tracker.race.passings import Passing, Passings, passings
from tracker.race.plan import Plan
from tracker.race.setup import Setup
from tracker.race.snapshot import Mark, Runner

NO_PASSINGS = Passings()


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One athlete's book, resolved. Times of `marks` are on `clock`, which began `begin_s` after the gun.

    `carrying` are the marks that count and have a place, in its order. `status` is none when in the race.
    """

    marks: tuple[Mark, ...] = ()
    carrying: tuple[Mark, ...] = ()
    clock: str = "gun"
    begin_s: float = 0.0
    net_begin_s: float = 0.0
    """When the athlete's net clock began, since the gun, as far as it is known; `begin_s` is that of `clock`."""
    status: str | None = None
    reason: str | None = None
    status_s: float | None = None
    passings: Passings = NO_PASSINGS
    """Everything that was read, on both clocks, for the state's hash and the doctor."""
    cleaned: tuple[Cleaned, ...] = ()

    @property
    def last(self) -> Mark | None:
        """The furthest valid mark, the latest where no places are known."""
        if self.carrying:
            return self.carrying[-1]
        return max((m for m in self.marks if m.carries), key=lambda m: m.elapsed_s, default=None)

    @property
    def finish(self) -> Mark | None:
        """The mark at the finish, if it counts."""
        return next((m for m in reversed(self.marks) if m.carries and m.checkpoint.type == "finish"), None)


def status_of(rows: Sequence[Row]) -> tuple[str | None, str | None, float | None]:
    """The status in force, its reason and its instant: the latest said; none after a reinstatement."""
    latest = max(rows, key=lambda row: float(row.get("at", NEVER)), default=None)
    if latest is None or latest["status"] == "reinstated":
        return None, None, None
    return latest["status"], latest.get("reason"), latest.get("at")


def sheet(
    setup: Setup,
    division: str,
    reads: Sequence[Read],
    voids: dict[Key, Entry],
    statuses: Sequence[Row],
    start_s: float | None,
    wave_s: float | None = None,
) -> Sheet:
    """The sheet of an athlete whose own start was at `start_s` on the axis, the wave's at `wave_s`.

    A wave's gun is not yet the athlete's own start: a read at the line is.
    """
    told_s, gun_s = (
        None if each is None or setup.zero_s is None else max(0.0, each - setup.zero_s) for each in (start_s, wave_s)
    )
    first_s = gun_s if told_s is None else told_s
    seen, begin_s = passings(setup, reads, voids, first_s or 0.0), first_s
    if told_s is None and (read_s := begins(seen)) is not None:
        begin_s = read_s
        if begin_s != first_s and any(read.clock == "net" and read.elapsed_s is None for read in reads):
            seen = passings(setup, reads, voids, begin_s)
    status, reason, at_s = status_of(statuses)
    clock, chosen = _one_clock(seen.found, begin_s)
    offset_s = (begin_s or 0.0) if clock == "net" else 0.0
    status_s = None if at_s is None or setup.zero_s is None else at_s - setup.zero_s
    cleaned = clean(chosen, setup.limit(division), status, None if status_s is None else status_s - offset_s)
    marks = _with_sections([_mark(setup, c, offset_s) for c in cleaned], setup.stride_m)
    carrying = tuple(m for m in marks if m.carries and m.distance_m)
    return Sheet(
        marks=marks,
        carrying=carrying,
        clock=clock,
        begin_s=offset_s,
        net_begin_s=begin_s or 0.0,
        status=status,
        reason=reason,
        status_s=status_s,
        passings=seen,
        cleaned=tuple(cleaned),
    )


def begins(seen: Passings) -> float | None:
    """When the net clock began: by the read at the start, else by the mats that were read on both clocks."""
    at_start = [p.time_s for p in seen.start if p.clock == "gun" and p.aside is None]
    if at_start:
        return at_start[0]
    by_clock: dict[str, dict[str, float]] = {"gun": {}, "net": {}}
    for p in seen.found:
        by_clock[p.clock][p.checkpoint.id] = p.time_s
    gun, net = by_clock["gun"], by_clock["net"]
    between = sorted(gun[id] - net[id] for id in gun.keys() & net.keys())
    return max(0.0, between[len(between) // 2]) if between else None


def _one_clock(found: Sequence[Passing], begin_s: float | None) -> tuple[str, list[Passing]]:
    """The clock with more mats (the gun's where they are equal), and every mat on it as far as it can be told.

    Before the first mat it is the athlete's own, once that has begun: nobody of a later wave is due by the gun.
    """
    if not found and begin_s:
        return "net", []
    by_clock: dict[str, dict[str, Passing]] = {"gun": {}, "net": {}}
    for p in found:
        by_clock[p.clock][p.checkpoint.id] = p
    clock, other = ("net", "gun") if len(by_clock["net"]) > len(by_clock["gun"]) else ("gun", "net")
    chosen = dict(by_clock[clock])
    for id, p in by_clock[other].items():
        if id not in chosen:
            chosen[id] = _converted(p, begin_s)
    return clock, list(chosen.values())


def _converted(p: Passing, begin_s: float | None) -> Passing:
    """A passing on the other clock; aside where the start of the net clock is unknown: clocks are never mixed."""
    if begin_s is None:
        return p._replace(aside=p.aside or f"only on the {p.clock} clock, and the start's offset is unknown")
    shift_s = begin_s if p.clock == "net" else -begin_s
    if p.time_s + shift_s < 0:
        return p._replace(aside=p.aside or "before the athlete's own start")
    was_s = None if p.was_s is None else p.was_s + shift_s
    return p._replace(time_s=p.time_s + shift_s, was_s=was_s)


def resolution(read: Read, time_s: float) -> float:
    """The clock's step in seconds, told by the figure where the message does not say."""
    if read.resolution_s is not None:
        return read.resolution_s
    if abs(time_s - round(time_s)) < 1e-6:
        return 1.0
    return 0.1 if abs(time_s * 10 - round(time_s * 10)) < 1e-5 else 0.01


def _mark(setup: Setup, c: Cleaned, offset_s: float) -> Mark:
    p, read = c.passing, c.passing.read
    zero_s, total_m, metres = setup.zero_s, setup.course.distance_m, p.checkpoint.distance_m
    at_s = read.at if read.at is not None else None if zero_s is None else zero_s + offset_s + p.time_s
    return Mark(
        checkpoint=p.checkpoint,
        distance_m=metres,
        elapsed_s=p.time_s,
        quality=c.quality,
        resolution_s=resolution(read, p.time_s),
        carries=c.carries,
        clock=read.clock,
        source=read.source,
        even_pace_s=p.time_s / metres * total_m if c.carries and metres and total_m else None,
        was_s=p.was_s,
        known_s=read.sent if read.sent is not None else at_s,
        provisional=read.provisional,
        backup=p.backup,
        flag=c.flag,
        rejected=c.rejected,
        place=read.place,
        rounding=read.rounding,
    )


def on_grid(mark: Mark, stride_m: float | None) -> bool:
    """Whether a mark belongs to the regular spacing of the mats; the finish does, and every mark where there is none."""
    if stride_m is None or mark.checkpoint.type == "finish":
        return True
    metres = mark.distance_m or 0.0
    return abs(metres / stride_m - round(metres / stride_m)) * stride_m <= SAME_PLACE_M


def _with_sections(marks: Sequence[Mark], stride_m: float | None) -> tuple[Mark, ...]:
    before = grid = (0.0, 0.0)
    done: list[Mark] = []
    for mark in marks:
        if mark.carries and mark.distance_m:
            here = (mark.distance_m, mark.elapsed_s)
            regular = on_grid(mark, stride_m)
            metres, seconds = (a - b for a, b in zip(here, grid if regular else before, strict=True))
            later = metres > 0 and seconds > 0
            mark = replace(  # noqa: PLW2901  the same mark, with its section
                mark,
                section_s=seconds if regular and later else None,
                section_m=metres if regular and later else None,
                pace_s_per_km=seconds / metres * 1000 if later else None,
                pace_m=metres if later else None,
            )
            before = here
            grid = here if regular else grid
        done.append(mark)
    return tuple(done)


def with_gaps(marks: Sequence[Mark], plan: Plan | None) -> tuple[Mark, ...]:
    """The marks with their gap to a schedule."""
    if plan is None:
        return tuple(marks)
    return tuple(m if (gap_s := gap_at(m, plan)) is None else replace(m, gap_s=gap_s) for m in marks)


def gap_at(mark: Mark, plan: Plan) -> float | None:
    """Seconds behind a schedule at a mark that carries, negative when ahead; none where the schedule says nothing."""
    if not mark.carries or mark.distance_m is None:
        return None
    when_s = plan.when(mark.distance_m)
    return None if when_s is None else mark.elapsed_s - when_s


def runner(row: Row | None, id: str, status: str | None) -> Runner:
    """The athlete of a message, or what is known of one who was only read."""
    if row is None:
        return Runner(id=id, status=status)
    bests = tuple((best["distance_m"], best["time_s"], best.get("where")) for best in row.get("bests", ()))
    return Runner(
        id=id,
        name=row.get("name", ""),
        bib=row.get("bib"),
        country=row.get("country"),
        sex=row.get("sex"),
        role=row["role"],
        team=row.get("team"),
        status=status,
        bests=bests,
    )
