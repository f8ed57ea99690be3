"""The laws of the winners in columns."""

from __future__ import annotations

import numpy as np

from feeds.events import Split
from tests.race.made import race, split
from tracker.race.bulk import run
from tracker.race.entry import plain
from tracker.race.reads import Reads
from tracker.race.setup import Setup, build
from tracker.race.won import ELSEWHERE, GUN, ODD, Batch, Mats, Won

SETUP: Setup = build(plain(race()), 0.0, None)


def won(*splits: object) -> tuple[Won, Mats]:
    """The winners of these reads of one athlete."""
    reads = Reads()
    for e in splits:
        assert isinstance(e, Split)
        reads.add(e)
    columns = reads.columns
    mats = Mats(SETUP, columns.forms, "r")
    found = Won()
    found.grow(1, len(mats.slots))
    count = reads.count
    of = (run(column, 0, count) for column in (columns.athlete, columns.form, columns.elapsed))
    found.take(Batch(np.arange(count, dtype=np.int32), *of), columns, mats)
    return found, mats


def test_the_highest_revision_wins_but_a_backup_never_over_a_main_mat() -> None:
    """Among reads of one mat the main ones count, of these the highest revision, then the one sent last."""
    found, mats = won(split("5km", 900), split("5km", 910, rev=2), split("5km", 920, rev=3, device="backup"))
    assert found.read[mats.slots[GUN, [mat.id for mat in mats.found].index("5km")], 0] == 1
    assert not found.odd[0]


def test_what_nothing_ranks_is_odd() -> None:
    """Two reads that nothing ranks are left to the sheet."""
    assert won(split("5km", 900), split("5km", 910))[0].odd[0]
    assert won(split("5km", at="2020-09-13T12:40:00Z", clock="net"))[0].odd[0]


def test_another_races_reads_lie_elsewhere() -> None:
    """A read of another race has no column, one of a place that this course lacks is odd."""
    _, mats = won(split("5km", 900, race="other"), split("nowhere", 900), split(0.0, 3.0))
    assert mats.column.tolist() == [ELSEWHERE, ODD, len(mats.found)]
