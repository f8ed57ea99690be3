"""HTTP as a feed needs it, over a real socket, and its redirects without one."""

from __future__ import annotations

import asyncio
import gzip
import logging

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.feed import Vitals
from feeds.retry import Trouble
from feeds.sources.guard import DEFAULTS, HttpOptions
from feeds.sources.http import BODY_LIMIT, PIECE, Http, Packed
from tests.feeds.sources.serving import AUTHORITY, answer, opening, served, silence, vouched

QUICK = HttpOptions(headers_s=0.1, body_s=0.1)


async def body_of(http: Http, url: str, **more: str) -> bytes:
    """The body of one answer; the client is closed."""
    try:
        async with http.ask(url, **more) as said:  # type: ignore[arg-type]  # headers are not among them
            return await said.body()
    finally:
        await http.aclose()


async def trouble_with(
    url: str,
    options: HttpOptions = DEFAULTS,
    transport: httpx.AsyncBaseTransport | None = None,
    *,
    idle_s: float = 5.0,
) -> Trouble:
    """What goes wrong when that is asked for."""
    with pytest.raises(Trouble) as trouble:
        await body_of(Http(Vitals(idle_s=idle_s), options, transport=transport), url)
    assert str(trouble.value).isprintable() and "secret" not in str(trouble.value)
    return trouble.value


async def test_an_answer_is_its_decoded_bytes_and_the_vitals_count_what_came() -> None:
    """gzip is undone; bytes are counted as they came over the wire, and when the last of them did."""
    text = b'{"kind":"end"}' * 100
    packed = gzip.compress(text)
    said = answer(packed, "application/json", "200 OK", "Content-Encoding: gzip")
    async with served(said) as (url, heads):
        http = Http(Vitals())
        assert await body_of(http, url) == text
        assert http.vitals.bytes_in == pytest.approx(len(said), abs=8) and http.vitals.requests == 1
        assert http.vitals.bytes_out == pytest.approx(len(heads[0]), abs=8)
        assert http.vitals.heard_s <= asyncio.get_running_loop().time()
    assert b"accept-encoding: gzip" in heads[0].lower()


async def test_a_login_in_the_address_goes_into_a_header_and_nowhere_else() -> None:
    """The request line has neither user nor password."""
    async with served(answer(b"x")) as (url, heads):
        await body_of(Http(Vitals()), url.replace("http://", "http://me:secret@") + "/feed")
    assert heads[0].startswith(b"GET /feed HTTP/1.1") and b"authorization: basic " in heads[0].lower()
    assert b"secret" not in heads[0]


async def test_a_server_that_says_nothing_is_left_after_the_deadline() -> None:
    """To the headers, in the middle of a body, and in a stream: each within its own time, code 4."""
    async with served(silence) as (url, _):
        assert "timed out after 0.1 s" in str(await trouble_with(url, QUICK))

    async def stalls(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(opening("application/json") + b"[")
        await silence(b"", writer)

    async with served(stalls) as (url, _):
        trouble = await trouble_with(url, idle_s=0.05)
        assert "silent for 0.05 s" in str(trouble) and trouble.code == 4


async def test_a_body_that_drips_is_left_after_its_deadline() -> None:
    """Bytes that keep coming do not put the deadline of a whole body off."""

    async def drips(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(opening("application/json"))
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with served(drips) as (url, _):
        trouble = await trouble_with(url, HttpOptions(body_s=0.1))
        assert "in the middle of a body" in str(trouble) and trouble.code == 4


async def test_a_bomb_is_refused_at_the_limit() -> None:
    """A few kilobytes of gzip that hold more than 16 MiB are not unpacked to their end."""
    bomb = gzip.compress(bytes(BODY_LIMIT + (1 << 20)))
    async with served(answer(bomb, "application/json", "200 OK", "Content-Encoding: gzip")) as (url, _):
        trouble = await trouble_with(url)
        assert "more than 16 MiB" in str(trouble) and trouble.permanent


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "zstd", "\u00e9"])
async def test_at_most_one_encoding_that_was_asked_for(encoding: str) -> None:
    """Stacked or unknown ones are refused."""
    said = answer(b"x", "", "200 OK", f"Content-Encoding: {encoding}")
    async with served(said) as (url, _):
        assert "was not asked for" in str(await trouble_with(url))


