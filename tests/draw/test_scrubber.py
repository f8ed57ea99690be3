"""The timeline."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tracker.draw import scrubber, words
from tracker.draw.header import elapsed
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT
from tracker.race.snapshot import Mode, Snapshot

widths = st.integers(20, 200)
moments = st.floats(-600, 9000)


def rows(snapshot: Snapshot, width: int = 114) -> list[str]:
    """Times and line."""
    return plain(scrubber.draw(snapshot, width, 2, DEFAULT)).split("\n")


def test_gun_to_target() -> None:
    """The line runs from the gun to the target, with round times and the head's."""
    assert rows(scenes.MIDDLE)[0].split() == ["0:00", "0:30", "1:00", "1:12:03", "1:30", "2:00:00"]
    assert rows(scenes.MIDDLE)[1].index("│") == 68


def test_what_was_believed_stands_over_the_marks() -> None:
    """While the projection is chosen, each mark tells the finish projected there, as far as there is room; no round times."""
    shown = scenes.projected(scenes.MIDDLE)
    times = plain(scrubber.draw(shown, 114, 2, replace(DEFAULT, focus="projection"))).split("\n")[0].split()
    believed = [words.clock(then.median_s) for then in shown.projection.history if then.point]
    assert "1:12:03" in times
    kept = [time for time in times if time != "1:12:03"]
    assert len(kept) >= 4 and kept == [time for time in believed if time in kept]
    assert rows(shown)[0].split() == rows(scenes.MIDDLE)[0].split()


@given(moments)
def test_it_never_tells_the_end(elapsed_s: float) -> None:
    """The right end is the target, whatever the recording holds; past it, it grows by five minutes at a time."""
    end = scrubber.span(scenes.vienna(min(elapsed_s, 7180.0)))
    assert end == 7200.0
    late = replace(scenes.MIDDLE, elapsed_s=7200.0 + max(0.0, elapsed_s))
    assert scrubber.span(late) >= (late.elapsed_s or 0.0)
    assert (scrubber.span(late) - 7200.0) % 300.0 == 0.0


@given(moments)
def test_without_a_target_it_holds_still(elapsed_s: float) -> None:
    """Without a target the span is in half hours, so that it seldom changes, and covers now."""
    seen = scenes.vienna(min(elapsed_s, 7180.0), None)
    assert scrubber.span(seen) % 1800.0 == 0.0
    assert scrubber.span(seen) >= max(0.0, min(elapsed_s, 7180.0))


@given(moments, widths, st.floats(0, 1))
def test_a_click_leads_to_what_is_drawn_there(elapsed_s: float, width: int, share: float) -> None:
    """The time of a cell lies on that cell."""
    seen = scenes.vienna(elapsed_s)
    x = round(share * (width - 1))
    then = scrubber.time_at(seen, x, width)
    assert 0 <= then <= scrubber.span(seen)
    assert round(then / scrubber.span(seen) * (width - 1)) == x


def test_the_marks_can_be_clicked() -> None:
    """Every mark drawn is found at its cell, and nothing where there is none."""
    line = rows(scenes.MIDDLE)[1]
    found = [scrubber.mark_at(scenes.MIDDLE, x, 114) for x, char in enumerate(line) if char == "┃"]
    assert [m.checkpoint.id for m in found if m] == ["5km", "10km", "15km", "20km", "21km", "25km"]
    assert scrubber.mark_at(scenes.MIDDLE, 100, 114) is None
    assert scrubber.mark_at(scenes.BEFORE, 5, 114) is None


@given(moments, widths)
def test_times_do_not_touch(elapsed_s: float, width: int) -> None:
    """Between two times there is at least one cell, and the head's is always there."""
    seen = scenes.vienna(elapsed_s)
    times = rows(seen, width)[0].split()
    assert len(times) == len(set(times))
    assert elapsed(seen) in times


@pytest.mark.parametrize("width", [76, 114, 190])
def test_the_head_stands_on_the_runner_side_of_the_last_mark(width: int) -> None:
    """Just after a mat the head stands beside its mark, not on it."""
    line = rows(scenes.vienna(4260.0), width)[1]
    assert "┃│" in line


LIVE = Mode("live", link_age_s=3.0, is_live=True)


def test_a_live_race_has_times_of_day() -> None:
    """Round times by the clock on the wall, and `live` over the head."""
    seen = rows(scenes.vienna(4323.0, mode=LIVE))
    assert seen[0].split() == ["08:15", "08:30", "09:00", "live", "10:00", "10:15"]
    assert seen[1] == rows(scenes.MIDDLE)[1]


def test_the_head_stays_where_a_lost_feed_is_known() -> None:
    """It is held there, and says so."""
    lost = replace(LIVE, word="offline", horizon_s=scenes.GUN_S + 3600)
    held = rows(scenes.vienna(4323.0, mode=lost))
    assert "09:15, held" in held[0] and held[1].index("│") == 56


def test_the_live_edge_is_drawn_where_the_view_stays_behind() -> None:
    """A delayed view has the time of day over its head, and the edge before it."""
    seen = rows(scenes.vienna(4323.0, mode=replace(LIVE, delay_s=1200.0)))
    assert "09:27:03" in seen[0] and seen[0].index("live") > seen[0].index("09:27:03")
    assert seen[1].rindex("━") > seen[1].index("│")


def test_without_a_target_it_ends_with_the_projection() -> None:
    """The late end of the 80 % of the finish, in steps of five minutes, is the right end."""
    then = scenes.arriving()
    late_s = then.projection.arrivals[-1].q90_s
    assert late_s <= scrubber.span(then) < late_s + 300.0 and scrubber.span(then) % 300.0 == 0.0
