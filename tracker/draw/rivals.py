"""Who runs near the runner, in metres: the pacers' formation, else a ghost and the nearest rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.draw import words

if TYPE_CHECKING:
    from tracker.draw.look import Units
    from tracker.race.snapshot import Leg, Rival, Snapshot

NEAR_M = 120.0
"""Rivals and ghosts within this many metres are drawn, the nearest four."""
MOST = 4


class Neighbour(NamedTuple):
    """Somebody on the road: letters for the chip, name, metres before the runner."""

    letters: str
    name: str
    metres: float


def formation(snapshot: Snapshot) -> Leg | None:
    """The men round the runner, while there is a race to run."""
    rotation = snapshot.rotation
    return rotation.current if rotation is not None and snapshot.phase in ("before", "running") else None


def neighbours(snapshot: Snapshot) -> list[Neighbour]:
    """The nearest rivals and a ghost, each with letters of its own; none beside a formation."""
    if snapshot.phase not in ("running", "finished") or formation(snapshot) is not None:
        return []
    found: list[Neighbour] = []
    if snapshot.ghost is not None and snapshot.ghost.metres is not None:
        found.append(Neighbour("G", snapshot.ghost.race.title, snapshot.ghost.metres))
    if snapshot.position is not None:
        here = snapshot.position.distance_m
        found += [
            Neighbour("", r.runner.surname, r.position_m - here) for r in snapshot.rivals if r.position_m is not None
        ]
    near = sorted((n for n in found if abs(n.metres) <= NEAR_M), key=lambda n: abs(n.metres))[:MOST]
    initials = [snapshot.runner.initial, *(n.letters or n.name[:1].upper() for n in near)]
    taken: set[str] = set()
    out = []
    for each in near:
        letters = each.letters or _letters(each.name, taken, clash=initials.count(each.name[:1].upper()) > 1)
        taken.add(letters)
        out.append(each._replace(letters=letters))
    return out


def _letters(name: str, taken: set[str], *, clash: bool) -> str:
    """The initial; where another has it too, the initial and the first later letter that nobody shows yet."""
    first = name[:1].upper() or "?"
    pairs = (first + c.lower() for c in name[1:] if c.isalnum() and c.isascii())
    return next((pair for pair in pairs if pair not in taken), first) if clash else first


def nearest_at_a_mat(snapshot: Snapshot, units: Units) -> str:
    """`Kipruto 57 s behind at 15 km`: of those with a gap, the nearest; empty where there is none."""
    known = [r for r in snapshot.rivals if r.gap_s is not None and r.at is not None]
    best: Rival | None = min(known, key=lambda r: abs(r.gap_s or 0.0), default=None)
    if best is None or best.gap_s is None or best.at is None:
        return ""
    at = words.mat_with_unit(best.at.distance_m, best.at.name, units)
    if words.level(best.gap_s):
        return f"{best.runner.surname} level at {at}"
    size = words.gap_with_unit(abs(best.gap_s)).removeprefix("+")
    return f"{best.runner.surname} {size} {'behind' if best.gap_s < 0 else 'ahead'} at {at}"
