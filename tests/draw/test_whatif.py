"""What if, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.draw import scenes
from tracker.draw import whatif
from tracker.draw.look import DEFAULT, Look


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2:50/km", "2:50.0/km from 25 km on gives 1:59:42 · 18 s under 2:00:00"),
        ("2:52/km", "2:52.0/km from 25 km on gives 2:00:17 · 17 s over 2:00:00"),
        ("2:00:00", "2:51.0/km from 25 km on gives 2:00:00 · level with 2:00:00"),
    ],
)
def test_a_sentence(asked: str, said: str) -> None:
    """The pace, from where on, what it gives, and what that is against the target."""
    assert whatif.said(scenes.MIDDLE, asked, DEFAULT) == said


def test_without_a_target_and_before_a_mark() -> None:
    """It says only what it knows."""
    assert whatif.said(scenes.NO_TARGET, "2:50/km", DEFAULT).endswith("gives 1:59:42")
    assert "from the start on" in whatif.said(scenes.NO_MARK, "2:50/km", DEFAULT)


def test_what_is_offered_can_be_asked() -> None:
    """Needed, last stretch, mean: each with its finish, in the viewer's units; the needed pace meets the target."""
    for look in (DEFAULT, Look(units="mi")):
        offers = whatif.offered(scenes.MIDDLE, look)
        assert offers[0][1].startswith("what the target needs") and len(offers) == 3
        assert "under 2:00:00" in whatif.said(scenes.MIDDLE, offers[0][0], look)
    assert whatif.offered(scenes.FINISHED, DEFAULT) == []


def test_a_target_out_of_reach_is_not_offered() -> None:
    """What cannot be run is no offer."""
    gone = replace(scenes.MIDDLE, projection=replace(scenes.MIDDLE.projection, needed_pace_s_per_km=-3.0))
    assert len(whatif.offered(gone, DEFAULT)) == 2
