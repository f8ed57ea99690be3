"""Where a view may go: the bounds of a log, the watched runner's marks on it, and the moments that people name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.moment import moment
from tracker.priors import shipped
from tracker.race.book import Wanted
from tracker.race.projection.choose import KINDS, choose_ground
from tracker.race.snapshot import Snapshot

if TYPE_CHECKING:
    from tracker.fold import Fold

LEAD_S = 600.0
"""How long before the gun a view may begin."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the clock may go, on the log's axis: from the start to the latest that is known. `gun_s` is elapsed 0."""

    start_s: float
    end_s: float
    gun_s: float


class Timeline:
    """The axis of a log for one viewer, who wants to see `wanted`. All is asked for anew, since a log may grow."""

    def __init__(self, fold: Fold) -> None:
        self.fold = fold
        self.wanted = Wanted(model=shipped())
        self._splits: tuple[object, list[float]] = (None, [])

    def reckon(self, prior: str = "", course: str = "") -> None:
        """Project with a prior (empty: by the race) and on a course by name. ValueError where that is not known."""
        model = self.wanted.model
        if course and model is not None:
            choose_ground(model, 0.0, (), course)
        kind = next((each for each in KINDS if each == prior), None)
        self.wanted = replace(self.wanted, prior=kind, course=course or None)

    def view(self, now_s: float) -> Snapshot:
        """The race at an instant."""
        return self.fold.to(now_s).snapshot(now_s, self.wanted)

    def final(self) -> Snapshot:
        """All that is known: to find out what a viewer can ask for, never to be shown."""
        end_s = self.bounds().end_s
        return self.view(end_s)

    def bounds(self) -> Bounds:
        """The bounds as far as the log goes."""
        log = self.fold.log
        first = log.start_s if log.start_s is not None else log.gun_s or 0.0
        gun_s = log.gun_s if log.gun_s is not None else first
        return Bounds(min(first, gun_s - LEAD_S), max(log.end_s if log.end_s is not None else gun_s, gun_s), gun_s)

    def splits(self) -> list[float]:
        """The instants at which splits of the runner arrived, in order."""
        log = self.fold.log
        key = (self.wanted.athlete, len(log))
        if self._splits[0] != key:
            athlete = self.final().runner.id
            self._splits = (key, log.about(athlete, splits=True))
        return self._splits[1]

    def moment(self, text: str) -> float:
        """The instant people call that. ValueError with one clear line."""
        return moment(self.fold, self.wanted, text)
