"""The panels by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tests.draw.test_road import LOOKS
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.layout import layout
from tracker.draw.look import DEFAULT, Look
from tracker.draw.panels import PANELS
from tracker.race.snapshot import EMPTY


@given(st.integers(1, 260), st.integers(1, 80), st.sampled_from(["", *PANELS]))
def test_every_place_has_its_panel(width: int, height: int, maximised: str) -> None:
    """The grid names no panel that cannot be drawn; only the footer, which has keys, is drawn elsewhere."""
    assert {place.panel for place in layout(width, height, maximised)} <= {*PANELS, "footer"}


def test_every_panel_has_its_place() -> None:
    """No panel is known that the largest screen does not show."""
    assert {*PANELS} == {place.panel for place in layout(260, 80)} - {"footer"}


@pytest.mark.parametrize("name", PANELS)
@given(width=st.integers(0, 200), height=st.integers(0, 20), look=st.sampled_from(LOOKS))
def test_a_panel_fills_its_cells(name: str, width: int, height: int, look: Look) -> None:
    """Each gives so many lines of so many cells, of a race and of none."""
    for snapshot in (scenes.MIDDLE, EMPTY):
        lines = PANELS[name](snapshot, width, height, look)
        assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height


@pytest.mark.parametrize(
    ("name", "said"),
    [("header", "KIPCHOGE"), ("gap", "GAP TO"), ("projection", "EVEN PACE"), ("road", "THE ROAD"), ("course", "42.2"),
     ("splits", "pace/km"), ("happened", "WHAT HAPPENED"), ("map", "COURSE"), ("scrubber", "0:30")],
)  # fmt: skip
def test_a_name_is_its_panel(name: str, said: str) -> None:
    """Under each name is the panel that is called so."""
    texts = {each: plain(draw(scenes.MIDDLE, 114, 12, DEFAULT)) for each, draw in PANELS.items()}
    assert said in texts[name]
