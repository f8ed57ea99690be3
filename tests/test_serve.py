"""A recording served again."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedOK

from feeds.address import open_address
from feeds.feed import FeedError
from feeds.sse import SseDecoder
from tests.serving import running
from tests.watching import FakeTime
from tracker.rerun import Pace, Rerun
from tracker.serve import Served, is_loopback, page, run, sse

VIENNA = Rerun(open_address("vienna-2019"))
GUN_S = 1570860900.0


def over() -> Served:
    """A race that has ended."""
    return Served(VIENNA, Pace(VIENNA.ends_s + 1, 60.0))


def half() -> tuple[Served, FakeTime]:
    """A race just before 25 km, and the time that moves it on."""
    time = FakeTime()
    return Served(VIENNA, Pace(GUN_S + 4200, 60.0, time), interval_s=0.01), time


async def test_every_way_gives_every_message_byte_for_byte_and_closes() -> None:
    """The document, the lines, the events and the frames hold the same, with a heartbeat first."""
    async with running(over()) as url, httpx.AsyncClient() as client:
        document, lines = (
            (await client.get(f"{url}/feed.json")).content,
            (await client.get(f"{url}/feed.ndjson")).content,
        )
        events = SseDecoder().feed((await client.get(f"{url}/feed.sse")).content)
        async with connect(url.replace("http", "ws") + "/feed.ws", max_size=None) as socket_:
            frames = [m async for m in socket_]
            assert isinstance(socket_.protocol.close_exc, ConnectionClosedOK)
    assert lines.splitlines()[1:] == VIENNA.messages and lines.startswith(b'{"kind":"heartbeat"')
    assert document == b"[" + b",\n".join([document[1:].partition(b",\n")[0], *VIENNA.messages]) + b"]"
    assert [e.data for e in events][1:] == VIENNA.messages and [e.id for e in events][1:] == [
        str(n) for n in VIENNA.ids
    ]
    assert [str(f).encode() for f in frames][1:] == VIENNA.messages


async def test_a_client_resumes_after_what_it_has_and_a_finished_one_gets_204() -> None:
    """By the number of the line, also after the server was started again; an id that is none begins anew."""
    async with running(over()) as url, httpx.AsyncClient() as client:

        async def after(last: str) -> httpx.Response:
            return await client.get(f"{url}/feed.sse", headers={"Last-Event-ID": last})

        rest = SseDecoder().feed((await after(str(VIENNA.ids[-4]))).content)
        assert [e.data for e in rest if b"heartbeat" not in e.data] == VIENNA.messages[-3:]
        assert (await after(str(VIENNA.ids[-1]))).status_code == 204
        assert len(SseDecoder().feed((await after("nonsense")).content)) == len(VIENNA.messages) + 1


async def test_an_unchanged_document_is_not_sent_again() -> None:
    """Until there is more of it."""
    served, time = half()
    async with running(served) as url, httpx.AsyncClient() as client:
        tag = (await client.get(f"{url}/feed.json")).headers["etag"]
        assert (await client.get(f"{url}/feed.json", headers={"If-None-Match": tag})).status_code == 304
        time.now_s += 60
        assert (await client.get(f"{url}/feed.json", headers={"If-None-Match": tag})).status_code == 200


async def test_a_stream_begins_with_what_was_published_and_goes_on_with_the_race() -> None:
    """Heartbeats carry the race's clock, which runs at the speed."""
    served, time = half()
    follower = served.follow()
    got: list[tuple[int, bytes]] = []
    while len(got) <= served.count:
        got.append(await asyncio.wait_for(anext(follower), 1))
    assert b'"25km"' not in b"".join(m for _, m in got[-2:]) and b'"rate":60.0' in got[0][1]
    time.now_s += 2
    while True:
        id, message = await asyncio.wait_for(anext(follower), 1)
        if id:
            break
        assert b'"heartbeat"' in message
    assert b'"25km"' in message
    await follower.aclose()  # type: ignore[attr-defined]  # a generator


async def test_nobody_asks_under_a_name_of_their_own() -> None:
    """A page elsewhere whose name leads here gets nothing; the index says which address is which."""
    from tracker.serve import build

    transport = httpx.ASGITransport(build(over(), ("127.0.0.1",)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        assert (await client.get("/")).text == page("vienna-2019", "http://127.0.0.1")
        assert (await client.get("/feed.json", headers={"Host": "evil.example"})).status_code == 400


def test_a_heartbeat_leaves_the_last_id_as_it_is() -> None:
    """Without a clock it is a comment."""
    assert sse(0, b"") == b":\n\n" and sse(0, b"{}") == b"data: {}\n\n" and sse(7, b"{}") == b"id: 7\ndata: {}\n\n"


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("example.org", False)],
)
def test_only_this_machine_can_ask_unless_told_otherwise(host: str, here: bool) -> None:
    """What is no loopback is known."""
    assert is_loopback(host) == here


def test_a_port_that_is_taken_is_one_line() -> None:
    """And what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(FeedError, match="--port names another"):
            run(VIENNA, host="127.0.0.1", port=taken.getsockname()[1], speed=1.0, at="", announce=print)
