"""The way ahead of one runner: the moment at any place, and the place at any moment."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from tracker.race.projection.condition import (
    MAT_SD_M,
    SAME_MAT_M,
    Gains,
    Known,
    Timed,
    condition,
    gains,
    log_paces,
    shares,
    tidy,
)
from tracker.race.projection.model import Ground, Model, Prior
from tracker.race.projection.moment import ROOT_TAU, Moment, Part, survival

DEEPEST = 8.0
"""Standard deviations beyond which waiting in vain tells nothing more."""
UNMOVED = -6.0
"""Standard deviations before the middle up to which waiting has told nothing yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What the marks say of the way ahead, on the runner's clock.

    `race_sd` is the scale of what the race adds, by `scales` a Student t. `cut_s` are the seconds from the last mark
    that are known to have passed without a read at `next_m`; none where nothing is known of them.
    """

    last_m: float
    last_s: float
    total_m: float
    known: tuple[Known, ...]
    gains: Gains
    race_sd: float
    scales: tuple[tuple[float, float], ...]
    next_m: float | None = None
    cut_s: float | None = None

    def at(self, distance_m: float) -> Moment:
        """When a place is reached. ValueError for one that is behind the last mark or beyond the finish."""
        if distance_m < self.last_m - SAME_MAT_M or distance_m > self.total_m + SAME_MAT_M:
            raise ValueError(
                f"no forecast for {distance_m:g} m: from {self.last_m:g} to {self.total_m:g} m there is one"
            )
        if distance_m <= self.last_m + SAME_MAT_M:
            return Moment(self.last_s, ())
        if self.cut_s is None or self.next_m is None or distance_m < self.next_m - SAME_MAT_M:
            return Moment(self.last_s, tuple(self._parts(distance_m)))
        return self._held(distance_m, self.next_m, self.cut_s)

    def free(self, distance_m: float) -> Moment:
        """The same by the marks alone, whatever was waited for since."""
        return Moment(self.last_s, tuple(self._parts(distance_m)))

    def where(self, instant_s: float, p: float) -> float:
        """The metre that the runner has not passed at an instant with probability p."""
        low, high = self.last_m, self.total_m
        if instant_s <= self.last_s:
            return low
        if 1.0 - self.at(high).cdf(instant_s) <= p:
            return high
        while high - low > 0.5:
            middle = (low + high) / 2
            if 1.0 - self.at(middle).cdf(instant_s) <= p:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    def _ways(self, distance_m: float) -> list[tuple[float, float, float]]:
        """Weight, mean and variance of the log of the seconds to a place, one a component."""
        lengths, noise_m2 = reach(self.gains, distance_m)
        step2 = self.gains.step_s**2 / 6
        out = []
        for one in self.known:
            parts = list(map(mul, lengths, one.paces))
            whole = sum(parts)
            crossed = sum(a * sum(map(mul, row, parts)) for a, row in zip(parts, one.cross, strict=False))
            variance = math.log1p(noise_m2 + (crossed + step2) / (whole * whole))
            out.append((one.weight, math.log(whole) - variance / 2, variance))
        return out

    def _parts(self, distance_m: float) -> list[Part]:
        race2 = self.race_sd**2
        return [
            (weight * share, mean, math.sqrt(variance + race2 * scale), 1.0)
            for weight, mean, variance in self._ways(distance_m)
            for share, scale in self.scales
        ]

    def _held(self, distance_m: float, next_m: float, cut_s: float) -> Moment:
        """A moment beyond a mat that was not reached yet."""
        floor_s, cut = self.last_s + cut_s, math.log(cut_s)
        nearer = self._parts(next_m)
        if all((cut - mean) / sd < UNMOVED for _, mean, sd, _ in nearer):
            return Moment(self.last_s, tuple(self._parts(distance_m)), floor_s=floor_s)
        same = abs(distance_m - next_m) <= SAME_MAT_M
        farther = nearer if same else self._parts(distance_m)
        links = self._links(next_m, distance_m)
        out: list[Part] = []
        for i, ((weight, mean, near_sd, _), (_, far, far_sd, _)) in enumerate(zip(nearer, farther, strict=True)):
            near = max(mean, cut - DEEPEST * near_sd)
            from_sd = (cut - near) / near_sd
            left = survival(from_sd)
            if same:
                out.append((weight * left, near, near_sd, 1.0 / left))
                continue
            pull = math.exp(-0.5 * from_sd * from_sd) / (ROOT_TAU * left)
            link = (links[i // len(self.scales)] + self.race_sd**2 * self.scales[i % len(self.scales)][1]) / near_sd
            less = link * link * pull * (pull - from_sd)
            moved = far + link * (pull + (near - mean) / near_sd)
            out.append((weight * left, moved, math.sqrt(max(far_sd * far_sd - less, 1e-12)), 1.0))
        total = sum(part[0] for part in out)
        parts = tuple((weight / total, mean, sd, kept) for weight, mean, sd, kept in out)
        return Moment(self.last_s, parts, cut if same else -math.inf, floor_s)

    def _links(self, next_m: float, distance_m: float) -> list[float]:
        """The covariance of the log times to two places, one a component."""
        (near, _), (far, _) = reach(self.gains, next_m), reach(self.gains, distance_m)
        common = MAT_SD_M**2 / ((next_m - self.last_m) * (distance_m - self.last_m))
        out = []
        for one in self.known:
            a, b = list(map(mul, near, one.paces)), list(map(mul, far, one.paces))
            crossed = sum(x * sum(map(mul, row, b)) for x, row in zip(a, one.cross, strict=False))
            out.append(math.log1p(common + crossed / (sum(a) * sum(b))))
        return out


@lru_cache(maxsize=4096)
def reach(known: Gains, distance_m: float) -> tuple[tuple[float, ...], float]:
    """Metres of each segment on the way from the last mark to a place, and the relative variance of its length.

    The finish lies where it is said to; a mat, or a place somebody stands at, does so as well as the last mark.
    """
    run_m = distance_m - known.last_m
    ends = 1 if distance_m >= known.ends_m[-1] - SAME_MAT_M else 2
    if known.last_m <= 0:
        ends -= 1
    lengths = shares(known.last_m, distance_m, known.ends_m)
    while lengths and lengths[-1] == 0.0:
        lengths.pop()
    return tuple(lengths), ends * (MAT_SD_M / run_m) ** 2


def forecast(
    marks: Iterable[Timed],
    ground: Ground,
    prior: Prior,
    model: Model,
    horizon_s: float | None = None,
    next_m: float | None = None,
) -> Forecast:
    """The way ahead after these marks, in any order. `horizon_s`: until then nobody was read at `next_m`."""
    stood = tidy(marks, prior)
    known = gains(prior, tuple([(metres, step) for metres, _, step in stood]))
    last_m, last_s, _ = stood[-1] if stood else (0.0, 0.0, 0.0)
    waited_s = None if horizon_s is None or next_m is None or horizon_s <= last_s else horizon_s - last_s
    scale = prior.total_m / sum(model.segments_m)
    return Forecast(
        last_m=last_m,
        last_s=last_s,
        total_m=prior.total_m,
        known=tuple(condition(known, log_paces(stood))) if known.ends_m else (),
        gains=known,
        race_sd=model.spread.at(last_m / scale, known=ground.offsets is not None),
        scales=model.spread.scales,
        next_m=next_m,
        cut_s=waited_s,
    )
