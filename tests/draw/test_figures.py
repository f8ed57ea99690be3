"""Large figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.draw import figures
from tracker.draw.figures import LARGE, MIDDLE, Size
from tracker.draw.ink import Canvas, plain

SIZES = {"large": LARGE, "middle": MIDDLE}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_digits_and_signs_are_equally_wide(size: Size) -> None:
    """Nothing moves when a digit or a sign changes: all take the same width."""
    assert len({figures.measure(c, size) for c in "0123456789+− "}) == 1


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_glyphs_are_square_and_differ(size: Size) -> None:
    """Every glyph fills its rows evenly, and no two digits look alike."""
    for glyph in size.glyphs.values():
        assert len(glyph) == size.rows * 2
        assert len({len(row) for row in glyph}) == 1
    assert len({size.glyphs[c] for c in "0123456789"}) == 10


@given(st.text("0123456789:.+− ", min_size=1, max_size=7), st.sampled_from([1, 2, 3]))
def test_a_figure_takes_what_was_measured(text: str, scale: int) -> None:
    """Nothing is drawn outside the measured field."""
    wide, high = figures.measure(text, LARGE, scale), LARGE.rows * scale
    canvas = Canvas(wide + 4, high + 2)
    assert figures.draw(canvas, 2, 1, text, "bright", scale=scale) == wide + 2
    outside = [canvas.char(x, y) for y in range(high + 2) for x in (0, 1, wide + 2, wide + 3)]
    outside += [canvas.char(x, y) for x in range(wide + 4) for y in (0, high + 1)]
    assert set(outside) == {" "}


def test_full_cells_are_solid_in_every_font() -> None:
    """A full cell has one colour before and behind, so that no hairline shows."""
    canvas = Canvas(6, 5)
    figures.draw(canvas, 0, 0, "7", "ahead")
    assert canvas.char(0, 0) == "█"
    assert canvas.ink(0, 0).fg == canvas.ink(0, 0).bg == "ahead"


def test_ascii_figures() -> None:
    """On an ASCII screen the large size is made of number signs, the middle one is text."""
    large, middle = Canvas(6, 5, ascii_only=True), Canvas(28, 3, ascii_only=True)
    figures.draw(large, 0, 0, "7", "ahead")
    figures.draw(middle, 0, 0, "1:59:48", "bright", MIDDLE)
    assert plain(large.lines()) == "######\n    ##\n   ##\n  ##\n ##"
    assert plain(middle.lines()) == "\n1:59:48\n"


def test_a_flash_reverses_the_field() -> None:
    """A figure that changed is drawn in the ground's colour on its own."""
    canvas = Canvas(6, 5)
    figures.draw(canvas, 0, 0, "7", "ahead", flash=True)
    assert canvas.ink(0, 0).fg == "bg"
    assert canvas.ink(0, 4).bg == "ahead"
