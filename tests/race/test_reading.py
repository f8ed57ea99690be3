"""What is made of a race's messages is kept until something changes it."""

from __future__ import annotations

from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from feeds.events import Event
from tests.race.made import ATHLETES, EVENTS, at, event, fold, race, split, status, times
from tracker.race.book import Race


@given(st.lists(EVENTS, max_size=12))
def test_what_is_kept_is_what_would_be_made(events: list[Event]) -> None:
    """Asked after every event, runners and sheets are those of a race that was asked once."""
    asked = Race()
    for e in events:
        asked.receive(e)
        fresh = fold(events[: events.index(e) + 1]) if events.count(e) == 1 else None
        runners = [(r.id, r.name, r.status) for r in asked.runners()]
        sheets = {r.id: times(asked, r.id) for r in asked.runners()}
        if fresh is not None:
            assert runners == [(r.id, r.name, r.status) for r in fresh.runners()]
            assert sheets == {r.id: times(fresh, r.id) for r in fresh.runners()}


def test_a_sheet_is_made_once() -> None:
    """Looking twice is no work; a read of another athlete leaves it, one's own does not."""
    told = fold(race(), split("5km", 850))
    sheet = told.sheet("a")
    told.receive(split("5km", 860, "b"))
    assert told.sheet("a") is sheet
    told.receive(split("10km", 1700))
    assert told.sheet("a") is not sheet


def test_a_revised_race_is_looked_at_anew() -> None:
    """A revision of the race, the gun, a name or a status shows at once."""
    told = fold(race(), split("5km", at=at(850)), split("6k", 1000))
    assert times(told) == {"5km": 850}
    told.receive(race(rev=2, checkpoints=({"id": "5km", "distance_m": 5000.0}, {"id": "6k", "distance_m": 6000.0})))
    assert times(told) == {"5km": 850, "6k": 1000}
    told.receive(event(kind="start", scope="race", id="r", at=at(10)))
    assert times(told) == {"5km": 840, "6k": 1000}
    assert [r.name for r in told.runners()] == [""]
    told.receive(event(kind="athlete", id="a", name="Anna"))
    told.receive(status("DSQ"))
    assert [(r.name, r.status) for r in told.runners()] == [("Anna", "DSQ")]


def test_the_race_meant_is_told_by_what_is_said() -> None:
    """Of races described the first by id; where none is described, of those named; a change drops what was made."""
    told = fold(split("5km", 850, race="s"), split("6km", 1000, race="t"))
    assert times(told) == {"5km": 850}
    told.receive(split("7km", 1200, race="r"))
    assert times(told) == {"7km": 1200}
    told.receive(event(kind="race", id="t", name="T"))
    assert times(told) == {"6km": 1000}


@given(st.lists(st.one_of(ATHLETES, EVENTS), max_size=20), st.lists(st.integers(0, 20), max_size=4))
def test_newcomers_come_to_stand_by_id_however_often_one_looks(events: list[Event], looks: list[int]) -> None:
    """Everybody is there once, as whoever looks for the first time sees them, and the same tuple until something changes."""
    asked = Race()
    for n, e in enumerate(events):
        asked.receive(e)
        if n in looks:
            asked.runners()
    seen = asked.runners()
    assert [astuple(r) for r in seen] == [astuple(r) for r in fold(events).runners()]
    assert [r.id for r in seen] == sorted({r.id for r in seen})
    assert asked.runners() is seen or asked._reading.other_races


def test_who_was_renamed_is_remembered_only_for_those_who_were_told() -> None:
    """A race that nobody asks for its runners keeps nothing for that; one that was asked shows the new name."""
    told = fold(race(), event(kind="athlete", id="a", name="Anna"))
    assert not told._reading._renamed
    told.runners()
    told.receive(event(kind="athlete", id="a", name="Anne", rev=2))
    assert [r.name for r in told.runners()] == ["Anne"]
