"""Several runners compared: one screen that says who is ahead, by how much, and who will be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import golden
from tests.draw.test_road import LOOKS
from tests.draw.together import both, compared
from tracker.draw import together
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.snapshot import Snapshot

STATES = (
    ("-0:10", "kipruto,hassan", ""),
    ("0:05:00", "kipruto", ""),
    ("1:12:30", "kipruto", ""),
    ("1:43:00", "kipruto,abdi,hassan", ""),
    ("1:43:00", "kipruto,hassan", "vienna-2019"),
    ("2:05:10", "kipruto,abdi,hassan", ""),
    ("finish", "kipruto", "vienna-2019"),
)
states = st.sampled_from(STATES)


def text(snapshot: Snapshot, width: int = 114, height: int = 30, look: Look = DEFAULT) -> str:
    """The body as text."""
    return plain(together.draw(snapshot, both(snapshot), width, height, look))


@given(states, st.integers(1, 220), st.integers(1, 60), st.sampled_from(LOOKS))
def test_every_cell_is_drawn_once(state: tuple[str, str, str], width: int, height: int, look: Look) -> None:
    """Whatever the state and the size: so many lines of so many cells, ASCII where that is asked for."""
    shown = compared(*state)
    lines = together.draw(shown, both(shown), width, height, look)
    assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


@pytest.mark.parametrize(("width", "height"), [(36, 18), (76, 17), (114, 30), (190, 53)])
def test_kept_frames(width: int, height: int) -> None:
    """The comparison as it was looked at, at four sizes."""
    golden.check(f"together_{width}x{height}", text(compared(), width, height))


def test_the_large_figure_is_the_nearest() -> None:
    """Abdi and Kipruto passed 35 km together, Hassan has not been there: the runner's own gap, and the chance to keep it."""
    said = text(compared())
    assert "GAP TO KIPRUTO" in said and "AHEAD   35 km, last mat of both" in said
    assert "99 % ahead at the finish, if both get there" in said


def test_two_need_no_table_of_chances() -> None:
    """With one other the sentence says it all; with two the table does."""
    assert "CHANCE OF BEING AHEAD" not in text(compared(others="kipruto"))
    assert "CHANCE OF BEING AHEAD" in text(compared())


def test_a_ghost_has_its_time() -> None:
    """A recorded race stands with its own finish, not with a projection."""
    row = next(line for line in text(compared("1:43:00", "kipruto", "vienna-2019")).split("\n") if " G " in line)
    assert "1:59:40" in row and "≈ 1:59:40" not in row


def test_before_a_mat_of_both_nothing_is_claimed() -> None:
    """No gap, no chance, no line: only who is compared."""
    said = text(compared("0:05:00", "kipruto"))
    assert "no mat of both yet" in said and " first\n" not in said
    assert "nothing to compare before the first mat of both" in said


def test_who_is_out_or_overdue_is_said_to_be() -> None:
    """Instead of a finish."""
    shown = compared()
    known = both(shown)
    changed = replace(
        known,
        contenders=(
            *known.contenders[:2],
            replace(known.contenders[2], phase="out", median_s=None),
            replace(known.contenders[3], overdue=True, median_s=None),
        ),
    )
    lines = text(replace(shown, together=changed)).split("\n")
    assert any("Abdi" in line and " out " in line for line in lines)
    assert any("Hassan" in line and " overdue" in line for line in lines)


def test_clocks_are_named() -> None:
    """Waves are compared from everybody's own start, and that is said."""
    shown = compared()
    assert "gun times" in text(shown)
    assert "each from their own start" in text(replace(shown, together=replace(both(shown), clock="net")))
