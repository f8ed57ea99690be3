"""Whether the mat at which a runner is missing works. Rule: a silent mat is said of the mat, and about nobody.

Asked is who passed the last mat close to the runner. A field too large to be looked at one by one gives nobody here:
then, as for a runner alone on the road, nothing is known against the mat.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tracker.race.course import SAME_PLACE_M, Checkpoint
from tracker.race.marks import Sheet
from tracker.race.position import Track, due, overdue_from
from tracker.race.projection.forecast import Forecast
from tracker.race.snapshot import Due

CLOSE_S = 30.0
"""Those who passed the last mat within so many seconds of the runner are asked about the next."""

Company = Sequence[tuple[Sheet, Track]]
"""Other runners who were read, with their ways."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Until when silence counts, on the runner's own clock, how late the feed is, and the way ahead by the marks."""

    horizon_s: float
    latency_s: float = 0.0
    ahead: Forecast | None = None


def expected(
    way_past: Callable[[frozenset[str]], Track], sheet: Sheet, company: Company, evidence: Evidence
) -> tuple[Track, Due | None]:
    """The runner's way and the next mat that is waited for; silent ones are passed over and named.

    `way_past` makes the way that waits at none of these mats. Where no other mat is left, the last is `silent`.
    """
    silent: list[Checkpoint] = []
    way, since_s, before = way_past(frozenset()), None, None
    while True:
        coming = due(way, evidence.horizon_s, evidence.latency_s, evidence.ahead)
        if coming is None:
            return before or (way, None)
        coming = replace(coming, silent=tuple(silent), silent_since_s=since_s)
        if coming.state != "overdue":
            return way, coming
        word = hearing(coming.checkpoint, sheet, company, evidence)
        if word == "working":
            return way, coming
        if word == "unsure":
            return way, replace(coming, state="due")
        silent.append(coming.checkpoint)
        since_s = coming.eta_s if since_s is None else since_s
        before = way, replace(coming, state="silent", silent=tuple(silent), silent_since_s=since_s)
        way = way_past(frozenset(mat.id for mat in silent))


def hearing(
    mat: Checkpoint, sheet: Sheet, company: Company, evidence: Evidence
) -> Literal["working", "silent", "unsure"]:
    """What those around a runner say of a mat: most were read there, most are overdue there themselves, or neither."""
    last = sheet.carrying[-1] if sheet.carrying else None
    if last is None or last.distance_m is None:
        return "working"
    passed_s, horizon_s = last.elapsed_s + sheet.begin_s, evidence.horizon_s + sheet.begin_s
    around = read = missing = 0
    for own, way in company:
        then = next((m for m in own.carrying if abs((m.distance_m or 0.0) - last.distance_m) <= SAME_PLACE_M), None)
        if then is None or abs(then.elapsed_s + own.begin_s - passed_s) > CLOSE_S:
            continue
        was_read = any(m.checkpoint.id == mat.id for m in own.carrying)
        if own.status not in (None, "finished") and not was_read:
            continue
        around += 1
        read += was_read
        missing += not was_read and _overdue(mat, own, way, horizon_s - evidence.latency_s)
    if around == 0 or 2 * read > around:
        return "working"
    return "silent" if 2 * missing >= around else "unsure"


def _overdue(mat: Checkpoint, own: Sheet, way: Track, until_s: float) -> bool:
    """Whether another would have been read by an instant after the gun, by the pace of their own."""
    when_s = way.when(mat.distance_m or 0.0)
    last_s = max((m.elapsed_s for m in own.carrying if (m.distance_m or 0.0) < (mat.distance_m or 0.0)), default=0.0)
    return when_s is not None and overdue_from(when_s, last_s) + own.begin_s <= until_s
