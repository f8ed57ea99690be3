"""The whole screen: kept frames, and what holds at every size in every state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import golden, lives, scenes
from tracker.draw.cells import width as cells
from tracker.draw.frame import frame
from tracker.draw.ink import plain
from tracker.draw.look import Look
from tracker.draw.palettes import PALETTES
from tracker.race.snapshot import EMPTY, Mode, Snapshot

STATES: dict[str, Snapshot] = {
    "middle": scenes.MIDDLE,
    "behind": scenes.BEHIND,
    "before": scenes.BEFORE,
    "no_mark": scenes.NO_MARK,
    "finished": scenes.FINISHED,
    "paused": scenes.PAUSED,
    "no_target": scenes.NO_TARGET,
    "overdue": scenes.overdue(),
    "out": scenes.out(),
    "unknown_course": scenes.unknown_course(),
    "ghost": scenes.with_ghost(),
    "empty": EMPTY,
    "live": scenes.vienna(4323.0, mode=Mode("live", link_age_s=3.0)),
    "stale": scenes.vienna(4323.0, mode=Mode("stale", link_age_s=43.0)),
    "offline": scenes.vienna(4323.0, None, Mode("offline", retry_in_s=4.0)),
    "projected": scenes.PROJECTED,
    "arriving": scenes.arriving(),
    "arriving_lost": scenes.arriving(Mode("offline", retry_in_s=4.0, is_live=True, horizon_s=scenes.GUN_S + 4500.0)),
    "silent_mat": lives.silent(),
    "silent_mat_target": lives.silent(target=True),
    "paused_live": lives.paused(),
    "started_live": lives.started(),
    "arrived_live": lives.arrived(),
    "over": lives.over(),
    "over_target": lives.over(target=True),
}
LIVES = ("silent_mat", "silent_mat_target", "paused_live", "started_live", "arrived_live", "over", "over_target")
KEPT = [
    *((name, 120, 36) for name in STATES),
    *((name, 80, 24) for name in ("middle", "behind", "before", "no_mark", "finished", "overdue", "unknown_course")),
    *((name, 200, 60) for name in ("middle", "before", "finished")),
    *((name, 40, 24) for name in ("middle", "before", "no_target")),
    *((name, *size) for name in ("projected", "arriving") for size in ((80, 24), (200, 60), (40, 24))),
    *((name, 80, 24) for name in LIVES), *((name, 40, 24) for name in ("silent_mat", "paused_live", "over")),
    ("middle", 20, 5), ("middle", 100, 30), ("middle", 80, 40),
]  # fmt: skip
states = st.sampled_from(sorted(STATES))
looks = st.builds(Look, ascii=st.booleans(), units=st.sampled_from(["km", "mi"]), focus=st.sampled_from(["", "gap"]))


@pytest.mark.parametrize(("name", "width", "height"), KEPT)
def test_frames_are_kept(name: str, width: int, height: int) -> None:
    """Every state looks as it was looked at and kept."""
    golden.check(f"{name}_{width}x{height}", plain(frame(STATES[name], width, height)))


@pytest.mark.parametrize(("name", "look"), [("ascii", Look(ascii=True)), ("miles", Look(units="mi"))])
def test_other_looks_are_kept(name: str, look: Look) -> None:
    """An ASCII terminal and miles are drawn on the same grid."""
    golden.check(f"middle_80x24_{name}", plain(frame(scenes.MIDDLE, 80, 24, look)))
    golden.check(f"middle_120x36_{name}", plain(frame(scenes.MIDDLE, 120, 36, look)))
    golden.check(f"projected_120x36_{name}", plain(frame(scenes.PROJECTED, 120, 36, look)))


@given(states, st.integers(1, 220), st.integers(1, 70), looks)
def test_a_frame_has_the_asked_size(name: str, width: int, height: int, look: Look) -> None:
    """At any size, in any state, a frame is exactly so many lines of exactly so many cells."""
    lines = frame(STATES[name], width, height, look)
    assert len(lines) == height
    assert {sum(cells(run.text) for run in line) for line in lines} == {width}


@given(states, st.sampled_from([(80, 24), (120, 36), (200, 60), (40, 24)]))
def test_an_ascii_frame_is_ascii(name: str, size: tuple[int, int]) -> None:
    """With ASCII asked for, nothing else is written."""
    assert plain(frame(STATES[name], *size, Look(ascii=True))).isascii()


@given(states, st.sampled_from([(80, 24), (120, 36), (200, 60), (40, 24)]), st.sampled_from(sorted(PALETTES)))
def test_every_ink_has_a_colour(name: str, size: tuple[int, int], palette: str) -> None:
    """No panel uses an ink that a theme does not have."""
    for line in frame(STATES[name], *size):
        for run in line:
            assert PALETTES[palette].resolve(run.ink.fg).startswith("#")
            assert PALETTES[palette].resolve(run.ink.bg).startswith("#")


@given(st.floats(-600, 7180), st.sampled_from([(40, 24), (60, 20), (80, 24), (100, 30), (120, 36), (200, 60)]))
def test_mode_clock_and_gap_never_drop(elapsed_s: float, size: tuple[int, int]) -> None:
    """Mode, clock, name and, once there is one, the gap with word and age are on every screen."""
    text = plain(frame(scenes.vienna(elapsed_s), *size))
    assert "REPLAY 60×" in text or "FINISHED" in text
    assert "KIPCHOGE" in text
    if elapsed_s >= 850:
        assert " ago" in text
        assert any(word in text for word in ("AHEAD", "LEVEL", "BEHIND", "OVERDUE"))


@given(st.sampled_from(sorted(STATES)), st.sampled_from(["gap", "projection", "road", "course", "splits", "happened"]))
def test_a_panel_can_have_the_whole_screen(name: str, panel: str) -> None:
    """Any panel maximised keeps header and footer, and the size."""
    for width, height in ((120, 36), (80, 24), (40, 24)):
        lines = frame(STATES[name], width, height, maximised=panel)
        assert {sum(cells(run.text) for run in line) for line in lines} == {width}
        assert "q quit" in plain(lines)


def test_rejected_lines_are_counted() -> None:
    """What the feed gave and could not be read is counted at the foot."""
    assert "3 rejected" in plain(frame(scenes.rejections(3), 120, 36))
    assert "rejected" not in plain(frame(scenes.BEFORE, 120, 36))
