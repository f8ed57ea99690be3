"""The map."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import courses, golden, scenes
from tests.draw.test_road import LOOKS, SCENES
from tracker.draw import map as drawing
from tracker.draw.cells import width as cells
from tracker.draw.ink import Line, plain
from tracker.draw.look import DEFAULT, Look
from tracker.race.course import Course
from tracker.race.snapshot import Snapshot

TIMES = (-250.0, 0.0, 540.0, 2400.0, 4323.0, 5000.0, 7000.0, 7180.2)
PRATER = tuple(courses.prater(t) for t in TIMES)


def text(snapshot: Snapshot, width: int = 114, height: int = 29, look: Look = DEFAULT) -> str:
    """The map as text."""
    return plain(drawing.draw(snapshot, width, height, look))


def cell_of(lines: list[Line], sign: str, ink: str) -> tuple[int, int]:
    """Where a sign in an ink stands."""
    for y, line in enumerate(lines):
        x = 0
        for run in line:
            if run.text == sign and ink in (run.ink.fg, run.ink.bg):
                return x, y
            x += cells(run.text)
    raise AssertionError(f"no {sign}")


@given(st.sampled_from((*SCENES, *PRATER)), st.integers(1, 220), st.integers(1, 50), st.sampled_from(LOOKS))
def test_every_cell_is_drawn_once(snapshot: Snapshot, width: int, height: int, look: Look) -> None:
    """Whatever the state and the size: so many lines of so many cells, ASCII where that is asked for."""
    lines = drawing.draw(snapshot, width, height, look)
    assert [sum(cells(run.text) for run in line) for line in lines] == [width] * height
    assert not look.ascii or all(run.text.isascii() for line in lines for run in line)


@pytest.mark.parametrize(("width", "height"), [(59, 14), (76, 17), (114, 29), (190, 53)])
def test_kept_frames(width: int, height: int) -> None:
    """The map as it was looked at, at four sizes."""
    golden.check(f"map_{width}x{height}", text(courses.prater(4323.0), width, height))


def test_the_line_takes_the_next_cell() -> None:
    """41 m are less than a cell of 50 m: the line stands beside the runner, behind him, and words give the metres."""
    lines = drawing.draw(courses.prater(4323.0), 114, 29, DEFAULT)
    x, y = cell_of(lines, "K", "now")
    assert cell_of(lines, "╎", "bright") == (x + 1, y)
    assert "2:00:00 line ≈ 41 m behind him" in plain(lines)
    assert re.search(r"one cell is \d\d m", plain(lines))


@pytest.mark.parametrize(
    ("elapsed", "said"),
    [(540.0, "before the first of 4 laps"), (2400.0, "lap 2 of 4, after 4.0 km"), (4323.0, "lap 3 of 4, after 4.0 km"),
     (7180.2, "lap 4 of 4, after 4.0 km")],
)  # fmt: skip
def test_laps(elapsed: float, said: str) -> None:
    """Which lap it is, and from where they count."""
    assert said in text(courses.prater(elapsed))


@given(st.floats(0, 42195))
def test_a_lap_holds_the_runner(metres: float) -> None:
    """This lap goes from a place behind the runner to one before them."""
    race = courses.prater(4323.0)
    assert race.position is not None
    race = replace(race, position=replace(race.position, distance_m=metres))
    first, last, _ = drawing.lap(race)
    assert first - 1 <= metres <= last + 1


def test_between_which_places() -> None:
    """The title says where on the lap the runner is."""
    assert "from Lusthaus towards finish line" in text(courses.prater(4323.0))


def test_run_and_to_come() -> None:
    """In this lap the way run is bright and unbroken, the way to come has every second dot."""
    lines = drawing.draw(courses.prater(4323.0), 114, 29, DEFAULT)
    run = "".join(r.text for line in lines for r in line if r.ink.fg == "text" and "\u2800" < r.text[0] <= "\u28ff")
    come = "".join(r.text for line in lines for r in line if r.ink.fg == "faint" and "\u2800" < r.text[0] <= "\u28ff")
    assert "⠤⠤⠤⠤" in run and len(come) > 60
    assert max(bin(ord(c) - 0x2800).count("1") for c in come) <= 3


def test_the_lusthaus_and_the_stadium() -> None:
    """Places on the way are named; one beside it gets a sign of its own."""
    said = text(courses.prater(4323.0))
    assert all(name in said for name in ("Lusthaus", "start · Reichsbrücke", "Vorgartenstraße", "Hauptallee 4.3 km"))
    assert "□ Ernst-Happel-Stadion" in said and "finish · pacers change" in said


def test_no_geometry() -> None:
    """A course without coordinates says so; the axis below still stands."""
    bare = replace(scenes.MIDDLE, course=replace(scenes.VIENNA, waypoints=()))
    assert "no map: the course has no coordinates" in text(bare) and "◎" in text(bare)
    assert "no coordinates" in text(replace(scenes.unknown_course(), course=Course()))


def test_a_course_without_laps_and_targets() -> None:
    """Any course with waypoints is drawn."""
    race = replace(scenes.NO_TARGET, course=replace(courses.straight(0.05, 0.1), distance_m=42195.0), rotation=None)
    assert "COURSE" in text(race, 76, 17) and "K" in text(race, 76, 17)


def test_miles_and_ascii() -> None:
    """Yards in words; north in words where there are no arrows."""
    assert "yd" in text(courses.prater(4323.0), look=Look(units="mi"))
    assert "north is up left" in text(courses.prater(4323.0), look=Look(ascii=True))


def test_a_window_too_small_for_the_map() -> None:
    """A course with coordinates in a window without room: the window is to blame, and is said to be."""
    said = plain(drawing.draw(courses.prater(4323.0), 30, 2, DEFAULT))
    assert "too small for the map" in said and "coordinates" not in said


def test_the_lines_distance_is_a_bound_once_the_mat_is_due() -> None:
    """Due and not seen: the line is at most so far behind."""
    seen = courses.prater(4323.0)
    assert seen.due is not None
    assert "line at most 41 m behind him" in text(replace(seen, due=replace(seen.due, state="due")))
