"""Splits of several side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.draw.together import both, compared
from tracker.draw import abreast
from tracker.draw.ink import Canvas, plain
from tracker.draw.look import DEFAULT


def test_rows_are_the_runners_mats() -> None:
    """A row for each mat that the runner and another passed; who was not there yet has none."""
    found = abreast.rows(both(compared()))
    assert [row.distance_m for row in found] == [5000, 10_000, 15_000, 20_000, 21_097.5, 25_000, 30_000, 35_000]
    assert found[-1].cells[3] is None and found[-1].cells[1] is not None
    assert found[-1].cells[1].gap_s == 152


def test_the_fastest_of_a_section_is_marked() -> None:
    """From 25 to 30 km the two behind were faster by nine seconds; where seconds do not tell, nobody is."""
    rows = {row.distance_m: row for row in abreast.rows(both(compared(others="kipruto")))}
    at_30, at_5 = rows[30_000].cells, rows[5000].cells
    assert [cell is not None and cell.fastest for cell in at_30] == [False, True]
    assert not any(cell is not None and cell.fastest for cell in at_5[:1])


def test_sections_off_the_grid_are_not_compared() -> None:
    """The few metres from 20 km to the half are no section."""
    half = next(row for row in abreast.rows(both(compared())) if row.name == "half")
    assert all(cell is None or cell.section_s is None for cell in half.cells)


@pytest.mark.parametrize("width", [24, 76, 114])
def test_as_many_as_there_is_room_for(width: int) -> None:
    """Whoever has no room is left out whole; the newest mats stay."""
    canvas = Canvas(width, 5)
    shown = compared()
    abreast.draw(canvas, 0, shown, both(shown), DEFAULT)
    lines = plain(canvas.lines()).split("\n")
    assert lines[-1].split()[0] == "35" and len(lines) == 5
    assert ("Abdi" in lines[0]) == (width >= 76)


def test_nothing_before_the_first_mat_of_both() -> None:
    """It is said that there is nothing yet."""
    shown = compared()
    canvas = Canvas(80, 4)
    nobody = replace(both(shown), contenders=tuple(replace(each, marks=()) for each in both(shown).contenders))
    abreast.draw(canvas, 0, shown, nobody, DEFAULT)
    assert "nothing to compare before the first mat of both" in plain(canvas.lines())
