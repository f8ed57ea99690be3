"""The grid, to the cell, and what holds at every size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.draw.layout import layout

sizes = st.tuples(st.integers(1, 320), st.integers(1, 120))


def grid(width: int, height: int) -> dict[str, tuple[int, int, int, int]]:
    """(first x, last x, first row, last row) by panel."""
    places = layout(width, height)
    return {p.panel: (p.x, p.x + p.width - 1, p.y, p.y + p.height - 1) for p in places}


def test_80x24() -> None:
    """The grid of a small terminal."""
    assert grid(80, 24) == {
        "header": (2, 77, 0, 1), "gap": (2, 39, 2, 10), "projection": (42, 77, 2, 10), "road": (2, 77, 12, 16),
        "course": (2, 77, 17, 20), "scrubber": (2, 77, 21, 22), "footer": (2, 77, 23, 23),
    }  # fmt: skip


def test_120x36() -> None:
    """The grid of a usual terminal."""
    assert grid(120, 36) == {
        "header": (3, 116, 0, 1), "gap": (3, 43, 2, 12), "projection": (46, 84, 2, 12), "fan": (86, 116, 2, 12),
        "road": (3, 116, 14, 21), "course": (3, 116, 23, 26), "splits": (3, 64, 28, 31),
        "happened": (72, 116, 28, 31), "scrubber": (3, 116, 33, 34), "footer": (3, 116, 35, 35),
    }  # fmt: skip


def test_200x60() -> None:
    """The grid of a full screen."""
    assert grid(200, 60) == {
        "header": (5, 194, 1, 2), "gap": (5, 66, 4, 19), "projection": (69, 122, 4, 19), "fan": (124, 194, 4, 19),
        "road": (5, 194, 21, 30), "course": (5, 194, 32, 35), "splits": (5, 81, 38, 52),
        "happened": (84, 133, 38, 52), "map": (136, 194, 38, 52), "scrubber": (5, 194, 56, 57),
        "footer": (5, 194, 59, 59),
    }  # fmt: skip


def test_40x24() -> None:
    """The grid of a narrow window."""
    assert grid(40, 24) == {
        "header": (2, 37, 0, 2), "gap": (2, 37, 3, 12), "projection": (2, 37, 14, 15), "road": (2, 37, 17, 21),
        "footer": (2, 37, 23, 23),
    }  # fmt: skip


@given(sizes, st.sampled_from(["", "gap", "road", "splits", "scrubber"]))
def test_panels_lie_on_the_screen_apart(size: tuple[int, int], maximised: str) -> None:
    """No panel leaves the screen, none covers another, and none is empty on a screen of some size."""
    width, height = size
    taken: set[tuple[int, int]] = set()
    for place in layout(width, height, maximised):
        cells = {(x, y) for x in range(place.x, place.x + place.width) for y in range(place.y, place.y + place.height)}
        assert not cells & taken
        assert all(0 <= x < width and 0 <= y < height for x, y in cells)
        assert cells or height < 12
        taken |= cells


@given(sizes)
def test_the_gap_is_always_there(size: tuple[int, int]) -> None:
    """Whatever is dropped, header and gap stay."""
    assert {"header", "gap"} <= {p.panel for p in layout(*size)}


@given(st.integers(60, 250), st.integers(24, 100))
def test_course_and_scrubber_share_an_axis(width: int, height: int) -> None:
    """Course and timeline begin and end on the same cells."""
    places = {p.panel: (p.x, p.width) for p in layout(width, height)}
    assert places["course"] == places["scrubber"] == places["road"]


@pytest.mark.parametrize("width", [80, 120, 200])
def test_more_rows_never_take_a_panel_away(width: int) -> None:
    """What a height shows, every greater height shows."""
    before: set[str] = set()
    for height in range(12, 90):
        now = {p.panel for p in layout(width, height)}
        assert before <= now
        before = now


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize("panel", ["gap", "compare"])
def test_the_large_figure_does_not_jump(panel: str, size: tuple[int, int]) -> None:
    """Alone, and beside a ghost, the gap begins on the row where the race screen has it."""
    shared = {place.panel: place.y for place in layout(*size)}
    alone = {place.panel: place.y for place in layout(*size, panel)}
    assert alone[panel] == shared["gap"]
