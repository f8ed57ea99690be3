"""Rows under a finish time."""

from __future__ import annotations

from dataclasses import replace

from tests.draw import scenes
from tracker.draw import finish
from tracker.draw.look import DEFAULT, Look
from tracker.race.plan import even
from tracker.race.snapshot import Projection


def said(choices: finish.Choices) -> str:
    """The longest wording."""
    return "".join(word.text for word in choices[0])


def test_a_row_has_a_label_a_value_and_tails_in_lengths() -> None:
    """The last length is the value alone."""
    choices = finish.row("mean", "2:50.4/km", " to 25 km")
    assert [len(each) for each in choices] == [3, 3]
    assert said(choices) == "mean 2:50.4/km to 25 km" and choices[-1][-1].text == ""
    assert said(finish.row("mean", "x", column=12)).index("x") == 12


def test_a_target_keeps_its_tenths() -> None:
    """2:00:00 is whole, 1:59:40.2 is not."""
    assert finish.time_of(scenes.TWO_HOURS) == "2:00:00"
    assert finish.time_of(even("mine", scenes.MARATHON_M, 7180.2)) == "1:59:40.2"


def test_what_is_wanted_from_here() -> None:
    """The needed pace, else the target, that it is out of reach, or that there is none."""
    middle = scenes.MIDDLE
    need = finish.needed(middle, DEFAULT)
    assert said(finish.wanted(middle, need, DEFAULT, 0)) == "at most 2:51.0/km from here for 2:00:00"
    gone = replace(middle, projection=Projection(needed_pace_s_per_km=-1.0))
    assert said(finish.wanted(gone, finish.needed(gone, DEFAULT), DEFAULT, 0)) == "2:00:00 is out of reach"
    unknown = replace(middle, projection=Projection())
    assert said(finish.wanted(unknown, "", DEFAULT, 0)).startswith("target 2:00:00")
    assert said(finish.wanted(scenes.NO_TARGET, "", DEFAULT, 0)) == "no target"
    assert said(finish.no_target(replace(scenes.NO_TARGET, rotation=None))) == "no target, no pacers"


def test_miles_everywhere_at_once() -> None:
    """Pace, stretch and need follow the units."""
    look = Look(units="mi")
    stretch = finish.last_stretch(scenes.MIDDLE, look)
    assert stretch is not None and stretch[1].endswith("/mi")
    assert finish.needed(scenes.MIDDLE, look).endswith("/mi")
    assert "/mi" in said(finish.mean(scenes.MIDDLE, look, 0, with_target=True))
