"""HTTP as a feed needs it: deadlines that hold, bounded bodies, redirects that lead nowhere else, secrets kept.

Rule: one origin is asked, the one that the user named; what goes wrong is a Trouble in one line.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

from feeds.feed import Vitals
from feeds.patience import now
from feeds.retry import Trouble
from feeds.sources.guard import (
    DEFAULTS,
    MOST_REDIRECTS,
    HttpOptions,
    checked,
    peer,
    redirected,
    refusal,
    trouble_of,
    trusted,
)
from feeds.sources.peers import Peers
from feeds.text import clean

if TYPE_CHECKING:
    import httpx

REDIRECTS = frozenset({301, 302, 303, 307, 308})
BODY_LIMIT = 16 << 20
PIECE = 1 << 16
"""Bytes that are decoded at once."""

logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells whole addresses at INFO, tokens included


class Answer:
    """An open answer. Its bytes are decoded, counted, and watched: silence longer than the watchdog is Trouble."""

    def __init__(
        self, response: httpx.Response, vitals: Vitals, options: HttpOptions, url: str, asked_s: float
    ) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        self.url = url
        self._response = response
        self._vitals = vitals
        self._options = options
        self._asked_s = asked_s
        self._kept = b""
        self._plain = self._decoded()

    async def first(self, enough: Callable[[bytes], bool], most: int) -> bytes:
        """The first bytes: as many as are enough to judge by, `most` or all. They come again with `chunks`. Trouble when
        they take longer than a whole body may.
        """
        async with self._deadline("before it is clear what it is"):
            while not enough(self._kept) and len(self._kept) < most and (chunk := await anext(self._plain, b"")):
                self._kept += chunk
        return self._kept

    @asynccontextmanager
    async def _deadline(self, where: str) -> AsyncIterator[None]:
        """The seconds that a polled body may take since it was asked for."""
        try:
            async with asyncio.timeout_at(self._asked_s + self._options.body_s):
                yield
        except TimeoutError:
            raise Trouble(f"timed out after {self._options.body_s:g} s {where}", code=4) from None

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes, decoded. Trouble when the link breaks or falls silent."""
        kept, self._kept = self._kept, b""
        if kept:
            yield kept
        async for chunk in self._plain:
            yield chunk

    async def body(self, most: int = BODY_LIMIT) -> bytes:
        """All of it, at most so many decoded bytes, within the deadline, which runs since it was asked for."""
        found = bytearray()
        async with self._deadline("in the middle of a body"):
            async for chunk in self.chunks():
                found += chunk
                if len(found) > most:
                    raise Trouble(f"answers with more than {most >> 20} MiB", code=1, permanent=True)
        return bytes(found)

    async def _decoded(self) -> AsyncIterator[bytes]:
        encoding = self.headers.get("content-encoding", "identity").strip().lower() or "identity"
        if encoding not in ("identity", "gzip", "deflate"):
            raise Trouble(
                f"answers in an encoding that was not asked for: {clean(encoding, 40)}", code=1, permanent=True
            )
        if encoding == "identity":
            async for chunk in self._raw():
                yield chunk
            return
        packed = Packed()
        async for chunk in self._raw():
            for piece in packed.feed(chunk):
                yield piece
                await asyncio.sleep(0)  # one chunk may hold a thousand pieces
        if packed.is_torn:
            raise Trouble("the answer breaks off in the middle of its gzip")

    async def _raw(self) -> AsyncIterator[bytes]:
        import httpx  # noqa: PLC0415 - as heavy as all the rest

        stream = self._response.aiter_raw()
        while True:
            try:
                async with asyncio.timeout(self._vitals.idle_s):
                    chunk = await anext(stream)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise Trouble(f"silent for {self._vitals.idle_s:g} s", code=4) from None
            except httpx.HTTPError as error:
                raise trouble_of(error, self._options) from None
            self._vitals.bytes_in += len(chunk)
            self._vitals.heard_s = now()
            yield chunk


class Packed:
    """Undoes gzip or deflate, a bounded piece at a time; gzip may have several members, one after another."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self.is_torn = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What these bytes hold. Trouble where they are damaged."""
        full = False
        while data or full:
            if self._inflate.eof:
                data = data.lstrip(b"\0")
                if not data:
                    return
                self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
            try:
                piece = self._inflate.decompress(data, PIECE)
            except zlib.error:
                raise Trouble("answers with damaged gzip", code=1) from None
            full = len(piece) == PIECE  # then zlib may hold more, though it took all of its input
            data = self._inflate.unconsumed_tail or self._inflate.unused_data
            self.is_torn = not self._inflate.eof
            if piece:
                yield piece


