"""Who paces, drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import golden, scenes
from tests.draw.test_road import LOOKS
from tests.test_onroad import marathon, there
from tracker.draw import pacers
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.draw.onroad import Placed
from tracker.race.pacegroup import groups
from tracker.race.snapshot import EMPTY, PaceGroup, Snapshot


def made() -> tuple[Snapshot, tuple[PaceGroup, ...], dict[str, Placed]]:
    """The pace groups of a made-up marathon."""
    session = marathon()
    shown = session.snapshot
    told = session.timeline.fold.to(shown.now_s)
    found = groups(shown.runners, told.sheet, shown.course.distance_m)
    return shown, found, {each.runner.id: each for each in there(session).of("pacer")}


def text(width: int, height: int) -> str:
    """Their table as text."""
    return plain(pacers.draw(*made(), width, height, DEFAULT))


@given(st.integers(1, 220), st.integers(1, 60), st.sampled_from(LOOKS))
def test_every_cell_is_drawn_once(width: int, height: int, look: Look) -> None:
    """Whatever the size and whoever paces: so many lines of so many cells, ASCII where that is asked for."""
    vienna: tuple[Snapshot, tuple[PaceGroup, ...], dict[str, Placed]] = (scenes.vienna(4323.0, None), (), {})
    for what in (made(), vienna, (EMPTY, (), {})):
        lines = pacers.draw(*what, width, height, look)
        assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
        assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


@pytest.mark.parametrize(("width", "height"), [(36, 18), (76, 17), (114, 29)])
def test_kept_frames(width: int, height: int) -> None:
    """Pace groups and the attempt's teams as they were looked at."""
    golden.check(f"pacers_{width}x{height}", text(width, height))
    shown = scenes.vienna(4323.0, None)
    golden.check(f"teams_{width}x{height}", plain(pacers.draw(shown, (), {}, width, height, DEFAULT)))


def test_a_pace_group_has_its_line() -> None:
    """Its finish, the seconds at each mat, where it is now."""
    row = next(line for line in text(114, 29).split("\n") if line.startswith("3:30:00"))
    assert "Pace 3:30" in row and "km ≈" in row


def test_without_pacers_that_is_said() -> None:
    """The key is not offered then, but the screen may be open when another runner is chosen."""
    assert "names no pacers" in plain(pacers.draw(EMPTY, (), {}, 60, 5, DEFAULT))
