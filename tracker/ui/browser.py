"""The screen on a page of a browser, through a pipe to what serves it. Rule: one that is gone ends the program."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.drivers.web_driver import WebDriver


class Browser(WebDriver):
    """Textual's driver for pages, to whom an end of the pipe is what SIGHUP is, and who leaves the mouse alone if asked."""

    def __init__(self, app: App[Any], **how: Any) -> None:
        super().__init__(app, **how)
        self._loop = asyncio.get_running_loop()
        self._gone = False
        self._write = self._send  # type: ignore[assignment]  # there it is a partial of os.write

    def _send(self, data: bytes) -> int:
        """All of it, if anybody is there."""
        rest = memoryview(data)
        try:
            while rest and not self._gone:
                rest = rest[os.write(self.fileno, rest) :]
        except OSError:
            self._hung_up()
        return len(data)

    def _hung_up(self) -> None:
        self._gone = True
        with suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(signal.raise_signal, signal.SIGHUP)

    def start_application_mode(self) -> None:
        """Begin."""
        super().start_application_mode()
        if not self._mouse:
            self._disable_mouse_support()

    def run_input_thread(self) -> None:
        """Read what is typed, to the end of it."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._hung_up()
