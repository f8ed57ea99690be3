"""The laws of the fold."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import EVENTS, GUN_S, at, event, fold, mark, race, shipped, split, status, times, view, void
from tracker.race.book import Race

FEED = st.lists(EVENTS, max_size=14)


@given(FEED, st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_same_state(events: list[Event], dice: random.Random) -> None:
    """Any order and any duplication of events folds to the same state, bit for bit."""
    again = events + dice.choices(events, k=len(events)) if events else []
    dice.shuffle(again)
    assert fold(again).state_lines() == fold(events).state_lines()


@given(FEED)
def test_the_race_message_may_come_last(events: list[Event]) -> None:
    """What a race message makes of the rest does not depend on when it comes."""
    assert fold(events, race(rev=9)).state_hash() == fold(race(rev=9), events).state_hash()


@given(FEED, st.integers(0, 14), st.randoms(use_true_random=False))
def test_a_stale_and_a_fresh_recording_merge_to_the_whole(events: list[Event], cut: int, dice: random.Random) -> None:
    """Two recordings that overlap give the state of the whole, whichever comes first."""
    stale, fresh = events[: cut + 3], events[cut:]
    dice.shuffle(fresh)
    assert fold(stale, fresh).state_hash() == fold(fresh, stale).state_hash() == fold(events).state_hash()


@given(FEED)
def test_a_repeated_event_changes_nothing(events: list[Event]) -> None:
    """An event that was already told is no change."""
    told = fold(events)
    before = told.state_hash()
    assert not any(told.receive(e) for e in events)
    assert told.state_hash() == before


@given(FEED, FEED, FEED)
def test_copies_go_their_own_ways(first: list[Event], ours: list[Event], theirs: list[Event]) -> None:
    """A copy and its original never see each other's events, and each may be told those of the other."""
    told = fold(first)
    told.sheet("a")
    twin = told.copy()
    for e in ours:
        told.receive(e)
    for e in theirs:
        twin.receive(e)
    assert told.state_hash() == fold(first, ours).state_hash()
    assert twin.state_hash() == fold(first, theirs).state_hash()
    for e in ours:
        twin.receive(e)
    assert twin.state_hash() == fold(first, theirs, ours).state_hash()


@given(FEED, st.integers(0, 14))
def test_folding_again_from_a_copy_gives_the_state_of_then(events: list[Event], cut: int) -> None:
    """Folded from a keyframe or from the start, the state at a moment is the same."""
    told = fold(events[:cut])
    keyframe = told.copy()
    for e in events[cut:]:
        told.receive(e)
    again = keyframe.copy()
    assert again.state_hash() == fold(events[:cut]).state_hash()
    for e in events[cut:]:
        again.receive(e)
    assert again.state_hash() == told.state_hash()


@given(FEED, st.randoms(use_true_random=False))
def test_snapshots_do_not_depend_on_what_was_asked_before(events: list[Event], dice: random.Random) -> None:
    """Nothing kept from an earlier look shows in a later one."""
    looked = Race()
    for e in events:
        looked.receive(e)
        if dice.random() < 0.5:
            looked.snapshot(GUN_S + 1000)
            looked.state_hash()
    fresh = fold(events)
    assert looked.state_lines() == fresh.state_lines()
    ours, theirs = looked.snapshot(GUN_S + 2000), fresh.snapshot(GUN_S + 2000)
    assert [m.elapsed_s for m in ours.marks] == [m.elapsed_s for m in theirs.marks]
    assert (ours.phase, ours.runner.id, ours.course.distance_m) == (
        theirs.phase,
        theirs.runner.id,
        theirs.course.distance_m,
    )


def test_the_highest_revision_wins_and_the_old_value_is_told() -> None:
    """A correction replaces what it corrects, and says what was there before."""
    told = fold(race(), split("5km", 853, rev=2), split("5km", 850))
    assert times(told) == {"5km": 853}
    assert mark(told, "5km").was_s == 850


