"""The canvas."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracker.draw.cells import width
from tracker.draw.ink import BLANK, PLAIN, Canvas, Ink, Run, plain

TEXTS = st.text(st.sampled_from("aK 王ｱ\u0301\u0308…−é한"), max_size=8)
INKS = st.sampled_from(["text", "bright", "A/28"])
SPOTS = st.tuples(st.integers(-6, 14), st.integers(-2, 5))
PUTS = st.lists(st.tuples(SPOTS, TEXTS, INKS, st.sampled_from(["put", "right", "centre", "label"])), max_size=12)
DRAW: dict[str, Callable[[Canvas, int, int, str, str], int]] = {
    "put": lambda c, x, y, text, ink: c.put(x, y, text, ink, bold=True),
    "right": lambda c, x, y, text, ink: c.right(x, y, text, ink, strike=True),
    "centre": lambda c, x, y, text, ink: c.centre(x, y, 7, text, ink),
    "label": lambda c, x, y, text, _ink: c.label(x, y, text),
}


@given(st.integers(-1, 12), st.integers(-1, 4), PUTS, st.booleans())
def test_lines_are_exactly_as_wide_as_the_canvas(
    wide: int, high: int, puts: list[tuple[tuple[int, int], str, str, str]], ascii_only: bool
) -> None:
    """Whatever is drawn wherever, over half a wide sign too: so many lines of so many cells, ASCII if asked for."""
    canvas = Canvas(wide, high, ascii_only=ascii_only)
    for (x, y), text, ink, how in puts:
        DRAW[how](canvas, x, y, text, ink)
    lines = canvas.lines()
    assert [sum(width(run.text) for run in line) for line in lines] == [max(0, wide)] * max(0, high)
    assert not ascii_only or all(run.text.isascii() for line in lines for run in line)


@given(st.integers(1, 12), PUTS)
def test_runs_are_joined(wide: int, puts: list[tuple[tuple[int, int], str, str, str]]) -> None:
    """Neighbours in one ink are one run, and none is empty."""
    canvas = Canvas(wide, 3)
    for (x, y), text, ink, how in puts:
        DRAW[how](canvas, x, y, text, ink)
    for line in canvas.lines():
        assert all(run.text for run in line)
        assert all(a.ink != b.ink for a, b in pairwise(line))


@given(st.integers(0, 12), TEXTS)
def test_the_next_cell_is_returned(x: int, text: str) -> None:
    """A row of words is written by going on where the last one ended, on the canvas or beyond it."""
    assert Canvas(8, 1).put(x, 0, text) == x + width(text)
    assert Canvas(8, 1).right(x, 0, text) == x - width(text) + 1


def test_a_wide_sign_goes_as_a_whole() -> None:
    """What is written over one of its halves leaves a blank for the other; at the edge it is not drawn at all."""
    for at, said in ((0, "a 王"), (1, " a王"), (2, "王a"), (3, "王 a")):
        canvas = Canvas(4, 1)
        canvas.put(0, 0, "王王")
        canvas.put(at, 0, "a")
        assert plain(canvas.lines()) == said
    over = Canvas(4, 1)
    over.put(0, 0, "王王")
    over.put(1, 0, "明")
    assert plain(over.lines()) == " 明"
    edge = Canvas(3, 1)
    assert edge.put(2, 0, "王") == 4 and edge.lines() == [[Run("   ", PLAIN)]]


def test_a_mark_without_a_letter_draws_nothing() -> None:
    """It has no cell of its own, not even beyond the last one."""
    canvas = Canvas(3, 1)
    assert canvas.put(3, 0, "\u0301a") == 4 and canvas.put(0, 0, "\u0301a") == 1
    assert plain(canvas.lines()) == "a"


def test_places() -> None:
    """Right ends at its cell, the middle is the middle of its field, a label in focus is in reverse."""
    canvas = Canvas(9, 3)
    canvas.right(8, 0, "−7")
    canvas.centre(0, 1, 9, "25")
    assert plain(canvas.lines()) == "       −7\n   25\n"
    canvas.label(0, 2, "GAP", focused=True)
    assert canvas.ink(0, 2) == Ink("bg", "muted", bold=True) and canvas.char(2, 2) == "P"
    canvas.label(0, 2, "GAP")
    assert canvas.ink(0, 2) == Ink("muted", "bg", bold=True)


@given(st.integers(-3, 12), st.integers(-2, 4), st.integers(1, 6))
def test_free_is_on_the_canvas_and_blank(x: int, y: int, size: int) -> None:
    """Cells are free where nothing was drawn and nothing would be cut; a coloured blank is not free."""
    canvas = Canvas(10, 3)
    assert canvas.is_free(x, y, size) == (0 <= y < 3 and x in range(11 - size))
    canvas.put(4, 1, " ", bg="A")
    assert canvas.is_free(x, y, size) == (0 <= y < 3 and 0 <= x <= 10 - size and not (y == 1 and x <= 4 < x + size))


@given(PUTS, st.integers(0, 4), st.integers(0, 2))
def test_lines_copied_are_the_lines(puts: list[tuple[tuple[int, int], str, str, str]], x: int, y: int) -> None:
    """What is copied onto another canvas looks there as it did, inks included."""
    small = Canvas(8, 2)
    for (px, py), text, ink, how in puts:
        DRAW[how](small, px, py, text, ink)
    large = Canvas(12, 4)
    large.blit(x, y, small.lines())
    for cy in range(2):
        for cx in range(8):
            assert (large.char(x + cx, y + cy), large.ink(x + cx, y + cy)) == (small.char(cx, cy), small.ink(cx, cy))


def test_ascii_is_counted_as_it_is_seen() -> None:
    """A text that grows when it is translated is placed by what is shown."""
    canvas = Canvas(8, 1, ascii_only=True)
    assert canvas.right(7, 0, "a…") == 4
    assert plain(canvas.lines()) == "    a..." and canvas.said("−7 s") == "-7 s"


def test_an_empty_canvas_is_blank() -> None:
    """Nothing drawn is blank cells in the plain ink, and trailing blanks are no text."""
    canvas = Canvas(3, 2)
    assert canvas.lines() == [[Run("   ", PLAIN)]] * 2 and BLANK == (" ", PLAIN)
    assert plain(canvas.lines()) == "\n"
