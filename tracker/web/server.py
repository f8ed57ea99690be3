"""The page on which the program is shown, and its way to a process of its own.

Rule: only this machine's own page gets to the program; nothing of the page comes from elsewhere.
"""

from __future__ import annotations

import asyncio
import html
import ipaddress
import json
import secrets
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import textual_serve
from aiohttp import WSMsgType, web

from tracker.serve import is_loopback, listening
from tracker.web.program import Program

STATIC = Path(textual_serve.__file__).parent / "static"
PAGE = Path(__file__).parent / "page.html"
MOST_AT_ONCE = 16
"""Pages, each with a process of its own."""
LARGEST_MESSAGE = 1 << 16
CLOSING_S = 1.0
"""How long a page that no longer answers is waited for."""
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'nonce-{}'; img-src 'self' data:;"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
FURTHER = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}


class Pages:
    """All pages that are open, each with its run of the program, in `running`."""

    def __init__(
        self, words: Sequence[str], environ: Mapping[str, str], title: str, ground: str, most: int = MOST_AT_ONCE
    ) -> None:
        self._words = words
        self._environ = environ
        self._title = title
        self._ground = ground
        self._most = most
        self.running: set[Program] = set()
        self._endings: set[asyncio.Task[None]] = set()

    async def page(self, _: web.Request) -> web.Response:
        """The page."""
        nonce = secrets.token_urlsafe(16)
        text = Template(PAGE.read_text(encoding="utf-8")).substitute(
            title=html.escape(self._title), nonce=nonce, ground=self._ground
        )
        headers = {"Content-Security-Policy": POLICY.format(nonce), **FURTHER}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """A run of the program, as long as its page is open; 403 for any other page than ours."""
        if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
            raise web.HTTPForbidden(text="only the page that this server gives out may connect")
        if len(self.running) >= self._most:
            raise web.HTTPServiceUnavailable(text=f"{self._most} pages are open: close one")
        channel = web.WebSocketResponse(heartbeat=15, max_msg_size=LARGEST_MESSAGE, timeout=CLOSING_S)
        program = Program(self._words, self._environ)
        self.running.add(program)
        showing: asyncio.Task[None] | None = None
        try:
            await channel.prepare(request)
            await program.start(_number(request, "width", 80), _number(request, "height", 24))
            showing = asyncio.create_task(_show(program, channel))
            async for message in channel:
                if message.type is WSMsgType.TEXT:
                    await heard(message.data, program, channel)
        finally:  # in a task of its own: whoever cancels this one must not leave a process behind
            ending = asyncio.create_task(self._end(program, showing))
            self._endings.add(ending)
            ending.add_done_callback(self._endings.discard)
            await asyncio.shield(ending)
        return channel

    async def _end(self, program: Program, showing: asyncio.Task[None] | None) -> None:
        await program.stop()
        if showing is not None:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)
        self.running.discard(program)

    async def stop(self, _: web.Application) -> None:
        """End every run; its page then says so."""
        await asyncio.gather(*(program.stop() for program in self.running))

    async def wait(self, _: web.Application) -> None:
        """Until nothing is left of any."""
        await asyncio.gather(*self._endings)


async def _show(program: Program, channel: web.WebSocketResponse) -> None:
    if said := await program.run(channel.send_bytes):
        with suppress(ConnectionError):
            await channel.send_bytes(f"\x1b[m\x1b[2J\x1b[H{said}".encode())
    await channel.close()


async def heard(message: str, program: Program, channel: web.WebSocketResponse) -> None:
    """What the page tells: keys, its size, whether it is looked at. What is none of these is nothing."""
    try:
        told: object = json.loads(message)
    except (ValueError, RecursionError):
        return
    match told:
        case ["stdin", str(text)]:
            await program.type(text)
        case ["resize", {"width": int(columns), "height": int(rows)}]:
            await program.resize(columns, rows)
        case ["focus" | "blur" as which]:
            await program.tell(type=which)
        case ["ping", str(when)]:
            with suppress(ConnectionError):
                await channel.send_json(["pong", when])


def _number(request: web.Request, name: str, otherwise: int) -> int:
    text = request.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build(pages: Pages, host: str) -> web.Application:
    """The application. It answers by its own names alone, so that no page elsewhere can ask it under a name of its own."""
    names = {"localhost", "127.0.0.1", "::1", host.lower()}
    if not is_loopback(host):
        names |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    @web.middleware
    async def by_name(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not answers_to(request.host, names, any_address=not is_loopback(host)):
            raise web.HTTPBadRequest(text="this server does not go by that name")
        return await handler(request)

    made = web.Application(middlewares=[by_name])
    made.add_routes([web.get("/", pages.page), web.get("/ws", pages.socket), web.static("/static", STATIC)])
    made.on_shutdown.append(pages.stop)
    made.on_cleanup.append(pages.wait)
    return made


def answers_to(asked: str, names: set[str], *, any_address: bool) -> bool:
    """Whether a Host header is one of these names, or an address where any will do: only names lead elsewhere."""
    try:
        name = urlsplit(f"//{asked}").hostname or ""
        if name in names:
            return True
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return any_address


def serve(pages: Pages, *, host: str, port: int, announce: Callable[[str], object]) -> int:
    """Serve until a signal comes; 0. FeedError where the port is taken."""
    here = listening(host, port)
    name, port = here.getsockname()[:2]
    address = f"http://{f'[{name}]' if ':' in name else name}:{port}"
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(build(pages, host), here, lambda: announce(address)))
    return 0


async def _serve(application: web.Application, here: socket.socket, ready: Callable[[], object]) -> None:
    runner = web.AppRunner(application, handle_signals=False, access_log=None, shutdown_timeout=CLOSING_S)
    await runner.setup()
    stopped = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    try:
        await web.SockSite(runner, here).start()
        ready()
        await stopped.wait()
    finally:
        await runner.cleanup()
