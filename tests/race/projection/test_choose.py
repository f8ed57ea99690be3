"""The race tells which population and which course it is, unless the user says."""

from __future__ import annotations

import pytest

from tests.race.projection.made import MODEL
from tracker.race.projection.choose import choose_ground, choose_kind

TOTAL_M = 42_195.0


def test_the_users_word_stands_above_all() -> None:
    """What was asked for is taken, whatever the race looks like."""
    assert choose_kind("mass", paced=True, paces_s_per_km=(170.0,)) == "mass"
    assert choose_ground(MODEL, TOTAL_M, ["Somewhere"], asked="boston").name == "boston"
    assert choose_ground(MODEL, TOTAL_M, ["Boston Marathon"], asked="none").offsets is None


def test_the_race_tells_its_kind() -> None:
    """Pacers make a race paced, a fast runner elite; the best knowledge comes first; all else is a mass field."""
    assert choose_kind(None, paced=True) == "paced"
    assert choose_kind(None, paced=False, paces_s_per_km=(175.0, 300.0)) == "elite"
    assert choose_kind(None, paced=False, paces_s_per_km=(300.0, 175.0)) == "mass"
    assert choose_kind(None, paced=False) == "mass"


def test_wheels_are_even() -> None:
    """Who is not on foot, by the race's word or by speed, is of no population that is known."""
    assert choose_kind(None, paced=True, on_foot=False) == "even"
    assert choose_kind(None, paced=False, paces_s_per_km=(120.0,)) == "even"


@pytest.mark.parametrize("names", [["boston-2026"], ["Boston Marathon"], ["x", "BOSTON"], ["boston_2013"]])
def test_a_course_is_known_by_its_word(names: list[str]) -> None:
    """A shipped course is recognised by id, name or place, in any spelling."""
    assert choose_ground(MODEL, TOTAL_M, names).name == "boston"


@pytest.mark.parametrize(("names", "distance_m"), [(["Bostonian"], TOTAL_M), (["Boston"], 21_097.5), ([], TOTAL_M)])
def test_another_course_is_unknown(names: list[str], distance_m: float) -> None:
    """Part of a word, another distance or no name is no known course."""
    assert choose_ground(MODEL, distance_m, names).offsets is None


def test_a_course_that_is_not_shipped_is_one_clear_line() -> None:
    """Asking for an unknown course names those that are known."""
    with pytest.raises(ValueError, match="'rome' is not known: boston, or none"):
        choose_ground(MODEL, TOTAL_M, [], asked="rome")
