"""Laws of tracker/backtest/report.py."""

from __future__ import annotations

from tests.backtest.test_score import scored
from tracker.backtest.report import averaged, called_table, reliability_table, reliable, table

ROWS = list(scored().rows())


def test_the_mean_counts_every_race_alike() -> None:
    """Whatever its number of runners; groups stay apart."""
    twice = [{**row, "mae": 300.0, "n": 9999} for row in ROWS]
    means = averaged([*ROWS, *twice])
    assert [(row["group"], row["n"], row["mae"]) for row in means] == [("all", 2, 200.0), ("half<1:28", 2, 200.0)]


def test_a_table_has_a_line_a_mat_under_its_heads() -> None:
    """Figures right-aligned under their heads, groups under their names."""
    lines = list(table(ROWS))
    assert lines[0] == "a_1 · all"
    assert len(lines[1]) == len(lines[2])
    assert lines[2].split()[:3] == ["20K", "3", "100.0"]
    assert lines[4] == "a_1 · half<1:28"


def test_reliability_is_weighed_by_how_often_it_was_said() -> None:
    """Three of one and one of the other make a mean of four; every tenth has its line."""
    rows = [{"who": "paceline", "tenth": 2, "n": n, "said": said, "came": 0.5} for n, said in ((3, 0.2), (1, 0.28))]
    (row,) = reliable(rows)
    assert (row["n"], round(float(str(row["said"])), 6)) == (4, 0.22)
    lines = list(reliability_table([row]))
    assert len(lines) == 12
    assert "22.0% → 50.0% of         4" in lines[3]


def test_alarms_are_told_as_shares_of_the_finishers() -> None:
    """A line a race."""
    rows = [{"race": "a_1", "finishers": 200, "late_share": 0.25, "overdue_share": 0.015}]
    assert list(called_table(rows))[1].split() == ["a_1", "200", "late", "25.00%", "overdue", "1.50%"]
