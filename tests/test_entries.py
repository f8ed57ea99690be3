"""The events of a log, kept small."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from feeds.seen import AnyEvent, full
from tests.race.made import ATHLETES, EVENTS, at, event, fold, race, split, status
from tracker.entries import Entries
from tracker.race.book import Race

EVERY = st.lists(st.one_of(EVENTS, EVENTS, ATHLETES), max_size=20)


def entries(events: list[Event]) -> Entries:
    made = Entries()
    for e in events:
        made.put(e)
    return made


def plain(event: AnyEvent) -> object:
    """An event without what is not kept, a read's or an athlete's id and the zone of its instants."""
    e = full(event)
    values = {name: value for name, value in e if name != "message_id" or e.kind not in ("split", "athlete")}
    return {n: v.timestamp() if n in ("at", "sent") and v is not None else v for n, v in values.items()}


@given(EVERY)
def test_what_comes_out_is_what_went_in(events: list[Event]) -> None:
    """Every event is kept, in its place, with all that it says of the race."""
    kept = entries(events)
    assert [plain(e) for e in kept.between(0, len(kept))] == [plain(e) for e in events]
    assert [kept.is_split(i) for i in range(len(kept))] == [e.kind == "split" for e in events]


@given(EVERY, st.randoms(use_true_random=False), st.integers(0, 20))
def test_a_race_that_is_told_them_is_folded_and_stores_none_twice(
    events: list[Event], dice: random.Random, cut: int
) -> None:
    """In whatever order they are put, a race that is told them has the state of its fold, in the same columns."""
    order = list(range(len(events)))
    dice.shuffle(order)
    kept = entries(events).sorted_by(order)
    assert [plain(e) for e in kept.between(0, len(kept))] == [plain(events[i]) for i in order]
    told, stranger = Race(None, kept.reads), Race()
    kept.tell(told, 0, cut)
    assert told.state_lines() == fold([events[i] for i in order[:cut]]).state_lines()
    kept.tell(told, cut, len(kept))
    kept.tell(stranger, 0, len(kept))
    assert told.state_lines() == stranger.state_lines() == fold(events).state_lines()
    before = len(kept.reads.columns)
    assert before == kept.reads.count


def test_what_is_about_a_runner_or_about_nobody_in_particular_is_found() -> None:
    """The race, what was said of all, and the runner's own; not what others did."""
    kept = entries(
        [race(), split("5km", 900), split("5km", 910, "b"), status("DNF", "b"), event(kind="note", text="x")]
    )
    assert list(kept.about("a")) == [0, 1, 4]
    assert list(kept.about(None)) == [0, 4]


@given(EVERY)
def test_when_an_event_arrived_is_known_without_making_it_again(events: list[Event]) -> None:
    """It is what the race says of the event itself, of any event."""
    known, kept = fold(events), entries(events)
    assert list(kept.arrivals(known)) == [known.arrival(e) for e in events]


def test_an_athlete_is_kept_once_by_all() -> None:
    """What a log keeps of an athlete is the very thing that its races keep, and a message again when it is asked for."""
    made = event(
        kind="athlete",
        id="a",
        name="Anna",
        at=at(5),
        sent=at(7.25),
        rev=3,
        bests=({"distance_m": 5000.0, "time_s": 900.0},),
    )
    kept = entries([made])
    first, second = Race(None, kept.reads), Race(None, kept.reads)
    kept.tell(first, 0, 1)
    kept.tell(second, 0, 1)
    assert first._ledger.about("athlete")["a"] is second._ledger.about("athlete")["a"]
    assert [full(e) for e in kept.between(0, 1)] == [made]


def test_where_a_race_ends_and_whether_all_was_sent() -> None:
    """By what is kept alone."""
    told = fold(race())
    kept = entries([split("5km", 900, sent=at(905)), event(kind="athlete", id="a", sent=at(3)), event(kind="end")])
    assert list(kept.arrivals(told)) == [1_600_000_905.0, 1_600_000_003.0, None]
    assert kept.ends() == [2] and entries([race()]).ends() == []
    assert kept.all_sent and not entries([split("5km", 900, sent=at(905)), split("5km", 910, "b")]).all_sent


def test_an_athlete_is_one_object_for_the_log_and_its_races() -> None:
    """A race that is told by the log keeps what the log keeps, and so does its copy."""
    kept = entries([race(), event(kind="athlete", id="a", name="Anna", bests=[{"distance_m": 5e3, "time_s": 900.0}])])
    told = Race(None, kept.reads)
    kept.tell(told, 0, 2)
    (_, mine) = kept.kept(0, 2)
    assert told.copy()._reading.described("a") is told._reading.described("a") is mine
    kept.put(mine)
    assert kept.kept(2, 3)[0] is mine and not told.receive(mine)


def test_an_athlete_of_the_log_is_a_message_again_when_asked_for() -> None:
    """With its bests, its instants and its revision, as it was validated."""
    said = event(
        kind="athlete", id="a", rev=3, at=at(1.25), sent=at(2.5), message_id="m",
        bests=({"distance_m": 5000.0, "time_s": 900.5, "where": "Ulm"},),
    )  # fmt: skip
    (again,) = entries([said]).between(0, 1)
    assert full(again) == said.model_copy(update={"message_id": None})
