"""The fan: what was believed at each mark."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tests.draw.test_road import LOOKS, SCENES
from tracker.draw import fan
from tracker.draw.fan import Point, scale
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.plan import even
from tracker.race.snapshot import Mode, Snapshot


def text(snapshot: Snapshot, width: int = 31, height: int = 11, look: Look = DEFAULT) -> str:
    """The panel as text."""
    return plain(fan.draw(snapshot, width, height, look))


@given(
    st.sampled_from([*SCENES, *map(scenes.projected, SCENES), scenes.arriving()]),
    st.integers(-2, 240),
    st.integers(-2, 60),
    st.sampled_from(LOOKS),
)
def test_any_size_and_state_is_drawn(snapshot: Snapshot, width: int, height: int, look: Look) -> None:
    """It fills its place and nothing else, whatever the place."""
    lines = fan.draw(snapshot, width, height, look)
    assert len(lines) == max(0, height)
    assert all(sum(len(run.text) for run in line) <= max(0, width) for line in lines)


def test_without_a_projection_it_is_blank() -> None:
    """A place that is kept free: nothing was believed, so nothing is drawn."""
    assert not text(scenes.MIDDLE).strip()


def test_the_newest_band_is_told_beside_it() -> None:
    """Median and the two ends stand right of the band, faster above slower."""
    rows = text(scenes.PROJECTED).splitlines()
    said = [next(i for i, row in enumerate(rows) if time in row) for time in ("1:59:17", "1:59:50", "2:00:23")]
    assert said == sorted(said) and len(set(said)) == 3


def test_the_target_is_the_scale_s_middle() -> None:
    """With a target its time is on the scale; far from every band it is left out."""
    assert "2:00:00" in text(scenes.PROJECTED)
    far = replace(scenes.PROJECTED, plan=even("3:00:00", scenes.MARATHON_M, 10_800.0))
    assert "3:00:00" not in text(far) and "1:59:50" in text(far)


def test_at_the_finish_the_band_has_closed() -> None:
    """The line ends in the time itself, without a band."""
    said = text(scenes.projected(scenes.FINISHED))
    assert "1:59:40" in said and "1:59:17" not in said


def test_before_the_median_is_shown_there_is_only_the_band() -> None:
    """Early in a mass race no line runs through the band, and no median stands beside it."""
    p = scenes.PROJECTED.projection
    bare = tuple(replace(b, point=False) for b in p.history)
    early = replace(scenes.PROJECTED, projection=replace(p, history=bare, point=False))
    said = text(early)
    assert "1:59:17" in said and "1:59:50" not in said


@given(st.floats(600, 40_000), st.floats(1, 4000), st.floats(1, 4000), st.none() | st.floats(600, 40_000))
def test_the_scale_holds_every_band(median_s: float, before: float, after: float, target_s: float | None) -> None:
    """Round steps, all bands inside, the reference inside."""
    low, high = median_s - before / 8, median_s + after / 8
    axis = scale([Point(5000.0, low, median_s, high)], target_s, 8)
    assert axis.top_s <= low and high <= axis.bottom_s
    assert axis.top_s < axis.reference_s < axis.bottom_s
    assert 0 <= axis.y(low) <= axis.y(high) <= axis.dots - 1 + 1e-9


@pytest.mark.parametrize("look", [DEFAULT, Look(ascii=True)])
def test_faster_is_up_and_the_line_is_read_in_the_band(look: Look) -> None:
    """The median's cells hold nothing of the band."""
    canvas = fan.draw(scenes.PROJECTED, 71, 16, look)
    inks = {run.ink.fg for line in canvas[2:-1] for run in line if run.text.strip()}
    assert {"estimated/60", "bright", "muted"} <= inks


def test_a_live_race_without_a_target_lists_places_instead() -> None:
    """When to be where says more to a spectator than the history of a finish time."""
    said = text(scenes.arriving())
    assert said.startswith("WHEN TO BE WHERE") and "faster is up" not in said
    assert text(scenes.projected(replace(scenes.MIDDLE, mode=Mode("live", is_live=True)))).startswith("BY DISTANCE")
