"""Who paces: formations leg by leg, the load of each team, pacers of ordinary races.

Rule: what was planned is shown ahead, what was reported to have happened only once the runner is there. Where legs
are inferred, so is every change between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Literal

from tracker.race.entry import Row
from tracker.race.position import Track
from tracker.race.snapshot import CARRYING, Leg, Pacer, Rotation, TeamLoad

SEVEN = ("captain", "left_inner", "left_outer", "right_inner", "right_outer", "rear_left", "rear_right")
"""The places of a formation of seven."""
SIDES = {"front_right": ("right_inner", "right_outer"), "front_left": ("left_inner", "left_outer")}

Named = Callable[[str], str]
"""The name of an athlete's id."""


def rotation(
    formations: Sequence[Row], lines: Sequence[Row], track: Track, zero_s: float | None, named: Named
) -> Rotation | None:
    """The pacers by formation messages, none where there are none. `zero_s` is the gun on the axis."""
    if not formations and not lines:
        return None
    here_m = track.reach_m if track.reach_m is not None else 0.0
    finished = track.next is None and track.reach_m is not None and track.reach_m == track.total_m
    placed = sorted(
        ((from_m, row) for row in formations if (from_m := _from(row, track, zero_s)) is not None), key=_by_place
    )
    legs, alone_m = _legs(placed, track, here_m, named)
    current = None
    if alone_m is None and not finished:
        current = next((leg for leg in reversed(legs) if leg.from_m <= here_m < leg.to_m), None)
    ahead = next((leg for leg in legs if leg.from_m >= (current.to_m if current else here_m) - 1), None)
    if alone_m is not None or finished:
        ahead = None
    change_m = ahead.from_m if ahead else None
    change_s = track.moment(change_m) if change_m is not None else None
    now_s = None if track.now_s is None else track.now_s + track.begin_s
    laser = _ahead_m(lines, here_m, "laser") if current else None
    car = _ahead_m(lines, here_m, "car") if current else None
    return Rotation(
        legs=tuple(legs),
        current=current,
        next=ahead,
        next_change_m=change_m,
        next_change_s=change_s,
        to_change_s=change_s - now_s if change_s is not None and now_s is not None else None,
        alone_since_m=alone_m,
        inferred=any(leg.quality not in CARRYING for leg in legs),
        loads=_loads(legs, here_m, None if alone_m is None else alone_m, current),
        laser_ahead_m=laser[0] if laser else None,
        laser_quality=laser[1] if laser else None,
        car_ahead_m=car[0] if car else None,
    )


def _by_place(placed: tuple[float, Row]) -> tuple[float, int, str]:
    return (placed[0], placed[1].get("leg", 0), repr(sorted(placed[1].items(), key=lambda item: item[0])))


def _from(row: Row, track: Track, zero_s: float | None) -> float | None:
    """Where a formation begins; one with an instant begins where the runner was then."""
    if "from_m" in row:
        return float(row["from_m"])
    if "at" not in row or zero_s is None or not track.points or track.now_s is None:
        return None
    elapsed_s = float(row["at"]) - zero_s - track.begin_s
    if elapsed_s <= 0:
        return 0.0
    if elapsed_s > track.now_s:
        return None
    points = track.points
    for (m0, s0), (m1, s1) in pairwise(points):
        if s0 <= elapsed_s <= s1:
            return m0 + (m1 - m0) * (elapsed_s - s0) / (s1 - s0) if s1 > s0 else m0
    if track.pace_s_per_km is None:
        return None
    metres = points[-1][0] + (elapsed_s - points[-1][1]) / track.pace_s_per_km * 1000
    return metres if track.reach_m is None else min(metres, track.reach_m)


def _is_alone(row: Row) -> bool:
    return "team" not in row and not row.get("slots") and not row.get("size")


