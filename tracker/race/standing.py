"""Where everybody stands by their reads, in columns. Loads numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tracker.race.bulk import Bools, Floats, Ints, Longs
from tracker.race.won import GUN, NET

if TYPE_CHECKING:
    from tracker.race.field import Field


def read(field: Field) -> Bools:
    """Whether everybody was read at every mat: times that are only estimated do not count. To be looked at only."""
    return field.there[: len(field)]


def gone(field: Field) -> Bools:
    """Who is out of the race."""
    roster = field.roster
    return roster.is_("status", "DNF") | roster.is_("status", "DNS") | roster.is_("status", "DSQ")


def seen(field: Field) -> Ints:
    """The number of the last mat at which everybody was read, −1 where none. To be looked at only."""
    return field.seen[: len(field)]


def own_s(field: Field, rows: Longs | slice | None = None) -> Floats:
    """The times of everybody, or of these rows, since their own start, as far as that is known; nan where nothing was read."""
    some = slice(len(field)) if rows is None else rows
    gun, net = field.time[GUN, some].astype(float), field.time[NET, some].astype(float)
    turned = gun - np.nan_to_num(field.began[some])[:, None] * 1000
    found: Floats = np.where(field.net[some][:, None], net, turned) / 1000
    found[~field.there[some] | (found <= 0)] = np.nan
    return found


def timed(field: Field) -> list[int]:
    """The columns of mats that have a place and are stood on, in the order of the course."""
    return [n for n, mat in enumerate(field.mats) if mat.carries and mat.distance_m]
