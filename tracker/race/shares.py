"""How many of the bands that were said held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shares:
    """Of `count` bands that were graded these shares held; `later`: the share that came after the median.

    `unseen`: were said to come and were never read.
    """

    count: int
    held50: float = 0.0
    held80: float = 0.0
    held90: float = 0.0
    later: float = 0.0
    unseen: int = 0


def summed(rows: Iterable[Shares]) -> tuple[int, float]:
    """How many bands were graded, and which share of the 80 % bands held."""
    graded = list(rows)
    count = sum(row.count for row in graded)
    return count, sum(row.held80 * row.count for row in graded) / count if count else 0.0
