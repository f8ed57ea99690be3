"""Everybody at the moment on show: the columns of the field, the forecasts, and where each stands. Loads numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.race.outlooks import Outlooks, Stand

if TYPE_CHECKING:
    from tracker.race.book import Race, Wanted
    from tracker.race.field import Field
    from tracker.race.snapshot import Snapshot


MOST, FEW = 4096, 64
"""Runners whose forecasts are made in one go, and while a feed tells what was before: their next marks are about to come."""


class FieldNow:
    """What screens of a field look at. It goes on with the race: forecasts are made once a mark, some at a time."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.outlooks: Outlooks | None = None
        self.stand: Stand | None = None
        """Where everybody stands; none before the gun, and where nothing can be projected."""

    @property
    def pending(self) -> bool:
        """Whether forecasts have still to be made: then it is worth to look again soon."""
        return self.outlooks is not None and self.outlooks.pending > 0

    def take(self, race: Race, shown: Snapshot, wanted: Wanted, most: int = MOST) -> FieldNow:
        """The field of a race as it is shown."""
        self.field = race.field()
        basis = race.basis(wanted)
        self.stand = None
        if basis is None or shown.elapsed_s is None:
            self.outlooks = None
            return self
        self.outlooks = (self.outlooks or Outlooks()).update(self.field, basis, most)
        zero_s = shown.now_s - shown.elapsed_s
        now_s, horizon_s = shown.elapsed_s, shown.elapsed_s
        if wanted.as_of_s is not None:
            now_s = min(now_s, wanted.as_of_s - zero_s)
        if wanted.horizon_s is not None:
            horizon_s = min(horizon_s, wanted.horizon_s - zero_s - wanted.latency_s)
        self.stand = self.outlooks.stand(self.field, now_s, horizon_s, over=race.over)
        return self
