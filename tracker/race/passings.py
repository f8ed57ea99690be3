"""From reads to passings: which mat, which lap, which of several reads, and what was withdrawn.

Rule: only what the reads say decides, never the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from tracker.race.columns import Read
from tracker.race.course import SAME_PLACE_M, Checkpoint
from tracker.race.entry import NEVER, Entry, Key
from tracker.race.setup import Setup

SAME_PASSING_S = 5.0

Timed = tuple[float, Read]
"""A read and its time on its own clock."""


class Passing(NamedTuple):
    """An athlete at a mat, on one clock. `time_s` is elapsed on that clock; `was_s` the value before a correction.

    `aside` is the reason why the read belongs to no place of the course.
    """

    checkpoint: Checkpoint
    clock: str
    time_s: float
    read: Read
    was_s: float | None = None
    aside: str | None = None

    @property
    def backup(self) -> bool:
        """Whether only a backup mat saw it."""
        return self.read.device == "backup"


class Place(NamedTuple):
    """Where a read was. `why` says why it is aside."""

    checkpoint: Checkpoint
    kind: Literal["mat", "start", "aside"] = "mat"
    why: str = ""


class Withdrawn(NamedTuple):
    """A void that holds: the mat, its clock, and whether it is about every lap's passing."""

    checkpoint: str
    clock: str
    every: bool = False


