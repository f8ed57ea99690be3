"""The clock: rate, pause, seek, and sleeping until something is to be seen."""

from __future__ import annotations

import asyncio
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.watching import FakeTime
from tracker.clock import FASTEST, RATES, SLOWEST, Clock, next_rate

MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.floats(0, 100)),
        st.tuples(st.just("rate"), st.floats(SLOWEST, FASTEST)),
        st.tuples(st.just("pause"), st.just(0.0)),
        st.tuples(st.just("resume"), st.just(0.0)),
    ),
    max_size=20,
)


@given(MOVES)
def test_only_time_that_passes_while_running_counts_at_its_rate(moves: list[tuple[str, float]]) -> None:
    """What is shown is the sum of every stretch that ran, each at its own rate; changes alone move nothing."""
    time = FakeTime()
    clock = time.clock(start=50.0)
    shown, rate, running = 50.0, 1.0, True
    for move, value in moves:
        if move == "wait":
            time.now_s += value
            shown += value * rate if running else 0.0
        elif move == "rate":
            clock.set_rate(value)
            rate = value
        else:
            (clock.pause if move == "pause" else clock.resume)()
            running = move == "resume"
        assert clock.now() == pytest.approx(shown)
        assert clock.paused is not running


@pytest.mark.parametrize("rate", [0.0, -1.0, 0.2, 601.0, math.nan, math.inf])
def test_a_rate_outside_the_range_is_refused_and_changes_nothing(rate: float) -> None:
    """0.25 to 600, and no more."""
    clock = FakeTime().clock(rate=4.0)
    with pytest.raises(ValueError, match=r"0\.25 to 600"):
        clock.set_rate(rate)
    assert clock.rate == 4.0


def test_steps_of_rate_lead_to_both_ends_and_stay_there() -> None:
    """Faster and slower walk through every step, and the ends hold."""
    up, down = [SLOWEST], [FASTEST]
    for _ in RATES:
        up.append(next_rate(up[-1], 1))
        down.append(next_rate(down[-1], -1))
    assert tuple(up[:-1]) == RATES == tuple(reversed(down[:-1]))
    assert up[-1] == FASTEST and down[-1] == SLOWEST
    assert next_rate(3.0, 1) == 4.0 and next_rate(3.0, -1) == 2.0


def test_a_seek_while_paused_shows_exactly_that_instant() -> None:
    """No rounding comes between what was asked for and what is shown."""
    clock = FakeTime().clock(paused=True)
    clock.seek(1570868159.2)
    assert clock.now() == 1570868159.2


def test_the_view_never_passes_the_edge_less_the_delay() -> None:
    """With a live edge the clock stays behind it, by the delay."""
    time = FakeTime()
    clock = time.clock(start=0.0, rate=600.0, edge=lambda: 100.0, delay_s=30.0)
    time.now_s += 10
    assert clock.now() == clock.edge() == 70.0
    clock.set_delay(-5.0)
    time.now_s += 10
    assert clock.now() == 100.0 and clock.delay_s == 0.0


async def test_it_sleeps_as_long_as_the_instant_is_away_at_this_rate() -> None:
    """A minute of the race at 60 times is a second."""
    time = FakeTime()
    clock = time.clock(rate=60.0)
    assert not await clock.sleep_until(clock.now() + 60.0)
    assert not await clock.sleep_until(clock.now() + 6000.0, at_most_s=0.25)
    assert time.naps == pytest.approx([1.0, 0.25])


@pytest.mark.parametrize("change", ["seek", "set_rate", "pause", "resume", "wake", "set_delay"])
async def test_a_sleeper_wakes_at_once_when_anything_changes(change: str) -> None:
    """Real sleep, which would last an hour, ends with the change."""
    clock = Clock(0.0)
    sleeper = asyncio.create_task(clock.sleep_until(3600.0))
    await asyncio.sleep(0.01)
    assert not sleeper.done()
    {
        "seek": lambda: clock.seek(5.0),
        "set_rate": lambda: clock.set_rate(2.0),
        "set_delay": lambda: clock.set_delay(1.0),
    }.get(change, getattr(clock, change))()
    assert await asyncio.wait_for(sleeper, 1.0)


async def test_a_paused_clock_sleeps_until_it_is_woken_from_any_thread() -> None:
    """At rest nothing is computed, and a thread that has read a ghost may still wake it."""
    clock = Clock(0.0, paused=True)
    sleeper = asyncio.create_task(clock.sleep_until(0.001))
    await asyncio.sleep(0.02)
    assert not sleeper.done()
    await asyncio.to_thread(clock.wake)
    assert await asyncio.wait_for(sleeper, 1.0)


async def test_a_change_made_while_nobody_slept_is_not_missed() -> None:
    """The next sleep ends at once, and the one after it does not."""
    time = FakeTime()
    clock = time.clock()
    clock.seek(10.0)
    assert await clock.sleep_until(1000.0)
    assert not await clock.sleep_until(1000.0)
