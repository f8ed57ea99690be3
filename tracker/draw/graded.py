"""What the screen of honesty shows: how many bands held, and receipts. Values only; whoever has the field makes them."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.race.course import Checkpoint
from tracker.race.shares import Shares
from tracker.race.snapshot import Receipt, Runner


@dataclass(frozen=True, slots=True)
class Bands:
    """How much held of what was said at a mat of another."""

    at: Checkpoint
    of: Checkpoint
    shares: Shares


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
