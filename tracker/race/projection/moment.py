"""The distribution of an instant: the last mark's time plus a mixture of lognormals, some of them cut off below.

Seconds are on the runner's own clock, as the marks are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp

HALF_ROOT = math.sqrt(0.5)
ROOT_TAU = math.sqrt(2.0 * math.pi)
CLOSE = 2e-3
"""A quantile is found with a step of so little of the narrowest part's sd: the next one would be its square."""
CLOSE_TO_CUT = 2e-5
"""The same where parts are cut off: they fall away from the cut faster than their sd tells."""
NARROW = 1e-9
MOST_STEPS = 60

Part = tuple[float, float, float, float]
"""Weight, mean and sd of log seconds from the last mark, and one over the share that the cut leaves."""


def deviate(p: float) -> float:
    """About how many standard deviations the p-quantile of a normal lies from its middle (to 5e-4)."""
    t = math.sqrt(-2.0 * math.log(min(p, 1.0 - p)))
    z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    return z if p > 0.5 else -z


def survival(z: float) -> float:
    """The share of a normal that lies above z."""
    return 0.5 * erfc(z * HALF_ROOT)


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """When a place is reached. `cut` is the log of the seconds from the last mark that have passed in vain."""

    last_s: float
    parts: tuple[Part, ...]
    cut: float = -math.inf
    floor_s: float = -math.inf
    """Nothing is before this instant."""

    def cdf(self, instant_s: float) -> float:
        """The chance that the place is reached by an instant."""
        if instant_s <= self.last_s or instant_s < self.floor_s or not self.parts:
            return 1.0 if not self.parts and instant_s >= self.last_s else 0.0
        return min(1.0, max(0.0, self._below(math.log(instant_s - self.last_s))[0]))

    def quantile(self, p: float) -> float:
        """The instant by which the place is reached with probability p. ValueError unless 0 < p < 1."""
        return self.quantiles((p,))[0]

    def quantiles(self, probabilities: Sequence[float]) -> list[float]:
        """The instants of several probabilities. ValueError for one that is not between 0 and 1."""
        for p in probabilities:
            if not 0.0 < p < 1.0:
                raise ValueError(f"a quantile is asked for a probability between 0 and 1, not {p}")
        if not self.parts:
            return [self.last_s] * len(probabilities)
        shape = self._shape()
        return [max(self.floor_s, self.last_s + exp(self._log_quantile(p, *shape))) for p in probabilities]

    def _shape(self) -> tuple[float, float, float, float]:
        """Mean, sd and skewness of the log time (a cut left out), and the least sd of a part."""
        middle = sum([weight * mean for weight, mean, _, _ in self.parts])
        square = cube = 0.0
        for weight, mean, sd, _ in self.parts:
            off, variance = mean - middle, sd * sd
            square += weight * (off * off + variance)
            cube += weight * off * (off * off + 3.0 * variance)
        spread = math.sqrt(square)
        return middle, spread, cube / (square * spread), min([sd for _, _, sd, _ in self.parts])

    def _below(self, u: float) -> tuple[float, float]:
        """The share below a log time, and its slope there."""
        if u <= self.cut:
            return 0.0, 0.0
        above = slope = 0.0
        for weight, mean, sd, kept in self.parts:
            z = (u - mean) / sd
            above += weight * kept * erfc(z * HALF_ROOT)
            slope += weight * kept * exp(-0.5 * z * z) / sd
        return 1.0 - 0.5 * above, slope / ROOT_TAU

    def _log_quantile(self, p: float, middle: float, spread: float, skewness: float, least: float) -> float:
        """Newton on the logit of the share below, kept within what the parts allow."""
        z = deviate(p)
        ends = [
            (mean + sd * (z if kept == 1.0 else -deviate((1.0 - p) / kept)), 0.01 * sd)
            for _, mean, sd, kept in self.parts
        ]
        low = max(self.cut, min([at - more for at, more in ends]))
        high = max(self.cut, *[at + more for at, more in ends])
        u = middle + spread * (z + (z * z - 1.0) * skewness / 6)
        wanted, close = math.log(p / (1.0 - p)), (CLOSE if self.cut == -math.inf else CLOSE_TO_CUT) * least
        for _ in range(MOST_STEPS):
            if not low < u < high:
                u = (low + high) / 2
            share, slope = self._below(u)
            if share < p:
                low = u
            else:
                high = u
            if 0.0 < share < 1.0 and slope > 0.0:
                step = (wanted - math.log(share / (1.0 - share))) * share * (1.0 - share) / slope
                # Right behind a cut a step on the logit is short however far it is from there.
                if -close < step < close and share > p / 2:
                    return u + step
                u += step
            else:
                u = math.inf
            if high - low < NARROW:
                break
        return (low + high) / 2
