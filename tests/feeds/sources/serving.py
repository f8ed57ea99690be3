"""Loopback servers of a few lines, which say exactly the bytes that a test wants said."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from feeds.feed import Delivery, Link, LiveFeed
from feeds.sources.peers import Resolve

Handler = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes = b"", kind: str = "", status: str = "200 OK", *headers: str) -> bytes:
    """A whole answer."""
    lines = [
        f"HTTP/1.1 {status}",
        *([f"Content-Type: {kind}"] if kind else []),
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def opening(kind: str, *headers: str) -> bytes:
    """The beginning of an answer without an end."""
    return "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {kind}", *headers, "Connection: close", "", ""]).encode()


CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = str(CERTIFICATES / "authority.pem")
"""A certificate authority that nobody trusts by itself; it vouches for localhost and 127.0.0.1."""


def vouched() -> ssl.SSLContext:
    """What a server needs to show the certificate of that authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "server.pem")
    return context


@asynccontextmanager
async def served(
    *answers: bytes | Handler, secure: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server whose n-th connection gets the n-th answer, the last one for ever: (address, heads of the requests)."""
    heads: list[bytes] = []
    tasks: set[asyncio.Task[None]] = set()
    writers: list[asyncio.StreamWriter] = []

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                heads.append(await reader.readuntil(b"\r\n\r\n"))
                said = answers[min(len(heads), len(answers)) - 1]
                if isinstance(said, bytes):
                    writer.write(said)
                    await writer.drain()
                else:
                    await said(heads[-1], writer)
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        task = asyncio.ensure_future(one(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=secure)
    try:
        yield f"http{'s' if secure else ''}://127.0.0.1:{server.sockets[0].getsockname()[1]}", heads
    finally:
        for _ in range(5):
            await asyncio.sleep(0)  # whoever is being accepted comes in first: a closing server would lose them
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for writer in writers:
            with suppress(AttributeError):  # one that is closed already has no loop
                writer.transport.abort()  # also where its task was cancelled before it began
        await asyncio.sleep(0)  # the transports close in the loop's next turn


@contextmanager
def beside(*answers: bytes | Handler, secure: ssl.SSLContext | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """The same in a thread of its own, for a program that has the test's thread, or a process, to itself."""
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    found: list[tuple[str, list[bytes]]] = []

    async def run() -> None:
        async with served(*answers, secure=secure) as told:
            found.append(told)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    try:
        assert ready.wait(10)
        yield found[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


async def silence(_: bytes, writer: asyncio.StreamWriter) -> None:
    """An open connection, and nothing."""
    await writer.drain()
    await asyncio.sleep(60)


def names(*addresses: str) -> Resolve:
    """A resolver that knows these of every name."""

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolve


async def heard(feed: LiveFeed, most: int = 50) -> list[Delivery | Link]:
    """What a feed gives, until it ends or has given so much."""
    found: list[Delivery | Link] = []
    items = aiter(feed)
    async for item in items:
        found.append(item)
        if len(found) >= most:
            break
    if hasattr(items, "aclose"):
        await items.aclose()
    return found


def raws(items: list[Delivery | Link]) -> list[bytes]:
    """The messages alone."""
    return [item.raw for item in items if isinstance(item, Delivery)]


def words(items: list[Delivery | Link]) -> list[str]:
    """What was said of the link, each state once."""
    said = [f"{item.state} {item.why}".strip() for item in items if isinstance(item, Link)]
    return [word for n, word in enumerate(said) if n == 0 or said[n - 1] != word]
