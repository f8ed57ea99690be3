"""The help page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.draw import golden
from tests.draw.test_road import LOOKS
from tracker.draw import help as drawing
from tracker.draw.cells import width as cells
from tracker.draw.footer import Key
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look

SECTIONS = [
    (
        "time",
        [Key("space", "pause, go on", "toggle"), Key("← →", "10 s back and on", "back"), Key("g", "go to", "goto")],
    ),
    ("panels", [Key("z", "maximise", "z"), Key("tab", "the next panel", "tab")]),
    ("views", [Key("c", "compare", "c"), Key("?", "help", "help"), Key("q", "quit", "quit")]),
]


@given(st.integers(1, 200), st.integers(1, 50), st.sampled_from(LOOKS), st.integers(-5, 40))
def test_every_cell_is_drawn_once(width: int, height: int, look: Look, top: int) -> None:
    """Whatever the size: so many lines of so many cells, ASCII where that is asked for."""
    lines = drawing.draw(SECTIONS, width, height, look, top)
    assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


def test_kept_frames() -> None:
    """Two columns where it is wide, one where it is narrow."""
    golden.check("help_114x12", plain(drawing.draw(SECTIONS, 114, 12, DEFAULT)))
    golden.check("help_36x20", plain(drawing.draw(SECTIONS, 36, 20, DEFAULT)))


@given(st.integers(30, 160), st.integers(5, 40))
def test_every_key_can_be_scrolled_to(width: int, height: int) -> None:
    """Each label is on the screen for some position of the page."""
    seen = ""
    for top in range(drawing.rows(SECTIONS, width) + 1):
        seen += plain(drawing.draw(SECTIONS, width, height, Look(), top))
    assert all(key.label[:8] in seen for _, group in SECTIONS for key in group)


def test_what_is_left_below_is_said() -> None:
    """A page that goes on says so."""
    assert "more rows below" in plain(drawing.draw(SECTIONS, 36, 8, DEFAULT))
    assert "more rows below" not in plain(drawing.draw(SECTIONS, 36, 40, DEFAULT))


@given(st.integers(30, 160), st.sampled_from(LOOKS))
def test_no_word_is_cut(width: int, look: Look) -> None:
    """Every word of every label is on the page, in its order, at any width that holds a word."""
    page = plain(drawing.draw(SECTIONS, width, 3 + drawing.rows(SECTIONS, width, look), look))
    assert all(word in page for _, group in SECTIONS for key in group for word in key.label.split())


def test_words_go_on_under_each_other() -> None:
    """A label too long for its row goes on below, beside no key."""
    page = plain(
        drawing.draw([("time", [Key("g", "go to a time, a distance or a checkpoint", "goto")])], 30, 6, DEFAULT)
    )
    assert [line.rstrip() for line in page.splitlines()[4:]] == ["g  go to a time, a distance or", "   a checkpoint"]
