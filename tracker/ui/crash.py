"""How the screen ends when it must: the terminal as it was found, and one clear line instead of a page of locals."""

from __future__ import annotations

import asyncio
import signal
import traceback
from pathlib import Path

from rich.console import RenderableType
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.worker import WorkerFailed

from tracker.ui.stage import Stage
from tracker.ui.terminal import Terminal
from tracker.web import DRIVER

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Guarded(Stage):
    """An app that restores the terminal on a signal and on a fault of its own, and prints no value of any variable."""

    fault: Exception | None = None

    def get_driver_class(self) -> type[Driver]:
        """Textual's choice; where that writes to a terminal or a page, with an eye on whether it is still there."""
        chosen = super().get_driver_class()
        if chosen is LinuxDriver:
            return Terminal
        if f"{chosen.__module__}:{chosen.__name__}" != DRIVER:
            return chosen
        from tracker.ui.browser import Browser  # noqa: PLC0415 - a start-up in a terminal need not load it

        return Browser

    async def run_guarded(self, *, mouse: bool) -> int:
        """Run to the end; the exit code. 128 + n after signal n, as shells count."""
        loop = asyncio.get_running_loop()
        for sign in SIGNALS:
            loop.add_signal_handler(sign, self._asked_to_stop, sign)
        try:
            await self.run_async(mouse=mouse)
        finally:
            for sign in SIGNALS:
                loop.remove_signal_handler(sign)
        return self.return_code or 0

    def on_mount(self) -> None:
        """After ctrl+z and fg the shell's text is on the screen: everything is painted anew."""
        self.app_resume_signal.subscribe(self, self._resumed)

    def _resumed(self, _app: object) -> None:
        self.refresh(layout=True)

    def _asked_to_stop(self, sign: signal.Signals) -> None:
        self.exit(return_code=128 + sign)

    def _handle_exception(self, error: Exception) -> None:
        if self.fault is None:
            self.fault = (
                error.error if isinstance(error, WorkerFailed) and isinstance(error.error, Exception) else error
            )
        super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:  # noqa: ARG002 - Textual's signature
        """End without printing: what would be printed may hold secrets."""
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()


def told(error: BaseException) -> str:
    """One line about a fault: its kind and where it happened. Not its text, which may quote a feed."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if {"tracker", "feeds"} & set(Path(frame.filename).parts)] or frames
    where = f" at {Path(own[-1].filename).name} line {own[-1].lineno}" if own else ""
    return f"paceline: a fault of the program itself ({type(error).__name__}{where}); please report it"
