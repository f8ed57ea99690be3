"""The pacers in a table."""

from __future__ import annotations

from dataclasses import replace

from tests.draw import scenes
from tracker.draw import road, teams
from tracker.draw.ink import plain
from tracker.draw.look import DEFAULT
from tracker.race.course import Checkpoint
from tracker.race.snapshot import PacerSeen, Rotation, Runner, TeamLoad

LOADS = (TeamLoad("C", 1, 5500.0, 1, 11826.0), TeamLoad("D", 2, 6325.0, 0, 0.0))


def test_legs_run_and_rested() -> None:
    """Each team's legs, its kilometres and how long it has rested; the one that runs now says so."""
    assert scenes.MIDDLE.rotation is not None
    rows = plain(teams.draw(replace(scenes.MIDDLE.rotation, loads=LOADS), 114, 10, DEFAULT)).split("\n")
    table = [row[46:].split() for row in rows]
    assert table[1] == ["C", "1", "5.5", "11.8", "1"] and table[2] == ["D", "2", "6.3", "running", "0"]
    assert rows[1].startswith("7 pacers, names not published")


def test_pacers_seen() -> None:
    """Pacers of an ordinary race: where they were seen last, and who is out."""
    mat = Checkpoint("15km", "15 km", 15000.0)
    seen = (
        PacerSeen(Runner("a", "Sammy Kitwara"), mat, 2618.0, True),
        PacerSeen(Runner("b", "Josphat Boit"), None, None, False),
    )
    rows = plain(teams.draw(Rotation(pacers=seen), 76, 8, DEFAULT)).split("\n")
    assert rows[1].endswith("out after 15 km") and rows[2].endswith("not seen yet")


def test_a_maximised_road_has_room_for_it() -> None:
    """With rows to spare the table stands below the strip."""
    assert "FORMATION" in plain(road.draw(scenes.MIDDLE, 114, 26, DEFAULT))
    assert "FORMATION" not in plain(road.draw(scenes.MIDDLE, 114, 8, DEFAULT))
