"""A recording served again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import threading
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedOK, InvalidStatus

from feeds.address import open_address
from feeds.decode import Decoder
from feeds.feed import Delivery, FeedError
from feeds.reading import Rejection
from feeds.sse import SseDecoder
from tests.serving import running
from tests.watching import PAGES, FakeTime, answers
from tracker.rerun import Pace, Rerun
from tracker.serve import Served, element, is_loopback, page, run, sse

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


async def test_a_slow_client_gets_everything_before_the_stream_closes() -> None:
    """Also when the race ends while it is still reading."""
    served, time = half()
    got: list[bytes] = []
    async for id, message in served.follow():
        if id:
            got.append(message)
            time.now_s = 1e6  # the race has ended since what is given now was counted
    assert got == VIENNA.messages


async def test_a_client_that_heard_the_end_waits_for_a_server_that_begins_earlier() -> None:
    """It has everything; the stream stays open until this run is over, too."""
    served, time = half()
    follower = served.follow(len(VIENNA.messages))
    for _ in range(2):
        assert b"heartbeat" in (await asyncio.wait_for(anext(follower), 1))[1]
    time.now_s = 1e6
    with pytest.raises(StopAsyncIteration):
        while True:
            assert b"heartbeat" in (await asyncio.wait_for(anext(follower), 1))[1]


REFUSED = (b"nonsense", b'{"kind":"end","kind":"end"}', b'{"kind":"end"},{"kind":"end"}', b"\xff", b'{"a":NaN}', b"7")


async def test_what_is_refused_spoils_no_document(tmp_path: Path) -> None:
    """A client that polls refuses as many messages as one that follows, and accepts the same."""
    file = tmp_path / "run.ndjson"
    file.write_bytes(b"\n".join([VIENNA.messages[0], *REFUSED, *VIENNA.messages[1:]]))
    rerun = Rerun(open_address(str(file)))
    async with running(Served(rerun, Pace(rerun.ends_s + 1, 60.0))) as url, httpx.AsyncClient() as client:
        said = Decoder().read(Delivery((await client.get(f"{url}/feed.json")).content, 1))
        assert (await client.get(f"{url}/feed.ndjson")).content.splitlines()[1:] == rerun.messages
    assert isinstance(said, tuple)
    assert sum(isinstance(one, Rejection) for one in said) == len(REFUSED)
    assert len(said) == 1 + len(VIENNA.messages) + len(REFUSED)
    assert element(b'{"kind": "split"}') == b'{"kind": "split"}' and json.loads(element(b"x" * 999)) == "x" * 160


async def test_a_page_elsewhere_cannot_read_along() -> None:
    """A browser tells where a page is from; a program tells nothing and is let in."""
    async with running(over()) as url:
        address = url.replace("http", "ws") + "/feed.ws"
        with pytest.raises(InvalidStatus, match="403"):
            await connect(address, origin="http://evil.example")  # type: ignore[arg-type]  # text
        async with connect(address, origin=url) as same:  # type: ignore[arg-type]  # text
            assert len([frame async for frame in same]) == 1 + len(VIENNA.messages)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_well(sign: signal.Signals) -> None:
    """With 0, as the program catches signals; its address can be asked as soon as it is told."""

    def stopped(*_: object) -> None:
        raise SystemExit(143)

    def ask_and_stop(address: str) -> None:
        httpx.get(address, timeout=10)
        os.kill(os.getpid(), sign)

    def announced(text: str) -> None:
        address = text.partition("watch ")[2].partition("feed.sse")[0]
        asking.append(threading.Thread(target=ask_and_stop, args=(address,)))
        asking[0].start()

    asking: list[threading.Thread] = []
    before = signal.signal(signal.SIGTERM, stopped)
    try:
        assert run(VIENNA, host="127.0.0.1", port=0, speed=60.0, at="25km", announce=announced) == 0
    finally:
        signal.signal(signal.SIGTERM, before)
        asking[0].join()


async def test_nobody_asks_under_a_name_of_their_own() -> None:
    """A page elsewhere whose name leads here gets nothing; the index says which address is which."""
    from tracker.serve import build

    transport = httpx.ASGITransport(build(over(), ("127.0.0.1",)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        assert (await client.get("/")).text == page(VIENNA, "http://127.0.0.1")
        assert (await client.get("/feed.json", headers={"Host": "evil.example"})).status_code == 400


async def test_a_provider_s_answer_is_the_document_as_it_gave_it(tmp_path: Path) -> None:
    """The latest of any request or of one, byte for byte and by its own type; before the first, later."""
    made = answers(tmp_path)
    time = FakeTime()
    async with running(Served(made, Pace(made.times[0] - 1, 1.0, time))) as url, httpx.AsyncClient() as client:
        early = await client.get(f"{url}/feed.json")
        assert (early.status_code, early.headers["retry-after"]) == (503, "1")
        time.now_s += 1000.0
        latest = await client.get(f"{url}/feed.json")
        assert latest.content == PAGES["page 2"] and latest.headers["content-type"].startswith("text/csv")
        assert (await client.get(f"{url}/feed.json", params={"part": "page"})).content == PAGES["page"]
        again = await client.get(f"{url}/feed.json", headers={"If-None-Match": latest.headers["etag"]})
        assert again.status_code == 304
        told = (await client.get(url)).text
    for line in (
        "/feed.sse --profile csv\n",
        "/feed.json?part=page%202' --profile csv\n",
        "provider.tape --profile csv\n",
    ):
        assert line in told


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


@pytest.mark.parametrize("at", ["99km", "soon"])
def test_a_moment_that_is_none_is_wrong_usage(at: str) -> None:
    """What it takes, whether it stands in an option or in an address."""
    with pytest.raises(FeedError, match=r"^at ") as error:
        run(VIENNA, host="127.0.0.1", port=0, speed=1.0, at=at, announce=print)
    assert error.value.code == 2


def test_a_port_that_is_taken_is_one_line() -> None:
    """And what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(FeedError, match="--port names another"):
            run(VIENNA, host="127.0.0.1", port=taken.getsockname()[1], speed=1.0, at="", announce=print)
