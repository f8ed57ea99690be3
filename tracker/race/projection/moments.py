"""The moments of many runners at one place, in columns: what `moment.py` is for one.

Times are seconds on the runners' clocks. numpy is loaded with this module, so only a field loads it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from tracker.race.projection.moment import CLOSE, CLOSE_TO_CUT, MOST_STEPS, NARROW, deviate, survival

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

ROWS = 4096
"""Runners worked on at a time: what fits the processor's cache."""
SPARSE = 0.7
"""Once only this share is still searched for, it is searched for alone."""
FINE = 2048
EDGE = 12.0
"""The normal's tail is looked up between −EDGE and EDGE, FINE places a standard deviation, straight between them."""


@cache
def _tail() -> tuple[Array, Array]:
    """The share of a normal above each place of the table, and how much of it goes to the next place."""
    places = np.arange(-EDGE * FINE, EDGE * FINE + 2) / FINE
    above = np.array([survival(z) for z in places.tolist()])
    return above[:-1], np.diff(above)


def tail(z: Array, *, deep: bool = False) -> tuple[Array, Array]:
    """The share above z, and the density there. `deep`: with the table's curvature, which counts far out."""
    table, falls = _tail()
    x = (z + EDGE) * FINE
    np.clip(x, 0, len(table) - 1, out=x)
    at = x.astype(np.intp)
    x -= at
    fall = falls[at]
    above = table[at] + x * fall
    if deep:
        above += x * (1.0 - x) * z * fall / (2 * FINE)
    return above, fall * -FINE


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """The moments of many runners at one place: runner i has the parts `starts[i]` to `starts[i + 1]`, none if known.

    A part has a weight, the mean and sd of its log seconds from the last mark, and what its cut leaves of it.
    """

    last_s: Array
    starts: Indices
    weight: Array
    mean: Array
    sd: Array
    kept: Array
    cut: Array
    floor_s: Array

    def quantiles(self, probabilities: Sequence[float]) -> Array:
        """For every runner (rows) the instants by which the place is reached with these probabilities (columns)."""
        out = np.repeat(self.last_s[:, None], len(probabilities), axis=1)
        for rows in self._chunks():
            some = self._only(rows)
            search = _Search.of(some)
            for column, p in enumerate(probabilities):
                found = some.last_s + np.exp(search.quantile(p))
                out[rows, column] = np.maximum(found, some.floor_s)
        return out

    def cdf(self, instants_s: Array | float) -> Array:
        """For every runner the chance that the place is reached by an instant."""
        instants = np.broadcast_to(np.asarray(instants_s, dtype=float), self.last_s.shape)
        out = (instants >= self.last_s).astype(float)
        for rows in self._chunks():
            some, at = self._only(rows), instants[rows]
            with np.errstate(divide="ignore", invalid="ignore"):
                u = np.log(np.maximum(at - some.last_s, 0.0))
            share = np.clip(_Search.of(some).below(u)[0], 0.0, 1.0)
            out[rows] = np.where((at <= some.last_s) | (at < some.floor_s), 0.0, share)
        return out

    def _chunks(self) -> Iterator[Indices]:
        rows = np.flatnonzero(np.diff(self.starts))
        yield from (rows[i : i + ROWS] for i in range(0, len(rows), ROWS))

    def _only(self, rows: Indices) -> Moments:
        """The moments of these runners, each of whom has parts."""
        starts, parts = _taken(self.starts, rows)
        return Moments(
            self.last_s[rows],
            starts,
            self.weight[parts],
            self.mean[parts],
            self.sd[parts],
            self.kept[parts],
            self.cut[rows],
            self.floor_s[rows],
        )


