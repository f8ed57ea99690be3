"""Snapshots made by hand for the drawing tests: Vienna 2019 at any moment, a lone runner, and the odd ones."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tracker.race.course import Checkpoint, Course, Laps, Waypoint
from tracker.race.plan import Plan, even
from tracker.race.schedule import explain
from tracker.race.snapshot import (
    CARRYING,
    Arrival,
    Believed,
    Counts,
    Due,
    Gap,
    Ghost,
    Happening,
    Leg,
    Mark,
    Mode,
    Pacer,
    Position,
    Projection,
    RaceInfo,
    Rotation,
    Runner,
    Snapshot,
)

GUN_S = 1570860900.0
"""12 Oct 2019, 08:15:00 in Vienna."""
MARATHON_M = 42195.0
TIMES = (
    (5000.0, 850.0), (10000.0, 1700.0), (15000.0, 2554.0), (20000.0, 3407.0), (21000.0, 3575.0), (21097.5, 3592.0),
    (25000.0, 4259.0), (30000.0, 5111.0), (35000.0, 5963.0), (40000.0, 6816.0), (42195.0, 7180.2),
)  # fmt: skip
LEGS = (
    ("A", 0.0, 4000.0, 0.0, 680.0), ("B", 4000.0, 8050.0, 680.0, 1368.5), ("C", 8050.0, 13550.0, 1368.5, 2306.3),
    ("D", 13550.0, 17600.0, 2306.3, 2997.6), ("E", 17600.0, 23100.0, 2997.6, 3935.2),
    ("D", 23100.0, 27150.0, 3935.2, 4625.4), ("C", 27150.0, 32650.0, 4625.4, 5562.6),
    ("B", 32650.0, 36700.0, 5562.6, 6253.0), ("A", 36700.0, 42195.0, 6253.0, 7180.2),
)  # fmt: skip
ALONE_M, ALONE_S = 41700.0, 7098.0
SLOTS = ("captain", "left_inner", "left_outer", "right_inner", "right_outer", "rear_left", "rear_right")


def _checkpoint(metres: float) -> Checkpoint:
    if metres == MARATHON_M:
        return Checkpoint("finish", "finish", metres, "finish")
    if metres == 21097.5:
        return Checkpoint("half", "half", metres, carries=False)
    return Checkpoint(f"{metres / 1000:.0f}km", f"{metres / 1000:.0f} km", metres)


VIENNA = Course(
    MARATHON_M,
    tuple(_checkpoint(metres) for metres, _ in TIMES),
    (
        Waypoint(0.0, 48.22647, 16.40632, "Reichsbrücke"),
        Waypoint(1200.0, 48.21962, 16.39382, "Praterstern"),
        Waypoint(1650.0, 48.21732, 16.39451, "Hauptallee"),
        Waypoint(6000.0, 48.19282, 16.43935, "Lusthaus"),
        Waypoint(10600.0, 48.21732, 16.39451, "Praterstern"),
    ),
    laps=Laps(4.0, 9549.0, 4000.0),
    note="Drawn from stop coordinates and published lengths; start, finish and loops are not surveyed.",
)
INFO = RaceInfo("vienna-2019", "INEOS 1:59 Challenge", "Vienna", "2019-10-12", "Europe/Vienna", GUN_S, False)
KIPCHOGE = Runner(
    "kipchoge", "Eliud Kipchoge", country="KEN", sex="M", bests=((MARATHON_M, 7299.0, "Berlin 2018"),)
)  # fmt: skip
TWO_HOURS = even("2:00:00", MARATHON_M, 7200.0)
LASER = Plan("laser announced", ((0.0, 0.0), (MARATHON_M, 170.0 * 42.195)), "laser", quality="reported")


def marks(elapsed_s: float, plan: Plan | None) -> tuple[Mark, ...]:
    """Vienna's marks passed by a moment, with gaps to a plan."""
    out: list[Mark] = []
    for metres, passed in TIMES:
        if passed > elapsed_s:
            break
        at = _checkpoint(metres)
        if at.id == "half":
            out.append(Mark(at, metres, passed, "derived", 1.0, False))
            continue
        carried = [m for m in out if m.carries]
        regular = [m for m in carried if (m.distance_m or 0) % 5000 == 0]
        grid = metres % 5000 == 0 or at.type == "finish"
        before = (regular if grid else carried)[-1:]
        from_m, from_s = (before[0].distance_m or 0.0, before[0].elapsed_s) if before else (0.0, 0.0)
        asked = plan.when(metres) if plan else None
        out.append(
            Mark(
                at,
                metres,
                passed,
                "reported",
                0.1 if at.type == "finish" else 1.0,
                True,
                section_s=passed - from_s if grid else None,
                section_m=metres - from_m if grid else None,
                pace_s_per_km=(passed - from_s) / (metres - from_m) * 1000,
                pace_m=metres - from_m,
                gap_s=None if asked is None else passed - asked,
                even_pace_s=passed / metres * MARATHON_M,
            )
        )
    return tuple(out)


