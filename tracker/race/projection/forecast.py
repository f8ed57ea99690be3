"""The way ahead of one runner: the moment at any place, and the place at any moment."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import mul

from tracker.race.projection.condition import (
    MAT_SD_M,
    SAME_MAT_M,
    Gain,
    Gains,
    Known,
    Timed,
    condition,
    gains,
    log_paces,
    shares,
    tidy,
)
from tracker.race.projection.model import Ground, Model, Prior, Vector
from tracker.race.projection.moment import ROOT_TAU, Moment, Part, survival

DEEPEST = 8.0
"""Standard deviations beyond which waiting in vain tells nothing more."""
NEAR_S = 0.2
"""A place is found where the moment is so near to the one asked for."""
MOST_LOOKS = 40
UNSEEN = 0.25
"""Below this share of a component's variance the race's is added as one normal."""
UNMOVED = -6.0
"""Standard deviations before the middle up to which waiting has told nothing yet."""
FASTEST = 0.75
"""Share of a runner's pace so far that nobody beats beyond a mat that was waited for in vain: where the wait is long, the
logs of two times far apart do not tell that there is a way between them."""


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
    floor_s: float = -math.inf
    """No place from `next_m` on was reached before this instant."""
    wait_s: float = 0.0
    """Seconds on that clock before the runner set off."""

    def after(self, wait_s: float) -> Forecast:
        """The same on a clock that began so long before the runner set off."""
        return replace(self, last_s=self.last_s + wait_s, floor_s=self.floor_s + wait_s, wait_s=wait_s)

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

    def where(self, instant_s: float, p: float, limit_m: float | None = None) -> float:
        """The metre that the runner has not passed at an instant with probability p, none beyond a limit."""
        low, high = self.last_m, self.total_m if limit_m is None else min(limit_m, self.total_m)
        if instant_s <= self.last_s:
            return low
        early, late = self.last_s - instant_s, self.at(high).quantile(1.0 - p) - instant_s
        if late <= 0.0:
            return high
        # False position: between two mats time grows nearly as distance does.
        for _ in range(MOST_LOOKS):
            middle = low + (high - low) * early / (early - late)
            off = self.at(middle).quantile(1.0 - p) - instant_s
            if abs(off) < NEAR_S:
                break
            if off > 0.0:
                high, late, early = middle, off, early / 2
            else:
                low, early, late = middle, off, late / 2
        return middle

    def between(self, from_m: float, to_m: float) -> Moment:
        """Seconds from one place to the next, both ahead: the times there are one runner's, so it is surer than two moments.

        By the marks alone: whoever is waited for in vain is slower. ValueError where there is no way between.
        """
        if not self.last_m - SAME_MAT_M <= from_m < to_m <= self.total_m + SAME_MAT_M:
            raise ValueError(f"no way ahead from {from_m:g} to {to_m:g} m: there is one from {self.last_m:g} m on")
        lengths, finish = shares(from_m, to_m, self.gains.ends_m), reach(self.gains, self.total_m)[1]
        ends = (from_m > 0) + (to_m < self.total_m - SAME_MAT_M)
        noise = ends * (MAT_SD_M / (to_m - from_m)) ** 2
        out: list[Part] = []
        for one in self.known:
            gain = self.gains.gains[one.index]
            middle = _seconds(gain, lengths)
            variance = math.log1p(noise + _crossed(gain, middle, middle))
            mean = math.log(sum(map(mul, lengths, one.paces))) - variance / 2
            for share, race in added(self.race_sd, finish[one.index], self.scales):
                out.append((one.weight * share, mean, math.sqrt(variance + race), 1.0))
        return Moment(0.0, tuple(out))

    def _parts(self, distance_m: float) -> list[Part]:
        lengths, variances, finish = *reach(self.gains, distance_m), reach(self.gains, self.total_m)[1]
        out: list[Part] = []
        for one in self.known:
            variance = variances[one.index]
            mean = math.log(sum(map(mul, lengths, one.paces))) - variance / 2
            for share, race in added(self.race_sd, finish[one.index], self.scales):
                out.append((one.weight * share, mean, math.sqrt(variance + race), 1.0))
        return out

    def _held(self, distance_m: float, next_m: float, cut_s: float) -> Moment:
        """A moment beyond a mat that was not reached yet."""
        rest_s = least_rest(next_m, distance_m, self.last_m, self.last_s - self.wait_s)
        floor_s, cut = max(self.last_s + cut_s, self.floor_s) + rest_s, math.log(cut_s)
        nearer = self._parts(next_m)
        if all((cut - mean) / sd < UNMOVED for _, mean, sd, _ in nearer):
            return Moment(self.last_s, tuple(self._parts(distance_m)), floor_s=floor_s)
        same = abs(distance_m - next_m) <= SAME_MAT_M
        farther = nearer if same else self._parts(distance_m)
        links = self._links(next_m, distance_m)
        out: list[Part] = []
        for (weight, mean, near_sd, _), (_, far, far_sd, _), linked in zip(nearer, farther, links, strict=True):
            near = max(mean, cut - DEEPEST * near_sd)
            from_sd = (cut - near) / near_sd
            left = survival(from_sd)
            if same:
                out.append((weight * left, near, near_sd, 1.0 / left))
                continue
            pull = math.exp(-0.5 * from_sd * from_sd) / (ROOT_TAU * left)
            link = linked / near_sd
            less = link * link * pull * (pull - from_sd)
            moved = far + link * (pull + (near - mean) / near_sd)
            out.append((weight * left, moved, math.sqrt(max(far_sd * far_sd - less, 1e-12)), 1.0))
        total = sum(part[0] for part in out)
        parts = tuple((weight / total, mean, sd, kept) for weight, mean, sd, kept in out)
        return Moment(self.last_s, parts, cut if same else -math.inf, floor_s)

    def _links(self, next_m: float, distance_m: float) -> list[float]:
        """The covariance of the log times to two places, one a part."""
        linked, finish = links(self.gains, next_m, distance_m), reach(self.gains, self.total_m)[1]
        return [
            linked[one.index] + race
            for one in self.known
            for _, race in added(self.race_sd, finish[one.index], self.scales)
        ]


def least_rest(from_m: float, to_m: float, last_m: float, last_s: float) -> float:
    """The least seconds from a mat that was waited for in vain to a place beyond it: at FASTEST of the pace so far."""
    return max(0.0, to_m - from_m) * FASTEST * last_s / last_m if last_m > 0.0 else 0.0


def race_sd(model: Model, ground: Ground, prior: Prior, run_m: float) -> float:
    """What the race adds to the log of the time that is left, so many metres of a marathon into it.

    A field is carried and slowed by its course and its day; whoever follows a line is held to it, on any course.
    """
    return model.spread.at(run_m, known=ground.offsets is not None or prior.kind == "paced")


def added(race_sd: float, variance: float, scales: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    """What a race adds to the variance of a log time: (share, variance) of the normals that make a Student t.

    Beside a component that is spread far wider its tails cannot be seen, and one normal does.
    """
    race = race_sd * race_sd
    if race < UNSEEN * variance:
        return ((1.0, race * sum([share * scale for share, scale in scales])),)
    return [(share, race * scale) for share, scale in scales]


@lru_cache(maxsize=4096)
def reach(known: Gains, distance_m: float) -> tuple[Vector, Vector]:
    """Metres of each segment from the last mark to a place, and of each component the variance of the log time there.

    The variance is the lognormal's by its moments, at the component's middle paces. The finish lies where it is said
    to; a mat, or a place somebody stands at, does so as well as the last mark.
    """
    ends = (known.last_m > 0) + (distance_m < known.ends_m[-1] - SAME_MAT_M)
    noise = ends * (MAT_SD_M / (distance_m - known.last_m)) ** 2
    lengths = shares(known.last_m, distance_m, known.ends_m)
    while lengths[-1] == 0.0:
        lengths.pop()
    variances = []
    for gain in known.gains:
        parts = _seconds(gain, lengths)
        step = known.step_s**2 / 6 / sum(parts) ** 2
        variances.append(math.log1p(noise + step + _crossed(gain, parts, parts)))
    return tuple(lengths), tuple(variances)


@lru_cache(maxsize=4096)
def links(known: Gains, next_m: float, distance_m: float) -> Vector:
    """Of each component the covariance of the log times to the next mat and to a place beyond it."""
    near, far = (shares(known.last_m, metres, known.ends_m) for metres in (next_m, distance_m))
    common = MAT_SD_M**2 / ((next_m - known.last_m) * (distance_m - known.last_m))
    return tuple(math.log1p(common + _crossed(gain, _seconds(gain, near), _seconds(gain, far))) for gain in known.gains)


def _seconds(gain: Gain, lengths: Sequence[float]) -> list[float]:
    """The component's middle seconds over lengths of the segments to come."""
    return [length * math.exp(x) / 1000 for length, x in zip(lengths, gain.level, strict=False)]


def _crossed(gain: Gain, a: Sequence[float], b: Sequence[float]) -> float:
    """The relative covariance of two times that are made of these seconds a segment."""
    crossed: float = sum(x * sum(map(mul, row, b)) for x, row in zip(a, gain.cross, strict=False))
    return crossed / (sum(a) * sum(b))


def forecast(
    marks: Iterable[Timed],
    ground: Ground,
    prior: Prior,
    model: Model,
    horizon_s: float | None = None,
    next_m: float | None = None,
    now_s: float = -math.inf,
) -> Forecast:
    """The way ahead after these marks, in any order. `horizon_s`: until then nobody was read at `next_m`.

    `now_s`: nothing to come is before that.
    """
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
        race_sd=race_sd(model, ground, prior, last_m / scale),
        scales=model.spread.scales,
        next_m=next_m,
        cut_s=waited_s,
        floor_s=-math.inf if waited_s is None else now_s,
    )
