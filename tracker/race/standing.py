"""Where everybody stands by their reads, in columns. Loads numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tracker.race.bulk import Floats
from tracker.race.ranks import NO_TIME, Bools, Ints
from tracker.race.won import GUN, NET

if TYPE_CHECKING:
    from tracker.race.field import Field


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


def own_s(field: Field) -> Floats:
    """Everybody's times since their own start, as far as that is known; nan where nothing was read."""
    rows = len(field)
    gun, net = field.time[GUN, :rows].astype(float), field.time[NET, :rows].astype(float)
    turned = gun - np.nan_to_num(field.began[:rows])[:, None] * 1000
    found: Floats = np.where(field.net[:rows][:, None], net, turned) / 1000
    found[~read(field) | (found <= 0)] = np.nan
    return found


def timed(field: Field) -> list[int]:
    """The columns of mats that have a place and are stood on, in the order of the course."""
    return [n for n, mat in enumerate(field.mats) if mat.carries and mat.distance_m]