async def test_gzip_in_several_members_is_read_to_its_end() -> None:
    """A server that packs each message by itself says more than the first; zeros between them are padding."""
    packed = gzip.compress(b"one,") + bytes(8) + gzip.compress(b"two,") + gzip.compress(bytes(PIECE))
    async with served(answer(packed, "", "200 OK", "Content-Encoding: gzip")) as (url, _):
        assert await body_of(Http(Vitals()), url) == b"one,two," + bytes(PIECE)


@given(st.binary(max_size=2000), st.integers(1, 50), st.integers(0, 3 * PIECE))
def test_any_chunking_unpacks_alike(text: bytes, size: int, zeros: int) -> None:
    """However the packed bytes were cut, a piece at a time; whole only with the last of them."""
    packed, unpacked = gzip.compress(text + bytes(zeros)), Packed()
    pieces: list[bytes] = []
    for n in range(0, len(packed), size):
        pieces += unpacked.feed(packed[n : n + size])
        assert unpacked.is_torn == (n + size < len(packed))
    assert b"".join(pieces) == text + bytes(zeros) and max(map(len, pieces), default=0) <= PIECE


async def test_gzip_that_breaks_off_is_no_whole_body() -> None:
    """Though the connection was closed as if all had been said."""
    torn = gzip.compress(bytes(range(256)))[:-9]
    async with served(answer(torn, "", "200 OK", "Content-Encoding: gzip")) as (url, _):
        trouble = await trouble_with(url)
        assert "breaks off" in str(trouble) and not trouble.permanent


async def test_damaged_gzip_is_trouble() -> None:
    """Not a crash."""
    async with served(answer(b"no gzip", "", "200 OK", "Content-Encoding: gzip")) as (url, _):
        assert "damaged gzip" in str(await trouble_with(url))


