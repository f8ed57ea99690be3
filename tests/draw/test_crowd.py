"""The course with everybody on it, drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import golden
from tests.draw.test_road import LOOKS
from tests.test_onroad import marathon, there
from tracker.draw import crowd
from tracker.draw.cells import width as cells
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT, Look
from tracker.draw.onroad import NOBODY, Road
from tracker.onroad import road
from tracker.race.course import Checkpoint, Course


def made(width: int) -> Road:
    """The field of the tests, in so many cells."""
    session = marathon()
    there(session)
    shown = session.snapshot
    return road(session.field(), shown.runners, "1", ("300", "20"), shown.course.distance_m, width)


def text(width: int, height: int, what: Road | None = None, look: Look = DEFAULT) -> str:
    """The body as text."""
    return plain(crowd.draw(marathon().snapshot, what or made(width), width, height, look))


@given(st.integers(2, 220), st.integers(1, 60), st.sampled_from(LOOKS))
def test_every_cell_is_drawn_once(width: int, height: int, look: Look) -> None:
    """Whatever the size: so many lines of so many cells, ASCII where that is asked for."""
    for what in (made(width), NOBODY):
        lines = crowd.draw(marathon().snapshot, what, width, height, look)
        assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
        assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


@pytest.mark.parametrize(("width", "height"), [(36, 18), (76, 17), (114, 29), (190, 52)])
def test_kept_frames(width: int, height: int) -> None:
    """The screen as it was looked at."""
    golden.check(f"crowd_{width}x{height}", text(width, height))


def test_mats_say_how_many_are_through() -> None:
    """Under their kilometres; one that is silent says so instead."""
    found = made(114)
    assert found.strip is not None
    assert f"{found.passed[1]:,}" in text(114, 29, found)
    mat = found.strip.mats[1][1]
    silent = replace(found, strip=replace(found.strip, silent=(mat,)))
    assert "silent: 10 km" in text(114, 29, silent) and text(114, 29, silent).count("silent") == 2


def test_pace_groups_are_on_the_course_and_in_a_table() -> None:
    """By their finishes; where there is little room they go before the leaders."""
    said = text(114, 29)
    assert "● 3:30" in said and "PACE GROUPS" in said and "LEADERS" in said
    assert "PACE GROUPS" in text(76, 19) and "LEADERS" not in text(76, 19)


def test_after_the_race_nobody_is_on_the_road() -> None:
    """Who was not read at the finish is told as that; what is still to be reckoned is told too."""
    shown, what = marathon().snapshot, made(100)
    assert what.strip is not None and "on the road" in text(120, 40, what)
    over = plain(crowd.draw(replace(shown, over=True), what, 120, 40, DEFAULT))
    assert "not read at the finish" in over and "on the road" not in over
    late = replace(what, strip=replace(what.strip, pending=1234))
    assert "1,234 still to be reckoned" in text(160, 40, late)


def test_a_runner_is_named_once() -> None:
    """Who is followed and leads stands there once."""
    lines = text(114, 29).split("\n")
    row = next(n for n, line in enumerate(lines) if line.startswith("LEADERS")) - 3
    assert lines[row].count("Runner 1") <= 1


def test_without_a_field_that_is_said() -> None:
    """Before the first mat, and where the mats have no places."""
    shown = marathon().snapshot
    assert "nobody is on the road yet" in plain(crowd.draw(shown, NOBODY, 80, 20, DEFAULT))
    unknown = replace(shown, course=Course(None, (Checkpoint("x", "x", None),)))
    assert "course unknown" in plain(crowd.draw(unknown, NOBODY, 80, 20, DEFAULT))
