"""tracker.ui.shelf: the library's rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.shipped import shipped
from tracker.ui.shelf import ghosts, rows


def test_every_shipped_race_has_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library lists what is shipped, in that order, with the instant of the gun where it is known."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    listed = rows()
    assert [row.name for row in listed] == [race.name for race in shipped()]
    assert listed[0].gun_s == 1570860900.0
    assert all(row.result and row.runner for row in listed)


def test_a_race_with_geometry_can_be_sketched() -> None:
    """Vienna's course comes with its row; a race without coordinates has none."""
    by_name = {row.name: row.course for row in rows()}
    course = by_name["vienna-2019"]
    assert course is not None and len(course.waypoints) > 2
    assert by_name["berlin-2018"] is None


def test_no_race_is_its_own_ghost() -> None:
    """Every shipped race can be set beside another one, none beside itself."""
    names = [name for name, _ in ghosts("berlin-2018")]
    assert "berlin-2018" not in names and len(names) == len(shipped()) - 1
