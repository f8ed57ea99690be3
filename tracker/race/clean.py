"""Cleaning: what a passing is worth. Rule: it flags, with the reason; it deletes nothing and corrects nothing.

Speed limits are those of the division; a section is judged from 1 km on. What cannot be true together is decided by
the longest chain of passings that can, the earlier ones first where two are equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.race.passings import Passing
from tracker.race.snapshot import CARRYING

JUDGED_FROM_M = 1000.0

QUALITY_OF_DEVICE = {"hand": "witnessed", "gps": "estimated"}
"""What a read is where its message does not say; a chip, a backup mat and a finish camera are official."""


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """A passing and what became of it. `rejected` is the reason why it does not count; where a limit
    or another mark speaks against it, it begins with "quarantined"."""

    passing: Passing
    quality: str
    carries: bool
    flag: str | None = None
    rejected: str | None = None


def quality(passing: Passing) -> str:
    """The source of a passing's time, in the vocabulary of marks."""
    read = passing.read
    return read.quality or QUALITY_OF_DEVICE.get(read.device, "official")


def clean(
    passings: Sequence[Passing], limit: tuple[float, float], status: str | None, status_s: float | None
) -> list[Cleaned]:
    """Passings in the order of the course, each with its worth. `status_s`: when the status was given, on their clock."""
    rejected = {id(p): reason for p in passings if (reason := _refused(p, status)) is not None}
    sure = [p for p in passings if id(p) not in rejected and p.checkpoint.distance_m and quality(p) in CARRYING]
    sure.sort(key=_order)
    flags = {id(p): reason for p in passings if (reason := _conflict(p, status, status_s)) is not None}
    _flag_not_later(sure, flags)
    chain = _chain(sure, limit)
    kept = [sure[i] for i in sorted(chain)]
    _flag_fast(kept, limit[0], flags)
    for i, p in enumerate(sure):
        if i not in chain:
            rejected[id(p)] = "quarantined: " + _why(p, kept, limit[1])
    return [
        Cleaned(p, q := quality(p), q in CARRYING and id(p) not in rejected, flags.get(id(p)), rejected.get(id(p)))
        for p in sorted(passings, key=_order)
    ]


def _order(p: Passing) -> tuple[float, float, str]:
    distance_m = p.checkpoint.distance_m
    return (float("inf") if distance_m is None else distance_m, p.time_s, p.checkpoint.id)


def _refused(p: Passing, status: str | None) -> str | None:
    if p.aside is not None:
        return p.aside
    if status == "DNF" and p.checkpoint.type == "finish":
        return "DNF, so the finish clock counts for nothing"
    return None


def _conflict(p: Passing, status: str | None, status_s: float | None) -> str | None:
    if status == "DNS":
        return "read although marked DNS"
    if status == "DNF" and status_s is not None and p.time_s > status_s:
        return "read after DNF"
    return None


def _metres(p: Passing | None) -> float:
    return (p.checkpoint.distance_m or 0.0) if p else 0.0


def _pace(a: Passing | None, b: Passing) -> float:
    """Seconds a kilometre from one passing (or the start) to another."""
    metres = _metres(b) - _metres(a)
    return (b.time_s - (a.time_s if a else 0.0)) / metres * 1000 if metres > 0 else 0.0


def _can_be(a: Passing | None, b: Passing, floor_s_per_km: float) -> bool:
    """Whether one athlete can have passed both."""
    seconds = b.time_s - (a.time_s if a else 0.0)
    if _metres(b) - _metres(a) < JUDGED_FROM_M:
        return seconds >= 0
    return seconds > 0 and _pace(a, b) >= floor_s_per_km


def _chain(sure: Sequence[Passing], limit: tuple[float, float]) -> set[int]:
    """The indices of the longest chain from the start on; of equal ones the least hurried, then the first to be in."""
    before: Passing | None = None
    for p in sure:
        if not _can_be(before, p, limit[1]):
            break
        before = p
    else:
        return set(range(len(sure)))
    # Of every passing the best chain that ends there: its length, its fast sections (negative), the one before.
    best: list[tuple[int, int, int]] = []
    for i, p in enumerate(sure):
        ends = [(1, -_is_fast(None, p, limit[0]), -1)] if _can_be(None, p, limit[1]) else []
        for j in range(i):
            if best[j][0] and _can_be(sure[j], p, limit[1]):
                ends.append((best[j][0] + 1, best[j][1] - _is_fast(sure[j], p, limit[0]), j))
        best.append(
            max(ends, key=lambda end: (*end[:2], -sure[end[2]].time_s if end[2] >= 0 else 0.0), default=(0, 0, -1))
        )
    i = max(range(len(sure)), key=lambda i: (*best[i][:2], -sure[i].time_s, -i))
    chain: set[int] = set()
    while i >= 0 and best[i][0]:
        chain.add(i)
        i = best[i][2]
    return chain


def _is_fast(a: Passing | None, b: Passing, floor_s_per_km: float) -> bool:
    return _metres(b) - _metres(a) >= JUDGED_FROM_M and _pace(a, b) < floor_s_per_km


def _flag_not_later(sure: Sequence[Passing], flags: dict[int, str]) -> None:
    for a, b in pairwise(sure):
        if b.time_s <= a.time_s:
            flags.setdefault(id(a), f"not before {b.checkpoint.name}")
            flags.setdefault(id(b), f"not later than {a.checkpoint.name}")


def _flag_fast(kept: Sequence[Passing], floor_s_per_km: float, flags: dict[int, str]) -> None:
    before: Passing | None = None
    for p in kept:
        if _is_fast(before, p, floor_s_per_km):
            flags.setdefault(id(p), f"fast: {_fast(before, p, floor_s_per_km)}")
        before = p


def _fast(a: Passing | None, b: Passing, floor_s_per_km: float) -> str:
    return f"{_pace(a, b):.0f} s/km from {a.checkpoint.name if a else 'the start'}, under {floor_s_per_km:g}"


def _why(p: Passing, kept: Sequence[Passing], floor_s_per_km: float) -> str:
    """Why a passing cannot stand beside those that do."""
    before = next((k for k in reversed(kept) if _order(k) < _order(p)), None)
    if not _can_be(before, p, floor_s_per_km):
        if before is not None and p.time_s <= before.time_s:
            return f"not later than {before.checkpoint.name}"
        return _fast(before, p, floor_s_per_km)
    after = next((k for k in kept if _order(k) > _order(p)), None)
    return f"too late for {after.checkpoint.name}" if after else "it contradicts other marks"