@dataclass(frozen=True, slots=True)
class Passings:
    """What an athlete's reads come to. `start` are the passings of the start, by clock."""

    found: tuple[Passing, ...] = ()
    start: tuple[Passing, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    before_gun: int = 0
    timeless: tuple[Read, ...] = ()
    """Reads that have only an instant while the gun is not known."""


def locate(setup: Setup, id: str | None, distance_m: float | None) -> Place:
    """The mat of a checkpoint's id or of a distance within a metre of it; else a place of its own, or none."""
    course = setup.course
    if id is not None and id in setup.places:
        return Place(setup.places[id])
    if (id is not None and id in setup.starts) or (distance_m is not None and distance_m <= SAME_PLACE_M):
        return Place(Checkpoint(id or "start", "start", 0.0, "start"), "start")
    if distance_m is not None:
        if course.distance_m is not None and distance_m > course.distance_m + SAME_PLACE_M:
            where = Checkpoint(id or f"{distance_m:g} m", id or f"{distance_m:g} m", distance_m)
            return Place(
                where, "aside", f"{distance_m:g} m is beyond the course, which is {course.distance_m:g} m long"
            )
        return Place(
            course.at(distance_m) or Checkpoint(id or f"{distance_m:g} m", f"{distance_m / 1000:g} km", distance_m)
        )
    name = id or "?"
    if not setup.lists_mats:
        return Place(Checkpoint(name, name, None))
    return Place(Checkpoint(name, name, None), "aside", f"no checkpoint {name!r} on this course")


def passings(setup: Setup, reads: Iterable[Read], voids: dict[Key, Entry], begin_s: float = 0.0) -> Passings:
    """Everything an athlete's reads come to. `begin_s`: elapsed on the gun's clock when a net clock starts."""
    at_mat: dict[tuple[Place, str], list[Timed]] = {}
    before_gun, timeless = 0, []
    for read in reads:
        time_s = _time(setup, read, begin_s)
        if time_s is None:
            timeless.append(read)
        elif time_s < 0:
            before_gun += 1
        else:
            place = locate(setup, read.checkpoint, read.distance_m)
            at_mat.setdefault((place, read.clock), []).append((time_s, read))
    withdrawn = _withdrawn(setup, voids)
    alive: set[Withdrawn] = set()
    passed: dict[tuple[Place, str], list[Timed]] = {}
    for (mat, clock), reads_here in at_mat.items():
        for occurrence, same in _laps(setup, mat.checkpoint.id, reads_here).items():
            place = on_lap(setup, mat, occurrence)
            names = (Withdrawn(place.checkpoint.id, clock), Withdrawn(mat.checkpoint.id, clock, every=True))
            limit = max((withdrawn[name] for name in names if name in withdrawn), default=None)
            left = [timed for timed in same if limit is None or timed[1].rank > limit]
            if left:
                alive.update(names)
                passed.setdefault((place, clock), []).extend(left)
    found = [_passing(place, clock, reads_here) for (place, clock), reads_here in passed.items()]
    found.sort(key=_order)
    if any(_order(a) == _order(b) for a, b in pairwise(found)):  # seldom, and a text takes long to make
        found.sort(key=lambda p: (*_order(p), p.read.canonical))
    return Passings(
        found=tuple(p for p in found if p.checkpoint.type != "start"),
        start=tuple(p for p in found if p.checkpoint.type == "start"),
        withdrawn=tuple(sorted(set(withdrawn) - alive)),
        before_gun=before_gun,
        timeless=tuple(sorted(timeless, key=lambda read: read.canonical)),
    )


def _order(p: Passing) -> tuple[float, str, str]:
    return p.time_s, p.checkpoint.id, p.clock


def _time(setup: Setup, read: Read, begin_s: float) -> float | None:
    if read.elapsed_s is not None:
        return read.elapsed_s
    if read.at is None or setup.zero_s is None:
        return None
    return read.at - setup.zero_s - (begin_s if read.clock == "net" else 0.0)


def _withdrawn(setup: Setup, voids: dict[Key, Entry]) -> dict[Withdrawn, tuple[int, float]]:
    """The rank of the highest void of every key; a void without a clock is one of both."""
    found: dict[Withdrawn, tuple[int, float]] = {}
    for entry in voids.values():
        row = entry.row
        mat = locate(setup, row.get("checkpoint"), row.get("distance_m"))
        occurrence = row.get("occurrence")
        id = on_lap(setup, mat, occurrence or 1).checkpoint.id
        every = occurrence is None and id in setup.lap_s
        for clock in (row["clock"],) if "clock" in row else ("gun", "net"):
            name = Withdrawn(id, clock, every)
            found[name] = max(found.get(name, (-1, NEVER)), entry.rank)
    return found


def _laps(setup: Setup, id: str, reads: list[Timed]) -> dict[int, list[Timed]]:
    """The reads of a mat by occurrence. Unnamed ones are told apart by the least time of a lap, if laps pass it."""
    lap_s = setup.lap_s.get(id)
    found: dict[int, list[Timed]] = {}
    occurrence, first_s = 1, None
    for time_s, read in sorted(reads, key=lambda timed: timed[0]):
        if read.occurrence is None and lap_s is not None:
            if first_s is None:
                first_s = time_s
            elif time_s - first_s >= lap_s:
                occurrence, first_s = occurrence + 1, time_s
        found.setdefault(read.occurrence or occurrence, []).append((time_s, read))
    return found


def on_lap(setup: Setup, mat: Place, occurrence: int) -> Place:
    """The place of the n-th passing of a mat."""
    if occurrence == 1 or mat.kind != "mat":
        return mat
    name = f"{mat.checkpoint.id}#{occurrence}"
    if name in setup.places:
        return Place(setup.places[name])
    nowhere = Checkpoint(name, f"{mat.checkpoint.name} {occurrence}", None)
    if not setup.lists_mats:
        return Place(nowhere)
    return Place(nowhere, "aside", f"passing {occurrence} of {mat.checkpoint.name}: this course passes it less often")


def _passing(place: Place, clock: str, reads: list[Timed]) -> Passing:
    last = place.kind == "start"
    time_s, read = _counting(reads, last=last)
    earlier = [timed for timed in reads if timed[1].rank < read.rank and timed[1].device != "backup"]
    was_s = _counting(earlier, last=last)[0] if earlier else None
    return Passing(place.checkpoint, clock, time_s, read, None if was_s == time_s else was_s, place.why or None)


def _counting(reads: list[Timed], *, last: bool) -> Timed:
    """The read that counts: main before backup, the highest rank, and of one passing the first (at the start the last)."""
    main = [timed for timed in reads if timed[1].device != "backup"] or reads
    rank = max(read.rank for _, read in main)
    top = sorted((timed for timed in main if timed[1].rank == rank), key=lambda timed: timed[0])
    if len(top) == 1:
        return top[0]
    winner = max(top, key=lambda timed: timed[1].canonical)
    groups: list[list[Timed]] = []
    for timed in top:
        if groups and timed[0] - groups[-1][0][0] <= SAME_PASSING_S:
            groups[-1].append(timed)
        else:
            groups.append([timed])
    passing = next(group for group in groups if winner in group)
    counts_s = passing[-1][0] if last else passing[0][0]
    return max((timed for timed in passing if timed[0] == counts_s), key=lambda timed: timed[1].canonical)
