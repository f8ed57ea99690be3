"""A column of times gives every one as it was put in, in half the room where that can be."""

from __future__ import annotations

from array import array

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.race import bulk, seconds
from tracker.race.entry import NEVER
from tracker.race.seconds import GAP, Seconds

USUAL = st.one_of(st.integers(1_700_000_000_000, 1_700_900_000_000).map(lambda ms: ms / 1000), st.just(NEVER))
ANY = st.one_of(USUAL, st.floats(allow_nan=False), st.sampled_from((0.0, -1.0, 1e9, 1e-7, 3e6)))


@given(st.lists(st.lists(st.one_of(USUAL, ANY), max_size=6), max_size=6), st.booleans())
def test_times_come_out_as_they_went_in(batches: list[list[float]], by_arrays: bool) -> None:
    """One by one, many at once, as arrays; whatever they are, and whenever one needs more room."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seconds, "BY_ARRAYS", 2 if by_arrays else 1000)
        column, told = Seconds(NEVER), list[float]()
        for batch in batches:
            column.extend(batch)
            told += batch
            assert list(column) == told and list(column[:]) == told and len(column) == len(told)
            assert column.whole == (NEVER not in told)
        every = np.arange(len(told))
        assert bulk.picked(column, every).tolist() == bulk.run(column, 0, len(told)).tolist() == told
        assert list(column[1:-1]) == told[1:-1]
        assert Seconds(NEVER, told) == column == Seconds(NEVER, iter(told))
        column.cut(2)
        assert list(column) == told[:2]


@given(st.lists(USUAL, min_size=1))
def test_milliseconds_of_one_race_take_half_the_room(told: list[float]) -> None:
    """Whatever was not given takes no more; the first that is no whole millisecond ends it, and nothing is lost."""
    column = Seconds(NEVER, told)
    assert column.held.typecode == "i" and column.held.count(GAP) == told.count(NEVER)
    column.append(0.12345)
    assert column.held == array("d", [*told, 0.12345])


def test_equal_times_are_one_column() -> None:
    """However they are held."""
    narrow, wide = Seconds(NEVER, (1.0, 2.0)), Seconds(NEVER, (1.0, 2.0))
    wide.widen()
    assert narrow == wide
    assert narrow != Seconds(NEVER, (1.0,))
