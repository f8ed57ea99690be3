"""Even pace and what stands under it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.draw import scenes
from tracker.draw import projection
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.plan import even
from tracker.race.snapshot import Snapshot


def text(snapshot: Snapshot, width: int = 39, height: int = 11, look: Look = DEFAULT) -> str:
    """The panel as text."""
    return plain(projection.draw(snapshot, width, height, look))


def test_every_figure_is_named() -> None:
    """Even pace, same gap, mean, last stretch and what is needed each say what they are."""
    said = text(scenes.MIDDLE)
    for words in (
        "EVEN PACE",
        "same gap 1:59:53, if −7 s stays",
        "mean 2:50.4/km",
        "last 5 km 2:50.4/km",
        "at most 2:51.0/km from here for 2:00:00",
    ):
        assert words in said


def test_a_small_panel_keeps_what_is_needed() -> None:
    """In three rows the last stretch and the needed pace share one; where both do not fit, the needed pace stays."""
    assert "last 5 km 2:50.4 · at most 2:51.0/km" in text(scenes.MIDDLE, 36, 9)
    narrow = text(scenes.MIDDLE, 34, 9)
    assert "at most 2:51.0/km from here" in narrow and "last 5 km" not in narrow


@pytest.mark.parametrize(("width", "height"), [(45, 11), (36, 9), (54, 16)])
def test_an_overdue_mat_ends_every_promise(width: int, height: int) -> None:
    """Overdue: nothing counts from here and no gap stays; what the last mark said stands under that mark's name."""
    said = " ".join(text(scenes.overdue(), width, height).split())
    assert "same gap" not in said and "from here" not in said and "at most" not in said
    assert "even pace at 25 km" in said
    assert "mean 2:50.4/km to 25 km" in said and "last 5 km 2:50.4/km to 25 km" in said


def test_the_needed_pace_is_cut() -> None:
    """A needed pace never promises ease: 171.09 s is 2:51.0, and so is 171.0."""
    p = replace(scenes.MIDDLE.projection, needed_pace_s_per_km=171.09)
    assert "at most 2:51.0/km" in text(replace(scenes.MIDDLE, projection=p))


def test_out_of_reach() -> None:
    """A target that would need no time at all is called out of reach."""
    p = replace(scenes.MIDDLE.projection, needed_pace_s_per_km=-3.0)
    assert "2:00:00 is out of reach" in text(replace(scenes.MIDDLE, projection=p))


def test_no_number_before_a_mark() -> None:
    """Before a mark there is no finish, only when there will be one and what was asked."""
    for snapshot in (scenes.BEFORE, scenes.NO_MARK):
        said = text(snapshot)
        assert "begins at 5 km" in said
        assert "target 2:00:00 · 2:50.6/km" in said
    assert "his best 2:01:39, Berlin 2018" in text(scenes.BEFORE)
    assert "laser 2:50/km as announced" in text(scenes.BEFORE)


def test_the_finish() -> None:
    """At the finish: the time, on which side of the target, the mean, the last stretch in whole seconds."""
    said = text(scenes.FINISHED)
    assert said.startswith("FINISH")
    assert "under 2:00:00 · not record-eligible" in said
    assert "mean 2:50.2/km" in said
    assert "last 2.2 km 6:04 · 2:46/km" in said
    assert "even pace at 40 km said 1:59:50" in said
    over = scenes.vienna(7180.2, even("1:59:30", scenes.MARATHON_M, 7170.0))
    assert "over 1:59:30 by 10.2 s" in text(over)


def test_without_a_target() -> None:
    """Without a target nothing is asked of anybody."""
    said = text(scenes.NO_TARGET)
    assert "no target" in said
    assert "at most" not in said and "same gap" not in said


def test_who_left_has_no_finish() -> None:
    """A runner who is out is not projected."""
    said = text(scenes.out())
    assert "no finish" in said and "mean 2:50.4/km to 25 km" in said


def test_columns_from_a_full_screen_on() -> None:
    """On a full screen the values stand in one column."""
    rows = [line for line in text(scenes.MIDDLE, 54, 16).split("\n") if line.startswith(("same", "mean", "last", "at"))]
    assert len(rows) == 4
    assert {line[12] for line in rows} <= set("0123456789")
    assert {line[11] for line in rows} == {" "}
