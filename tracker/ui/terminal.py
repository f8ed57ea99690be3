"""The terminal that is written to. Rule: one that is gone ends the program, and never holds it up."""

from __future__ import annotations

import asyncio
import signal
import termios
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TextIO, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver


class Sink:
    """A file whose writes cannot fail: once it is gone, `lost` is called, and what is written goes nowhere.

    A thread of Textual's writes, and the app waits for it when it falls behind: were the thread to die, it would wait for
    ever, deaf to every signal.
    """

    def __init__(self, file: TextIO, lost: Callable[[], None]) -> None:
        self._file = file
        self._lost = lost
        self._gone = False

    def write(self, text: str) -> int:
        """Write it, if anybody is there."""
        self._tried(lambda: self._file.write(text))
        return len(text)

    def flush(self) -> None:
        """Bring it there, if anybody is there."""
        self._tried(self._file.flush)

    def _tried(self, do: Callable[[], object]) -> None:
        if self._gone:
            return
        try:
            do()
        except BlockingIOError:
            pass  # somebody else set the terminal so; the next frame comes
        except (OSError, ValueError):  # hung up, or closed
            self._gone = True
            self._lost()

    def fileno(self) -> int:
        """The file's own."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file.isatty()


class Terminal(LinuxDriver):
    """Textual's driver, to whom a terminal that hangs up is what SIGHUP is."""

    def __init__(self, app: App[Any], **how: Any) -> None:
        super().__init__(app, **how)
        assert self._file is not None, "a screen is only drawn where there is one"
        self._file = cast("Any", Sink(self._file, self._hung_up))
        self._loop = asyncio.get_running_loop()

    def resume_application_mode(self) -> None:
        """Go on after a stop. A terminal that hangs up sends SIGCONT as well: nothing is resumed there, nor after the end."""
        if self._app.return_code is not None:
            return
        try:
            termios.tcgetattr(self.fileno)
        except termios.error:
            self._hung_up()
        else:
            super().resume_application_mode()

    def _hung_up(self) -> None:
        with suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(signal.raise_signal, signal.SIGHUP)
