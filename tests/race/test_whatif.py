"""What if."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tracker.race.snapshot import Snapshot
from tracker.race.whatif import what_if


def test_a_pace_gives_a_finish() -> None:
    """From the last mark on, with what that is against the target."""
    found = what_if(scenes.MIDDLE, "2:50/km")
    assert found.finish_s == pytest.approx(4259 + 17.195 * 170)
    assert found.since is scenes.MIDDLE.last and found.gap_s == pytest.approx(found.finish_s - 7200)


def test_a_finish_needs_a_pace() -> None:
    """The other way round."""
    found = what_if(scenes.MIDDLE, "1:59:30")
    assert found.finish_s == 7170 and found.pace_s_per_km == pytest.approx((7170 - 4259) / 17.195)


@given(st.floats(60, 900))
def test_both_ways_meet(pace: float) -> None:
    """The pace that a finish needs gives that finish."""
    text = f"{int(pace // 60)}:{int(pace % 60):02d}/km"
    found = what_if(scenes.MIDDLE, text)
    assert found.pace_s_per_km == pytest.approx(int(pace // 60) * 60 + int(pace % 60))


def test_before_a_mark_it_counts_from_the_start() -> None:
    """Nothing has been measured yet."""
    assert what_if(scenes.NO_MARK, "2:50/km").since is None
    assert what_if(replace(scenes.NO_MARK, plan=None), "2:50/km").gap_s is None


@pytest.mark.parametrize("text", ["fast", "0:00/km", "1:00:00", "x:50/km", "999:59/mi"])
def test_what_makes_no_sense_is_said_in_one_line(text: str) -> None:
    """A word, no pace at all, a time that is over."""
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        what_if(scenes.MIDDLE, text)


@pytest.mark.parametrize("snapshot", [scenes.FINISHED, scenes.out(), scenes.unknown_course()])
def test_there_must_be_a_way_left(snapshot: Snapshot) -> None:
    """Home, out, or on a course nobody knows: nothing to ask."""
    with pytest.raises(ValueError, match=r"over|course"):
        what_if(snapshot, "2:50/km")
