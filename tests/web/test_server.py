"""tracker.web.server: who gets the page, who gets to the program, and what both are told."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from screenshots.page import browsing
from tests.web.test_program import QUICK, Shown
from tracker.web.server import Pages, answers_to, build

FONT = "/static/fonts/RobotoMono-VariableFont_wght.ttf"
NOBODY = ["watch", "--", "nobody-has-this"]


@asynccontextmanager
async def serving(pages: Pages, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """Its address."""
    async with TestServer(build(pages, host)) as server:
        yield f"http://127.0.0.1:{server.port}"


def channel(url: str, origin: str | None = None) -> connect:
    """A page's way to the program."""
    return connect(url.replace("http", "ws") + "/ws", origin=Origin(origin or url))


@pytest.mark.needs("chromium")
async def test_the_program_is_in_a_browser_with_its_keys_and_nothing_is_from_elsewhere() -> None:
    """The screen, space, m and q do what they do in a terminal; all that the page asks for, it asks of its server."""
    pages = Pages(["watch", "--", "vienna-2019"], {"PACELINE_AT": "25km", **QUICK}, "INEOS 1:59 Challenge 2019", "#000")
    async with serving(pages) as url, browsing(shutil.which("chromium") or "", (1096, 772)) as page:
        await page.open(url)
        rows = await page.until("KIPCHOGE", "REPLAY 60×", "WHAT HAPPENED")
        assert len(rows) == 36 and await page.value("shown.cols") == 120
        assert await page.value("document.title") == "INEOS 1:59 Challenge 2019"
        assert await page.value("[...document.fonts].every(font => font.status === 'loaded')") is True
        await page.press(" ")
        await page.until("PAUSED")
        await page.press("m")
        await page.until("COURSE", "PAUSED", gone="WHAT HAPPENED")
        assert len(pages.running) == 1
        await page.press("q")
        await page.holds("document.body.classList.contains('-closed') && document.activeElement.tagName === 'BUTTON'")
        asked = {
            address.partition("?")[0].replace(url, "").replace(url.replace("http", "ws"), "") for address in page.asked
        }
    assert asked == {"/", "/static/css/xterm.css", "/static/js/textual.js", FONT, "/ws"}
    assert not pages.running


async def test_the_page_names_the_race_and_runs_no_other_script() -> None:
    """A title is text; the policy allows this server alone, and the terminal's own files are there."""
    pages = Pages(NOBODY, QUICK, "<script>alert(1)</script> & $title", "#faf8f3")
    async with serving(pages) as url, httpx.AsyncClient(base_url=url) as client:
        answer = await client.get("/")
        assert "<title>&lt;script&gt;alert(1)&lt;/script&gt; &amp; $title</title>" in answer.text
        assert "{ background: #faf8f3 !important; }" in answer.text
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy and "http" not in policy and "frame-ancestors 'none'" in policy
        nonce = re.findall(r'<script nonce="([^"]+)">', answer.text)
        assert len(nonce) == 1 and f"'nonce-{nonce[0]}'" in policy and nonce[0] not in (await client.get("/")).text
        assert "//" not in re.sub(r"(?s)<script nonce.*?</script>", "", answer.text).partition("<title>")[2]
        for file in re.findall(r'(?:src|href)="(static/[^"]+)"|url\("([^"]+)"\)', answer.text):
            assert (await client.get("/" + "".join(file))).status_code == 200
        for gone in ("/static/", "/static/../server.py", "/download/x"):
            assert (await client.get(gone)).status_code in (403, 404)


async def test_no_other_page_gets_to_the_program() -> None:
    """Neither one from elsewhere, nor one without an origin, nor one whose name leads here."""
    pages = Pages(NOBODY, QUICK, "a race", "#000")
    async with serving(pages) as url, httpx.AsyncClient() as client:
        for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
            with pytest.raises(InvalidStatus, match="403"):
                await channel(url, origin)
        with pytest.raises(InvalidStatus, match="403"):
            await connect(url.replace("http", "ws") + "/ws")
        assert (await client.get(url, headers={"Host": "evil.example"})).status_code == 400
    assert not pages.running


async def test_why_the_program_ended_is_on_the_page(capfd: pytest.CaptureFixture[str]) -> None:
    """Its one line is shown there and to whoever serves; what is no message of a page is nothing."""
    async with serving(Pages(NOBODY, QUICK, "a race", "#000")) as url, channel(url) as page:
        for odd in ("", "{}", "[", "[" * 9999, '["stdin", 1]', '["resize", {"width": "x"}]', '["resize", null]'):
            await page.send(odd)
        drawn = [message async for message in page]
    said = capfd.readouterr().err
    assert said.startswith("paceline: ") and "'nobody-has-this'" in said and said.count("\n") == 1
    assert drawn == [b"\x1b[m\x1b[2J\x1b[H" + said.strip().encode()]


async def test_pages_are_so_many_and_all_end_with_the_server() -> None:
    """One page more is refused; a server that stops leaves no process, and its page is told."""
    pages = Pages([], QUICK, "paceline", "#000", most=1)
    async with serving(pages) as url:
        page = await channel(url)
        drawn = Shown()
        while b"vienna-2019" not in drawn.drawn:
            await drawn(bytes(await asyncio.wait_for(page.recv(False), 60)))
        with pytest.raises(InvalidStatus, match="503"):
            await channel(url)
        (program,) = pages.running
    assert not pages.running and program.ended
    await asyncio.wait_for(page.wait_closed(), 5)


@given(st.text(max_size=40))
def test_any_host_header_is_a_name_or_none(asked: str) -> None:
    """Whatever is in it, it is answered to or not."""
    assert not answers_to(asked, set(), any_address=False)


def test_only_an_address_or_an_own_name_is_answered_to() -> None:
    """Names lead elsewhere, addresses do not; on loopback only loopback's own."""
    names = {"localhost", "127.0.0.1", "::1"}
    for own in ("localhost", "LOCALHOST:80", "127.0.0.1:8019", "[::1]:8019"):
        assert answers_to(own, names, any_address=False)
    for other in ("192.0.2.7:8019", "[2001:db8::7]"):
        assert answers_to(other, names, any_address=True) and not answers_to(other, names, any_address=False)
    for evil in ("evil.example", "127.0.0.1.evil.example", "", "[", "localhost.evil.example:8019"):
        assert not answers_to(evil, names, any_address=True)
