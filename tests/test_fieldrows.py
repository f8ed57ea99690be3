"""tracker.fieldrows: a runner's row."""

from __future__ import annotations

import numpy as np

from tests.race.made import fold, race, split, status, view
from tracker.fieldnow import FieldNow
from tracker.fieldrows import Rows, finishes
from tracker.listing import Asked
from tracker.priors import shipped
from tracker.race.book import Wanted
from tracker.race.standing import seen

TOLD = [
    race(),
    split(0.0, 60.0, "b"),
    split("5km", 900.0, "a"),
    split("5km", 960.0, "b"),
    split("finish", 3700.0, "c"),
    split("5km", 800.0, "d"),
    status("DNF", "d"),
]


def now(elapsed_s: float = 1000.0) -> FieldNow:
    """Four of them: two on the way, one home, one out."""
    known = fold(*TOLD)
    return FieldNow(known.field()).take(known, view(known, elapsed_s), Wanted(model=shipped()))


def test_finishes_are_on_the_tables_clock() -> None:
    """By the gun whoever set off later comes later; who is out or overdue comes at no time that is known."""
    there = now()
    rows = there.field.roster.row
    gun, net = finishes(there, "gun"), finishes(there, "net")
    assert gun[rows["b"]] - net[rows["b"]] == 60.0 and gun[rows["c"]] == 3700.0 and np.isinf(gun[rows["d"]])
    assert np.isinf(finishes(now(9000.0), "gun")[rows["a"]])
    assert np.isinf(finishes(FieldNow(there.field), "gun")).all()


def test_a_row_says_what_becomes_of_its_runner() -> None:
    """On the way with a projection, late, overdue without one, home with a time."""
    for elapsed_s, state in ((1000.0, ""), (9000.0, "overdue")):
        there = now(elapsed_s)
        field = there.field
        runners = fold(*TOLD).runners()
        by_id = {runner.id: runner for runner in runners}
        everybody = [by_id.get(id) for id in field.roster.ids]
        make = Rows(
            there,
            field.table("5km", "gun"),
            seen(field),
            everybody,
            Asked(9, watched="b"),
            finishes(there, "gun"),
        )
        a, c = make(field.roster.row["a"]), make(field.roster.row["c"])
        assert a.mine_s == -60.0 and make(field.roster.row["b"]).mine_s == 0.0
        assert a.state == state and (a.projected_s is None) == bool(state) and not a.done and a.time_s == 900.0
        assert c.done and c.projected_s == 3700.0 and c.seen is not None and c.seen.id == "finish"