def _rotation(elapsed_s: float, distance_m: float) -> Rotation:
    slots = tuple(Pacer(s, None, "captain" if s == "captain" else "pacer", "derived") for s in SLOTS)
    legs = tuple(
        Leg(i + 1, team, a, b, "derived", start, end, 7, slots) for i, (team, a, b, start, end) in enumerate(LEGS)
    )
    if distance_m >= ALONE_M:
        return Rotation(legs, alone_since_m=ALONE_M)
    i = next(i for i, leg in enumerate(legs) if distance_m < leg.to_m)
    coming = legs[i + 1] if i + 1 < len(legs) else None
    change_m, change_s = (coming.from_m, coming.start_s or 0.0) if coming else (None, None)
    return Rotation(
        legs,
        legs[i],
        coming,
        change_m,
        change_s,
        None if change_s is None else change_s - elapsed_s,
        laser_ahead_m=2.0,
        laser_quality="derived",
        car_ahead_m=15.0,
    )


def _happened(elapsed_s: float, passed: tuple[Mark, ...]) -> tuple[Happening, ...]:
    out = [Happening("start", 0.0, text="Reichsbrücke")] if elapsed_s >= 0 else []
    before: Mark | None = None
    for mark in passed:
        out.append(
            Happening(
                "mark",
                mark.elapsed_s,
                not mark.carries,
                mark,
                mark.gap_s,
                before.gap_s if before else None,
                before.resolution_s if before else 0.0,
            )
        )
        before = mark if mark.carries else before
    for (left, *_), (team, from_m, _to, start, _end) in pairwise(LEGS):
        if start <= elapsed_s:
            out.append(Happening("change", start, True, team=team, before=left, place_m=from_m))
    if elapsed_s >= ALONE_S:
        out.append(Happening("alone", ALONE_S, True, place_m=ALONE_M))
    return tuple(sorted(out, key=lambda h: h.elapsed_s))


def _projection(elapsed_s: float, last: Mark, stretch: Mark, plan: Plan | None) -> Projection:
    metres, passed = last.distance_m or 0.0, last.elapsed_s
    section_m = stretch.pace_m or 0.0
    return Projection(
        even_pace_s=passed / metres * MARATHON_M,
        goal_gap_s=plan.finish_s + (last.gap_s or 0.0) if plan else None,
        needed_pace_s_per_km=(plan.finish_s - passed) / (MARATHON_M - metres) * 1000
        if plan and metres < MARATHON_M
        else None,
        last_pace_s_per_km=stretch.pace_s_per_km,
        last_m=section_m,
        mean_pace_s_per_km=passed / metres * 1000,
        finish_s=passed if metres == MARATHON_M else None,
        resolution_s=last.resolution_s,
        basis="even pace",
    )


