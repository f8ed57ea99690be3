"""A feed over a WebSocket, beside a real server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from feeds import retry
from feeds.feed import FeedError, Link
from feeds.sources.guard import HttpOptions
from feeds.sources.websocket import WebSocketFeed
from tests.feeds.sources.serving import AUTHORITY, answer, heard, names, raws, served, vouched, words

A, END = b'{"kind":"note","text":"a"}', b'{"kind":"end"}'


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "FIRST_S", 0.001)


@asynccontextmanager
async def server(
    say: Callable[[ServerConnection], Awaitable[None]], refuse: Response | None = None
) -> AsyncIterator[str]:
    """A server that says that to everybody: its address."""

    def first(_: ServerConnection, __: Request) -> Response | None:
        return refuse

    async with serve(say, "127.0.0.1", 0, process_request=first) as running:
        yield f"ws://127.0.0.1:{next(iter(running.sockets)).getsockname()[1]}/feed.ws"


async def test_frames_are_messages_and_the_race_s_end_is_the_feed_s() -> None:
    """Text and binary alike; after `end` a closed connection is no trouble."""

    async def say(socket: ServerConnection) -> None:
        await socket.send(A.decode())
        await socket.send(A)
        await socket.send(END)

    async with server(say) as url:
        found = await heard(WebSocketFeed(url))
    assert raws(found) == [A, A, END] and words(found) == ["live", "ended the race is over"]


async def test_a_connection_that_closes_is_taken_up_again() -> None:
    """All is told again, which is harmless."""

    async def say(socket: ServerConnection) -> None:
        await socket.send(A)

    async with server(say) as url:
        found = await heard(WebSocketFeed(url), 5)
    assert raws(found) == [A, A]
    assert any(isinstance(i, Link) and "closed" in i.why for i in found)


async def test_silence_is_noticed_and_a_long_message_refused() -> None:
    """By the watchdog, and by the limit of a message."""

    async def nothing(socket: ServerConnection) -> None:
        await socket.wait_closed()

    async with server(nothing) as url:
        feed = WebSocketFeed(url)
        feed.vitals.idle_s = 0.05
        assert words(await heard(feed, 2))[-1] == "offline silent for 0.05 s"

    async def long(socket: ServerConnection) -> None:
        await socket.send(bytes(2 << 20))
        await socket.wait_closed()

    async with server(long) as url:
        with pytest.raises(FeedError, match="longer than 1 MiB"):
            await heard(WebSocketFeed(url))


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [(404, 3, "HTTP 404: not found"), (401, 1, "HTTP 401"), (302, 1, "another host"), (304, 1, "HTTP 304")],
)
async def test_a_refused_handshake_is_one_line(status: int, code: int, says: str) -> None:
    """It is not tried again; a redirect elsewhere is not followed."""
    headers = Headers({"Location": "ws://localhost:1/x?token=secret"})
    refuse = Response(status, HTTPStatus(status).phrase, headers, b"")
    async with server(lambda _: _.wait_closed(), refuse) as url:
        with pytest.raises(FeedError, match=says) as error:
            await heard(WebSocketFeed(f"{url}?token=secret"))
    assert error.value.code == code and "secret" not in str(error.value)


@pytest.mark.parametrize("there", ["http://127.0.0.1:1/login?token=secret", "//["])
async def test_a_redirect_to_what_is_no_websocket_is_one_line(there: str) -> None:
    """A page for the login, or no address at all: refused, never a fault of the program."""
    refuse = Response(302, "Found", Headers({"Location": there}), b"")
    async with server(lambda _: _.wait_closed(), refuse) as url:
        with pytest.raises(FeedError, match=r"another scheme|not as a WebSocket") as error:
            await heard(WebSocketFeed(url))
    assert error.value.code == 1 and "secret" not in str(error.value)


async def test_what_is_no_websocket_says_so() -> None:
    """A web server that answers with a page."""
    async with served(answer(b"hello", "text/plain")) as (url, _):
        with pytest.raises(FeedError, match=r"HTTP 200|not as a WebSocket"):
            await heard(WebSocketFeed(url.replace("http", "ws")))


async def test_nobody_there_is_offline() -> None:
    """Connection refused, to be tried again."""
    async with served(b"") as (url, _):
        pass
    found = await heard(WebSocketFeed(url.replace("http", "ws"), HttpOptions(headers_s=0.2)), 1)
    assert words(found) == ["offline connection refused"]


def test_the_address_is_checked_and_shown_without_secrets() -> None:
    """Another scheme is wrong usage."""
    assert WebSocketFeed("wss://me:secret@example.org/x?t=secret").name == "wss://example.org/x"
    with pytest.raises(FeedError) as error:
        WebSocketFeed("http://example.org")
    assert error.value.code == 2


async def test_a_redirect_within_the_origin_is_followed_five_times() -> None:
    """Then it is one too many."""
    asked: list[str] = []

    def moved(_: ServerConnection, request: Request) -> Response | None:
        asked.append(request.path)
        if request.path == "/7":
            return None
        return Response(307, "Moved", Headers({"Location": f"/{int(request.path[1:]) + 1}"}), b"")

    async def say(socket: ServerConnection) -> None:
        await socket.send(END)

    async with serve(say, "127.0.0.1", 0, process_request=moved) as running:
        url = f"ws://127.0.0.1:{next(iter(running.sockets)).getsockname()[1]}"
        assert raws(await heard(WebSocketFeed(f"{url}/5"))) == [END]
        with pytest.raises(FeedError, match="more than 5 times"):
            await heard(WebSocketFeed(f"{url}/0"))
    assert asked == ["/5", "/6", "/7", *(f"/{n}" for n in range(6))]


async def test_a_name_that_leads_into_a_private_network_at_the_second_look_is_told_nothing() -> None:
    """It was public when it was first asked: the server on this machine does not even see a connection."""
    async with served(answer(b"x")) as (url, heads):
        feed = WebSocketFeed(url.replace("http://127.0.0.1", "ws://example.org"), resolve=names("127.0.0.1"))
        feed._peers.judge("93.184.216.34")
        found = await heard(feed, 1)
    assert words(found) == ["offline its name leads, as of now, into a private network: refused"]
    assert heads == []


def test_an_address_in_the_open_has_its_notice_and_takes_no_secret() -> None:
    """The rule of every transport."""
    assert "is not encrypted" in WebSocketFeed("ws://example.org/").notice and not WebSocketFeed("ws://127.1/").notice
    with pytest.raises(FeedError, match="without encryption; give wss"):
        WebSocketFeed("ws://me:secret@example.org/")


async def test_an_authority_of_one_s_own_is_trusted() -> None:
    """Without it the certificate is refused for good; with it the name still has to be the certificate's."""

    async def say(socket: ServerConnection) -> None:
        await socket.send(END)

    async with serve(say, "127.0.0.1", 0, ssl=vouched()) as running:
        url = f"wss://127.0.0.1:{next(iter(running.sockets)).getsockname()[1]}/feed.ws"
        with pytest.raises(FeedError, match="certificate is not trusted"):
            await heard(WebSocketFeed(url))
        options = HttpOptions(ca_file=AUTHORITY)
        assert raws(await heard(WebSocketFeed(url, options))) == [END]
        with pytest.raises(FeedError, match=r"certificate is not trusted: .*mismatch"):
            await heard(WebSocketFeed(url.replace("127.0.0.1", "example.org"), options, resolve=names("127.0.0.1")))
