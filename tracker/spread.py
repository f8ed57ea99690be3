"""Where everybody is along the course, in cells. Loads numpy.

Between two mats somebody is where their last pace has brought them, turned by what the field's paces did from that
section to the next, and never beyond the next mat. Who is past due there is on no cell.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tracker.draw.listed import Spot, Strip
from tracker.race.field import Field
from tracker.race.ranks import NO_TIME, Bools, Ints
from tracker.race.won import GUN, NET

__all__ = ["GUN", "NET", "furthest", "gone", "read", "spread"]
Floats = NDArray[np.float64]
PATIENCE = 1.05
"""Times that the way to the next mat should have taken, after which somebody is only awaited there."""
SAMPLE = 4000
"""About so many runners tell how the field's speed changes."""
LEAST_TOLD = 5
"""So many have run two sections before the one says something of the other."""


def read(field: Field) -> Bools:
    """Whether everybody was read at every mat: times that are only estimated do not count."""
    rows = len(field)
    there: Bools = (field.time[:, :rows].min(axis=0) < NO_TIME) & ~field.hollow[:rows]
    return there


def gone(field: Field) -> Bools:
    """Who is out of the race."""
    roster = field.roster
    return roster.is_("status", "DNF") | roster.is_("status", "DNS") | roster.is_("status", "DSQ")


def furthest(have: Bools) -> Ints:
    """The number of the last mat at which everybody was read, −1 where none; `have` is what `read` gives."""
    width = have.shape[1]
    found: Ints = np.where(have.any(axis=1), width - 1 - have[:, ::-1].argmax(axis=1), -1).astype(np.int32)
    return found


def spread(
    field: Field, there: Bools, number: int, elapsed_s: float | None, cells: int, named: Mapping[int, str]
) -> Strip | None:
    """Everybody in so many cells, `named` among them; none where no distances are known, or nobody runs.

    `there` is what `read` gives; who was read at mat `number` or after it has passed.
    """
    metres = np.array([mat.distance_m or np.nan for mat in field.mats])
    if elapsed_s is None or cells < 2 or np.isnan(metres[-1]):
        return None
    seconds = _gun_s(field)
    seconds[~there | np.isnan(metres)] = np.nan
    known = ~np.isnan(seconds)
    last = furthest(known)
    where, unseen = _where(seconds, last, metres, np.nan_to_num(field.began[: len(field)]), elapsed_s)
    out = gone(field)
    finished = last == len(metres) - 1
    on = ~np.isnan(where) & ~out & ~finished
    if not on.any():
        return None
    hindmost, foremost = float(where[on].min()), float(where[on].max())
    low = float(max((m for m in metres if m <= hindmost), default=0.0))
    high = float(min((m for m in metres if m > foremost), default=metres[-1]))
    at = np.clip(((where - low) / (high - low) * cells), 0, cells - 1)
    passed = on & known[:, number:].any(axis=1)
    return Strip(
        from_m=low,
        to_m=high,
        passed=_count(at, passed, cells),
        to_come=_count(at, on & ~passed, cells),
        spots=tuple(Spot(int(at[row]), name, bool(passed[row])) for row, name in named.items() if on[row]),
        mats=tuple(
            (min(cells - 1, int((metres[n] - low) / (high - low) * cells)), mat)
            for n, mat in enumerate(field.mats)
            if low <= metres[n] <= high
        ),
        finished=int((finished & ~out).sum()),
        out=int(out.sum()),
        unseen=int((unseen & ~out).sum()),
    )


def _count(at: Floats, who: Bools, cells: int) -> tuple[int, ...]:
    return tuple(np.bincount(at[who].astype(np.int64), minlength=cells).tolist())


def _gun_s(field: Field) -> Floats:
    """Everybody's times since the gun, nan where there is none; a net time alone counts from the own start."""
    rows = len(field)
    gun, net = field.time[GUN, :rows], field.time[NET, :rows]
    own = net / 1000 + np.nan_to_num(field.began[:rows])[:, None]
    return np.where(gun < NO_TIME, gun / 1000, np.where(net < NO_TIME, own, np.nan))


def _where(seconds: Floats, last: Ints, metres: Floats, began: Floats, now_s: float) -> tuple[Floats, Bools]:
    """Metres from the start, nan for who is nowhere; and who has not come where they should long have been."""
    rows = np.arange(len(last))
    seen = last >= 0
    at = np.maximum(last, 0)
    earlier = ~np.isnan(seconds) & (np.arange(len(metres))[None, :] < last[:, None])
    before = furthest(earlier)
    then = np.maximum(before, 0)
    from_m = np.where(before >= 0, metres[then], 0.0)
    from_s = np.where(before >= 0, seconds[rows, then], began)
    took = seconds[rows, at] - from_s
    speed = np.where(took > 0, (metres[at] - from_m) / np.where(took > 0, took, 1.0), 0.0)
    goal = metres[np.minimum(at + 1, len(metres) - 1)]
    goal = np.where(np.isnan(goal), metres[-1], goal)
    went = speed * _turn(seconds, metres, began)[at] * (now_s - seconds[rows, at])
    unseen = seen & (last < len(metres) - 1) & (went > PATIENCE * (goal - metres[at]))
    where = np.where(seen & ~unseen & (went >= 0), np.minimum(metres[at] + went, goal), np.nan)
    return where, unseen


def _turn(seconds: Floats, metres: Floats, began: Floats) -> Floats:
    """Of every mat: by how much the field's speed changes there, the median over those who were read on both sides."""
    found = np.ones(len(metres))
    step = max(1, len(seconds) // SAMPLE)
    seconds, began = seconds[::step], began[::step]
    times = np.column_stack([began, seconds])
    at = np.concatenate([[0.0], metres])
    for n in range(1, len(metres)):
        before, after = times[:, n] - times[:, n - 1], times[:, n + 1] - times[:, n]
        fine = (before > 0) & (after > 0)
        ratio = (at[n + 1] - at[n]) / after[fine] / ((at[n] - at[n - 1]) / before[fine])
        if len(ratio) >= LEAST_TOLD and not np.isnan(ratio[0]):
            found[n - 1] = np.median(ratio)
    return found
