"""Figures beside their floors and goals."""

from __future__ import annotations

import pytest

from tracker.bench.table import Row, at_least, at_most, footnotes, heading, line, number, times_floor


def test_a_goal_is_a_ratio_or_a_figure() -> None:
    """A row is met when every goal is: of the figure itself, or of its ratio to the floor."""
    row = Row("fold", "/s", 160_000.0, (times_floor("≥", 0.6), at_least(150_000)), 250_000.0, "bare")
    assert row.ratio == pytest.approx(0.64)
    assert row.met
    assert not Row("fold", "/s", 160_000.0, (times_floor("≥", 0.7), at_least(150_000)), 250_000.0).met
    assert not Row("fold", "/s", 140_000.0, (times_floor("≥", 0.5), at_least(150_000)), 250_000.0).met


def test_what_was_not_measured_is_not_met() -> None:
    """A figure that this machine cannot give meets nothing, and is not called missed."""
    row = Row("memory", "MB", None, (at_most(70),))
    assert not row.met
    assert "not measured here" in line(row)
    assert "MISSED" not in line(row)


def test_zero_is_a_figure() -> None:
    """Nothing written is a measurement, and meets a goal of nothing."""
    assert Row("paused", "B/s", 0.0, (at_most(0),)).met


def test_a_line_names_figure_floor_ratio_and_goal() -> None:
    """Each row shows what was measured, what the floor was, their ratio and the goal, in columns."""
    text = line(Row("first frame", "ms", 330.0, (times_floor("≤", 1.2),), 300.0, "six panels"))
    assert text.split() == ["first", "frame", "330", "ms", "300", "1.10", "×", "≤", "1.2", "×", "met"]
    assert text.index("≤") == heading().index("goal")


def test_each_floor_is_explained() -> None:
    """The notes say what a floor is, once a row that has one."""
    rows = [Row("a", "ms", 1.0, (), 1.0, "b"), Row("c", "ms", 1.0, ())]
    assert footnotes(rows) == ["floor of a: b"]


@pytest.mark.parametrize(
    ("value", "text"), [(None, "-"), (0, "0"), (0.123, "0.123"), (178_000.4, "178,000"), (70, "70")]
)
def test_numbers_read_well(value: float | None, text: str) -> None:
    """Three figures, thousands with commas."""
    assert number(value) == text
