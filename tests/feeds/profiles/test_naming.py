"""Athletes and mats as rows name them."""

from __future__ import annotations

from itertools import permutations

from tests.feeds.profiles.made import ROWS, folded, reader


def test_whoever_names_an_athlete_last_is_right_in_any_order() -> None:
    """By the provider's revision: the newest name holds, wherever its row stands."""
    rows = [
        {**row, "name": name, "u": f"{n}_1"}
        for row, name, n in zip(ROWS[:3], ("Old", "New", "Old"), (1, 2, 3), strict=True)
    ]
    names = {folded(reader("rtrt"), {"list": list(order)}).runners()[0].name for order in permutations(rows)}
    assert names == {"Old"}


def test_the_first_start_is_the_gun_in_any_order() -> None:
    """And one that the user named goes before."""
    guns = {folded(reader("rtrt"), {"list": list(order)}).gun_s for order in permutations(ROWS[:1] + ROWS[3:])}
    assert guns == {1000000.0}
    assert folded(reader("rtrt", gun="1970-01-12T13:46:30Z"), {"list": ROWS}).gun_s == 999990.0


def test_the_race_has_every_mat_that_was_named() -> None:
    """In the order of their metres, the start first."""
    course = folded(reader("rtrt", distance="42195"), {"list": ROWS}).snapshot(0.0).course
    assert [c.id for c in course.checkpoints if c.type == "split"] == ["10km", "half"] and course.distance_m == 42195
