"""Dots in cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.draw.braille import Dots
from tracker.draw.ink import Canvas, plain


def test_the_corners_of_a_cell() -> None:
    """A cell holds two dots across and four down."""
    canvas, dots = Canvas(1, 1), Dots(1, 1)
    for x, y in ((0, 0), (1, 0), (0, 3), (1, 3)):
        dots.dot(x, y)
    dots.draw(canvas, 0, 0)
    assert plain(canvas.lines()) == "⣉"


def test_the_highest_priority_colours_the_cell() -> None:
    """One colour a cell: the most important one, whatever came last."""
    canvas, dots = Canvas(1, 1), Dots(1, 1)
    dots.dot(0, 0, "bright", 5)
    dots.dot(1, 1, "muted", 1)
    dots.draw(canvas, 0, 0)
    assert canvas.ink(0, 0).fg == "bright"


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(-50, 50), st.floats(-50, 50))
def test_lines_stay_inside(x0: float, y0: float, x1: float, y1: float) -> None:
    """Whatever is drawn outside the field is dropped."""
    dots, canvas = Dots(5, 3), Canvas(9, 7)
    dots.line((x0, y0), (x1, y1))
    dots.draw(canvas, 2, 2)
    outside = [(x, y) for x in range(9) for y in range(7) if not (2 <= x < 7 and 2 <= y < 5)]
    assert all(canvas.char(x, y) == " " for x, y in outside)


def test_a_line_has_no_holes() -> None:
    """Both ends and every dot between."""
    dots, canvas = Dots(4, 1), Canvas(4, 1)
    dots.line((0, 0), (7, 0))
    dots.draw(canvas, 0, 0)
    assert plain(canvas.lines()) == "⠉⠉⠉⠉"


def test_ascii() -> None:
    """Without braille a cell is a point, or a star where it is full."""
    canvas, dots = Canvas(2, 1, ascii_only=True), Dots(2, 1)
    dots.dot(0, 0)
    dots.line((2, 0), (2, 3))
    dots.draw(canvas, 0, 0)
    assert plain(canvas.lines()) == ".*"