class Http:
    """Asks one origin. A transport of its own stands in for the network in tests."""

    def __init__(
        self, vitals: Vitals, options: HttpOptions = DEFAULTS, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.vitals = vitals
        self.options = options
        self._transport = transport
        self._peers = Peers()
        self._client: httpx.AsyncClient | None = None

    @asynccontextmanager
    async def ask(
        self,
        url: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        accept: str = "*/*",
    ) -> AsyncIterator[Answer]:
        """One request, its redirects followed. Trouble for what cannot be had; 204 and 304 are answers."""
        first = checked(url)
        here = first.copy_with(userinfo=b"")
        asked = {
            "Accept": accept,
            "Accept-Encoding": "gzip",
            **_login(first),
            **self.options.headers,
            **(headers or {}),
        }
        asked_s = now()
        for hop in range(MOST_REDIRECTS + 1):
            request = self._built(method, here, asked, content, sent_there=hop > 0)
            response = await self._sent(request, asked_s + self.options.headers_s, sent_there=hop > 0)
            try:
                if response.status_code in REDIRECTS:
                    location = response.headers.get("location", "")
                    here = redirected(here, location, was_public=self._peers.was_public)
                    if response.status_code == 303:
                        method, content = "GET", None
                    continue
                if (trouble := refusal(response)) is not None:
                    raise trouble
                yield Answer(response, self.vitals, self.options, str(here), asked_s)
                return
            finally:
                await response.aclose()
        raise Trouble(f"redirects more than {MOST_REDIRECTS} times", code=1, permanent=True)

    async def aclose(self) -> None:
        """Let go of the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    def _built(
        self, method: str, url: httpx.URL, headers: Mapping[str, str], content: bytes | None, *, sent_there: bool
    ) -> httpx.Request:
        """A request that hangs up on an address that is refused, before it is told anything."""

        async def watch(event: str, info: Mapping[str, Any]) -> None:
            if event == "connection.connect_tcp.complete":
                stream = info["return_value"]
                try:
                    self._peers.judge(str(stream.get_extra_info("server_addr")[0]), sent_there=sent_there)
                except Trouble:
                    await stream.aclose()
                    raise

        return self._opened().build_request(method, url, headers=headers, content=content, extensions={"trace": watch})

    async def _sent(self, request: httpx.Request, until_s: float, *, sent_there: bool) -> httpx.Response:
        """One answer, of an address that is not refused."""
        import httpx  # noqa: PLC0415 - as above

        self.vitals.requests += 1
        self.vitals.bytes_out += head_size(request.url.raw_path, request.headers.raw) + len(request.content)
        try:
            async with asyncio.timeout_at(until_s):
                response = await self._opened().send(request, stream=True, follow_redirects=False)
        except TimeoutError:
            raise Trouble(f"timed out after {self.options.headers_s:g} s", code=4) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise trouble_of(error, self.options) from None
        self.vitals.heard_s = now()
        self.vitals.bytes_in += head_size(b"200 OK", response.headers.raw)
        try:  # a connection that was kept has told nothing of itself before
            self._peers.judge(peer(response) or request.url.host, sent_there=sent_there)
        except Trouble:
            await response.aclose()
            raise
        return response

    def _opened(self) -> httpx.AsyncClient:
        import httpx  # noqa: PLC0415 - as above

        if self._client is None:
            # Its own timeouts are none of a whole: the deadlines are kept around each step.
            limits = httpx.Limits(max_connections=4, max_keepalive_connections=1)
            self._client = httpx.AsyncClient(
                transport=self._transport, verify=trusted(self.options), limits=limits, trust_env=False,
                headers={"User-Agent": "paceline"}, timeout=httpx.Timeout(None),
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),  # none: a server could let them grow
            )  # fmt: skip
        return self._client


def head_size(first: bytes, headers: Iterable[tuple[bytes, bytes]]) -> int:
    """Bytes of a head as HTTP/1.1 writes it: a first line that says about so much, and a line a header."""
    return len(first) + len(b"GET  HTTP/1.1\r\n\r\n") + sum(len(name) + len(value) + 4 for name, value in headers)


def _login(url: httpx.URL) -> dict[str, str]:
    """The user and password of an address as a header."""
    if not url.userinfo:
        return {}
    said = f"{url.username}:{url.password}".encode()
    return {"Authorization": f"Basic {b64encode(said).decode()}"}
