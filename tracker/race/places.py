"""What people call a place of a course: a mat by its id or name, `start`, `half`, `finish`, `25km`, `15mi`."""

from __future__ import annotations

import re

from tracker.race.course import SAME_PLACE_M, Course
from tracker.race.plan import MILE_M

_DISTANCE = re.compile(r"(\d{1,6}(?:[.,]\d{1,4})?)\s*(km|k|mi|m)", re.IGNORECASE)
_UNIT_M = {"km": 1000.0, "k": 1000.0, "mi": MILE_M, "m": 1.0}


def find_place(text: str, course: Course) -> float | None:
    """Metres from the start; none for what is no place, or none without the length of the course.

    ValueError with one clear line for a place beyond the course.
    """
    word = text.strip().casefold()
    named = next((c for c in course.checkpoints if word in (c.id.casefold(), c.name.casefold())), None)
    if named is not None and named.distance_m is not None:
        return named.distance_m
    if course.distance_m is None:
        return None
    if word in ("start", "half", "finish"):
        return {"start": 0.0, "half": course.distance_m / 2, "finish": course.distance_m}[word]
    found = _DISTANCE.fullmatch(word)
    if found is None:
        return None
    metres = float(found[1].replace(",", ".")) * _UNIT_M[found[2]]
    if metres > course.distance_m + SAME_PLACE_M:
        raise ValueError(f"{text} is beyond the course, which is {course.distance_m / 1000:g} km long")
    return metres