def _legs(
    placed: Sequence[tuple[float, Row]], track: Track, here_m: float, named: Named
) -> tuple[list[Leg], float | None]:
    """The legs in the order of the course, and since where the runner is alone."""
    planned = [(m, row) for m, row in placed if row["plan"] == "planned"]
    actual = [(m, row) for m, row in placed if row["plan"] == "actual" and m <= here_m]
    alone_m = actual[-1][0] if actual and _is_alone(actual[-1][1]) else None
    ran = [(m, row) for m, row in actual if not _is_alone(row)]
    run_legs = {row["leg"] for _, row in ran if "leg" in row}
    kept = [(m, row) for m, row in planned if row.get("leg") not in run_legs and not _is_alone(row)]
    if ran:
        # An unnumbered report takes the place of whatever was planned up to there.
        kept = [(m, row) for m, row in kept if m > ran[-1][0] or any("leg" in row for _, row in ran)]
    both = sorted(kept + ran, key=_by_place)
    legs: list[Leg] = []
    for i, (from_m, row) in enumerate(both):
        after_m = both[i + 1][0] if i + 1 < len(both) else None
        to_m = min((m for m in (row.get("to_m"), after_m) if m is not None), default=track.total_m)
        if to_m is None:
            to_m = from_m
        legs.append(_leg(row, i + 1, from_m, float(to_m), track, named))
    return legs, alone_m


def _leg(row: Row, number: int, from_m: float, to_m: float, track: Track, named: Named) -> Leg:
    quality = row.get("quality", "official")
    plan: Literal["planned", "actual"] = row["plan"]
    slots = tuple(_pacer(slot, quality, named) for slot in row.get("slots", ()))
    size = row.get("size", len(slots))
    return Leg(
        number=row.get("leg", number),
        team=row.get("team"),
        from_m=from_m,
        to_m=to_m,
        quality=quality,
        start_s=track.moment(from_m),
        end_s=track.moment(to_m),
        size=size,
        slots=_filled(slots, quality) if size == len(SEVEN) else slots,
        plan=plan,
    )


def _pacer(slot: Row, quality: str, named: Named) -> Pacer:
    athlete = slot.get("athlete")
    role: Literal["captain", "pacer"] = "captain" if slot["slot"] == "captain" else "pacer"
    return Pacer(slot["slot"], named(athlete) if athlete is not None else None, role, slot.get("quality", quality))


def _filled(known: tuple[Pacer, ...], quality: str) -> tuple[Pacer, ...]:
    """Seven pacers: those known, the rest without a name; a place that one of the known may hold is left vague."""
    taken = {p.slot for p in known}
    vague = [p.slot for p in known if p.slot not in SEVEN]
    rest = [slot for slot in SEVEN if slot not in taken]
    for slot in vague:
        pair = SIDES.get(slot)
        if pair is None:
            rest = ["captain" if s == "captain" else "unplaced" for s in rest]
        else:
            rest = [slot if s in pair else s for s in rest]
    for slot in vague:
        if slot in rest:
            rest.remove(slot)
    room = rest[: max(0, len(SEVEN) - len(known))]
    return known + tuple(Pacer(s, None, "captain" if s == "captain" else "pacer", quality) for s in room)


def _loads(legs: Sequence[Leg], here_m: float, end_m: float | None, current: Leg | None) -> tuple[TeamLoad, ...]:
    """What each team has run by now, in the order of their first legs."""
    stop_m = here_m if end_m is None else min(here_m, end_m)
    loads = []
    for team in dict.fromkeys(leg.team for leg in legs if leg.team is not None):
        own = [leg for leg in legs if leg.team == team]
        run = [leg for leg in own if leg.from_m < stop_m or leg is current]
        resting_m = here_m - run[-1].to_m if run and run[-1] is not current and here_m > run[-1].to_m else None
        loads.append(
            TeamLoad(
                team=team,
                legs_run=len(run),
                metres_run=sum(min(leg.to_m, stop_m) - leg.from_m for leg in run),
                legs_to_come=len(own) - len(run),
                resting_m=resting_m,
            )
        )
    return tuple(loads)


def _ahead_m(lines: Sequence[Row], here_m: float, name: str) -> tuple[float, str] | None:
    """How far before the first pacer a line or car of that name is, by the latest word that holds here."""
    told = [r for r in lines if name in r["name"].casefold() and "ahead_m" in r and r.get("from_m", 0.0) <= here_m]
    latest = max(told, key=lambda r: (float(r.get("from_m", 0.0)), float(r.get("at", 0.0)), repr(r)), default=None)
    return None if latest is None else (float(latest["ahead_m"]), latest.get("quality", "official"))