def _taken(starts: Indices, rows: Indices) -> tuple[Indices, Indices]:
    """Where the parts of some runners start among themselves, and which of all they are."""
    counts = np.diff(starts)[rows]
    own = np.concatenate(([0], np.cumsum(counts)))
    return own, np.repeat(starts[rows] - own[:-1], counts) + np.arange(own[-1])


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """The parts of some runners laid out for looking up: a part's place in the table is `scale`·u + `shift`."""

    of_all: Moments
    starts: Indices
    counts: Indices
    weight: Array
    steep: Array
    scale: Array
    shift: Array
    cut: Array

    @classmethod
    def of(cls, some: Moments) -> _Search:
        scale = FINE / some.sd
        weight = some.weight * some.kept
        counts = np.diff(some.starts)
        shift = EDGE * FINE - some.mean * scale
        return cls(some, some.starts, counts, weight, -weight * scale, scale, shift, some.cut)

    def below(self, u: Array) -> tuple[Array, Array]:
        """The share below a log time of each runner, and its slope."""
        table, falls = _tail()
        x = np.repeat(u, self.counts)
        x *= self.scale
        x += self.shift
        np.maximum(x, 0.0, out=x)
        np.minimum(x, len(table) - 1.0, out=x)
        at = x.astype(np.intp)
        x -= at
        fall = falls[at]
        x *= fall
        x += table[at]
        x *= self.weight
        fall *= self.steep
        first = self.starts[:-1]
        share, slope = 1.0 - np.add.reduceat(x, first), np.add.reduceat(fall, first)
        past = u > self.cut
        return np.where(past, share, 0.0), np.where(past, slope, 0.0)

    def only(self, rows: Indices) -> _Search:
        """The same for some of these runners."""
        starts, parts = _taken(self.starts, rows)
        return _Search(
            self.of_all,
            starts,
            self.counts[rows],
            self.weight[parts],
            self.steep[parts],
            self.scale[parts],
            self.shift[parts],
            self.cut[rows],
        )

    def quantile(self, p: float) -> Array:
        """The log times as one runner's is found: Newton on the logit, kept within what the parts allow."""
        low, high, u, close = self._bracket(p)
        wanted, found = math.log(p / (1.0 - p)), np.empty_like(u)
        rows, here = np.arange(len(u)), self
        for _ in range(MOST_STEPS):
            u = np.where((low < u) & (u < high), u, (low + high) / 2)
            share, slope = here.below(u)
            under = share < p
            low, high = np.where(under, u, low), np.where(under, high, u)
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                step = (wanted - np.log(share / (1.0 - share))) * share * (1.0 - share) / slope
            step = np.where((share > 0.0) & (share < 1.0) & (slope > 0.0), step, np.inf)
            u = u + step
            near, narrow = (np.abs(step) < close) & (share > p / 2), high - low < NARROW
            found[rows] = np.where(narrow & ~near, (low + high) / 2, u)
            still = np.flatnonzero(~(near | narrow))
            if not len(still):
                break
            if len(still) < SPARSE * len(u):
                rows, here = rows[still], here.only(still)
                low, high, u, close = low[still], high[still], u[still], close[still]
        return found

    def _bracket(self, p: float) -> tuple[Array, Array, Array, Array]:
        """Between which log times the quantile lies, about where, and the step that is near enough."""
        some, first, z = self.of_all, self.starts[:-1], deviate(p)
        at = some.mean + some.sd * z
        cut = np.flatnonzero(some.kept != 1.0)
        at[cut] = some.mean[cut] - some.sd[cut] * _deviates((1.0 - p) / some.kept[cut])
        low = np.minimum.reduceat(at - 0.01 * some.sd, first)
        high = np.maximum.reduceat(at + 0.01 * some.sd, first)
        middle = np.add.reduceat(some.weight * some.mean, first)
        off, variance = some.mean - np.repeat(middle, self.counts), some.sd**2
        square = np.add.reduceat(some.weight * (off * off + variance), first)
        cube = np.add.reduceat(some.weight * off * (off * off + 3.0 * variance), first)
        spread = np.sqrt(square)
        guess = middle + spread * (z + (z * z - 1.0) * cube / (square * spread) / 6)
        close = np.where(self.cut == -np.inf, CLOSE, CLOSE_TO_CUT) * np.minimum.reduceat(some.sd, first)
        return np.maximum(low, self.cut), np.maximum(high, self.cut), guess, close


def _deviates(p: Array) -> Array:
    """`deviate` of many."""
    t = np.sqrt(-2.0 * np.log(np.minimum(p, 1.0 - p)))
    z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    return np.where(p > 0.5, z, -z)
