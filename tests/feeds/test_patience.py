"""Waiting that can be cut short."""

from __future__ import annotations

import asyncio

from feeds.patience import Patience, now


async def test_a_nap_lasts_unless_it_is_cut_short() -> None:
    """Left alone it ends by itself; woken, at once, and says so."""
    patience = Patience()
    assert not await patience.nap(0.01)
    napping = asyncio.create_task(patience.nap(3600))
    await asyncio.sleep(0)
    patience.wake()
    assert await asyncio.wait_for(napping, 1)


async def test_a_wake_before_the_nap_counts_once() -> None:
    """Whoever says `now` a moment too early is heard; the nap after that is a nap again."""
    patience = Patience()
    patience.wake()
    assert await patience.nap(3600)
    assert not await patience.nap(0.001)


async def test_what_others_asked_for_is_not_cut_short() -> None:
    """A wake, before it or in it, ends only what comes after."""
    patience, before_s = Patience(), now()
    patience.wake()
    assert await patience.nap(3600, 0.02)
    napping = asyncio.create_task(patience.nap(3600, 0.02))
    await asyncio.sleep(0)
    patience.wake()
    assert await asyncio.wait_for(napping, 1)
    assert now() - before_s >= 0.04
    assert not await patience.nap(0.001, 3600)


async def test_now_is_the_event_loop_s_own_time() -> None:
    """So a loop on a virtual clock keeps every deadline of a transport."""
    assert now() == asyncio.get_running_loop().time() or now() >= 0
