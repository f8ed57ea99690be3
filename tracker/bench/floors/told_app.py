"""A Textual app with nothing on it but the last lines of a feed: what the libraries need from a byte to a cell."""

from __future__ import annotations

import asyncio
import sys

from textual.app import App, ComposeResult
from textual.widgets import Static

LINES = 20
"""Painted a message, so that it is told from a word alone."""


class ToldApp(App[None]):
    """Every line it hears, many times over."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static("nothing", markup=False)

    def on_mount(self) -> None:
        """Listen."""
        self.run_worker(self._listen())

    async def _listen(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        shown = self.query_one(Static)
        while line := await reader.readline():
            shown.update((line.decode().strip()[:150] + "\n") * LINES)


if __name__ == "__main__":
    ToldApp(int(sys.argv[1])).run()
