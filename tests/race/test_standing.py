"""Where everybody stands by their reads."""

from __future__ import annotations

import numpy as np

from tests.race.made import fold, race, split, status
from tracker.race.standing import gone, own_s, seen, timed


def test_an_estimate_is_no_sighting() -> None:
    """The last mat is the last at which somebody was read."""
    told = [
        race(),
        split("5km", 900.0, "a"),
        split("10km", 1800.0, "a"),
        split("15km", 2700.0, "a", quality="estimated"),
    ]
    field = fold(told).field()
    assert seen(field).tolist() == [1]
    assert np.isnan(own_s(field)[0, 2]) and own_s(field)[0, :2].tolist() == [900.0, 1800.0]


def test_times_are_since_the_own_start() -> None:
    """Who crossed the line half a minute after the gun and is timed by it has run that much less."""
    field = fold([race(), split(0.0, 30.0, "a"), split("5km", 930.0, "a"), split("5km", 950.0, "b")]).field()
    rows = field.roster.row
    assert own_s(field)[rows["a"], 0] == 900.0 and own_s(field)[rows["b"], 0] == 950.0


def test_who_is_out() -> None:
    """Whoever did not finish, did not start or is disqualified."""
    told = [race(), *(split("5km", 900.0, who) for who in "abcd")]
    told += [status(word, who) for word, who in (("DNF", "a"), ("DNS", "b"), ("DSQ", "c"))]
    field = fold(told).field()
    assert [field.roster.ids[n] for n in np.flatnonzero(~gone(field))] == ["d"]


def test_only_mats_with_a_place_are_stood_on() -> None:
    """A place whose times are only derived is none."""
    field = fold([race(), split("5km", 900.0, "a")]).field()
    assert [field.mats[n].id for n in timed(field)] == ["5km", "10km", "15km", "20km", "finish"]
