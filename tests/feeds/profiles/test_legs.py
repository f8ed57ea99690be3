"""Legs and their sums."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from feeds.profiles.legs import Gone, Legs
from feeds.profiles.passing import Passing
from feeds.profiles.places import Place

ORDER = ["a", "b", "c"]
LEG = Passing("split", "1", Place("a", "a"), "leg", 100.0, 1.0, None, None, False, 1, None)


def leg(place: str, seconds: float | None, rev: int = 1, lap: int | None = None) -> Passing:
    """A leg of one runner."""
    return LEG._replace(place=Place(place, place, lap=lap), elapsed_s=seconds, rev=rev)


def sums(legs: Legs, order: list[str]) -> list[tuple[str, float | None]]:
    """What is told anew: (place, seconds), none for what is withdrawn."""
    told = legs.told(order)
    return [
        (said.passing.place.id, None) if isinstance(said, Gone) else (said.place.id, said.elapsed_s) for said in told
    ]


def test_the_declared_order_counts_and_not_that_of_arrival() -> None:
    """What follows a hole waits until it is filled, and is withdrawn when there is one again."""
    legs = Legs()
    for one in (leg("c", 30.0), leg("a", 10.0)):
        legs.put(one)
    assert sums(legs, ORDER) == [("a", 10.0)]
    legs.put(leg("b", 20.0))
    assert sums(legs, ORDER) == [("b", 30.0), ("c", 60.0)]
    legs.drop("1", "a", None)
    assert sums(legs, ORDER) == [("a", None), ("b", None), ("c", None)]
    legs.put(leg("a", 10.0))
    again = list(legs.told(ORDER))
    assert [not isinstance(said, Gone) and (said.elapsed_s, said.rev) for said in again] == [(10, 3), (30, 4), (60, 5)]


def test_without_an_order_it_is_that_of_the_legs() -> None:
    """A leg without a time is a hole there."""
    legs = Legs()
    for one in (leg("c", 30.0), leg("b", None), leg("a", 10.0)):
        legs.put(one)
    assert sums(legs, []) == [("c", 30.0)]
    legs.begin()
    legs.put(leg("a", 10.0))
    assert sums(legs, []) == [("c", None), ("a", 10.0)]


def test_laps_follow_each_other() -> None:
    """The order is that of one lap."""
    legs = Legs()
    for one in (leg("b", 4.0, lap=2), leg("a", 3.0, lap=2), leg("b", 2.0, lap=1), leg("a", 1.0, lap=1)):
        legs.put(one)
    assert [seconds for _, seconds in sums(legs, ["a", "b"])] == [1.0, 3.0, 6.0, 10.0]


@given(
    st.lists(
        st.tuples(st.sampled_from(ORDER), st.integers(1, 50), st.integers(1, 9)),
        max_size=12,
        unique_by=lambda said: (said[0], said[2]),
    ),
    st.randoms(),
)
def test_in_any_order_the_newest_sums_are_the_same(said: list[tuple[str, int, int]], choose: random.Random) -> None:
    """Whichever way legs and their corrections come: what ranks highest in the end says the same."""
    mixed = choose.sample(said, len(said))
    assert last(said) == last(mixed)


def last(said: list[tuple[str, int, int]]) -> dict[str, float | None]:
    """Of every place the sum that was told with the highest revision."""
    legs, found = Legs(), dict[str, tuple[int, float | None]]()
    for place, seconds, rev in said:
        legs.put(leg(place, float(seconds), rev))
        for one in legs.told(ORDER):
            assert not isinstance(one, Gone)
            assert one.rev > found.get(one.place.id, (0, 0.0))[0]
            found[one.place.id] = (one.rev, one.elapsed_s)
    return {place: seconds for place, (_, seconds) in found.items()}