def test_a_later_sending_wins_among_equal_revisions() -> None:
    """With equal revisions the one that was sent later counts, and one without that time is lowest."""
    late, early = split("5km", 870, sent=at(960)), split("5km", 890, sent=at(950))
    assert times(fold(race(), late, early, split("5km", 900))) == {"5km": 870}


def test_equal_revisions_with_different_values_have_one_winner() -> None:
    """Where nothing ranks two values, the canonical JSON does, whatever came first."""
    one, other = split("5km", 870), split("5km", 920)
    assert times(fold(race(), one, other)) == times(fold(race(), other, one)) == {"5km": 920}


def test_a_void_withdraws_what_is_not_newer() -> None:
    """A void withdraws its split whichever comes first; a newer revision stands again."""
    told = fold(race(), void("5km"), split("5km", 850))
    assert times(told) == {}
    told.receive(split("5km", 851, rev=2))
    assert times(told) == {"5km": 851}


def test_a_void_without_a_clock_withdraws_both() -> None:
    """A void that names a clock leaves the other alone; one that names none withdraws both."""
    both = (split("5km", 850), split("5km", 840, clock="net"))
    assert times(fold(race(), both, void("5km", clock="gun"))) == {"5km": 840}
    assert times(fold(race(), both, void("5km"))) == {}


def test_a_void_by_distance_withdraws_a_split_by_checkpoint() -> None:
    """A key is a place, however it is named."""
    told = fold(race(), split("5km", 850), event(kind="void", athlete="a", distance_m=5000.6))
    assert times(told) == {}


def test_other_races_messages_are_counted_and_skipped() -> None:
    """A message of another race changes nothing that is shown, and is counted."""
    told = fold(race(), split("5km", 850), split("10km", 1700, race="another"), split("15km", 2550, race="r"))
    assert list(times(told)) == ["5km", "15km"]
    assert view(told, 3000).counts.other_races == 1


def test_runners_are_those_of_this_race() -> None:
    """Read or named in it, or where no race is named; somebody who is only in another one is not listed."""
    told = fold(
        race(),
        split("5km", 850),
        split("5km", 860, athlete="b", race="another"),
        event(kind="athlete", id="c", name="C", race="another"),
        event(kind="athlete", id="d", name="D", race="r"),
    )
    assert [runner.id for runner in told.runners()] == ["a", "d"]


def test_heartbeats_are_no_state() -> None:
    """A heartbeat changes nothing."""
    told = fold(race())
    before = told.state_hash()
    assert not told.receive(event(kind="heartbeat", at=at(5)))
    assert told.state_hash() == before


def test_arrival_is_when_it_happened() -> None:
    """A message arrives at its instant, else at the gun plus its time; what has neither was known before."""
    told = fold(race(), event(kind="athlete", id="n", wave="w"), event(kind="start", scope="wave", id="w", at=at(600)))
    assert told.arrival(split("5km", 850)) == GUN_S + 850
    assert told.arrival(split("5km", at=at(861))) == GUN_S + 861
    assert told.arrival(split("5km", 850, "n", clock="net")) == GUN_S + 1450
    assert told.arrival(event(kind="formation", from_m=0.0, team="A")) is None
    assert Race(origin=50.0).arrival(split("5km", 850)) == 900
    assert Race().arrival(split("5km", 850)) is None


def test_a_recorded_race_shuffled_and_doubled_has_one_hash() -> None:
    """The shipped race of 2019 folds to one hash in any order, doubled."""
    events = shipped("vienna-2019")
    lines = events * 2
    random.Random(7).shuffle(lines)
    assert fold(lines).state_hash() == fold(events).state_hash()


def test_a_start_of_the_race_is_the_gun() -> None:
    """The gun that was fired outranks the gun that was announced."""
    assert fold(race(), event(kind="start", scope="race", id="r", at=at(30))).gun_s == GUN_S + 30


def test_status_is_the_latest_said() -> None:
    """Of several statuses the one with the latest instant holds."""
    told = fold(race(), status("reinstated", at=at(2000)), status("DNF", at=at(1000)), split("10km", 1740))
    assert view(told, 2500).phase == "running"
    told.receive(status("DNF", at=at(3000)))
    assert view(told, 3100).phase == "out"
