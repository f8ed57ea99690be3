"""What the screen of honesty shows: how many bands held, and receipts. Values only; whoever has the field makes them."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.race.course import Checkpoint
from tracker.race.snapshot import Receipt, Runner


@dataclass(frozen=True, slots=True)
class Bands:
    """What was said at a mat of another: of `count` bands that were graded these shares held.

    `later`: the share that came after the median; `off_s`: the middle of how much later. `unseen` were never read there.
    """

    at: Checkpoint
    of: Checkpoint
    count: int
    held50: float
    held80: float
    held90: float
    later: float
    off_s: float
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """The receipts of one runner: of the mat that came next, and of the finish."""

    runner: Runner
    soon: tuple[Receipt, ...] = ()
    finish: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True)
class Honesty:
    """The field's bands, of the next mat and of the finish, and the receipts of those who are followed.

    `runners` are in the field; `ready` once they are graded.
    """

    soon: tuple[Bands, ...] = ()
    finish: tuple[Bands, ...] = ()
    receipts: tuple[Kept, ...] = ()
    runners: int = 0
    ready: bool = False


def summed(rows: tuple[Bands, ...]) -> tuple[int, float]:
    """How many bands were graded, and which share of the 80 % bands held."""
    count = sum(row.count for row in rows)
    return count, sum(row.held80 * row.count for row in rows) / count if count else 0.0
