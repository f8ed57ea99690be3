"""What the field's screen shows: the rows in view, and where everybody is. Values only; whoever has the field makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.race.course import Checkpoint

Sort = Literal["rank", "projected", "gained", "name", "bib", "country", "seen"]
SORTS: tuple[Sort, ...] = ("rank", "projected", "gained", "name", "bib", "country", "seen")
Among = Literal["all", "W", "M", "followed", "country", "category"]
AMONG: tuple[Among, ...] = ("all", "W", "M", "followed", "country", "category")
"""Who is listed; the last two are those of one runner's country or category."""


@dataclass(frozen=True, slots=True)
class Row:
    """A runner of the table. Times are seconds on the listing's clock; none where there is none.

    `mine_s` is the gap to the watched runner, negative in front of them. `rank` 0: none; `virtual`: by the projected
    finishes. `hollow`: the time is estimated. `seen` is the last mat they are known to have passed, `seen_s` when on that
    clock. `projected_s` is the finish on that clock, the median of the forecast unless they are `done`.
    """

    id: str
    name: str = ""
    bib: str = ""
    country: str = ""
    team: str = ""
    rank: int = 0
    virtual: bool = False
    gained: int | None = None
    time_s: float | None = None
    gap_s: float | None = None
    interval_s: float | None = None
    mine_s: float | None = None
    seen: Checkpoint | None = None
    seen_s: float | None = None
    hollow: bool = False
    followed: bool = False
    watched: bool = False
    status: str = ""
    projected_s: float | None = None
    done: bool = False
    state: Literal["", "late", "overdue"] = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A runner who is named on the strip, in one of its cells."""

    cell: int
    name: str
    passed: bool = True


@dataclass(frozen=True, slots=True)
class Strip:
    """Where everybody is, in cells of the course from `from_m` to `to_m`: who has passed the table's mat, and who has not.

    `finished`, `out` and `overdue` are those who are on no cell; `silent` mats read nobody. `pending`: of so many the
    newest mark is still to be reckoned with.
    """

    from_m: float
    to_m: float
    passed: tuple[int, ...]
    to_come: tuple[int, ...]
    spots: tuple[Spot, ...] = ()
    mats: tuple[tuple[int, Checkpoint], ...] = ()
    finished: int = 0
    out: int = 0
    late: int = 0
    overdue: int = 0
    silent: tuple[Checkpoint, ...] = ()
    pending: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """The table at a mat on a clock, `rows` of it from `offset` on, of `count` in all that are asked for.

    `leader` and `mine` are pinned where they are not in view. `cursor` counts from the first of all rows. `passed` of
    `total` are through the mat.
    """

    mat: Checkpoint | None = None
    chosen: bool = False
    clock: Literal["gun", "net"] = "gun"
    rows: tuple[Row, ...] = ()
    offset: int = 0
    cursor: int = 0
    count: int = 0
    leader: Row | None = None
    mine: Row | None = None
    passed: int = 0
    total: int = 0
    sort: Sort = "rank"
    among: Among = "all"
    those: str = ""
    """Of which country or category they are."""
    search: str = ""
    typing: bool = False
    tenths: bool = False
    teams: bool = False
    strip: Strip | None = None


NOTHING = Listing()
