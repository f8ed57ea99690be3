"""A feed in a NATS JetStream, beside a real server."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import nats as library
import pytest
from nats.aio.msg import Msg

from feeds import retry
from feeds.feed import Delivery, FeedError, Link
from feeds.sources import nats
from feeds.sources.nats import NatsFeed
from tests.feeds.sources.serving import heard, raws, words
from tests.natsd import Natsd, natsd, published

pytestmark = pytest.mark.needs("nats-server")
MESSAGES = [b'{"kind":"note","text":"%d"}' % n for n in range(40)]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_S", 0.02)


async def gathered(feed: NatsFeed, most: int, found: list[Delivery | Link]) -> None:
    """So many messages, into a list that can be looked at meanwhile."""
    items = aiter(feed)
    async for item in items:
        found.append(item)
        if len(raws(found)) == most:
            break
    await items.aclose()  # type: ignore[attr-defined]  # it is a generator


async def until(found: list[Delivery | Link], count: int) -> None:
    """So many messages have been heard."""
    async with asyncio.timeout(5):
        while len(raws(found)) < count:
            await asyncio.sleep(0.005)


async def test_all_so_far_and_then_what_comes(tmp_path: Path) -> None:
    """Whoever joins late hears everything, in its order."""
    async with natsd(tmp_path) as server:
        await published(server, "R", *MESSAGES[:30])
        found: list[Delivery | Link] = []
        task = asyncio.create_task(gathered(NatsFeed(f"{server.url}/R"), 40, found))
        await until(found, 30)
        await published(server, "R", *MESSAGES[30:])
        await task
    assert raws(found) == MESSAGES and words(found) == ["live"]


async def test_a_killed_server_costs_nothing(tmp_path: Path) -> None:
    """After kill -9 and a start it goes on with the next message: none lost, none doubled."""
    async with natsd(tmp_path) as server:
        await published(server, "R", *MESSAGES[:20])
        found: list[Delivery | Link] = []
        task = asyncio.create_task(gathered(NatsFeed(f"{server.url}/R"), 40, found))
        await until(found, 20)
        server.kill()
        await server.start()
        await published(server, "R", *MESSAGES[20:])
        await task
    assert raws(found) == MESSAGES
    assert words(found)[0] == words(found)[-1] == "live" and words(found)[1].startswith("offline")


async def test_a_message_that_was_lost_on_the_way_is_asked_for_again(tmp_path: Path) -> None:
    """The numbers tell; what was heard before does not come again."""
    async with natsd(tmp_path) as server:
        await published(server, "R", *MESSAGES)
        feed = Leaky(f"{server.url}/R")
        found: list[Delivery | Link] = []
        await gathered(feed, 40, found)
    assert feed.leaks == [] and raws(found) == MESSAGES
    assert any("lost after number 7: they are asked for again" in word for word in words(found))


class Leaky(NatsFeed):
    """Loses the eighth message, once."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.leaks = [MESSAGES[7]]

    def _delivery(self, message: Msg) -> Delivery | None:
        if message.data in self.leaks:
            self.leaks.remove(message.data)
            return None
        return super()._delivery(message)


async def test_a_new_stream_of_that_name_is_told_from_its_beginning(tmp_path: Path) -> None:
    """A server that lost its folder begins again, and so does the feed."""
    async with natsd(tmp_path) as server:
        await published(server, "R", *MESSAGES[:20])
        found: list[Delivery | Link] = []
        task = asyncio.create_task(gathered(NatsFeed(f"{server.url}/R"), 25, found))
        await until(found, 20)
        client = await library.connect(server.url)
        await client.jetstream().delete_stream("R")
        await client.close()
        server.kill()
        await published_after(server, MESSAGES[:5])
        await task
    assert raws(found) == MESSAGES[:20] + MESSAGES[:5]


async def published_after(server: Natsd, messages: list[bytes]) -> None:
    """Started again, and told that."""
    await server.start()
    await published(server, "R", *messages)


async def test_only_the_followed_and_what_is_about_all(tmp_path: Path) -> None:
    """Other runners' messages do not come over the wire."""
    async with natsd(tmp_path) as server:
        await published(server, "R", b"race", subject="race.r.race")
        for name in (b"a", b"b.c", b"d"):
            await published(server, "R", name, subject=f"race.r.split.{name.decode().replace('.', '%2E')}")
        feed = NatsFeed(f"{server.url}/R?only=a,b.c")
        found: list[Delivery | Link] = []
        await gathered(feed, 3, found)
    assert raws(found) == [b"race", b"a", b"b.c"] and feed.name.endswith("/R?only=a,b%2Ec")


async def test_silence_is_noticed_on_the_link_and_behind_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that hangs; and, once heartbeats are announced, a publisher that says nothing, until it does."""
    async with natsd(tmp_path) as server:
        await published(server, "R", MESSAGES[0])
        feed = NatsFeed(f"{server.url}/R")
        feed.vitals.idle_s = 0.05
        assert words(await heard(feed, 4)) == ["live", "offline whoever publishes it is silent for 0.05 s"]
        monkeypatch.setattr(nats, "LINK_S", 0.05)
        feed = NatsFeed(f"{server.url}/R")
        found: list[Delivery | Link] = []
        task = asyncio.create_task(gathered(feed, 2, found))
        await until(found, 1)
        server.send(signal.SIGSTOP)
        async with asyncio.timeout(2):
            while "offline silent for 0.05 s" not in words(found):
                await asyncio.sleep(0.01)
        server.send(signal.SIGCONT)
        await published(server, "R", MESSAGES[1])
        await task


async def test_messages_that_the_stream_let_go_are_told_of(tmp_path: Path) -> None:
    """A stream with a limit begins in the middle, and that is said."""
    async with natsd(tmp_path) as server:
        await published(server, "R", *MESSAGES[:5])
        client = await library.connect(server.url)
        await client.jetstream().purge_stream("R", seq=4)
        await client.close()
        found = await heard(NatsFeed(f"{server.url}/R"), 3)
    assert raws(found) == MESSAGES[3:5] and words(found)[0] == "live the stream no longer holds 3 earlier messages"


@pytest.mark.parametrize(
    ("path", "options", "says", "code"),
    [
        ("/R", ("-js",), "has no such stream", 3),
        ("/R", ("-m", "-1"), "has no JetStream: start nats-server with -js", 1),
        ("/R", ("-js", "--auth", "secret"), "the login is missing or wrong", 1),
    ],
)
async def test_what_cannot_be_followed_says_so(
    tmp_path: Path, path: str, options: tuple[str, ...], says: str, code: int
) -> None:
    """One line and an exit code."""
    async with natsd(tmp_path, *options) as server:
        try:
            item = (await heard(NatsFeed(server.url + path), 1))[0]
            assert isinstance(item, Link)
            why, found = item.why, item.code
        except FeedError as error:
            why, found = str(error), error.code
    assert says in why and found == code


async def test_no_server_at_all() -> None:
    """Offline, and tried again."""
    (item,) = await heard(NatsFeed("nats://127.0.0.1:9/R"), 1)
    assert isinstance(item, Link) and (item.why, item.code) == ("connection refused", 5)
