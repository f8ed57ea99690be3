"""The program in a process of its own, for one page: what it draws, what is typed, how it ends.

Rule: no shell between, and nothing is left of it once it was stopped.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import tracker
from tracker.web import DRIVER

BEGINS = b"__GANGLION__\n"
"""The line after which Textual's driver for pages writes packets: a kind, four bytes of length, and that much."""
PATIENCE_S = 2.0
"""How long the program has to end by itself."""
MOST_COLUMNS, MOST_ROWS = 1000, 500


class Program:
    """One run of it."""

    def __init__(self, words: Sequence[str], environ: Mapping[str, str], patience_s: float = PATIENCE_S) -> None:
        self._words = words
        self._environ = environ
        self._patience_s = patience_s
        self._process: asyncio.subprocess.Process | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing of it is left, or it has not begun."""
        return self._process is None or self._process.returncode is not None

    async def start(self, columns: int, rows: int) -> None:
        """Begin, at that size."""
        root = str(Path(tracker.__file__).parent.parent)
        columns, rows = _bounded(columns, rows)
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "tracker", *self._words),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={
                **os.environ,
                **self._environ,
                "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))),
                "PYTHONIOENCODING": "utf-8",
                "TERM": "xterm-256color",
                "TEXTUAL_DRIVER": DRIVER,
                "TEXTUAL_COLOR_SYSTEM": "truecolor",
                "COLUMNS": str(columns),
                "ROWS": str(rows),
            },
        )

    async def run(self, show: Callable[[bytes], Awaitable[None]]) -> str:
        """Show what it draws until it has ended; what it said of its end, which is nothing where all is well."""
        assert self._process is not None and self._process.stdout is not None
        said = asyncio.create_task(self._said())
        heard, shown = self._process.stdout, True
        with suppress(asyncio.IncompleteReadError):
            await heard.readuntil(BEGINS)
            while True:
                kind, size = await heard.readexactly(1), int.from_bytes(await heard.readexactly(4), "big")
                drawn = await heard.readexactly(size)
                if kind == b"D" and shown:
                    try:
                        await show(drawn)
                    except ConnectionError:  # the page is gone: read on, so that the program is not held up at its end
                        shown = False
        return await said

    async def _said(self) -> str:
        """The last line of what it says beside the screen; all of it goes on to our own."""
        assert self._process is not None and self._process.stderr is not None
        last = ""
        async for line in self._process.stderr:
            last = line.decode("utf-8", "replace")
            if sys.stderr is not None:
                sys.stderr.write(last)
                sys.stderr.flush()
        return last.strip()

    async def type(self, text: str) -> None:
        """Keys, as a terminal sends them."""
        await self._send(b"D", text.encode("utf-8", "replace"))

    async def resize(self, columns: int, rows: int) -> None:
        """Another size."""
        columns, rows = _bounded(columns, rows)
        await self.tell(type="resize", width=columns, height=rows)

    async def tell(self, **what: object) -> None:
        """What is no key."""
        await self._send(b"M", json.dumps(what).encode())

    async def _send(self, kind: bytes, payload: bytes) -> None:
        assert self._process is not None and self._process.stdin is not None
        with suppress(ConnectionError, RuntimeError):  # it has ended
            self._process.stdin.write(kind + len(payload).to_bytes(4, "big") + payload)
            await self._process.stdin.drain()

    async def stop(self) -> None:
        """End it: on being asked to, else by force."""
        process = self._process
        if process is None or self.ended:
            return
        assert process.stdin is not None
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience_s):
                await self.tell(type="quit")
                process.stdin.close()
                await process.wait()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience_s):
                    await process.wait()


def _bounded(columns: int, rows: int) -> tuple[int, int]:
    return max(1, min(columns, MOST_COLUMNS)), max(1, min(rows, MOST_ROWS))
