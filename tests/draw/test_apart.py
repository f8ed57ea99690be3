"""The gap to another in the large figure."""

from __future__ import annotations

import pytest

from tracker.draw import apart
from tracker.draw.apart import Apart
from tracker.draw.ink import Canvas, plain


def _said(gap: Apart | None, y: int = 1, room: int = 40) -> list[str]:
    canvas = Canvas(room, 12)
    assert apart.draw(canvas, y, room, gap, "mat") == y + (7 if y > 1 else 6)
    return [line.rstrip() for line in plain(canvas.lines()).splitlines()]


@pytest.mark.parametrize(("seconds", "word"), [(-7.0, "AHEAD"), (7.0, "BEHIND"), (0.4, "LEVEL")])
def test_the_word_stands_under_the_figure(seconds: float, word: str) -> None:
    """The row under the figure says the side and at which mat; with air above there is air between."""
    said = f" {word}   35 km, last mat of both"
    assert _said(Apart(seconds, 1.0, "35 km"))[6] == said
    assert _said(Apart(seconds, 1.0, "35 km"), y=2)[7:9] == ["", said]


def test_seconds_have_their_unit_and_level_has_none() -> None:
    """`s` stands beside the last row of the figure of a gap in seconds only."""
    assert [_said(Apart(gap_s, 1.0, "35 km"))[5].endswith("  s") for gap_s in (-7.0, 85.0, 0.0)] == [True, False, False]


def test_a_figure_that_is_too_wide_is_text() -> None:
    """Where the large figure does not fit, the same stands in its middle row."""
    assert _said(Apart(-85.0, 1.0, "35 km"), room=16)[3] == "−1:25"


def test_without_a_gap_the_figure_is_empty() -> None:
    """Before a mat of both it is said what is waited for."""
    assert _said(None)[6] == "no mat of both yet"
