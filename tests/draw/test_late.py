"""Lateness as a chart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.draw import late
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look


@given(
    st.lists(st.floats(-5, 1e6), max_size=300), st.integers(0, 120), st.integers(0, 20), st.sampled_from([False, True])
)
def test_every_cell_is_drawn_once(seconds: list[float], width: int, height: int, ascii_only: bool) -> None:
    """So many lines of so many cells, whatever came."""
    lines = late.draw(seconds, width, height, Look(ascii=ascii_only))
    assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
    assert not ascii_only or plain(lines).isascii()


@given(st.floats(0, 86400))
def test_the_scale_holds_what_it_shows_and_moves_in_steps(seconds: float) -> None:
    """The lower end is a step, no less than the latest split."""
    assert seconds <= late.top(seconds) and late.top(seconds) in late.STEPS_S


@pytest.mark.parametrize(("seconds", "said"), [(5, "5 s"), (60, "1 min"), (1200, "20 min"), (7200, "2 h")])
def test_the_scale_in_words(seconds: float, said: str) -> None:
    """Seconds, minutes, hours."""
    assert late.said(seconds) == said


def test_stems_hang_from_nought_and_the_newest_is_right() -> None:
    """What came at once is a dot at the top; what came late reaches down, and wears the ink of what is wrong."""
    lines = late.draw([0.0] * 40 + [80.0] * 2, 30, 3, DEFAULT)
    rows = plain(lines).split("\n")
    assert rows[0].startswith("    0 s") and rows[2].startswith("  2 min")
    assert rows[0].endswith("⣿") and rows[2][10:29].strip() == ""
    assert [run.ink.fg for run in lines[1] if run.text.strip()] == ["behind"]
