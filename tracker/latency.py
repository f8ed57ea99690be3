"""How late a feed is: received minus happened, in seconds. What would be negative is a clock that is wrong, counted apart."""

from __future__ import annotations

import math
from array import array
from bisect import insort
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.events import Split
    from feeds.seen import Seen

MOST = 4000
"""Delays kept; of more, every second one is forgotten, then every fourth …: quantiles stay those of the whole."""
MOST_LATEST = 240
MOST_MATS, MOST_A_MAT = 200, 501
"""Mats of which delays are kept, and how many of each."""
SHIFT_S = 2.0
LEAST_READS = 5
"""Reads of a mat from which on its median says something."""


class Latency:
    """Seconds of delay, as they come, in bounded memory. `count` are those that are not `negative`."""

    def __init__(self, most: int = MOST) -> None:
        self.count = self.negative = 0
        self.max_s: float | None = None
        self._most = most
        self._every = 1
        self._seconds = array("d")
        self.latest: deque[float] = deque(maxlen=MOST_LATEST)
        """The last ones, in the order in which they came."""

    def add(self, seconds: float) -> None:
        """Take one."""
        if seconds < 0:
            self.negative += 1
            return
        self.count += 1
        self.latest.append(seconds)
        self.max_s = seconds if self.max_s is None else max(self.max_s, seconds)
        if self.count % self._every == 0:
            insort(self._seconds, seconds)
            if len(self._seconds) > self._most:
                self._seconds, self._every = self._seconds[::2], self._every * 2

    @property
    def median_s(self) -> float | None:
        """The middle one."""
        return self.quantile(0.5)

    @property
    def p95_s(self) -> float | None:
        """Nineteen of twenty are no later."""
        return self.quantile(0.95)

    def quantile(self, share: float) -> float | None:
        """The delay of that rank; none without any."""
        n = len(self._seconds)
        return self._seconds[min(n - 1, math.floor(share * n))] if n else None


@dataclass(frozen=True, slots=True)
class Drift:
    """A mat whose clock differs: the median delay of its reads, and how far that is from the other mats' median."""

    mat: str
    median_s: float
    shift_s: float


class ByMat:
    """The latest delays of every mat, early ones too, in bounded memory."""

    def __init__(self) -> None:
        self._seconds: dict[str, deque[float]] = {}

    def add(self, mat: str, seconds: float) -> None:
        """Take one; of more mats than a race has, the rest is left out."""
        found = self._seconds.get(mat)
        if found is None:
            if len(self._seconds) >= MOST_MATS:
                return
            found = self._seconds[mat] = deque(maxlen=MOST_A_MAT)
        found.append(seconds)

    def drift(self) -> list[Drift]:
        """The mats whose clock differs."""
        return drift(self._seconds)


def mat_of(split: Split | Seen) -> str:
    """What a split calls its mat, its lap included: `25km`, `lap#2`, `5000 m`."""
    lap = f"#{split.occurrence}" if split.occurrence and split.occurrence > 1 else ""
    return (split.checkpoint or f"{split.distance_m:g} m") + lap


def drift(by_mat: Mapping[str, Sequence[float]]) -> list[Drift]:
    """The mats whose median delay is more than two seconds off the median of all mats' medians."""
    from statistics import median  # noqa: PLC0415 - no start has a drift to tell

    medians = {mat: median(seconds) for mat, seconds in by_mat.items() if len(seconds) >= LEAST_READS}
    if len(medians) < 2:
        return []
    middle = median(medians.values())
    return [Drift(mat, m, m - middle) for mat, m in sorted(medians.items()) if abs(m - middle) > SHIFT_S]