@pytest.mark.parametrize("said", [b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", b""])
async def test_what_is_no_http_or_breaks_off_is_trouble(said: bytes) -> None:
    """One line, and it may be tried again."""
    async with served(said) as (url, _):
        assert not (await trouble_with(url)).permanent


async def test_nobody_there_is_connection_refused() -> None:
    """Code 5, offline."""
    async with served(b"") as (url, _):
        pass
    trouble = await trouble_with(url)
    assert (str(trouble), trouble.code) == ("connection refused", 5)


async def test_redirects_within_the_origin_are_followed_five_times() -> None:
    """The sixth is too many; own headers go along, since it is the same origin."""
    seen: list[str] = []

    def hop(request: httpx.Request) -> httpx.Response:
        seen.append(f"{request.url.path} {request.headers.get('x-key')}")
        n = int(request.url.path[1:])
        return (
            httpx.Response(302, headers={"location": f"/{n + 1}"})
            if n < 99
            else httpx.Response(200, stream=httpx.ByteStream(b""))
        )

    options = HttpOptions({"X-Key": "k"})
    assert "more than 5 times" in str(await trouble_with("https://example.org/1", options, httpx.MockTransport(hop)))
    assert seen == [f"/{n} k" for n in range(1, 7)]
    assert await body_of(Http(Vitals(), options, transport=httpx.MockTransport(hop)), "https://example.org/97") == b""


async def test_own_headers_never_go_to_another_origin() -> None:
    """The redirect is refused before anything is sent there."""
    asked: list[str] = []

    def elsewhere(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(307, headers={"location": "https://evil.example/take"})

    options = HttpOptions({"X-Api-Key": "secret"})
    await trouble_with("https://example.org/feed", options, httpx.MockTransport(elsewhere))
    assert asked == ["example.org"]


async def test_the_library_s_own_log_is_quiet(caplog: pytest.LogCaptureFixture) -> None:
    """It would tell whole addresses, tokens included."""
    with caplog.at_level(logging.INFO):
        async with served(answer(b"x")) as (url, _):
            await body_of(Http(Vitals()), f"{url}/feed?token=secret")
    assert "secret" not in caplog.text


async def test_the_deadline_is_one_for_all_redirects() -> None:
    """A server that sends us round does not win time by it."""

    async def slow(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.04)
        return httpx.Response(302, headers={"location": "/again"})

    trouble = await trouble_with("https://example.org/", QUICK, httpx.MockTransport(slow))
    assert (str(trouble), trouble.code) == ("timed out after 0.1 s", 4)


async def test_no_cookie_is_kept() -> None:
    """A server cannot let what we hold for it grow."""
    seen: list[str | None] = []

    def sets(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("cookie"))
        return httpx.Response(200, headers={"set-cookie": f"n{len(seen)}=1; Path=/"}, stream=httpx.ByteStream(b"x"))

    http = Http(Vitals(), transport=httpx.MockTransport(sets))
    for _ in range(3):
        async with http.ask("https://example.org/"):
            pass
    await http.aclose()
    assert seen == [None, None, None]


async def test_an_authority_of_one_s_own_is_trusted_beside_the_system_s_and_nothing_else() -> None:
    """Without it the certificate is refused for good, and nothing is said."""
    async with served(answer(b"x"), secure=vouched()) as (url, heads):
        trouble = await trouble_with(f"{url}/?token=secret")
        assert trouble.permanent and "not trusted" in str(trouble) and "--ca-file" in str(trouble)
        assert heads == []
        assert await body_of(Http(Vitals(), HttpOptions(ca_file=AUTHORITY)), url) == b"x"


class Wire(httpx.AsyncByteStream):
    """A connection to an address, as httpx and its transport tell of it."""

    def __init__(self, address: str) -> None:
        self.address, self.closed = address, False

    def get_extra_info(self, name: str) -> object:
        """The address at the other end."""
        return (self.address, 443) if name == "server_addr" else None

    async def aclose(self) -> None:
        """Hang up."""
        self.closed = True


@pytest.mark.parametrize("tells_early", [True, False], ids=["new connection", "kept connection"])
async def test_a_name_that_leads_into_a_private_network_at_the_second_look_is_refused(tells_early: bool) -> None:
    """The address that is used counts: on a new connection before anything is said, else before anything is read."""
    wires = [Wire("93.184.216.34"), Wire("192.168.1.1")]
    said: list[str] = []

    async def rebinds(request: httpx.Request) -> httpx.Response:
        wire = wires[len(said)]
        if tells_early and "trace" in request.extensions:
            await request.extensions["trace"]("connection.connect_tcp.complete", {"return_value": wire})
        said.append(request.url.path)
        status = 302 if request.url.path == "/feed" else 200
        return httpx.Response(status, headers={"location": "/admin"}, extensions={"network_stream": wire})

    trouble = await trouble_with("https://example.org/feed", transport=httpx.MockTransport(rebinds))
    assert trouble.permanent and "private network" in str(trouble)
    assert said == (["/feed"] if tells_early else ["/feed", "/admin"]) and wires[1].closed == tells_early


async def test_a_name_that_has_moved_into_a_private_network_is_told_nothing() -> None:
    """Asked again and again, a name may lead elsewhere one day: it is judged by its address at every connection."""
    wires = [Wire("93.184.216.34"), Wire("64:ff9b::127.0.0.1")]
    said: list[str] = []

    async def rebinds(request: httpx.Request) -> httpx.Response:
        wire = wires[len(said)]
        await request.extensions["trace"]("connection.connect_tcp.complete", {"return_value": wire})
        said.append(request.url.path)
        return httpx.Response(200, stream=httpx.ByteStream(b"x"), extensions={"network_stream": wire})

    http = Http(Vitals(), transport=httpx.MockTransport(rebinds))
    async with http.ask("https://example.org/feed"):
        pass
    with pytest.raises(Trouble, match="private network") as trouble:
        async with http.ask("https://example.org/feed"):
            pass
    await http.aclose()
    assert said == ["/feed"] and wires[1].closed and not trouble.value.permanent
