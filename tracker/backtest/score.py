"""The figures of one race at one mat: how far off, how wide, how sure and how rightly so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracker.backtest.tables import Floats

PROBABILITIES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
MEDIAN = 3
BANDS = {"cov50": (2, 4), "cov80": (1, 5), "cov90": (0, 6)}
TARGETS_S = np.arange(8100.0, 23_401.0, 900.0)
"""Every 15 minutes from 2:15 to 6:30."""
GROUPS = {"all": np.inf, "half<1:28": 5280.0, "half<1:10:30": 4230.0}
BINS = 10
WHO = ("paceline", "constant pace", "last 5 km")


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """A race's runners at a mat: `quantiles_s` of the finish (a column each), and chances of the targets by WHO."""

    race: str
    mat: str
    finish_s: Floats
    half_s: Floats
    quantiles_s: Floats
    even_s: Floats
    last_s: Floats
    chances: tuple[Floats, Floats, Floats]

    def rows(self) -> Iterator[dict[str, object]]:
        """A row of figures a group of runners; none for a group without any."""
        for group, below_s in GROUPS.items():
            chosen = np.ones(len(self.finish_s), bool) if group == "all" else self.half_s < below_s
            if chosen.any():
                yield {"race": self.race, "mat": self.mat, "group": group, **self._figures(chosen)}

    def _figures(self, chosen: NDArray[np.bool_]) -> dict[str, object]:
        finish, quantiles = self.finish_s[chosen], self.quantiles_s[chosen]
        errors = quantiles[:, MEDIAN] - finish
        hit = finish[:, None] < TARGETS_S
        brier = [float(np.mean((chance[chosen] - hit) ** 2)) for chance in self.chances]
        covered = {
            name: float(np.mean((finish >= quantiles[:, low]) & (finish <= quantiles[:, high])))
            for name, (low, high) in BANDS.items()
        }
        return {
            "n": len(finish),
            "mae": float(np.mean(np.abs(errors))),
            "median_abs": float(np.median(np.abs(errors))),
            "bias": float(np.mean(errors)),
            **covered,
            "width80": float(np.mean(quantiles[:, 5] - quantiles[:, 1])),
            "pinball": pinball(finish, quantiles),
            "mae_even": float(np.mean(np.abs(self.even_s[chosen] - finish))),
            "mae_last5": float(np.mean(np.abs(self.last_s[chosen] - finish))),
            "brier": brier[0],
            "brier_even": brier[1],
            "brier_last5": brier[2],
        }

    def reliability(self) -> Iterator[dict[str, object]]:
        """By tenths of the chance that was given: how many, the mean chance, and how often it came true."""
        hit = self.finish_s[:, None] < TARGETS_S
        for who, chance in zip(WHO, self.chances, strict=True):
            tenth = np.minimum((chance * BINS).astype(int), BINS - 1)
            for i in range(BINS):
                here = tenth == i
                count = int(here.sum())
                if count:
                    said, came = float(chance[here].mean()), float(hit[here].mean())
                    yield {
                        "race": self.race,
                        "mat": self.mat,
                        "who": who,
                        "tenth": i,
                        "n": count,
                        "said": said,
                        "came": came,
                    }


def pinball(finish_s: Floats, quantiles_s: Floats) -> float:
    """The mean loss over the quantiles, in seconds: each side of one weighed as its probability says."""
    above = finish_s[:, None] - quantiles_s
    p = np.array(PROBABILITIES)
    return float(np.mean(np.where(above > 0, p * above, (p - 1) * above)))
