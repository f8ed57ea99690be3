"""Whoever hears a live feed can be told all that `Live` tells."""

from __future__ import annotations

import pytest

from feeds.decode import Decoder
from feeds.feed import Link
from tests.feeding import MadeFeed, deliveries
from tests.watching import GUN_S, RUN
from tracker.ear import Ear
from tracker.live import Live
from tracker.log import Log
from tracker.recording import Tally
from tracker.relay import Carrier


@pytest.mark.parametrize("ear", [Log(Decoder(), origin=None), Tally(Decoder()), Carrier(Decoder(), "r")])
async def test_a_feed_is_heard_to_its_end(ear: Ear) -> None:
    """Each takes every message, hears how the link stands, and lets pauses and a busy program be told."""
    live = Live(MadeFeed(*deliveries(*RUN)), ear)
    assert ear.most > 0
    ear.woke(GUN_S)
    await live.run()
    assert ear.links[-1][1] == Link("ended", "the race is over")
    assert not ear.catching_up
    assert ear.place() == 0
