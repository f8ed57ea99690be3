"""A page in a headless Chromium: its keys, what is on its terminal, and its picture, over the DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
KEYS = {" ": "Space"}
TRIES, NAP_S = 1200, 0.05
REACH = """Object.defineProperty(Object.prototype, "fitAddon", {configurable: true, set(value) {
  delete Object.prototype.fitAddon; this.fitAddon = value; window.shown = this.terminal; }});"""
"""The page keeps its terminal to itself; it is caught as it is made."""
ROWS = """(() => { const b = window.shown?.buffer.active; if (!b) return [];
  return Array.from({length: window.shown.rows}, (_, y) => b.getLine(b.viewportY + y).translateToString(true)); })()"""


class Page:
    """One page. `asked` are the addresses of all that it fetched."""

    def __init__(self, channel: ClientConnection) -> None:
        self._channel = channel
        self._ids = count(1)
        self.asked: list[str] = []

    async def call(self, method: str, **arguments: object) -> dict[str, Any]:
        """A call of the protocol."""
        id = next(self._ids)
        await self._channel.send(json.dumps({"id": id, "method": method, "params": arguments}))
        while True:
            told = json.loads(await asyncio.wait_for(self._channel.recv(), 20))
            if told.get("method") == "Network.requestWillBeSent":
                self.asked.append(told["params"]["request"]["url"])
            elif told.get("method") == "Network.webSocketCreated":
                self.asked.append(told["params"]["url"])
            elif told.get("id") == id:
                result: dict[str, Any] = told["result"]
                return result

    async def value(self, expression: str) -> Any:
        """What it is on the page."""
        told = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return told["result"].get("value")

    async def open(self, address: str) -> None:
        """Go there."""
        for method in ("Network.enable", "Page.enable"):
            await self.call(method)
        await self.call("Page.addScriptToEvaluateOnNewDocument", source=REACH)
        await self.call("Page.navigate", url=address)

    async def press(self, key: str) -> None:
        """A key that is one character."""
        what = {"key": key, "code": KEYS.get(key, f"Key{key.upper()}"), "windowsVirtualKeyCode": ord(key.upper())}
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=key, **what)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **what)

    async def until(self, *words: str, gone: str = "") -> list[str]:
        """The rows of the terminal once all words are on it (and one is gone)."""
        rows: list[str] = []
        for _ in range(TRIES):
            rows = await self.value(ROWS) or []
            text = "\n".join(rows)
            if all(word in text for word in words) and not (gone and gone in text):
                return rows
            await asyncio.sleep(NAP_S)
        raise AssertionError(f"no {words} on\n" + "\n".join(rows))

    async def holds(self, expression: str) -> None:
        """Once it is true on the page."""
        for _ in range(TRIES):
            if await self.value(expression) is True:
                return
            await asyncio.sleep(NAP_S)
        raise AssertionError(f"not so: {expression}")

    async def picture(self) -> bytes:
        """A PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])


@asynccontextmanager
async def browsing(program: str, size: tuple[int, int]) -> AsyncIterator[Page]:
    """An empty page of so many pixels, in a browser of its own that ends with it."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"]
        quiet = asyncio.subprocess.DEVNULL
        running = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
        try:
            async with connect(await _channel(Path(profile) / "DevToolsActivePort"), max_size=None) as channel:
                page = Page(channel)
                width, height = size
                metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
                await page.call("Emulation.setDeviceMetricsOverride", **metrics)
                yield page
        finally:
            running.terminate()
            with suppress(TimeoutError):
                await asyncio.wait_for(running.wait(), 5)
            if running.returncode is None:
                running.kill()
                await running.wait()


async def _channel(written: Path) -> str:
    """Where the browser's page can be told what to do, once the browser has written its port."""
    for _ in range(TRIES):
        with suppress(OSError, IndexError, ValueError, httpx.HTTPError):
            async with httpx.AsyncClient(trust_env=False) as client:
                targets = (await client.get(f"http://127.0.0.1:{_port(written)}/json/list")).json()
            if found := [target["webSocketDebuggerUrl"] for target in targets if target["type"] == "page"]:
                return str(found[0])
        await asyncio.sleep(NAP_S)
    raise RuntimeError("the browser did not start")


def _port(written: Path) -> int:
    return int(written.read_text().split()[0])
