"""What a paced run was really set to: the fewest pieces of constant pace that explain its marks.

Rule: no more is said than the marks bear. A schedule leaves the start with the clock and is unbroken; every mark that
carries, up to where the pacers leave, lies within its own tolerance. That is what the clock cannot tell (its step,
either way where nobody says how it rounds) and where the runner may stand when the line of the schedule is at the mat.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from tracker.race.pieces import Point, Schedule, fewest_pieces
from tracker.race.plan import Plan, is_paced
from tracker.race.snapshot import Mark, Rotation, Runner

PLACE_M = 3.0
"""How far from the line of his schedule a paced runner may be at a mat: a mat is laid to about a metre, and a place in
a group is kept to about a stride."""
MOST_RUNNERS = 200
"""In a larger field the pacers are other people's."""


def paced_to_m(
    turn: Rotation | None, plans: Sequence[Plan], runners: Sequence[Runner], *, record_eligible: bool | None = None
) -> float | None:
    """Up to where somebody or something set the pace; infinite where no end is known, none for a run that is not paced.

    That is where the runner was left alone, else where the last leg ends, else the last mat at which a pacer was seen.
    """
    if turn is not None and turn.alone_since_m is not None:
        return turn.alone_since_m
    if turn is not None and turn.legs:
        return max(leg.to_m for leg in turn.legs)
    seen = [p.last.distance_m for p in turn.pacers if p.last and p.last.distance_m] if turn is not None else []
    if seen:
        return max(seen)
    named = len(runners) <= MOST_RUNNERS and any(r.role == "pacer" for r in runners)
    paced = turn is not None or named or is_paced(plans, record_eligible=record_eligible)
    return float("inf") if paced else None


def explain(marks: Sequence[Mark], to_m: float | None, course_m: float | None, begin_s: float = 0.0) -> Schedule | None:
    """The schedule behind marks up to `to_m`, which left the start `begin_s` after the marks' clock did.

    None where the run is not paced, and where marks are too few to tell: two a piece, one more than its pace and its
    beginning can always be made to fit.
    """
    if to_m is None:
        return None
    carrying = [m for m in marks if m.carries and m.rejected is None and m.distance_m and m.distance_m <= to_m]
    found: dict[float, Mark] = {m.distance_m or 0.0: m for m in sorted(carrying, key=lambda m: m.distance_m or 0.0)}
    if len(found) < 2 or any(a.elapsed_s >= b.elapsed_s for a, b in pairwise(found.values())):
        return None
    last = list(found.values())[-1]
    mean = (last.elapsed_s - begin_s) / (last.distance_m or 1.0)
    if mean <= 0 or min(m.elapsed_s for m in found.values()) <= begin_s:
        return None
    points = tuple(_point(m, distance_m, begin_s, PLACE_M * mean) for distance_m, m in found.items())
    return _remembered(points, course_m, begin_s)


def _point(mark: Mark, distance_m: float, begin_s: float, place_s: float) -> Point:
    step = mark.resolution_s
    early, late = {"up": (step, 0.0), "down": (0.0, step), "nearest": (step / 2, step / 2)}.get(
        mark.rounding, (step, step)
    )
    elapsed_s = mark.elapsed_s - begin_s
    return Point(distance_m, elapsed_s, elapsed_s + (late - early) / 2, (early + late) / 2 + place_s, step)


@lru_cache(maxsize=256)
def _remembered(points: tuple[Point, ...], course_m: float | None, begin_s: float) -> Schedule | None:
    """A schedule changes with the marks only, and views are many."""
    return fewest_pieces(points, course_m, begin_s)
