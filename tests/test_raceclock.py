"""The race's own time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.raceclock import SAME_RACE_S, RaceClock

INSTANTS = st.lists(st.floats(0, 1e4), min_size=1, max_size=20).map(sorted)


def test_without_a_heartbeat_the_time_is_that_of_receipt() -> None:
    """A feed that says nothing of its clock is as late as it was received."""
    assert RaceClock().at(1234.5) == 1234.5


def test_a_heartbeat_sets_time_and_rate() -> None:
    """A race of 2019 at 60 times: a real second later it is a minute later there."""
    clock = RaceClock()
    clock.hear(1570860900.0, 60.0, 1000.0)
    assert (clock.at(1000.0), clock.at(1001.0)) == (1570860900.0, 1570860960.0)


def test_a_server_that_starts_again_a_little_earlier_turns_nothing_back() -> None:
    """The clock stands until the race is there again, and then goes on."""
    clock = RaceClock()
    clock.hear(5000.0, 1.0, 100.0)
    clock.hear(4990.0, 1.0, 110.0)
    assert [clock.at(s) for s in (110.0, 120.0, 130.0, 131.0)] == [5010.0, 5010.0, 5010.0, 5011.0]


def test_another_time_altogether_is_believed() -> None:
    """A heartbeat from far before is no stutter: the feed has begun anew."""
    clock = RaceClock()
    clock.hear(50_000.0, 1.0, 100.0)
    clock.hear(50_000.0 - SAME_RACE_S - 1, 1.0, 100.0)
    assert clock.at(100.0) == 50_000.0 - SAME_RACE_S - 1


@given(INSTANTS, st.lists(st.tuples(st.floats(0, 500), st.floats(0.1, 100)), max_size=6))
def test_time_never_goes_back_within_one_race(instants: list[float], beats: list[tuple[float, float]]) -> None:
    """Whatever heartbeats within ten minutes say, in the order of receipt nothing arrives before what came earlier."""
    clock, shown = RaceClock(), []
    clock.hear(250.0, 1.0, 0.0)
    for n, received_s in enumerate(instants):
        if n < len(beats):
            at_s, rate = beats[n]
            before = clock.at(received_s)
            clock.hear(max(at_s, before - SAME_RACE_S), rate, received_s)
        shown.append(clock.at(received_s))
    assert shown == sorted(shown)
