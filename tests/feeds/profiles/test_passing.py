"""What a row says."""

from __future__ import annotations

from feeds.profiles.passing import Passing
from feeds.profiles.places import Place

READ = Passing("split", "7", Place("5km", "5K"), "leg", 60.0, 1.0, None, None, False, 1, None)


def test_a_key_tells_clocks_races_and_starts_apart() -> None:
    """A start has no clock; the same place in another race is another one."""
    assert READ.key("r") == ("7", "5km", "leg", None, "r") != READ.key("s")
    assert READ._replace(kind="start").key("r")[2] is None


def test_only_a_leg_without_a_time_is_a_hole() -> None:
    """A passing may be known by its instant alone."""
    assert READ._replace(elapsed_s=None).hole
    assert not READ.hole and not READ._replace(clock="net", elapsed_s=None).hole


def test_what_it_says_is_the_same_whenever_it_was_said() -> None:
    """A revision is no content."""
    assert READ.content == READ._replace(rev=9).content != READ._replace(elapsed_s=61.0).content
