"""The fan: a place that is kept free."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.draw.test_road import LOOKS, SCENES
from tracker.draw import fan
from tracker.draw.ink import PLAIN, Run
from tracker.draw.look import Look
from tracker.race.snapshot import Snapshot


@given(st.sampled_from(SCENES), st.integers(-2, 240), st.integers(-2, 60), st.sampled_from(LOOKS))
def test_it_is_blank(snapshot: Snapshot, width: int, height: int, look: Look) -> None:
    """Nothing is projected, so nothing is drawn, at any size and in any state."""
    line = [Run(" " * width, PLAIN)] if width > 0 else []
    assert fan.draw(snapshot, width, height, look) == [line] * max(0, height)
