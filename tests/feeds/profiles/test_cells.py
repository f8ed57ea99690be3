"""One row of a provider's answer."""

from __future__ import annotations

from typing import Any

import pytest

from feeds.profiles.cells import BadRow, Cells
from feeds.profiles.model import Profile
from feeds.profiles.places import Places


def cells(split: dict[str, Any], answers: dict[str, str] | None = None, **more: Any) -> Cells:
    """Cells of a profile of these sections."""
    said = {"name": "x", "title": "X", "athlete": {"id": "bib"}, "split": split, **more}
    return Cells(Profile.model_validate(said), answers or {})


def passed(made: Cells, row: dict[str, Any]) -> list[tuple[str, str, float | None]]:
    """(place, clock, seconds) of a row."""
    return [(p.place.id, p.clock, p.elapsed_s) for p in made.read(row, None, Places({}, {}, [])).passings]


def test_a_leg_is_told_as_it_is_and_one_that_has_no_time_is_a_hole() -> None:
    """In a wide row every column that is empty, in a long one a row; what the sum is, others say."""
    made = cells({"columns": [{"pattern": r"(?P<place>\d+K)", "clock": "leg", "form": "mm:ss"}]})
    found = [("5km", "leg", 1200.0), ("10km", "leg", None)]
    for empty in ("-", "DNF", "soon"):
        assert passed(made, {"bib": 1, "5K": "20:00", "10K": empty}) == found
    made = cells({"place": "p", "times": [{"field": "t", "clock": "leg"}]})
    assert passed(made, {"bib": 1, "p": "5K", "t": "-"}) == [("5km", "leg", None)]


def test_a_time_of_day_needs_a_start_and_gives_an_instant_where_day_and_zone_are_known() -> None:
    """Across midnight as well."""
    split = {"place": "p", "times": [{"field": "t", "clock": "day"}]}
    answers = {"start": "22:00:00", "day": "2026-10-11", "tz": "Europe/Berlin"}
    made = cells(split, answers, race={"date": "{day}", "time_zone": "{tz}"})
    (passing,) = made.read({"bib": 1, "p": "10K", "t": "00:30:00"}, None, Places({}, {}, [])).passings
    assert passing.elapsed_s == 9000.0 and passing.at is not None
    assert passing.at.isoformat() == "2026-10-12T00:30:00+02:00"


def test_columns_match_exactly_by_words_or_by_pattern() -> None:
    """The first that matches names the place."""
    columns = [{"exact": "T1", "place": "5K"}, {"contains": "semi", "place": "Half"}, {"pattern": r"km(?P<place>\d+)k"}]
    row = {"bib": 1, "t1": "0:20:00", "Inter Semi (x)": "1:25:00", "km10k": "0:40:00", "other": "0:50:00"}
    made = cells({"columns": columns})
    assert [p[0] for p in passed(made, row)] == ["5km", "half", "10"]


def test_what_a_row_has_to_say_is_missing_by_name() -> None:
    """Whose it is, where, when."""
    made = cells({"place": "p", "times": [{"field": "t"}]})
    for row, field in (
        ({"p": "5K", "t": "0:20:00"}, "bib"),
        ({"bib": 1, "t": "0:20:00"}, "p"),
        ({"bib": 1, "p": "5K"}, "t"),
        ({"bib": 1, "p": "5K", "t": "20:00"}, "t"),
    ):
        with pytest.raises(BadRow) as error:
            passed(made, row)
        assert error.value.field == field


def test_about_the_athlete_only_what_can_be() -> None:
    """Joined names, sexes by the profile's words, countries of three letters, ornaments stripped."""
    athlete = {
        "id": "bib",
        "name": ["first", "last"],
        "sex": "s",
        "country": "c",
        "team": "team",
        "strip": [r"\s*\(\d+\)$"],
    }
    made = cells({"place": "p", "times": [{"field": "t"}]}, athlete=athlete)
    row = {"bib": 1, "first": "Anna", "last": "Rossi (3)", "s": "F", "c": "ita", "team": " ", "p": "5K", "t": "0:20:00"}
    assert dict(made.read(row, None, Places({}, {}, [])).about) == {"name": "Anna Rossi", "sex": "W", "country": "ITA"}
    assert "country" not in dict(made.read({**row, "c": "Italy"}, None, Places({}, {}, [])).about)


def test_without_marks_of_its_own_a_row_s_revision_is_the_instant_of_receipt() -> None:
    """In milliseconds; a file that knows none has 1."""
    made = cells({"place": "p", "times": [{"field": "t"}]})
    row = {"bib": 1, "p": "5K", "t": "0:20:00"}
    assert [made.read(row, when, Places({}, {}, [])).rev for when in (None, 12.5)] == [1, 12500]
