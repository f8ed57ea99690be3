"""tracker.race.places: what people call a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draw.scenes import VIENNA
from tracker.race.course import Checkpoint, Course
from tracker.race.places import find_place


@pytest.mark.parametrize(
    ("text", "metres"),
    [("25km", 25_000.0), (" 25 KM ", 25_000.0), ("15mi", 24_140.16), ("half", 21_097.5), ("finish", 42_195.0), ("800m", 800.0)],
)  # fmt: skip
def test_a_place_is_found_by_any_of_its_names(text: str, metres: float) -> None:
    """Mats by id and name, distances in km, miles and metres, in any case."""
    assert find_place(text, VIENNA) == pytest.approx(metres)


def test_a_mat_is_found_without_the_length_of_the_course() -> None:
    """Its own place is enough; a distance alone is not."""
    course = Course(None, (Checkpoint("bridge", "Tower Bridge", 20_100.0),))
    assert find_place("tower bridge", course) == 20_100.0
    assert find_place("half", course) is None and find_place("5km", course) is None


def test_beyond_the_course_there_is_nothing() -> None:
    """Said with the length of the course."""
    with pytest.raises(ValueError, match=r"43km is beyond the course, which is 42.195 km long"):
        find_place("43km", VIENNA)


@given(st.text(max_size=20))
def test_any_words_are_a_place_or_none(text: str) -> None:
    """Whatever is typed: metres on the course, none, or one line."""
    try:
        metres = find_place(text, VIENNA)
    except ValueError as error:
        assert "beyond the course" in str(error)
    else:
        assert metres is None or 0 <= metres <= 42_196.0
