"""Names on the map."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw import courses
from tracker.draw import places
from tracker.draw.braille import HIGH, WIDE
from tracker.draw.ink import Canvas, plain
from tracker.draw.look import DEFAULT, Look
from tracker.draw.map import Field
from tracker.draw.project import project
from tracker.race.course import Landmark
from tracker.race.snapshot import Snapshot

PRATER = courses.prater(4323.0)
STADIUM = (48.20875, 16.41917)
"""A good half kilometre beside the way."""


def field(snapshot: Snapshot, width: int = 114, height: int = 24, look: Look = DEFAULT) -> Field:
    """A map without its course: only the places will be on it."""
    drawn = project(snapshot.course, width * WIDE, (height - 4) * HIGH)
    assert drawn is not None
    return Field(Canvas(width, height, ascii_only=look.ascii), 0, 2, width, height - 4, drawn)


def said(snapshot: Snapshot, *, large: bool = True, look: Look = DEFAULT, width: int = 114, height: int = 24) -> str:
    """The places as text."""
    on = field(snapshot, width, height, look)
    places.draw(on, snapshot, look, large=large)
    return plain(on.canvas.lines())


def with_landmarks(*marks: Landmark) -> Snapshot:
    """The Prater with other landmarks."""
    return replace(PRATER, course=replace(courses.PRATER, landmarks=marks))


def test_large_names_more_than_small() -> None:
    """A large map names the start, the ways and what stands beside them; a small one the start and the turns."""
    large, small = said(PRATER), said(PRATER, large=False)
    for name in (
        "start · Reichsbrücke",
        "Hauptallee 4.3 km",
        "Lusthaus",
        "Praterstern",
        "Vorgartenstraße",
        "Ernst-Happel",
    ):
        assert name in large
    assert "start" in small and "Lusthaus" in small and "Reichsbrücke" not in small and "Ernst-Happel" not in small


def test_a_name_stands_once() -> None:
    """Four laps pass the same places, which are named once."""
    text = said(PRATER)
    assert text.count("Lusthaus") == text.count("Hauptallee") == text.count("start") == 1


@given(st.integers(30, 160), st.integers(10, 40), st.booleans(), st.sampled_from([DEFAULT, Look(ascii=True)]))
def test_nothing_is_written_over(width: int, height: int, large: bool, look: Look) -> None:
    """Names use free cells only: what was drawn before them stays."""
    on = field(PRATER, width, height, look)
    taken = [(x, y) for x in range(0, width, 7) for y in range(0, height, 3)]
    for x, y in taken:
        on.canvas.put(x, y, "#", "rejected", "A")
    places.draw(on, PRATER, look, large=large)
    assert all(on.canvas.char(x, y) == "#" for x, y in taken)


def test_only_what_is_off_the_course_has_a_sign() -> None:
    """More than 150 m beside the way a place gets a box; on the way its name alone."""
    near, off = Landmark("Arcade", *courses.FINISH), Landmark("Tower", *STADIUM)
    assert "□ Tower" in said(with_landmarks(off)) and "+ Tower" in said(with_landmarks(off), look=Look(ascii=True))
    text = said(with_landmarks(near))
    assert "Arcade" in text and "□" not in text


def test_a_long_name_is_cut() -> None:
    """Names from outside take at most so many cells."""
    text = said(with_landmarks(Landmark("N" * 60, *STADIUM)))
    assert "N" * (places.MOST - 1) + "…" in text and "N" * places.MOST not in text


def test_landmarks_end() -> None:
    """However many a feed sends, so many are looked at."""
    many = [Landmark(f"Q{i}", *STADIUM) for i in range(places.MOST_LANDMARKS)]
    beyond = Landmark("Beyond", 48.22409, 16.40189)
    assert "Beyond" not in said(with_landmarks(*many, beyond)) and "Beyond" in said(with_landmarks(beyond, *many))


def test_the_finish_crosses_the_lanes() -> None:
    """A line through all lanes with its name over it; where the pacers change beside it, that is said."""
    on = field(PRATER)
    places.draw(on, PRATER, DEFAULT, large=True)
    rows = plain(on.canvas.lines()).split("\n")
    columns = {row.index("┃") for row in rows if "┃" in row}
    assert len(columns) == 1 and any("finish · pacers change" in row for row in rows)
    assert "pacers change" not in said(replace(PRATER, rotation=None)) and "finish" in said(
        replace(PRATER, rotation=None)
    )


@pytest.mark.parametrize(("look", "length"), [(DEFAULT, "4.3 km"), (Look(units="mi"), "2.7 mi")])
def test_the_straight_says_its_length(look: Look, length: str) -> None:
    """The longest straight has its name and how long it is, in the user's unit."""
    assert f"Hauptallee {length}" in said(PRATER, look=look)
