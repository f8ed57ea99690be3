"""Pace groups: the finish in a name, and the even line to it."""

from __future__ import annotations

import pytest

from tests.race.made import TOTAL_M, event, fold, race, split
from tracker.race.pacegroup import goal_s, groups, off_s
from tracker.race.snapshot import Runner


@pytest.mark.parametrize(
    ("name", "metres", "goal"),
    [
        ("Pace 3:30", 42_195, 12_600),
        ("3:30 Zugläufer", 42_195, 12_600),
        ("Meneur 3h45", 42_195, 13_500),
        ("Pacer 2:59:59", 42_195, 10_799),
        ("1:45", 21_097.5, 6300),
        ("Hare 45:00", 10_000, 2700),
        ("Sub 0:50", 10_000, 3000),
        ("Group 12", 42_195, None),
        ("Anna", 42_195, None),
        ("9:99 club, 4:00", 42_195, 14_400),
        ("Pace 3:30", None, None),
    ],
)
def test_a_finish_is_read_from_a_name(name: str, metres: float | None, goal: float | None) -> None:
    """As runners write them; the reading that somebody runs counts, whatever the distance."""
    assert goal_s(Runner("p", name), metres) == goal
    assert goal_s(Runner("p", "Somebody", team=name), metres) == goal


def test_the_even_line() -> None:
    """Half the way in half the time."""
    assert off_s(3600, 21_097.5, 7200, 42_195) == 0 and off_s(3590, 21_097.5, 7200, 42_195) == -10


def test_groups_are_those_of_the_pacers_by_their_finish() -> None:
    """Runners are none; the faster group first; seconds since the own start, behind the even line is plus."""
    told = fold(
        race(),
        event(kind="athlete", id="slow", name="Pace 2:00", role="pacer"),
        event(kind="athlete", id="fast", name="Pace 1:30", role="pacer"),
        event(kind="athlete", id="mute", name="Wolf", role="pacer"),
        split(0.0, 30.0, "slow"),
        split("5km", 30.0 + 7200 * 5000 / TOTAL_M - 4, "slow"),
        split("5km", 5400 * 5000 / TOTAL_M + 6, "fast"),
        split("5km", 1500, "mute"),
        split("5km", 900, "a"),
    )
    found = groups(told.runners(), told.sheet, TOTAL_M)
    assert [(group.runner.id, group.goal_s) for group in found] == [("fast", 5400), ("slow", 7200), ("mute", None)]
    assert found[0].offs == pytest.approx([6.0], abs=0.1) and found[1].offs == pytest.approx([-4.0], abs=0.1)
    assert found[2].offs == (None,)
