"""A recording served again on loopback, in every way that `watch` can ask: polled, streamed, as events, as frames.

Rule: messages go out byte for byte, and a client has nothing but a place in their list, so that a slow one costs nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeds.decode import Decoder
from feeds.feed import Delivery, FeedError
from feeds.reading import Rejection
from tracker import clock
from tracker.rerun import BEAT_S, STEP_S, Pace, Rerun, heartbeat

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.websockets import WebSocket

NO_STORE = {"Cache-Control": "no-cache"}

_LINE_END = re.compile(rb"\r\n|\r|\n")


class Served:
    """A rerun that is on: what has been published, told to any number of clients."""

    def __init__(self, rerun: Rerun, pace: Pace, interval_s: float = BEAT_S) -> None:
        self.rerun = rerun
        self.pace = pace
        self._interval_s = interval_s
        self._elements: list[bytes] = []

    @property
    def count(self) -> int:
        """How many messages have been published."""
        return self.rerun.published(self.pace.now())

    @property
    def over(self) -> bool:
        """Whether all have."""
        return self.count == len(self.rerun.messages)

    def beat(self) -> bytes:
        """A heartbeat with the race's clock; empty where the race has none, or a provider's payloads are served."""
        if not self.rerun.has_clock or self.rerun.reads_profile:
            return b""
        return heartbeat(self.pace.now(), self.pace.speed, self._interval_s)

    def elements(self) -> list[bytes]:
        """What has been published, as it stands in an array."""
        count, done = self.count, len(self._elements)
        self._elements += map(element, self.rerun.messages[done:count])
        return self._elements[:count]

    async def follow(self, first: int = 0) -> AsyncIterator[tuple[int, bytes]]:
        """(id, message) from a place in the list on, a heartbeat (0, …) first and every so often; ends with the race."""
        at, beaten_s, last = first, float("-inf"), len(self.rerun.messages) - 1
        while True:
            if clock.monotonic() - beaten_s >= self._interval_s:
                beaten_s = clock.monotonic()
                yield 0, self.beat()
            for n in range(at, count := self.count):
                yield self.rerun.ids[n], self.rerun.messages[n]
            at = max(at, count)
            if at > last and self.over:  # a client that heard the end of an earlier run waits for this one's
                return
            due_s = self.pace.wait_s(self.rerun.times[min(at, last)]) + 0.001
            await clock.nap(min(due_s, max(0.0, beaten_s + self._interval_s - clock.monotonic()) + 0.001, 20 * STEP_S))

    def after(self, last_id: str) -> int:
        """The place after the message of an id; the beginning where there is none such."""
        if last_id.isascii() and last_id.isdigit():
            with suppress(ValueError):
                return self.rerun.ids.index(int(last_id)) + 1
        return 0


class Ways:
    """The ways in which a rerun is asked for, a method a way."""

    def __init__(self, served: Served) -> None:
        self._served = served

    async def index(self, request: Request) -> Response:
        """Which is which."""
        from starlette.responses import PlainTextResponse  # noqa: PLC0415 - an extra

        return PlainTextResponse(page(self._served.rerun.name, str(request.base_url)))

    async def document(self, request: Request) -> Response:
        """All that has been published, as one array; nothing where the client has it."""
        from starlette.responses import Response  # noqa: PLC0415 - an extra

        messages = self._served.elements()
        tag = '"' + sha256(b"\n".join(messages)).hexdigest()[:16] + '"'
        headers = {"ETag": tag, **NO_STORE}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        beat = self._served.beat()
        body = b"[" + b",\n".join([*([beat] if beat else []), *messages]) + b"]"
        return Response(body, media_type="application/json", headers=headers)

    async def lines(self, _: Request) -> Response:
        """A stream of lines."""
        from starlette.responses import StreamingResponse  # noqa: PLC0415 - an extra

        async def told() -> AsyncIterator[bytes]:
            async for _, message in self._served.follow():
                if message:
                    yield _LINE_END.sub(b" ", message) + b"\n"  # only white space: no JSON text has one in it

        return StreamingResponse(told(), media_type="application/x-ndjson", headers=NO_STORE)

    async def events(self, request: Request) -> Response:
        """A stream of events after the last one that the client has; 204 where that was the last of all."""
        from starlette.responses import Response, StreamingResponse  # noqa: PLC0415 - an extra

        first = self._served.after(request.headers.get("last-event-id", ""))
        if self._served.over and first >= len(self._served.rerun.messages):
            return Response(status_code=204)

        async def told() -> AsyncIterator[bytes]:
            yield b"retry: 1000\n\n"
            async for id, message in self._served.follow(first):
                yield sse(id, message)

        return StreamingResponse(told(), media_type="text/event-stream", headers=NO_STORE)

    async def frames(self, socket: WebSocket) -> None:
        """A frame a message."""
        from starlette.websockets import WebSocketDisconnect  # noqa: PLC0415 - an extra

        origin = socket.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != socket.headers.get("host"):
            await socket.close()  # a page elsewhere: nothing else keeps it from reading along
            return
        await socket.accept()
        with suppress(WebSocketDisconnect, RuntimeError):
            async for _, message in self._served.follow():
                if message:
                    await _send(socket, message)
            await socket.close()


def build(served: Served, hosts: tuple[str, ...] = ("*",)) -> Starlette:
    """The application. `hosts`: by which names it answers, so that no page elsewhere can ask it under a name of its own."""
    from starlette.applications import Starlette  # noqa: PLC0415 - an extra
    from starlette.middleware import Middleware  # noqa: PLC0415
    from starlette.middleware.trustedhost import TrustedHostMiddleware  # noqa: PLC0415
    from starlette.routing import Route, WebSocketRoute  # noqa: PLC0415

    ways = Ways(served)
    asked = {"/": ways.index, "/feed.json": ways.document, "/feed.ndjson": ways.lines, "/feed.sse": ways.events}
    routes = [Route(path, way) for path, way in asked.items()]
    return Starlette(
        routes=[*routes, WebSocketRoute("/feed.ws", ways.frames)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))],
    )


async def _send(socket: WebSocket, message: bytes) -> None:
    try:
        text = message.decode()
    except UnicodeDecodeError:
        await socket.send_bytes(message)
    else:
        await socket.send_text(text)


def element(message: bytes) -> bytes:
    """A message as it stands in an array: one that would spoil the others goes in as text, and is refused alone."""
    decoder = Decoder()
    if not isinstance(decoder(message), Rejection):
        return message
    try:
        json.loads(message)
        spoils = isinstance(decoder.read(Delivery(b"[" + message + b"]", 0)), Rejection)
    except (ValueError, RecursionError):
        spoils = True
    return json.dumps(message[:160].decode("utf-8", "replace")).encode() if spoils else message


def sse(id: int, message: bytes) -> bytes:
    """A message as an event; a heartbeat (id 0) leaves the last id as it is, and an empty one is a comment."""
    if not message:
        return b":\n\n"
    data = b"".join(b"data: %b\n" % line for line in _LINE_END.split(message))
    return (b"id: %d\n" % id if id else b"") + data + b"\n"


def page(name: str, base: str) -> str:
    """Which address is which, and how each is watched."""
    base = base.rstrip("/")
    socket = base.replace("http", "ws", 1)
    ways = (
        (f"{base}/feed.sse", "server-sent events, resumed with Last-Event-ID"),
        (f"{base}/feed.ndjson", "a stream of lines"),
        (f"{base}/feed.json", "a document to be polled, with ETag"),
        (f"{socket}/feed.ws", "a WebSocket, a message a frame"),
    )
    lines = [f"{name}, served again", "", *(f"paceline watch {address}\n    {what}" for address, what in ways), ""]
    return "\n".join(lines)


def is_loopback(host: str) -> bool:
    """Whether only this machine can ask."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def run(rerun: Rerun, *, host: str, port: int, speed: float, at: str, announce: Callable[[str], object]) -> int:
    """Serve until stopped; 0. FeedError where the extra is missing or the port taken; ValueError for no such moment."""
    try:
        import starlette  # noqa: F401, PLC0415 - an extra
        import uvicorn  # noqa: PLC0415
    except ImportError:
        raise FeedError("serve needs an extra: pip install 'paceline[serve,ws]'", 2) from None
    start_s = rerun.moment(at)
    listening = _listening(host, port)
    here, port = listening.getsockname()[:2]
    served = Served(rerun, Pace(start_s, speed))
    names = ("localhost", "127.0.0.1", "[::1]", "::1", here) if is_loopback(host) else ("*",)
    config = uvicorn.Config(
        build(served, names), log_config=None, log_level="critical", access_log=False, timeout_graceful_shutdown=1,
        lifespan="off", ws_max_size=1 << 16,
    )  # fmt: skip
    address = f"[{here}]" if ":" in here else here
    announce(f"{page(rerun.name, f'http://{address}:{port}')}\n{speed:g}×, ctrl+c stops")
    with suppress(KeyboardInterrupt, SystemExit):  # uvicorn raises the signal that stopped it once more
        asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))
    return 0


def _listening(host: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen()  # whoever reads the address may ask at once
    except (OSError, OverflowError) as error:
        made.close()
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise FeedError(f"cannot serve on {host}:{port}: {why}; --port names another") from None
    return made
