"""When to be where."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.draw import scenes
from tracker.draw import whereabouts
from tracker.draw.ink import Canvas, plain
from tracker.draw.look import DEFAULT
from tracker.race.snapshot import Mode


def text(width: int = 31, height: int = 11, mode: Mode | None = None) -> str:
    """The list as text."""
    canvas = Canvas(width, height)
    whereabouts.draw(canvas, scenes.arriving(mode), DEFAULT)
    return plain(canvas.lines())


def test_each_place_has_its_moment_and_its_window() -> None:
    """Mats to come and the finish, by the clock on the wall."""
    rows = [row for row in text().splitlines()[1:] if row.strip()]
    assert [row.split()[0] for row in rows] == ["30", "35", "40", "finish"]
    assert all("≈" in row and "–" in row for row in rows)


def test_a_feed_that_is_lost_dates_the_list() -> None:
    """It stands as of the last contact."""
    lost = Mode("offline", is_live=True, horizon_s=scenes.GUN_S + 4500.0)
    assert "as of 09:30" in text(mode=lost) and "as of" not in text()


def test_a_narrow_list_keeps_the_moments() -> None:
    """Without room for the windows the medians stay."""
    rows = [row for row in text(width=22).splitlines()[1:] if row.strip()]
    assert all("≈" in row and "–" not in row for row in rows)


@given(st.integers(1, 20))
def test_the_next_and_the_finish_are_never_dropped(rows: int) -> None:
    """However few rows there are: what comes next, and the end; with one row the end."""
    arrivals = scenes.arriving().projection.arrivals
    shown = whereabouts.chosen(arrivals, rows)
    assert len(shown) == min(rows, len(arrivals)) and shown[-1] is arrivals[-1]
    assert rows == 1 or shown[0] is arrivals[0]


def test_waiting_does_not_move_the_next_place() -> None:
    """However long the mat is waited for, it was expected when it was; the mats behind it move."""
    then = scenes.arriving()
    first, *others = then.projection.arrivals
    waited = replace(first, eta_s=first.eta_s + 40, q10_s=first.q10_s + 60)
    shown = whereabouts.expected(replace(then, projection=replace(then.projection, arrivals=(waited, *others))))
    assert then.due is not None and shown[0].eta_s == then.due.eta_s and list(shown[1:]) == others


def test_nothing_is_listed_of_nothing() -> None:
    """Without a projection the place stays blank."""
    then = scenes.arriving()
    canvas = Canvas(31, 11)
    whereabouts.draw(canvas, replace(then, projection=replace(then.projection, arrivals=())), DEFAULT)
    assert not plain(canvas.lines()).strip()
