"""What the screen of the course shows: the crowd, who leads, who is followed, the pace groups. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.draw.listed import Strip
from tracker.race.course import Checkpoint
from tracker.race.snapshot import Runner

Part = Literal["leader", "followed", "pacer"]


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody on the course. Times are on their own clock.

    `place_m`: where they are by their forecast, none who is on no cell. `last` was passed at `last_s`. `near`: so many
    others are within a hundred metres. Of a pacer: `goal_s` the finish they run for, `off_s` the seconds behind the even
    line to it at the last mat, negative ahead.
    """

    runner: Runner
    part: Part
    place_m: float | None = None
    last: Checkpoint | None = None
    last_s: float | None = None
    projected_s: float | None = None
    state: Literal["", "late", "overdue", "finished", "out"] = ""
    near: int = 0
    goal_s: float | None = None
    off_s: float | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Road:
    """The course with its field. `passed`: how many are through each mat; the mats are those of the strip."""

    strip: Strip | None = None
    passed: tuple[int, ...] = ()
    on: int = 0
    people: tuple[Placed, ...] = ()

    def of(self, part: Part) -> tuple[Placed, ...]:
        """The people of one part, in order."""
        return tuple(each for each in self.people if each.part == part)


NOBODY = Road()
