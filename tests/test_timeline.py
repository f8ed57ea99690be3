"""Where a view may go."""

from __future__ import annotations

from tests.watching import GUN_S, RACE, RUN, at, log, split
from tracker.fold import Fold
from tracker.race.book import Wanted
from tracker.timeline import LEAD_S, Bounds, Timeline


def test_the_bounds_reach_from_before_the_gun_to_the_last_arrival() -> None:
    """Some minutes before the gun belong to every race."""
    assert Timeline(Fold(log(RUN))).bounds() == Bounds(GUN_S - LEAD_S, GUN_S + 3598, GUN_S)


def test_what_was_said_long_before_the_gun_belongs_to_it() -> None:
    """The start is the earliest of what has an instant."""
    early = {"kind": "note", "at": at(-3600), "text": "good morning"}
    assert Timeline(Fold(log([*RUN, early]))).bounds().start_s == GUN_S - 3600


def test_a_log_without_a_single_instant_still_has_bounds() -> None:
    """From before the gun to the gun."""
    assert Timeline(Fold(log([RACE]))).bounds() == Bounds(GUN_S - LEAD_S, GUN_S, GUN_S)


def test_a_tape_without_a_gun_begins_with_its_first_message() -> None:
    """Elapsed zero is then the first arrival."""
    no_gun = {k: v for k, v in RACE.items() if k != "gun"}
    bounds = Timeline(Fold(log([no_gun, split("5km", 850)], [GUN_S, GUN_S + 850]))).bounds()
    assert (bounds.gun_s, bounds.end_s) == (GUN_S, GUN_S + 850)


def test_the_splits_are_the_watched_runners() -> None:
    """Another runner's are not stopped at, and another choice is heard."""
    timeline = Timeline(Fold(log([*RUN[:3], split("5km", 900, "b")])))
    assert timeline.splits() == [GUN_S + 850, GUN_S + 1705]
    timeline.wanted = Wanted(athlete="b")
    assert timeline.splits() == [GUN_S + 900]


def test_to_ask_for_all_that_is_known_shows_nothing_of_it() -> None:
    """After `final` the view is still what was known then."""
    timeline = Timeline(Fold(log(RUN)))
    assert timeline.final().phase == "finished"
    assert timeline.view(GUN_S + 900).marks[-1].checkpoint.id == "5km"
