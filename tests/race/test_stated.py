"""The state of a field by its columns."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.fields import described, made_up
from tests.race.made import EVENTS, at, event, fold, race, split
from tracker.race.book import Race

SEEDS = st.integers(0, 1_000_000_000).map(random.Random)


def same(told: Race) -> bool:
    """Whether the columns tell the state as the sheets do."""
    return told.state_lines(few=-1) == told.state_lines()


@given(SEEDS, st.lists(EVENTS, max_size=6))
def test_columns_tell_the_state_that_sheets_tell(dice: random.Random, strange: list[Event]) -> None:
    """Letter by letter, whatever was corrected, withdrawn, tied, given up or impossible, in any order."""
    told = [*described(), *made_up(dice), *strange]
    dice.shuffle(told)
    assert same(fold(told))


@settings(max_examples=200)
@given(st.lists(EVENTS, max_size=14))
def test_so_they_do_for_whatever_a_feed_may_say(events: list[Event]) -> None:
    """Without a course, without a gun, of another race, before the start."""
    assert same(fold(events))


def test_what_has_no_time_yet_is_told_by_the_sheet() -> None:
    """An instant while the gun is unknown, and one before it, stand in the state as the sheet has them."""
    early = event(kind="split", athlete="a", checkpoint="5km", at=at(-60))
    later = event(kind="split", athlete="a", checkpoint="10km", at=at(1800))
    for told in (fold(early, later), fold(race(), early, later), fold(race(), split(5000, 900, "a"), early, later)):
        assert same(told)


def test_names_are_written_as_they_are() -> None:
    """Quotes, backslashes and letters of any script."""
    assert same(fold(race(), *(split(5000, 900 + n, name) for n, name in enumerate(('"a"', "b\\", "ﷺ名é")))))
