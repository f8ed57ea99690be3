"""What the projections of a whole field rest on. Loads numpy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tracker.race.projection.choose import ELITE_S_PER_KM, FASTEST_S_PER_KM
from tracker.race.projection.many import Flags
from tracker.race.projection.model import Ground, Kind, Model, Prior, prior
from tracker.race.projection.moments import Array


@dataclass(frozen=True, slots=True)
class Basis:
    """The model, the course, and what is said of the population: `asked` by the user, `paced` by the race."""

    model: Model
    ground: Ground
    asked: Kind | None = None
    paced: bool = False

    def populations(self, paces_s_per_km: Array) -> Iterator[tuple[Flags, Prior]]:
        """The runners by the population that each is taken for: `choose_kind` of everybody."""
        for who, kind in self._kinds(paces_s_per_km):
            if who.any():
                yield who, prior(self.model, kind, self.ground)

    def _kinds(self, paces_s_per_km: Array) -> tuple[tuple[Flags, Kind], ...]:
        if self.asked is not None:
            return ((np.ones(len(paces_s_per_km), np.bool_), self.asked),)
        wheels, fast = paces_s_per_km < FASTEST_S_PER_KM, paces_s_per_km <= ELITE_S_PER_KM
        if self.paced:
            return ((wheels, "even"), (~wheels, "paced"))
        return ((wheels, "even"), (~wheels & fast, "elite"), (~fast, "mass"))
