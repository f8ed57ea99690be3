"""The gaps of several as lines."""

from __future__ import annotations

from dataclasses import replace

from tests.draw.together import both, compared
from tracker.draw import gaplines
from tracker.draw.ink import Canvas, plain
from tracker.draw.look import DEFAULT


def drawn(width: int = 114, rows: int = 10, at: str = "1:43:00") -> str:
    """The chart of four."""
    canvas, shown = Canvas(width, rows + 3), compared(at)
    gaplines.draw(canvas, (0, 0), rows, shown, both(shown), DEFAULT)
    return plain(canvas.lines())


def test_a_line_ends_where_the_finish_is_projected() -> None:
    """Its points are the mats of both; the last one is what is projected, until there is a time."""
    runner, other, *_ = both(compared()).contenders
    found = gaplines.line(other, runner, 42_195)
    assert list(found.points)[:1] == [(0.0, 0.0)]
    assert list(found.points)[-1:] == [(35_000.0, 152.0)]
    assert found.projected is not None and found.projected[0] == 42_195
    assert found.projected[1] > 152
    assert gaplines.line(replace(other, median_s=None), runner, 42_195).projected is None
    done = both(compared("2:05:10")).contenders
    assert gaplines.line(done[1], done[0], 42_195).projected is None


def test_every_line_has_its_name() -> None:
    """Beside its end, apart where ends meet, the runner's on the dotted one."""
    said = drawn()
    for name in ("Kiptum", "Kipruto", "Abdi", "Hassan"):
        assert name in said
    assert "in front of Kiptum is up · ◌ projected" in said


def test_the_sign_of_the_scale_is_seen() -> None:
    """Ten minutes behind are `+10:00`, not `10:00`."""
    assert "+10:00" in drawn(rows=8)


def test_without_room_there_is_no_chart() -> None:
    """Nothing is drawn rather than something that cannot be read."""
    assert not drawn(40).strip()
