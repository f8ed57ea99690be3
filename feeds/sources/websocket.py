"""A feed over a WebSocket: a message a frame. The `websockets` library speaks the protocol (extra `ws`)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING

from feeds.decode import MESSAGE_LIMIT
from feeds.feed import Delivery, FeedError, Link, Vitals
from feeds.patience import Patience, now
from feeds.retry import Finished, Trouble
from feeds.sources.guard import (
    DEFAULTS,
    MOST_REDIRECTS,
    HttpOptions,
    checked,
    redirected,
    refused_with,
    trouble_of,
    trusted,
    unencrypted,
)
from feeds.sources.ndjson import is_end
from feeds.sources.peers import Peers, Resolve, dialled, resolved
from feeds.sources.stay import stay
from feeds.text import without_secrets

if TYPE_CHECKING:
    import httpx
    from websockets.asyncio.client import ClientConnection

LIVE = Link("live")
SCHEMES = ("ws", "wss")

_QUIET = logging.getLogger("paceline.websocket")  # it would tell addresses, tokens included
_QUIET.setLevel(logging.CRITICAL + 1)


class WebSocketFeed:
    """A live feed behind one ws(s) address. FeedError, usage, where the library is missing or the address is none."""

    has_end = False

    def __init__(self, url: str, options: HttpOptions = DEFAULTS, *, resolve: Resolve = resolved) -> None:
        self.notice = unencrypted(str(checked(url, SCHEMES)), secret=bool(options.headers))
        try:
            import websockets  # noqa: F401, PLC0415 - an extra
        except ImportError:
            raise FeedError("ws:// needs an extra: pip install 'paceline[ws]'", 2) from None
        self.name = without_secrets(url)
        self.vitals = Vitals()
        self._url = url
        self._options = options
        self._resolve = resolve
        self._peers = Peers()
        self._patience = Patience()
        self._line = 0

    def retry_now(self) -> None:
        """Do not wait any longer before the next attempt."""
        self._patience.wake()

    def __aiter__(self) -> AsyncIterator[Delivery | Link]:
        return stay(self._connection, self._patience, self.vitals)

    async def _connection(self) -> AsyncIterator[Delivery | Link]:
        from websockets.exceptions import ConnectionClosed  # noqa: PLC0415 - an extra

        socket = await self._opened()
        last = b""
        try:
            yield LIVE
            while True:
                try:
                    async with asyncio.timeout(self.vitals.idle_s):
                        frame = await socket.recv(decode=False)
                except TimeoutError:
                    raise Trouble(f"silent for {self.vitals.idle_s:g} s", code=4) from None
                last = bytes(frame)
                self.vitals.bytes_in += len(last)
                self.vitals.heard_s = now()
                if last:
                    self._line += 1
                    yield Delivery(last, self._line)
        except ConnectionClosed as closed:
            raise self._closed(closed, last) from None
        finally:
            await socket.close()

    def _closed(self, closed: Exception, last: bytes) -> Exception:
        if is_end(last):
            return Finished("the race is over")
        received = getattr(closed, "rcvd", None)
        sent = getattr(closed, "sent", None)
        if sent is not None and sent.code == 1009:
            return Trouble(f"sends a message longer than {MESSAGE_LIMIT >> 20} MiB", code=1, permanent=True)
        return Trouble("the other side closed the connection" + (f" ({received.code})" if received is not None else ""))

    async def _opened(self) -> ClientConnection:
        """A connection after its handshake, its redirects followed. Trouble where there is none."""
        here = checked(self._url, SCHEMES)
        try:
            async with asyncio.timeout(self._options.headers_s):
                for hop in range(MOST_REDIRECTS + 1):
                    found = await self._shaken(here, sent_there=hop > 0)
                    if not isinstance(found, str):
                        self.vitals.heard_s = now()
                        return found
                    here = redirected(here, found, was_public=self._peers.was_public)
        except TimeoutError:
            raise Trouble(f"timed out after {self._options.headers_s:g} s", code=4) from None
        raise Trouble(f"redirects more than {MOST_REDIRECTS} times", code=1, permanent=True)

    async def _shaken(self, url: httpx.URL, *, sent_there: bool) -> ClientConnection | str:
        """One handshake: the connection, or where it redirects to. The socket is ours, so that its address is judged."""
        from websockets.asyncio.client import connect  # noqa: PLC0415 - an extra
        from websockets.exceptions import InvalidHandshake, InvalidStatus, InvalidURI  # noqa: PLC0415

        self.vitals.requests += 1
        secure = trusted(self._options) if url.scheme == "wss" else None
        judge = partial(self._peers.judge, sent_there=sent_there)
        try:
            made = await dialled(
                url.raw_host.decode("ascii"), url.port or (443 if secure else 80), judge, self._resolve
            )
            return await connect(
                str(url), sock=made, ssl=secure, server_hostname=url.host if secure else None, max_size=MESSAGE_LIMIT,
                open_timeout=None, close_timeout=1.0, ping_interval=20.0, ping_timeout=20.0, proxy=None,
                compression=None, additional_headers=dict(self._options.headers), logger=_QUIET,
            )  # fmt: skip
        except (OSError, EOFError) as error:  # a certificate that is not trusted is a ValueError as well
            raise trouble_of(error, self._options) from None
        except InvalidStatus as refused:
            status = refused.response.status_code
            if status < 400:
                raise Trouble(f"answers with HTTP {status}, not as a WebSocket", code=1, permanent=True) from None
            raise refused_with(status) from None
        except InvalidURI as elsewhere:  # a redirect to http://, most often to a page for the login
            return elsewhere.uri
        except InvalidHandshake:
            raise Trouble("answers, but not as a WebSocket", code=1, permanent=True) from None
        except ValueError as refused:  # with a socket of ours it follows no redirect
            cause = refused.__cause__
            if isinstance(cause, InvalidStatus):
                return str(cause.response.headers.get("Location", ""))
            raise Trouble("answers, but not as a WebSocket", code=1, permanent=True) from None
