"""Laws of tracker/fit/paces.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tracker.backtest.tables import HALF, PLACES_M, Table, files, read
from tracker.fit.paces import complete, level, log_paces, shape, with_halves

SPLITS = Path(__file__).parent.parent / "data" / "splits"
EVEN = np.array([PLACES_M]) * 0.3


def test_an_even_runner_has_one_pace_and_no_shape() -> None:
    """300 s a kilometre on every segment."""
    assert np.allclose(np.exp(log_paces(EVEN)), 300)
    assert np.allclose(np.exp(level(log_paces(EVEN))), 300)
    assert np.allclose(shape(log_paces(EVEN)), 0)


def test_only_runners_read_everywhere_at_paces_that_can_be_are_fitted_on() -> None:
    """A missed mat, or 5 km at twice the runner's speed, leaves a row out."""
    missed, odd = EVEN.copy(), EVEN.copy()
    missed[0, 3] = np.nan
    odd[0, 2] = odd[0, 1] + 1.0
    assert len(complete(Table("a_1", np.concatenate([EVEN, missed, odd])))) == 1


def test_a_race_without_a_half_gets_one_between_its_neighbours() -> None:
    """The other marks stay, the other races stay, and the half's pace is like theirs."""
    tables = [read(path) for path in files(SPLITS)]
    filled = {table.race: table for table in with_halves(tables, seed=3)}
    given = next(table for table in tables if table.race == "houston_2016")
    found = filled["houston_2016"].marks_s
    assert np.isnan(given.marks_s[:, HALF]).all()
    assert np.array_equal(np.delete(found, HALF, 1), np.delete(given.marks_s, HALF, 1), equal_nan=True)
    assert ((found[:, HALF] > found[:, HALF - 1]) & (found[:, HALF] < found[:, HALF + 1])).all()
    assert all(filled[table.race] is table for table in tables if table.race != "houston_2016")
    assert abs(float(shape(log_paces(found))[HALF])) < 0.1
