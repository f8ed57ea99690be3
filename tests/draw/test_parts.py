"""Rows of words and chips."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.draw.ink import Canvas, plain
from tracker.draw.parts import Word, chip, chip_width, first_fit, he, his, measure, write
from tracker.race.snapshot import Runner

words = st.lists(st.builds(Word, st.text(max_size=12), st.sampled_from(["text", "muted"]), st.booleans()), max_size=4)


@given(st.lists(words, min_size=1, max_size=4), st.integers(0, 40), st.booleans())
def test_what_is_chosen_fits(choices: list[list[Word]], cells: int, ascii_only: bool) -> None:
    """Whatever is chosen fits, and it is the first that did."""
    canvas = Canvas(60, 1, ascii_only=ascii_only)
    chosen = first_fit(canvas, cells, *choices)
    assert measure(canvas, chosen) <= cells
    fitting = [choice for choice in choices if measure(canvas, choice) <= cells]
    assert not fitting or chosen == fitting[0]


@given(words)
def test_words_take_what_was_measured(row: list[Word]) -> None:
    """Writing ends where measuring said."""
    canvas = Canvas(60, 1)
    assert write(canvas, 0, 0, row) == measure(canvas, row)


def test_chips() -> None:
    """A chip is a word in reverse; on an ASCII screen it stands in brackets."""
    canvas, ascii_canvas = Canvas(10, 1), Canvas(10, 1, ascii_only=True)
    assert chip(canvas, 0, 0, "AHEAD", "ahead") == chip_width(canvas, "AHEAD") == 7
    assert canvas.ink(1, 0).fg == "bg" and canvas.ink(1, 0).bg == "ahead"
    chip(ascii_canvas, 0, 0, "AHEAD", "ahead")
    assert plain(ascii_canvas.lines()) == "[AHEAD]"


def test_pronouns() -> None:
    """Nobody's sex is guessed."""
    assert [he(Runner(sex=sex)) for sex in ("M", "W", "X", None)] == ["he", "she", "they", "they"]
    assert [his(Runner(sex=sex)) for sex in ("M", "W", "X", None)] == ["his", "her", "their", "their"]