def vienna(elapsed_s: float, plan: Plan | None = TWO_HOURS, mode: Mode | None = None) -> Snapshot:
    """Vienna 2019 at an elapsed time, against 2:00:00 unless another plan (or none) is given."""
    passed = marks(elapsed_s, plan)
    carried = [m for m in passed if m.carries]
    last = carried[-1] if carried else None
    stretch = next((m for m in reversed(carried) if (m.section_m or 0) >= 2000), last)
    finished = last is not None and last.checkpoint.type == "finish"
    pace = (stretch.pace_s_per_km or 170.0) if stretch else 170.0
    basis = "last 5 km" if stretch else "laser announced"
    last_m, last_s = (last.distance_m or 0.0, last.elapsed_s) if last else (0.0, 0.0)
    coming = None if finished else VIENNA.after(21097.5 if last_m == 21000.0 else last_m)
    due = None
    metres = last_m
    if coming is not None and coming.distance_m is not None:
        eta = last_s + (coming.distance_m - last_m) * pace / 1000
        late = eta + max(10.0, 0.02 * (eta - last_s))
        state = None if elapsed_s < eta else "overdue" if elapsed_s >= late else "due"
        due = Due(coming, eta, eta - elapsed_s, late, state, basis)  # type: ignore[arg-type] # a Literal of two
        metres = min(coming.distance_m, last_m + max(0.0, elapsed_s - last_s) / pace * 1000)
    gap = None
    line_m = plan.where(max(0.0, elapsed_s)) if plan else None
    if plan and last and last.gap_s is not None:
        asked = plan.when(metres)
        gap = Gap(
            plan, last, last.gap_s, last.resolution_s,
            "measured" if elapsed_s == last_s or finished else "estimated", elapsed_s - last_s,
            last.gap_s if finished or asked is None else elapsed_s - asked,
            None if line_m is None else line_m - metres, line_m,
            carried[-2] if len(carried) > 1 else None, carried[-2].gap_s if len(carried) > 1 else None,
        )  # fmt: skip
    phase = "before" if elapsed_s < 0 else "finished" if finished else "running"
    return Snapshot(
        INFO, VIENNA, KIPCHOGE, phase, GUN_S + elapsed_s, elapsed_s, passed, last,  # type: ignore[arg-type] # a Literal
        Position(metres, "measured" if elapsed_s == last_s or finished else "estimated", pace, basis), due,
        plan, (TWO_HOURS, LASER), gap,
        _projection(elapsed_s, last, stretch, plan) if last and stretch else Projection(),
        _rotation(elapsed_s, metres), _happened(elapsed_s, passed), runners=(KIPCHOGE,),
        schedule=explain(passed, ALONE_M, MARATHON_M), mode=mode or Mode(rate=60.0),
    )  # fmt: skip


MIDDLE = vienna(4323.0)
"""1:12:03, the moment of the pictures."""
BEHIND = vienna(4323.0, even("1:59:30", MARATHON_M, 7170.0))
BEFORE = vienna(-250.0, mode=Mode(rate=1.0))
NO_MARK = vienna(540.0)
FINISHED = vienna(7180.2)
PAUSED = vienna(4323.0, mode=Mode("paused", 60.0))
NO_TARGET = vienna(4323.0, None)


def overdue(elapsed_s: float = 5140.0) -> Snapshot:
    """Past the 30 km mat's due time without a mark there: the gap is a bound."""
    then = vienna(5110.9)
    assert then.gap is not None and then.due is not None and then.position is not None
    metres = 30000.0
    gap = replace(
        then.gap,
        quality="at_least",
        age_s=elapsed_s - 4259.0,
        now_s=elapsed_s - 30000.0 * 7200 / MARATHON_M,
        metres=(TWO_HOURS.where(elapsed_s) or 0.0) - metres,
        line_m=TWO_HOURS.where(elapsed_s),
    )
    due = replace(then.due, in_s=then.due.eta_s - elapsed_s, state="overdue")
    return replace(
        then, now_s=GUN_S + elapsed_s, elapsed_s=elapsed_s, gap=gap, due=due,
        position=replace(then.position, distance_m=metres, quality="at_least"),
    )  # fmt: skip


def out(status: str = "DNF", elapsed_s: float = 5400.0) -> Snapshot:
    """A runner who left the race after 25 km."""
    then = vienna(4800.0)
    gone = Happening("status", elapsed_s - 60, text=f"{status}: hamstring")
    return replace(
        then, phase="out", now_s=GUN_S + elapsed_s, elapsed_s=elapsed_s, due=None, gap=None, position=None,
        runner=replace(KIPCHOGE, status=status), happened=(*then.happened, gone),
    )  # fmt: skip


def unknown_course() -> Snapshot:
    """A race whose mats have names and no metres: only times can be shown."""
    mats = (Checkpoint("bridge", "Old bridge", None), Checkpoint("mill", "The mill", None))
    passed = tuple(
        Mark(mat, None, elapsed, "official", 1.0, True) for mat, elapsed in zip(mats, (850.0, 1702.0), strict=True)
    )
    return Snapshot(
        RaceInfo("hills", "Hill Run", gun_s=GUN_S, time_zone="Europe/Vienna", date="2019-10-12"), Course(None, mats),
        Runner("7", "Anna M.", "41207", sex="W"), "running", GUN_S + 1800.0, 1800.0, passed, passed[-1],
        happened=tuple(Happening("mark", m.elapsed_s, mark=m) for m in passed), mode=Mode(rate=1.0),
    )  # fmt: skip


