"""Laws of screenshots/projection.py: the page shows what the back-test measured."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from screenshots.projection import (
    DOCS,
    FIGURES,
    KNOWN,
    UNKNOWN,
    averaged,
    error_picture,
    markdown,
    reliability_picture,
    taken,
    written,
)
from tests.backtest.test_score import scored


def rows(race: str, mae: float) -> list[dict[str, Any]]:
    """A race's rows at 20K."""
    return [{**row, "race": race, "mae": mae} for row in scored().rows()]


def test_the_page_and_its_pictures_are_drawn_from_its_figures() -> None:
    """`make docs-pictures` would change nothing."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    page = (DOCS / "projection.md").read_text(encoding="utf-8")
    assert written(page, markdown(figures)) == page
    drawn = reliability_picture(figures["reliability"])
    assert (DOCS / "projection_reliability.svg").read_text(encoding="utf-8") == drawn
    for key in (KNOWN, UNKNOWN):
        drawn = error_picture(figures[key], f"How far off the finish is: course {key}")
        assert (DOCS / f"projection_{key}.svg").read_text(encoding="utf-8") == drawn
        assert ET.fromstring(drawn).tag.endswith("svg")


def test_a_course_counts_once_where_it_is_taken_as_unknown() -> None:
    """Three years of one and one of another: a half each; known, every year is one."""
    told = [row for year in range(3) for row in rows(f"a_{year}", 100.0)] + rows("b_1", 300.0)
    assert averaged(told, "all", by_course=True)["20K"]["mae"] == pytest.approx(200)
    assert averaged(told, "all", by_course=False)["20K"]["mae"] == pytest.approx(150)


def test_a_course_is_known_from_three_years_on() -> None:
    """Others are only in the table of the unknown."""
    told = [row for year in range(3) for row in rows(f"a_{year}", 100.0)] + rows("b_1", 300.0)
    alarms = [
        {"race": "a_0", "late_share": 0.1, "overdue_share": 0.0},
        {"race": "b_1", "late_share": 0.1, "overdue_share": 0.0},
    ]
    run = {"rows": told, "called": alarms, "reliability": list(scored().reliability())}
    found = taken(run, run)
    assert list(found["races"][KNOWN]) == ["a_0", "a_1", "a_2"]
    assert list(found["races"][UNKNOWN]) == ["a_0", "a_1", "a_2", "b_1"]
    assert [row["race"] for row in found["called"]] == ["a_0", "b_1"]


def test_a_page_without_a_place_for_a_table_is_refused() -> None:
    """By the table's name."""
    with pytest.raises(ValueError, match="bands"):
        written("<!-- known -->\n<!-- end -->", iter([("bands", "x")]))
