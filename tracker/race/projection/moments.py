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

from tracker.race.projection.moment import CLOSE, MOST_STEPS, deviate, survival

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

ROWS = 8192
"""Runners worked on at a time: what fits the processor's cache."""
FINE = 2048
EDGE = 9.5
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

    A part has a weight, and for each of the scales (columns) a share, a mean, a sd and what its cut leaves of it.
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
            part = self._only(rows)
            for column, p in enumerate(probabilities):
                found = part.last_s + np.exp(part._log_quantile(p))
                out[rows, column] = np.maximum(found, part.floor_s)
        return out

    def cdf(self, instants_s: Array | float) -> Array:
        """For every runner the chance that the place is reached by an instant."""
        instants = np.broadcast_to(np.asarray(instants_s, dtype=float), self.last_s.shape)
        out = (instants >= self.last_s).astype(float)
        for rows in self._chunks():
            part, at = self._only(rows), instants[rows]
            with np.errstate(divide="ignore", invalid="ignore"):
                u = np.log(np.maximum(at - part.last_s, 0.0))
            share = np.clip(part._below(u)[0], 0.0, 1.0)
            out[rows] = np.where((at <= part.last_s) | (at < part.floor_s), 0.0, share)
        return out

    def _chunks(self) -> Iterator[Indices]:
        rows = np.flatnonzero(np.diff(self.starts))
        yield from (rows[i : i + ROWS] for i in range(0, len(rows), ROWS))

    def _only(self, rows: Indices) -> Moments:
        """The moments of these runners, each of whom has parts."""
        counts = np.diff(self.starts)[rows]
        starts = np.concatenate(([0], np.cumsum(counts)))
        parts = np.repeat(self.starts[rows] - starts[:-1], counts) + np.arange(starts[-1])
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

    def _below(self, u: Array) -> tuple[Array, Array]:
        """The share below a log time of each runner, and its slope."""
        wide = np.repeat(u, np.diff(self.starts))[:, None]
        above, density = tail((wide - self.mean) / self.sd)
        weight = self.weight * self.kept
        share = 1.0 - np.add.reduceat((weight * above).sum(axis=1), self.starts[:-1])
        slope = np.add.reduceat((weight * density / self.sd).sum(axis=1), self.starts[:-1])
        past = u > self.cut
        return np.where(past, share, 0.0), np.where(past, slope, 0.0)

    def _log_quantile(self, p: float) -> Array:
        """As one runner's is found: Newton on the logit, kept within what the parts allow."""
        low, high, u = self._bracket(p)
        wanted, found = math.log(p / (1.0 - p)), np.empty_like(u)
        rows, here = np.arange(len(u)), self
        for _ in range(MOST_STEPS):
            u = np.where((low < u) & (u < high), u, (low + high) / 2)
            share, slope = here._below(u)
            under = share < p
            low, high = np.where(under, u, low), np.where(under, high, u)
            sure = (share > 0.0) & (share < 1.0) & (slope > 0.0)
            with np.errstate(divide="ignore", invalid="ignore"):
                step = (wanted - np.log(share / (1.0 - share))) * share * (1.0 - share) / slope
            step = np.where(sure, step, np.inf)
            u = u + step
            narrow = high - low < 1e-9
            found[rows] = np.where(narrow & ~(np.abs(step) < CLOSE), (low + high) / 2, u)
            open_ = np.flatnonzero(~(narrow | (np.abs(step) < CLOSE)))
            if not len(open_):
                break
            if len(open_) < len(u):
                rows, here = rows[open_], here._only(open_)
                low, high, u = low[open_], high[open_], u[open_]
        return found

    def _bracket(self, p: float) -> tuple[Array, Array, Array]:
        """Between which log times the quantile lies, and about where."""
        z, starts = deviate(p), self.starts[:-1]
        cut = self.kept != 1.0
        at = self.mean + self.sd * z
        if cut.any():
            at[cut] = self.mean[cut] - self.sd[cut] * _deviates((1.0 - p) / self.kept[cut])
        low = np.minimum.reduceat((at - 0.01 * self.sd).min(axis=1), starts)
        high = np.maximum.reduceat((at + 0.01 * self.sd).max(axis=1), starts)
        middle = np.add.reduceat((self.weight * self.mean).sum(axis=1), starts)
        square = np.add.reduceat((self.weight * (self.mean**2 + self.sd**2)).sum(axis=1), starts)
        guess = middle + z * np.sqrt(np.maximum(0.0, square - middle**2))
        return np.maximum(low, self.cut), np.maximum(high, self.cut), guess


def _deviates(p: Array) -> Array:
    """`deviate` of many."""
    t = np.sqrt(-2.0 * np.log(np.minimum(p, 1.0 - p)))
    z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    return np.where(p > 0.5, z, -z)
