"""A recording served again on loopback, in every way that `watch` can ask: polled, streamed, as events, as frames.

Rule: messages go out byte for byte, and a client has nothing but a place in their list, so that a slow one costs nothing.

What cannot: heartbeats are this run's own; in a document, what is no JSON would spoil the others, and stands as text; a line
end within a message becomes a space in a stream of lines, and `\\n` in events. The page says so.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import re
import shlex
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

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
MEDIA_TYPES = {"json": "application/json", "csv": "text/csv", "xml": "application/xml", "html": "text/html"}

MOST_PARTS = 8
"""Requests that the page lists."""
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
        if not self.rerun.has_clock or self.rerun.profile is not None:
            return b""
        return heartbeat(self.pace.now(), self.pace.speed, self._interval_s)

    def elements(self) -> list[bytes]:
        """What has been published, as it stands in an array."""
        count, done = self.count, len(self._elements)
        self._elements += map(element, self.rerun.messages[done:count])
        return self._elements[:count]

    def answer(self, part: str) -> bytes | None:
        """The provider's latest answer to a request, or to any; none before the first."""
        return self.rerun.answer(self.pace.now(), part)

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

        return PlainTextResponse(page(self._served.rerun, str(request.base_url)))

    async def document(self, request: Request) -> Response:
        """All that has been published, as one array, or a provider's latest answer; nothing where the client has it."""
        from starlette.responses import Response  # noqa: PLC0415 - an extra

        rerun, beat = self._served.rerun, self._served.beat()
        if rerun.parts:
            body = self._served.answer(request.query_params.get("part", ""))
            if body is None:
                return Response(status_code=503, headers={"Retry-After": "1", **NO_STORE})
            tag, kind = _tag(body), MEDIA_TYPES[rerun.profile.rows.format if rerun.profile else "json"]
        else:
            messages = self._served.elements()
            tag, kind = _tag(b"\n".join(messages)), MEDIA_TYPES["json"]
            body = b"[" + b",\n".join([*([beat] if beat else []), *messages]) + b"]"
        headers = {"ETag": tag, **NO_STORE}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=kind, headers=headers)

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


def _tag(body: bytes) -> str:
    return '"' + sha256(body).hexdigest()[:16] + '"'


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


OWN = """Messages go out byte for byte. Heartbeats are this run's own, with the race's clock; recorded ones are left out. In
feed.json a message that is no JSON stands as text; of documents that were polled, each message comes once."""
ANSWERS = """The provider's answers go out as they were received: feed.json is the latest one, as the provider gave it; the streams
are all of them, with a line end within one as a space (feed.ndjson) or \\n (feed.sse), and end after the last."""
PARTS = """They answer several requests, and only feed.json?part=… tells which; all of them are read together, exactly, by
paceline watch {rerun}{profile}"""
ROWS = """The provider's rows go out byte for byte; a line end within one is a space in feed.ndjson, and \\n in feed.sse."""


def page(rerun: Rerun, base: str) -> str:
    """Which address is which, how each is watched, and what is not as it was received."""
    base = base.rstrip("/")
    socket = base.replace("http", "ws", 1)
    polled = [f"{base}/feed.json?part={quote(part)}" for part in rerun.parts if part] if len(rerun.parts) > 1 else []
    whole = "the latest answer" if rerun.parts else "a document"
    ways = (
        (f"{base}/feed.sse", "server-sent events, resumed with Last-Event-ID"),
        (f"{base}/feed.ndjson", "a stream of lines"),
        (f"{base}/feed.json", f"{whole} to be polled, with ETag"),
        *((address, "the same of one request") for address in polled[:MOST_PARTS]),
        (f"{socket}/feed.ws", "a WebSocket, a message a frame"),
    )
    profile = f" --profile {rerun.profile.name}" if rerun.profile else ""
    lines = [f"{rerun.name}, served again", ""]
    lines += [f"paceline watch {shlex.quote(address)}{profile}\n    {what}" for address, what in ways]
    told = OWN if rerun.profile is None else ANSWERS if rerun.parts else ROWS
    if polled:
        told += "\n" + PARTS.format(rerun=shlex.quote(f"replay:{rerun.name}"), profile=profile)
    return "\n".join([*lines, "", told, ""])


def is_loopback(host: str) -> bool:
    """Whether only this machine can ask."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def run(rerun: Rerun, *, host: str, port: int, speed: float, at: str, announce: Callable[[str], object]) -> int:
    """Serve until stopped; 0. FeedError where the extra is missing, the port taken, or `at` no such moment."""
    try:
        import starlette  # noqa: F401, PLC0415 - an extra
        import uvicorn  # noqa: PLC0415
    except ImportError:
        raise FeedError("serve needs an extra: pip install 'paceline[serve,ws]'", 2) from None
    start_s = rerun.moment(at)
    made = listening(host, port)
    here, port = made.getsockname()[:2]
    served = Served(rerun, Pace(start_s, speed))
    names = ("localhost", "127.0.0.1", "[::1]", "::1", here) if is_loopback(host) else ("*",)
    config = uvicorn.Config(
        build(served, names), log_config=None, log_level="critical", access_log=False, timeout_graceful_shutdown=1,
        lifespan="off", ws_max_size=1 << 16,
    )  # fmt: skip
    address = f"[{here}]" if ":" in here else here
    announce(f"{page(rerun, f'http://{address}:{port}')}\n{speed:g}×, ctrl+c stops")
    with suppress(KeyboardInterrupt, SystemExit):  # uvicorn raises the signal that stopped it once more
        asyncio.run(uvicorn.Server(config).serve(sockets=[made]))
    return 0


def listening(host: str, port: int) -> socket.socket:
    """A socket that hears there; port 0 is a free one. FeedError where it is taken or not to be had."""
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
