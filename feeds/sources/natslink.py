"""A connection to a NATS server, and a stream's place there: which address is one, and what went wrong, in one line.

Rule: a connection is never taken up again by the library, which hangs after a restart of the server; whoever holds one
makes the next.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from feeds.feed import FeedError
from feeds.retry import Trouble
from feeds.sources.guard import HttpOptions, checked, trouble_of, trusted, unencrypted
from feeds.sources.peers import Peers, Resolve, resolved
from feeds.text import clean, without_secrets

if TYPE_CHECKING:
    from nats.aio.client import Client

SCHEMES = ("tls", "nats")
PORT = 4222
NO_JETSTREAM = (None, 10039, 10076)
"""What is said where the server, or this login, has none."""
_STREAM = re.compile(r"[A-Za-z0-9_-]{1,64}")

for _name in ("nats.aio.client", "nats.js.client"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)  # what is wrong is said by us, once


@dataclass(frozen=True, slots=True)
class Place:
    """A stream on a server. `only`: the athletes who are asked for by id, all where none is; `name` holds no secret."""

    host: str
    port: int
    stream: str
    only: tuple[str, ...]
    secure: bool
    name: str
    notice: str
    login: tuple[str, str] = field(repr=False)

    @property
    def beats(self) -> str:
        """The subject of the heartbeats, which no stream keeps."""
        return f"beat.{self.stream}"


def place(url: str) -> Place:
    """What an address names. FeedError, usage, where it names no stream, or the extra is missing."""
    try:
        import nats  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise FeedError("nats:// needs an extra: pip install 'paceline[nats]'", 2) from None
    parts = checked(url, SCHEMES)
    shown = without_secrets(url)
    stream = parts.path.strip("/")
    if not _STREAM.fullmatch(stream):
        raise FeedError(f"{shown}: name a stream of letters, digits, - and _: nats://{parts.host}/RACE", 2)
    if set(parts.params) - {"only"}:
        raise FeedError(f"{shown}: all that can be asked is nats://HOST/STREAM?only=ID,ID", 2)
    only = tuple(filter(None, ",".join(parts.params.get_list("only")).split(",")))
    name = shown + (f"?only={','.join(map(token, only))}" if only else "")
    return Place(
        parts.host, parts.port or PORT, stream, only, parts.scheme == "tls", clean(name, 200), unencrypted(url),
        (parts.username, parts.password),
    )  # fmt: skip


def token(text: str) -> str:
    """A text as one token of a subject: percent-encoded, so that it holds no dot, no space and no wildcard."""
    return quote(text, safe="").replace(".", "%2E")


class Server:
    """Connects to a place, as often as that is wanted."""

    def __init__(self, where: Place, options: HttpOptions, resolve: Resolve = resolved) -> None:
        self.place = where
        self._options = options
        self._resolve = resolve
        self._peers = Peers()

    @asynccontextmanager
    async def connected(self, lost: Callable[[], None] = lambda: None) -> AsyncIterator[Client]:
        """One connection; `lost` is called when it ends by itself. Trouble where there is none, or it ends within."""
        with self.told():
            client = await self._opened(lost)
        try:
            with self.told():
                yield client
        finally:
            await _let_go(client)

    async def _opened(self, lost: Callable[[], None]) -> Client:
        failed: Exception = OSError(f"No address of {self.place.host}")
        async with asyncio.timeout(self._options.headers_s):
            for address in await self._resolve(self.place.host, self.place.port):
                self._peers.judge(address)
                try:
                    return await self._at(address, lost)
                except OSError as error:
                    failed = error
        raise failed

    async def _at(self, address: str, lost: Callable[[], None]) -> Client:
        from nats.aio.client import Client  # noqa: PLC0415 - an extra

        client = Client()

        async def closed() -> None:
            lost()

        async def failed(error: Exception) -> None:
            if not client.is_connected:
                raise error  # it would try again by itself, without end

        def told(word: str) -> Callable[[], str]:
            def secret() -> str:
                self._must_be_secure(client)
                return word

            return secret

        host = f"[{address}]" if ":" in address else address
        login: dict[str, Any] = {}
        if any(self.place.login):
            login = dict(zip(("user", "password"), map(told, self.place.login), strict=True))
        try:
            await client.connect(
                f"nats://{host}:{self.place.port}", name="paceline", allow_reconnect=False, max_reconnect_attempts=0,
                connect_timeout=max(1, int(self._options.headers_s)), error_cb=failed, closed_cb=closed,
                ping_interval=20, max_outstanding_pings=2, tls=trusted(self._options) if self._options.ca_file else None,
                tls_hostname=self.place.host, **login,
            )  # fmt: skip
            self._must_be_secure(client)
        except BaseException:
            await _let_go(client)
            raise
        return client

    def _must_be_secure(self, client: Client) -> None:
        if self.place.secure and not client._server_info.get("tls_required"):
            raise Trouble("is not encrypted: give nats:// if that is what you want", code=1, permanent=True)

    @contextmanager
    def told(self) -> Iterator[None]:
        """What the library raises within, as Trouble."""
        from nats.errors import Error, NoServersError  # noqa: PLC0415 - an extra

        try:
            yield
        except (OSError, Error) as error:  # a time-out is an OSError
            raise _trouble(error, self._options, NoServersError) from None


async def _let_go(client: Client) -> None:
    try:
        async with asyncio.timeout(1.0):
            await client.close()
    except (OSError, AttributeError):  # it may have been closed by the other side in the middle of it
        return


def _trouble(error: Exception, options: HttpOptions, no_servers: type[Exception]) -> Trouble:
    from nats.errors import AuthorizationError, ConnectionClosedError, NoRespondersError, UnexpectedEOF  # noqa: PLC0415
    from nats.js.errors import APIError, NoStreamResponseError, NotFoundError  # noqa: PLC0415 - an extra

    said = clean(str(error).strip("'\" "), 160)
    if isinstance(error, NoRespondersError) or (isinstance(error, APIError) and error.err_code in NO_JETSTREAM):
        return Trouble("has no JetStream: start nats-server with -js, and allow it to this login", code=1)
    if isinstance(error, NotFoundError):
        return Trouble("has no such stream: `paceline relay` makes one", code=3)
    if isinstance(error, NoStreamResponseError):
        return Trouble("takes nothing under this subject: the stream was changed or is gone", code=1)
    if isinstance(error, APIError):
        return Trouble(f"refuses: {clean(error.description or said, 160)}", code=1)
    if isinstance(error, AuthorizationError) or "authorization" in said.lower():
        return Trouble("not allowed: the login is missing or wrong", code=1, permanent=True)
    if isinstance(error, TimeoutError):
        return Trouble(f"timed out after {options.headers_s:g} s", code=4)
    if isinstance(error, ConnectionClosedError | UnexpectedEOF | no_servers):
        return Trouble("the other side closed the connection")
    if isinstance(error, OSError):
        return trouble_of(error, options)
    if "INFO" in said or "info message" in said:
        return Trouble("answers, but not as a NATS server", code=1)
    return Trouble(f"the connection broke: {said.removeprefix('nats: ')}")


def awaitable(call: Callable[[Any], None]) -> Callable[[Any], Awaitable[None]]:
    """A call as the library wants one."""

    async def taken(message: Any) -> None:
        call(message)

    return taken