def with_ghost() -> Snapshot:
    """Vienna at 1:12:03 beside Berlin 2018: 20 km passed by both, the ghost still before 25 km."""
    times = ((5000.0, 864.0), (10000.0, 1741.0), (15000.0, 2618.0), (20000.0, 3476.0), (25000.0, 4344.0),
             (30000.0, 5212.0), (35000.0, 6064.0), (40000.0, 6911.0), (42195.0, 7299.0))  # fmt: skip
    ghost_marks = tuple(Mark(_checkpoint(m), m, t, "official", 1.0, True) for m, t in times)
    runner = Runner("kipchoge", "Eliud Kipchoge", sex="M")
    info = RaceInfo("berlin-2018", "Berlin Marathon", "Berlin", "2018-09-16", "Europe/Berlin")
    plan = Plan("Berlin 2018", ((0.0, 0.0), *times), "ghost", resolution_s=1.0)
    metres = plan.where(4323.0)
    ghost = Ghost(
        info, runner, plan, ghost_marks[:4], ghost_marks[4:], metres, ghost_marks[3], -69.0,
        waiting=_checkpoint(25000.0), at_least_s=64.0,
        metres=None if metres is None or MIDDLE.position is None else metres - MIDDLE.position.distance_m,
    )  # fmt: skip
    return replace(MIDDLE, ghost=ghost)


BELIEVED = (
    (5000.0, 7110.0, 7174.0, 7254.0), (10000.0, 7120.0, 7173.0, 7250.0), (15000.0, 7135.0, 7193.0, 7240.0),
    (20000.0, 7150.0, 7193.0, 7235.0), (25000.0, 7157.0, 7190.0, 7223.0), (30000.0, 7165.0, 7189.0, 7212.0),
    (35000.0, 7170.0, 7189.0, 7202.0), (40000.0, 7180.0, 7190.0, 7196.0),
)  # fmt: skip
"""Bands for the drawing tests, by distance: 10 %, median, 90 %."""


def projected(then: Snapshot, p_target: float | None = 0.62, wider: float = 1.0) -> Snapshot:
    """The same with a projection: bands at the marks so far, the moments of the mats to come."""
    last_m, last_s = (then.last.distance_m or 0.0, then.last.elapsed_s) if then.last else (0.0, 0.0)
    history = tuple(
        Believed(metres, median - (median - low) * wider, median, median + (high - median) * wider, p_target)
        for metres, low, median, high in BELIEVED
        if metres <= last_m
    )
    if not history:
        return then
    now = history[-1]
    spread = now.q90_s - now.median_s
    arrivals = tuple(
        Arrival(mat, eta, eta - 0.7 * spread * share, eta + spread * share)
        for mat in then.course.checkpoints
        if mat.carries and mat.distance_m is not None and mat.distance_m > last_m
        for share in ((mat.distance_m - last_m) / (MARATHON_M - last_m),)
        for eta in (last_s + (now.median_s - last_s) * share,)
    )
    due = then.due
    if due is not None and arrivals:
        first = arrivals[0]
        due = replace(due, eta_s=first.eta_s, q10_s=first.q10_s, q90_s=first.q90_s, late_from_s=first.q90_s + 30,
                      overdue_from_s=first.q90_s + 100)  # fmt: skip
    place = then.position
    if place is not None and place.quality == "estimated":
        place = replace(place, low_m=place.distance_m - 0.7 * spread * 4, high_m=place.distance_m + spread * 3)
    projection = replace(
        then.projection, median_s=now.median_s, q05_s=now.q10_s - 9, q10_s=now.q10_s, q25_s=now.median_s - 17,
        q75_s=now.median_s + 18, q90_s=now.q90_s, q95_s=now.q90_s + 9, p_target=p_target, arrivals=arrivals,
        history=history, basis=f"{len(history)} marks, paced, unknown course",
        warnings=("not calibrated: few attempts",),
    )  # fmt: skip
    return replace(then, projection=projection, due=due, position=place)


PROJECTED = projected(MIDDLE)


def arriving(mode: Mode | None = None) -> Snapshot:
    """A lone runner, without target or pacers, nine minutes past 25 km in a live race."""
    lone = replace(vienna(4823.0, None), rotation=None, mode=mode or Mode("live", link_age_s=3.0, is_live=True))
    return projected(lone, None, wider=8.0)


def rejections(count: int) -> Snapshot:
    """The middle of the race from a feed with bad lines."""
    return replace(MIDDLE, counts=Counts(events=100, rejected=count))


assert all(m.quality in CARRYING for m in MIDDLE.marks if m.carries)
