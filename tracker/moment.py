"""What people call a moment of a race: `1:10:59`, `-4:10`, `25km`, `15mi`, `half`, `finish`, a mat's id.

Rule: a mark is the moment at which it became known; where there is none, the first at which the estimated position
reaches the place, never by what a later mark tells.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.draw.words import clock, mat_with_unit
from tracker.fold import Fold
from tracker.log import ALWAYS
from tracker.race.course import SAME_PLACE_M, Course
from tracker.race.places import find_place

if TYPE_CHECKING:
    from tracker.race.book import Wanted
    from tracker.race.snapshot import Mark, Snapshot

_TIME = re.compile(r"([-−+]?)(?:(\d{1,3}):)?(\d{1,2}):([0-5]\d(?:\.\d{1,3})?)")
FORMS = "a time as 1:10:59 or 45:00, a place as 25km or 15mi, half, finish"
AFTER_END_S = 3600.0
"""How far beyond a recording's end a place is looked for by estimate."""
STEP_S = 0.001


def elapsed(text: str) -> float | None:
    """Seconds of `H:MM:SS` or `MM:SS`, signed, and `0` for the gun; none for what is not a time."""
    if text.strip() == "0":
        return 0.0
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    sign, hours, minutes, seconds = found.groups()
    if hours is not None and (len(minutes) != 2 or int(minutes) > 59):
        return None
    value = int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)
    return -value if sign in ("-", "−") and sign else value


def place(text: str, course: Course) -> float:
    """Metres from the start of a place on a course. ValueError with one clear line."""
    metres = find_place(text, course)
    if metres is not None:
        return metres
    if course.distance_m is None:
        raise ValueError(f"{text}: the length of this course is unknown; give a time as 1:10:59")
    raise ValueError(f"{text!r} is no moment of this race: give {FORMS}")


def moment(fold: Fold, wanted: Wanted, text: str) -> float:
    """The instant on the log's axis. ValueError with one clear line: no such moment, no such place, never reached."""
    log = fold.log
    seconds = elapsed(text)
    if seconds is not None:
        if log.gun_s is None:
            raise ValueError(f"{text}: this feed does not say when the gun went; give a place as 25km")
        return log.gun_s + seconds
    snapshot = fold.up_to(len(log)).snapshot(log.end_s or 0.0, wanted)
    metres = place(text, snapshot.course)
    if metres <= SAME_PLACE_M and log.gun_s is not None:
        return log.gun_s
    search = _Search(fold, replace(wanted, athlete=snapshot.runner.id or wanted.athlete), metres)
    known = search.first_mark()
    when = known if known is not None else search.first_position()
    if when is None:
        last = snapshot.last
        seen = f"last seen at {_named(last)} in {clock(last.elapsed_s)}" if last else "not seen at any mark"
        who = snapshot.runner.name or snapshot.runner.id or "the runner"
        raise ValueError(f"{text}: {who} is not known to have come there ({seen}); give an earlier place, or a time")
    return when


def _named(mark: Mark) -> str:
    return mat_with_unit(mark.distance_m, mark.checkpoint.name)


class _Search:
    """The first moment at which one athlete is known, or thought, to be at a place."""

    def __init__(self, fold: Fold, wanted: Wanted, metres: float) -> None:
        self.fold, self.wanted, self.metres = fold, wanted, metres
        log = fold.log
        start = log.start_s if log.start_s is not None else log.gun_s or 0.0
        moments = {max(when, start) for when in log.about(wanted.athlete)}
        moments.add(log.gun_s if log.gun_s is not None else start)
        self.moments = sorted(when for when in moments if when != ALWAYS)

    def first_mark(self) -> float | None:
        return next((t for t in self.moments if any(map(self._is_here, self._snapshot(t).marks))), None)

    def first_position(self) -> float | None:
        later = [*self.moments[1:], max(self.moments[-1], self.fold.log.end_s or ALWAYS) + AFTER_END_S]
        for low, high in zip(self.moments, later, strict=True):
            if self._reached(low):
                return low
            if self._reached(last := min(math.nextafter(high, low), self._overdue(low))):
                return self._first_between(low, last)
        return None

    def _overdue(self, now_s: float) -> float:
        """Just before the estimate is given up, because the runner should have been read by then."""
        snapshot = self._snapshot(now_s)
        if snapshot.due is None or snapshot.elapsed_s is None:
            return math.inf
        return max(now_s, now_s + snapshot.due.overdue_from_s - snapshot.elapsed_s - STEP_S)

    def _first_between(self, low: float, high: float) -> float:
        while high - low > STEP_S:
            middle = (low + high) / 2
            low, high = (low, middle) if self._reached(middle) else (middle, high)
        return high

    def _snapshot(self, now_s: float) -> Snapshot:
        return self.fold.to(now_s).snapshot(now_s, self.wanted)

    def _is_here(self, mark: Mark) -> bool:
        here = mark.distance_m is not None and abs(mark.distance_m - self.metres) <= SAME_PLACE_M
        return here and mark.rejected is None

    def _reached(self, now_s: float) -> bool:
        position = self._snapshot(now_s).position
        return position is not None and position.distance_m >= self.metres - 0.001
