"""The pace line on the road."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tracker.draw import target
from tracker.draw.cells import width as cells
from tracker.draw.ink import Canvas, plain
from tracker.draw.look import Units
from tracker.draw.strip import Strip
from tracker.race.plan import even
from tracker.race.snapshot import Gap, Standing

METRES = st.floats(-5000, 5000)


def gap(quality: Standing = "estimated", resolution_s: float = 1.0, name: str = "2:00:00") -> Gap:
    """The gap of the middle scene, known so well, at a mark of such a clock."""
    found = scenes.MIDDLE.gap
    assert found is not None
    mark = replace(found.mark, resolution_s=resolution_s)
    return replace(found, quality=quality, mark=mark, plan=even(name, 42195.0, 7200.0))


def strip(width: int = 114, rows: int = 5, *, ruled: bool = True, ascii_only: bool = False) -> Strip:
    """An empty strip in the usual window."""
    return Strip(Canvas(width, rows + 4, ascii_only=ascii_only), 2, rows, ruled, -50.0, 30.0)


@given(METRES, st.sampled_from(["km", "mi"]))
def test_an_estimate_says_its_side(metres: float, units: Units) -> None:
    """A line behind the runner is a runner ahead; with ≈, and level within half a metre."""
    text, ink = target.said(gap(), metres, units)
    assert ink == "estimated" and text.startswith("≈ ")
    if abs(metres) < 0.5:
        assert text == "≈ level with the line"
    else:
        assert text.endswith("ahead" if metres < 0 else "behind")


@given(METRES)
def test_a_bound_is_called_one(metres: float) -> None:
    """Once the mat is overdue: at most so much ahead, then at least so much behind; never ≈."""
    text, ink = target.said(gap("at_least"), metres, "km")
    assert ink == "behind" and "≈" not in text
    if abs(metres) < 0.5:
        assert text == "at best level with the line"
        return
    assert text.startswith("at most" if metres < 0 else "at least")
    assert text.endswith("ahead" if metres < 0 else "behind")


def test_a_mat_that_is_due_makes_a_bound() -> None:
    """Due and not seen, the gap can only be worse: the road says `at most`, as the gap says `no better than`."""
    due = scenes.overdue().due
    assert due is not None
    assert target.said(gap(), -8.0, "km", replace(due, state="due")) == ("at most 8 m ahead", "estimated")
    assert target.said(gap(), 8.0, "km", replace(due, state="late")) == ("at least 8 m behind", "estimated")
    assert target.said(gap(), -8.0, "km", replace(due, state=None)) == ("≈ 8 m ahead", "estimated")


@pytest.mark.parametrize(
    ("metres", "resolution_s", "said"),
    [
        (-41.0, 1.0, "≈ 41 m ahead"),
        (116.1, 1.0, "≈ 120 m behind"),
        (116.1, 0.1, "≈ 116 m behind"),
        (-1240, 1.0, "≈ 1.2 km ahead"),
    ],
)
def test_metres_bear_no_more_than_the_mark(metres: float, resolution_s: float, said: str) -> None:
    """Tens from 100 m on where the mark has only seconds, kilometres from 1,000 m on."""
    assert target.said(gap(resolution_s=resolution_s), metres, "km")[0] == said


@given(METRES, st.integers(1, 240))
def test_the_line_is_on_the_strip(metres: float, width: int) -> None:
    """To scale within 200 m, at its edge beyond."""
    on = strip(width)
    x = target.cell(on, metres)
    assert 0 <= x < width
    if -50 <= metres <= 30:
        assert x == on.at(metres)
    if abs(metres) > target.FAR_M:
        assert x == (0 if metres < 0 else width - 1)


@given(METRES, st.integers(10, 200), st.sampled_from([1, 3, 5, 7]), st.booleans(), st.booleans())
def test_the_bracket_joins_line_and_runner(metres: float, width: int, rows: int, ruled: bool, ascii_only: bool) -> None:
    """The line has all rows of the strip, and what is drawn beside it on them is the bracket, or words where it is short."""
    on = strip(width, rows, ruled=ruled, ascii_only=ascii_only)
    name = target.draw(on, gap(), metres, "km")
    x, here = target.cell(on, metres), on.at(0)
    sign = ":" if ascii_only else "╎"
    assert all(on.canvas.char(x, on.top + dy) == sign for dy in range(rows) if on.top + dy != on.bracket_row)
    assert name.text == "2:00:00 line" and name.keep and name.at + (cells(name.text) + 2) // 2 == x
    assert on.bracket_row is not None
    drawn = [c for c in range(width) if on.canvas.ink(c, on.bracket_row).fg == "estimated/55"]
    assert all(min(x, here) <= c <= max(x, here) for c in drawn)


def test_far_is_an_arrow() -> None:
    """Beyond 200 m the bracket is open towards the line."""
    for metres, sign in ((-340.0, "←"), (260.0, "→"), (-41.0, "├"), (25.0, "┤")):
        on = strip()
        target.draw(on, gap(), metres, "km")
        assert on.bracket_row is not None
        row = plain(on.canvas.lines()).split("\n")[on.bracket_row]
        assert sign in row and (("←" in row) + ("→" in row)) == (abs(metres) > target.FAR_M)


def test_words_beside_a_short_bracket() -> None:
    """Three metres have no room for words: they stand beside, whole."""
    on = strip()
    target.draw(on, gap(), -3.0, "km")
    assert on.bracket_row is not None
    row = plain(on.canvas.lines()).split("\n")[on.bracket_row]
    assert "≈ 3 m ahead ╎├" in row


def test_a_long_name_is_cut() -> None:
    """A plan may be called anything."""
    assert target.draw(strip(), gap(name="N" * 60), -41.0, "km").text == "N" * 19 + "… line"


def test_head_and_foot_join_the_rules() -> None:
    """Where the strip is ruled the line begins and ends in the rules, as far as the bracket lets it."""
    on = strip()
    target.draw(on, gap(), -41.0, "km")
    x = target.cell(on, -41.0)
    assert on.canvas.char(x, on.top - 1) == "┬" and on.canvas.char(x, on.bottom) == "┴"
    bare = strip(ruled=False)
    target.draw(bare, gap(), -41.0, "km")
    assert bare.canvas.char(x, bare.top - 1) == " "
