"""Where to see a runner: the window at each place, when to leave for it, and the chance of coming too late.

Times are seconds since the gun, distances metres. Rule: what the marks tell is passed; all else is as sure as the
projection is, and beyond the last contact with a feed nothing is thought to have happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tracker.race.course import SAME_PLACE_M, Course, interpolate
from tracker.race.places import find_place
from tracker.race.projection.forecast import Forecast
from tracker.race.snapshot import Snapshot

LOW, HIGH = 0.1, 0.9
"""A window holds the moment with 80 %."""
MOST_STOPS = 20
MOST_TRAVEL_MIN = 1440

_TRAVEL = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})(?:m|min)?)?", re.IGNORECASE)

Obstacle = Literal["race", "course", "gun", "out", "over", "mark"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to stand at. `travel_s`: from the one before to here, none where nobody said."""

    distance_m: float
    name: str = ""
    travel_s: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """What is to be said of one stop. All chances hold if the runner comes that far.

    passed: at `median_s`, `measured` by a mat or between two marks · ahead, open, gone: the window is to come, has
    begun, is past without a word · none: nothing is projected.
    `leave_by_s`: the latest moment to leave for it and be there before the window; `before_p`: the chance that the
    runner has been at the stop before by then. `missed_p`: the chance that whoever leaves there as the runner passes, or
    now where that is known to be past, comes too late here. Before that it is joint: of the time between the two
    places, not of two moments on their own.
    """

    stop: Stop
    state: Literal["passed", "ahead", "open", "gone", "none"]
    median_s: float | None = None
    low_s: float | None = None
    high_s: float | None = None
    measured: bool = False
    passed_p: float | None = None
    leave_by_s: float | None = None
    before_p: float | None = None
    missed_p: float | None = None


def split_words(text: str) -> list[str]:
    """The stops of a line of them: between commas where there are any, else between blanks."""
    return [word for part in (text.split(",") if "," in text else text.split()) if (word := part.strip())]


def read_stops(words: Sequence[str], course: Course) -> tuple[Stop, ...]:
    """The stops that a user means: `12km`, `28km:25min` (25 minutes from the stop before), a mat, `half`, `finish`.

    ValueError with one clear line.
    """
    stops: list[Stop] = []
    for number, word in enumerate(words, 1):
        try:
            stop = _stop(word, course)
        except ValueError as error:
            raise ValueError(f"stop {number}, {word!r}: {error}") from None
        if stops and stop.distance_m <= stops[-1].distance_m + SAME_PLACE_M:
            raise ValueError(
                f"stop {number}, {word!r}: the runner is there no later than at {words[number - 2]!r};"
                " give places in the order of the course, each once"
            )
        stops.append(stop)
    if len(stops) > MOST_STOPS:
        raise ValueError(f"{len(stops)} stops: give at most {MOST_STOPS}")
    return tuple(stops)


def _stop(word: str, course: Course) -> Stop:
    metres, travel_s = find_place(word, course), None
    if metres is None and ":" in word:
        place, _, travel = word.rpartition(":")
        metres, travel_s = find_place(place, course), _travel(travel)
    if metres is None:
        mats = ", ".join(c.name for c in course.checkpoints if c.distance_m is not None)
        raise ValueError(f"no place of this course; give 28km, 17mi, half, finish or a mat ({mats})")
    if metres <= SAME_PLACE_M:
        raise ValueError("that is the start, where all begin; give a place beyond it")
    mat = course.at(metres)
    half = course.distance_m is not None and abs(metres - course.distance_m / 2) <= SAME_PLACE_M
    return Stop(metres, mat.name if mat is not None else "half" if half else "", travel_s)


def _travel(text: str) -> float:
    """Seconds of `25min`, `25`, `1h`, `1h10`."""
    found = _TRAVEL.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise ValueError(f"{text!r} is no time to travel; give minutes, as in 28km:25min or 28km:1h10")
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0)
    if minutes > MOST_TRAVEL_MIN:
        raise ValueError(f"{text!r} is more than a day; give minutes from the stop before, as in 28km:25min")
    return minutes * 60.0


def obstacle(snapshot: Snapshot) -> Obstacle | None:
    """Why there is nothing to come, or nothing at all (race, course, gun); none when there is no reason."""
    if snapshot.phase == "empty":
        return "race"
    if not snapshot.course.known:
        return "course"
    if snapshot.race.gun_s is None:
        return "gun"
    if snapshot.phase == "out":
        return "out"
    if snapshot.phase == "finished":
        return None
    if snapshot.over:
        return "over"
    return "mark" if snapshot.projection.ahead is None else None


def meetings(snapshot: Snapshot, stops: Sequence[Stop]) -> tuple[Meeting, ...]:
    """What is to be said of each stop at this moment."""
    begin_s = snapshot.begin_s
    seen = tuple((m.distance_m, begin_s + m.elapsed_s) for m in snapshot.marks if m.carries and m.distance_m)
    passed = ((0.0, begin_s), *sorted(seen))
    ahead = snapshot.projection.ahead if obstacle(snapshot) is None else None
    now_s = _known_s(snapshot)
    out: list[Meeting] = []
    for stop in stops:
        here = _here(stop, passed, ahead, begin_s, now_s)
        out.append(_reached(here, out[-1] if out else None, ahead, begin_s, now_s))
    return tuple(out)


def _known_s(snapshot: Snapshot) -> float:
    """Until when anything may be thought to have happened."""
    lost_s, gun_s = snapshot.mode.horizon_s, snapshot.race.gun_s
    now_s = snapshot.elapsed_s or 0.0
    return now_s if lost_s is None or gun_s is None else min(now_s, lost_s - gun_s)


def _here(
    stop: Stop, passed: tuple[tuple[float, float], ...], ahead: Forecast | None, begin_s: float, now_s: float
) -> Meeting:
    """The window at a stop, or when it was passed."""
    metres = stop.distance_m
    if metres <= passed[-1][0] + SAME_PLACE_M:
        measured = next((seconds for at, seconds in passed if abs(at - metres) <= SAME_PLACE_M), None)
        when_s = interpolate(passed, metres) if measured is None else measured
        return Meeting(stop, "passed", when_s, measured=measured is not None)
    if ahead is None:
        return Meeting(stop, "none")
    moment = ahead.at(min(metres, ahead.total_m))
    low_s, median_s, high_s = (begin_s + moment.quantile(p) for p in (LOW, 0.5, HIGH))
    return Meeting(
        stop,
        "ahead" if now_s < low_s else "open" if now_s <= high_s else "gone",
        median_s,
        low_s,
        high_s,
        passed_p=moment.cdf(now_s - begin_s),
    )


def _reached(here: Meeting, before: Meeting | None, ahead: Forecast | None, begin_s: float, now_s: float) -> Meeting:
    """A meeting with the way to it: when to leave, and what comes of that."""
    travel_s, low_s = here.stop.travel_s, here.low_s
    if travel_s is None or low_s is None or ahead is None:
        return here
    leave_by_s = low_s - travel_s
    before_p = missed_p = None
    to_m = min(here.stop.distance_m, ahead.total_m)
    if before is not None and before.state == "passed" and before.median_s is not None:
        before_p = float(before.median_s <= leave_by_s)
        missed_p = ahead.at(to_m).cdf(max(before.median_s, now_s) + travel_s - begin_s)
    elif before is not None:
        from_m = before.stop.distance_m
        before_p = ahead.at(from_m).cdf(leave_by_s - begin_s)
        missed_p = ahead.between(from_m, to_m).cdf(travel_s)
    return replace(here, leave_by_s=leave_by_s, before_p=before_p, missed_p=missed_p)
