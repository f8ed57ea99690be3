"""The address that is used is judged. Nothing here leaves the machine: names are resolved by the tests."""

from __future__ import annotations

import asyncio

import pytest

from feeds.retry import Trouble
from feeds.sources.peers import Peers, dialled, resolved
from tests.feeds.sources.serving import answer, names, served


def test_after_a_public_address_a_private_one_is_refused() -> None:
    """A private one at the first look is what the user asked for; a name that moved there since is not."""
    peers = Peers()
    for address in ("", "192.168.1.5", "127.0.0.1", "93.184.216.34", "2606:4700::1111"):
        peers.judge(address)
    for address in ("192.168.1.5", "::ffff:127.0.0.1", "64:ff9b::10.0.0.1"):
        with pytest.raises(Trouble, match="its name leads, as of now, into a private network") as moved:
            peers.judge(address)
        assert not moved.value.permanent
    with pytest.raises(Trouble, match="redirects into a private network") as sent:
        peers.judge("10.0.0.1", sent_there=True)
    assert sent.value.permanent


async def test_an_address_is_judged_before_it_is_connected_to() -> None:
    """A name that was public and leads to this machine now: the server here never hears of it."""
    peers = Peers()
    peers.judge("93.184.216.34")
    async with served(answer(b"x")) as (url, heads):
        with pytest.raises(Trouble, match="private network"):
            await dialled("example.org", int(url.rpartition(":")[2]), peers.judge, names("127.0.0.1"))
        await asyncio.sleep(0)
    assert heads == []


async def test_the_addresses_of_a_name_are_tried_in_turn() -> None:
    """One that takes no connection is passed over; none at all is the last one's error."""
    async with served(answer(b"x")) as (url, _):
        port = int(url.rpartition(":")[2])
        made = await dialled("example.org", port, Peers().judge, names("127.0.0.2", "127.0.0.1"))
        assert made.getpeername() == ("127.0.0.1", port)
        made.close()
        with pytest.raises(ConnectionRefusedError):
            await dialled("example.org", port, Peers().judge, names("127.0.0.2"))
    with pytest.raises(OSError, match="No address"):
        await dialled("example.org", 1, Peers().judge, names())


async def test_an_address_in_numbers_is_its_own() -> None:
    """Nobody is asked for it."""
    assert list(await resolved("127.0.0.1", 80)) == ["127.0.0.1"]
