"""How arrivals are timed."""

from __future__ import annotations

import asyncio
import time

import pytest

from feeds.decode import Decoder
from tracker.bench.arrive import BEAT, LATE, MARKS, a_split, lags, marked_race, rank
from tracker.bench.terminal import LINUX, Terminal


def test_the_rank_is_a_value_that_was_found() -> None:
    """The share of values that it does not pass is as large as was asked for."""
    found = [float(n) for n in range(100, 0, -1)]
    assert rank(found, 0.5) == 51.0 and rank(found, 0.99) == 100.0 and rank([7.0], 0.95) == 7.0


def test_everything_that_is_sent_is_a_message() -> None:
    """The race, the race's clocks and every split of its runner are read, at a mat that the race has."""
    decoder = Decoder()
    for line in (marked_race(), BEAT, LATE, *(a_split(n) for n in (1, MARKS))):
        said = decoder(line)
        assert isinstance(said, tuple), said
        assert [getattr(event, "kind", "") for event in said] == [line.split(b'"')[3].decode()]
    assert b'"m42"' in marked_race()


async def test_a_loop_that_is_held_up_is_seen_to_be_late() -> None:
    """A callback that takes 50 ms makes the loop about as late, once."""
    asked = iter([False, False, False, True])
    asyncio.get_running_loop().call_later(0.001, time.sleep, 0.05)
    found = [late_s for _, late_s in await lags(lambda: next(asked))]
    assert len(found) == 3 and max(found) > 0.03


@pytest.mark.skipif(not LINUX, reason="reads /proc")
def test_draining_ends_as_soon_as_there_is_enough() -> None:
    """A program that has written what was waited for is not waited for any longer."""
    with Terminal(["http.server", "--help"]) as terminal:
        assert terminal.drain(30.0, 20) >= 20
        assert time.perf_counter() - terminal.started < 25
