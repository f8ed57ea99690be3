"""Other runners, known by reads only: the gap at the last mat both passed, and who paces an ordinary race."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.race.course import SAME_PLACE_M, Checkpoint
from tracker.race.marks import Sheet
from tracker.race.position import Track, overdue_from
from tracker.race.snapshot import Mark, PacerSeen, Rival, Runner

NEAREST = 8
"""Rivals that a snapshot tells of."""
GOOD_TO_M = 5.0
DRIFT = 0.01
"""The share of the metres run since a mark by which an estimate may be off."""
TOGETHER_S = 5.0


def rivals(sheet: Sheet, track: Track, others: Iterable[tuple[Runner, Sheet, Track]]) -> tuple[Rival, ...]:
    """The nearest other runners by what is known of their gap, those who are ahead first."""
    found = [rival for runner, own, way in others if (rival := _rival(sheet, track, runner, own, way)) is not None]
    found.sort(key=lambda rival: (max(abs(rival.gap_s or 0.0), rival.at_least_s or 0.0), rival.runner.id))
    return tuple(sorted(found[:NEAREST], key=lambda rival: (-(rival.gap_s or 0.0), rival.runner.id)))


def leader(
    runner: Runner, sheet: Sheet, others: Iterable[tuple[Runner, Sheet, Track]]
) -> tuple[Runner, Checkpoint] | None:
    """Who was first at the furthest mat that anybody has passed, by the gun's clock; the first by id of those level there."""
    field = [(runner, sheet), *((who, own) for who, own, _ in others)]
    last = [(who, own.carrying[-1], own.begin_s) for who, own in field if own.carrying]
    furthest_m = max((mark.distance_m or 0.0 for _, mark, _ in last), default=0.0)
    there = [each for each in last if furthest_m - (each[1].distance_m or 0.0) <= SAME_PLACE_M]
    first = min(there, key=lambda each: (each[1].elapsed_s + each[2], each[0].id), default=None)
    return None if first is None else (first[0], first[1].checkpoint)


def _rival(sheet: Sheet, track: Track, runner: Runner, own: Sheet, way: Track) -> Rival | None:
    """A rival who has a mat in common with the runner."""
    theirs = {round(m.distance_m or 0.0): m for m in own.carrying}
    common = next((m for m in reversed(sheet.carrying) if round(m.distance_m or 0.0) in theirs), None)
    if common is None:
        return None
    other, last = theirs[round(common.distance_m or 0.0)], sheet.carrying[-1]
    waits = last is not common and own.carrying[-1] is other and own.status is None
    sure = _is_placed(sheet, track) and _is_placed(own, way)
    return Rival(
        runner=runner,
        last=own.last,
        gap_s=common.elapsed_s + sheet.begin_s - other.elapsed_s - own.begin_s,
        at=common.checkpoint,
        position_m=way.reach_m if sure else None,
        waiting=last.checkpoint if waits else None,
        at_least_s=track.now_s - last.elapsed_s if waits and track.now_s is not None else None,
    )


def _is_placed(sheet: Sheet, track: Track) -> bool:
    """Whether the estimate is good to five metres: so soon after a mark, and by so fine a clock."""
    if track.reach_m is None or not sheet.carrying or not track.pace_s_per_km or sheet.finish is not None:
        return False
    mark = sheet.carrying[-1]
    half_step_m = mark.resolution_s / 2 / track.pace_s_per_km * 1000
    return half_step_m + DRIFT * (track.reach_m - (mark.distance_m or 0.0)) <= GOOD_TO_M


def pacers(sheet: Sheet, others: Sequence[tuple[Runner, Sheet, Track]]) -> tuple[PacerSeen, ...]:
    """The pacers of an ordinary race, as mats saw them."""
    found = []
    for runner, own, way in others:
        last = own.last
        if runner.role == "pacer" and last is not None:
            company = [s for r, s, _ in others if r.id != runner.id]
            alone = _passed_with(last, own, sheet) or any(_overdue(last, way, s) for s in (sheet, *company))
            out = own.status is not None or (alone and last.checkpoint.type != "finish")
            found.append(PacerSeen(runner, last.checkpoint, last.elapsed_s + own.begin_s, out))
    return tuple(sorted(found, key=lambda p: (p.out, -(p.last_s or 0.0), p.runner.id)))


def _later(last: Mark, other: Sheet) -> list[Mark]:
    """The marks of another beyond a pacer's last."""
    return [m for m in other.carrying if (m.distance_m or 0.0) > (last.distance_m or 0.0) + SAME_PLACE_M]


def _passed_with(last: Mark, own: Sheet, runner: Sheet) -> bool:
    """Whether the runner was with the pacer at the pacer's last mat, and has passed another since."""
    level = next((m for m in runner.carrying if m.distance_m == last.distance_m), None)
    if level is None or not _later(last, runner):
        return False
    return abs(level.elapsed_s + runner.begin_s - last.elapsed_s - own.begin_s) <= TOGETHER_S


def _overdue(last: Mark, way: Track, other: Sheet) -> bool:
    """Whether another was read at a later mat at which the pacer is overdue by the pacer's own pace."""
    later = _later(last, other)
    eta_s = way.when(later[0].distance_m or 0.0) if later else None
    if eta_s is None or way.now_s is None:
        return False
    return way.now_s >= overdue_from(eta_s, last.elapsed_s)
